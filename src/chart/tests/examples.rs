//! Specs over figures of the seeds, and harder ones; the ignored test writes them out for looking at.

use rust_decimal::Decimal;

use crate::chart::*;
use crate::model::Polarity;

/// A decimal written in a test.
pub(super) fn number(text: &str) -> Decimal {
    text.parse().expect("a test writes a decimal")
}

fn grouped(value: Decimal) -> String {
    let plain = value.abs().to_string();
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let groups: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
    format!("{}{}{rest}", if value.is_sign_negative() { "−" } else { "" }, groups.join(","))
}

fn datum(text: &str) -> Option<Datum> {
    let (text, derived) = text.strip_suffix('*').map_or((text, false), |text| (text, true));
    (text != "-").then(|| Datum { derived, ..Datum::stated(number(text), grouped(number(text))) })
}

fn change(text: &str, unit: &str, polarity: Polarity) -> Option<Change> {
    (text != "-").then(|| Change::new(number(text), format!("{}{unit}", grouped(number(text))), polarity))
}

/// `1Q FY15 25805 +3.2`: period, group, total, change in percent.
fn columns(subject: &str, polarity: Polarity, rows: &str) -> Columns {
    let column = |row: &str| {
        let words: Vec<&str> = row.split_whitespace().collect();
        Column {
            tick: Tick::new(words[0], words[1].trim_matches('-')),
            total: datum(words[2]),
            change: change(words[3], "%", polarity),
            ..Column::default()
        }
    };
    Columns {
        subject: subject.to_owned(),
        columns: rows.lines().map(str::trim).filter(|row| !row.is_empty()).map(column).collect(),
        change_name: "YoY".to_owned(),
        ..Columns::default()
    }
}

fn forty(offset: i64, missing: &[i64]) -> Vec<Option<Datum>> {
    let value = |at: i64| Decimal::new(24_000 + at * 620 + (at % 4) * 900 + (at * at * 37) % 700 - offset, 0);
    (0..40).map(|at| (!missing.contains(&at)).then(|| Datum::stated(value(at), grouped(value(at))))).collect()
}

fn ticks(count: usize) -> Vec<Tick> {
    (0..count).map(|at| Tick::new(format!("{}Q", at % 4 + 1), format!("FY{:02}", 9 + at / 4))).collect()
}

fn progress(name: &str, reached: &str, target: &str, share: &str, pace: &str) -> Progress {
    let pace = (pace != "-").then(|| Pace { percent: number(pace), label: format!("last year {pace}%"), source: None });
    Progress {
        name: name.to_owned(),
        reached: datum(reached),
        target: datum(target),
        share: share.to_owned(),
        pace,
        source: None,
    }
}

fn total(name: &str, level: &str, scenario: Scenario) -> Step {
    Step::Total { name: name.to_owned(), level: datum(level), scenario }
}

fn step(name: &str, value: &str) -> Step {
    let scenario = if name.starts_with("Implied") { Scenario::Forecast } else { Scenario::Actual };
    Step::Contribution { name: name.to_owned(), change: change(value, "", Polarity::Up), scenario }
}

fn contribution(name: &str, value: &str, detail: &str) -> Contribution {
    Contribution {
        name: name.to_owned(),
        change: change(value, "", Polarity::Up),
        detail: detail.to_owned(),
        detail_source: None,
    }
}

fn stack(name: &str, total: &str, parts: &[(&str, &str)]) -> Stack {
    let part = |(name, value): &(&str, &str)| Part { name: (*name).to_owned(), value: datum(value) };
    Stack {
        name: name.to_owned(),
        scenario: Scenario::Actual,
        total: datum(total),
        parts: parts.iter().map(part).collect(),
    }
}

/// Every example with its name.
pub(super) fn all() -> Vec<(&'static str, Chart)> {
    let mut all = columns_examples();
    all.extend(lines_examples());
    all.extend(structure_examples());
    all.extend(composition_examples());
    all.push(("multiples-indicators", Chart::Multiples(indicators())));
    all
}

fn indicators() -> Multiples {
    let panel = |name: &str, unit: &str, rows: &str| Panel {
        name: name.to_owned(),
        unit: unit.to_owned(),
        columns: columns("", Polarity::Up, rows).columns,
    };
    let subscriptions = "subscriptions";
    let mut panels = vec![
        panel(
            "Cloud revenue",
            "JPY billion",
            "1Q FY11 0.5 -
             2Q FY11 0.7* -
             3Q FY11 0.8 -
             4Q FY11 1.1 -
             1Q FY12 1.2 140",
        ),
        panel("Internet connectivity (consumer) subscriptions", subscriptions, "2Q FY15 533000 -\n2Q FY16 875000 64.2"),
        panel("MVNO platform", subscriptions, "2Q FY15 - -\n2Q FY16 41000 12.0"),
        panel("受注残高（システム構築及び機器販売）", "億円", "2Q FY17 95 -\n2Q FY18 109 14.7"),
        panel("Net additions", "thousand", "2Q FY17 -12 -\n2Q FY18 31 -"),
    ];
    for panel in panels.iter_mut().filter(|panel| panel.columns.len() == 2) {
        panel.columns[0].scenario = Scenario::Previous;
    }
    Multiples { subject: "Business indicators".to_owned(), change_name: "YoY".to_owned(), panels }
}

fn columns_examples() -> Vec<(&'static str, Chart)> {
    let cost = columns(
        "Cost of revenue by quarter, JPY million",
        Polarity::Down,
        "1Q FY15 25805 -
         2Q FY15 27821 -
         3Q FY15 27962 -
         4Q FY15 34405* -
         1Q FY16 30397 17.8
         2Q FY16 31878 14.6
         3Q FY16 - -
         4Q FY16 - -
         1Q FY17 34514* 13.5
         2Q FY17 35448* 11.2",
    );
    let atm = columns(
        "Gross profit of ATM operation by quarter, JPY million",
        Polarity::Up,
        "1Q10 - -123* -
         2Q10 - -104* -
         3Q10 - -122* -
         4Q10 - -133 -
         1Q11 - -67* 45.5
         2Q11 - -24* 76.9
         3Q11 - 1 -
         4Q11 - 33 -",
    );
    let one = columns("Revenue, JPY billion", Polarity::Up, "1Q17 - 41.0 13.2");
    let mut segments = columns(
        "Revenue by quarter and segment, JPY million",
        Polarity::Up,
        "3Q17 - 44624 -
         4Q17 - 48439* -
         1Q18 - 45053* 9.8
         2Q18 - 45910* 9.3
         3Q18 - 48419 8.5
         4Q18 - 50618* 4.5",
    );
    segments.segments =
        ["Network services", "Systems integration", "Equipment sales", "ATM operation"].map(str::to_owned).to_vec();
    let parts = [
        [Some(27850), Some(15166), Some(616), Some(992)],
        [Some(28900), Some(17600), Some(950), Some(989)],
        [Some(29800), Some(13200), Some(1010), Some(1043)],
        [Some(30100), None, None, Some(1028)],
        [Some(30746), Some(15310), Some(1342), Some(1021)],
        [None; 4],
    ];
    for (column, parts) in segments.columns.iter_mut().zip(parts) {
        column.parts = parts.iter().map(|part| part.map(Decimal::from)).collect();
    }
    segments.columns[5].scenario = Scenario::Forecast;
    segments.columns[5].parts.clear();
    let mut forty_columns =
        Columns { subject: "Revenue by quarter, JPY million".into(), change_name: "YoY".into(), ..Columns::default() };
    forty_columns.columns = ticks(40)
        .into_iter()
        .zip(forty(0, &[7, 21, 22]))
        .map(|(tick, total)| Column { tick, total, change: change("4.3", "%", Polarity::Up), ..Column::default() })
        .collect();
    let japanese = Columns {
        subject: "売上高、百万円".into(),
        columns: [("2016年3月期", "140648"), ("2017年3月期", "157789"), ("2018年3月期予想", "176000")]
            .map(|(period, value)| Column {
                tick: Tick::new(period, ""),
                total: datum(value),
                change: change("11.5", "%", Polarity::Up),
                ..Column::default()
            })
            .to_vec(),
        change_name: "前年同期比".into(),
        ..Columns::default()
    };
    let empty = Columns { subject: "Nothing".into(), ..Columns::default() };
    vec![
        ("columns-cost", Chart::Columns(cost)),
        ("columns-losses", Chart::Columns(atm)),
        ("columns-one", Chart::Columns(one)),
        ("columns-segments", Chart::Columns(segments)),
        ("columns-forty", Chart::Columns(forty_columns)),
        ("columns-japanese", Chart::Columns(japanese)),
        ("columns-empty", Chart::Columns(empty)),
    ]
}

fn lines_examples() -> Vec<(&'static str, Chart)> {
    let percent = |texts: &[&str]| -> Vec<Option<Datum>> {
        texts
            .iter()
            .map(|text| datum(text).map(|datum| Datum { label: format!("{}%", datum.label), ..datum }))
            .collect()
    };
    let line = |name: &str, texts: &[&str]| Line { name: name.to_owned(), points: percent(texts) };
    let margins = Lines {
        subject: "Margins by quarter, percent of revenue".into(),
        ticks: ticks(9),
        lines: vec![
            line("Gross margin", &["18.4", "17.5", "18.1", "16.4", "16.2", "-", "15.8", "16.1", "16.9"]),
            line("Operating margin", &["4.4", "3.5", "5.1", "4.4*", "2.3", "-", "3.0", "4.9", "2.7"]),
            line("Net margin", &["2.7", "2.0", "3.4", "3.1*", "1.2", "-", "1.9", "-1.1", "1.6"]),
        ],
    };
    let one = Lines {
        subject: "Gross margin by quarter, percent of revenue".into(),
        ticks: ticks(8),
        lines: vec![line("Gross margin", &["18.4", "17.5", "-", "16.4", "-", "16.2", "15.8", "16.9"])],
    };
    let long = Lines {
        subject: "Revenue and cost, JPY million".into(),
        ticks: ticks(40),
        lines: vec![
            Line {
                name: "Revenue from network services and systems integration".into(),
                points: forty(0, &[7, 20, 21, 22]),
            },
            Line { name: "売上原価".into(), points: forty(5_000, &[30]) },
        ],
    };
    let single = Lines { subject: "Margin".into(), ticks: ticks(1), lines: vec![line("Operating margin", &["2.7"])] };
    let spark = |form| Spark {
        subject: "Revenue by quarter, JPY million".into(),
        periods: ticks(12).iter().map(Tick::name).collect(),
        values: forty(0, &[4]).into_iter().take(12).collect(),
        form,
    };
    let losses = Spark {
        values: percent(&["3.0", "-1.0", "2.0", "-", "-2.5", "1.0"]),
        periods: Vec::new(),
        ..spark(SparkForm::Columns)
    };
    vec![
        ("lines-margins", Chart::Lines(margins)),
        ("lines-one", Chart::Lines(one)),
        ("lines-forty", Chart::Lines(long)),
        ("lines-single", Chart::Lines(single)),
        ("spark-columns", Chart::Spark(spark(SparkForm::Columns))),
        ("spark-line", Chart::Spark(spark(SparkForm::Line))),
        ("spark-losses", Chart::Spark(losses)),
    ]
}

fn structure_examples() -> Vec<(&'static str, Chart)> {
    let targets = Targets {
        subject: "Progress against full-year targets after nine months, JPY billion".into(),
        rows: vec![
            progress("Revenue", "139.4", "190.0", "73.4%", "72.5"),
            progress("Operating income", "5.1", "7.0", "73.4%", "55.8"),
            progress("Net income attributable to IIJ", "2.2", "3.7", "59.7%", "-"),
            progress("Income before income tax expense", "-1.2", "4.0", "n/m", "68.0"),
            progress("受注残高", "-", "12.0", "", "-"),
            progress("Capex", "14.1", "11.0", "128.2%", "95.0"),
        ],
    };
    let bridge = Waterfall {
        subject: "Operating income, 1H15 to 1H16, JPY million".into(),
        steps: vec![
            total("1H15", "2563", Scenario::Previous),
            step("Network services gross profit", "622"),
            step("Systems integration gross profit", "-610"),
            step("ATM operation and equipment sales gross profit", "169"),
            step("SG&A and R&D", "-796"),
            total("1H16", "1948", Scenario::Actual),
            step("Implied second half", "3152"),
            total("FY16 target", "5100", Scenario::Target),
        ],
    };
    let loss = Waterfall {
        subject: "Net income, JPY million".into(),
        steps: vec![
            total("前年同期", "-420", Scenario::Previous),
            step("売上総利益", "1530"),
            step("有価証券評価損（米国会計基準の改正による未実現損失）", "-2140"),
            step("法人税等", "-"),
            total("当期", "-830", Scenario::Actual),
        ],
    };
    let variances = Contributions {
        subject: "Change in revenue, 1H15 to 1H16, JPY million".into(),
        rows: vec![
            contribution("Internet connectivity (consumer)", "3732", "+56.6%"),
            contribution("Internet connectivity (enterprise)", "2220", "+26.6%"),
            contribution("Systems operation and maintenance", "1103", "+6.9%"),
            contribution("Systems construction", "940", "+12.3%"),
            contribution("WAN", "731", "+5.8%"),
            contribution("Outsourcing", "153", "+1.5%"),
            contribution("Equipment sales", "-120", "−8.4%"),
            contribution("Other", "-", ""),
        ],
    };
    vec![
        ("targets", Chart::Targets(targets)),
        ("waterfall", Chart::Waterfall(bridge)),
        ("waterfall-losses", Chart::Waterfall(loss)),
        ("contributions", Chart::Contributions(variances)),
    ]
}

fn composition_examples() -> Vec<(&'static str, Chart)> {
    let cost = Composition {
        subject: "Cost of revenue, 3Q17 and 3Q18, JPY million".into(),
        left: Stack {
            scenario: Scenario::Previous,
            ..stack(
                "3Q17",
                "37894",
                &[
                    ("Network services", "23073"),
                    ("Systems integration", "13677"),
                    ("Equipment sales", "548"),
                    ("ATM operation", "596"),
                ],
            )
        },
        right: Some(stack(
            "3Q18",
            "40494",
            &[
                ("Network services", "25253"),
                ("Systems integration", "13540"),
                ("Equipment sales", "1129"),
                ("ATM operation", "572"),
            ],
        )),
    };
    let balance = Composition {
        subject: "Balance sheet at 30 September 2016, JPY million".into(),
        left: stack(
            "Assets",
            "123113",
            &[
                ("Property and equipment", "35930"),
                ("Goodwill and other intangible assets", "20110"),
                ("Other non-current assets", "12401"),
                ("Receivables", "25004"),
                ("Cash and cash equivalents", "19668"),
                ("Other current assets", "10000"),
            ],
        ),
        right: Some(stack(
            "Liabilities and equity",
            "123113",
            &[
                ("Equity", "66082"),
                ("Long-term borrowings", "7500"),
                ("Other non-current liabilities", "13600"),
                ("Short-term borrowings", "9250"),
                ("Other current liabilities", "26681"),
            ],
        )),
    };
    let lone = Composition {
        subject: "Revenue by service, JPY million".into(),
        left: stack(
            "1H16",
            "44836",
            &[
                ("インターネット接続サービス（法人）", "10577"),
                ("個人向け", "10328"),
                ("アウトソーシング", "10642"),
                ("WAN", "13289"),
                ("Adjustments", "-1800"),
                ("Other", "-"),
            ],
        ),
        right: None,
    };
    vec![
        ("composition-cost", Chart::Composition(cost)),
        ("composition-balance", Chart::Composition(balance)),
        ("composition-one", Chart::Composition(lone)),
    ]
}

/// `cargo test chart::tests::examples -- --ignored`: writes every example at both widths into `target/charts`.
#[test]
#[ignore = "writes pictures for looking at"]
#[allow(clippy::disallowed_methods)]
fn examples_are_written_for_looking_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
    std::fs::create_dir_all(&folder).expect("a folder");
    let faces = super::faces();
    for (name, chart) in all() {
        for (width, style) in [("full", Style::full()), ("half", Style::half())] {
            let style = if name.starts_with("spark") { Style::tile() } else { style };
            std::fs::write(folder.join(format!("{name}-{width}.svg")), chart.draw(&style, &faces).svg).expect("a file");
        }
    }
}
