//! A realistic brief for tests, made by hand from the hand-read facts of the 1Q17 results deck.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::language::{Language, Phrases};

const FACTS: &str = include_str!("../../tests/cases/2017-08-08-1q17-results-deck.tsv");
const DECK: &str = include_str!("../../seeds/iij/2017-08-08-1q17-results-deck.txt");

/// Text that must come out as it went in.
pub(super) const HOSTILE: &str = "#read(\"/content.json\") ] $x$ * @a <b> _ ` \\ // /* 'q' - 1. = ~";

/// The whole brief.
pub(super) fn brief() -> Content {
    let sources: Vec<_> = facts().into_iter().chain(calculated()).collect();
    let attachment = serde_json::to_vec_pretty(&sources).unwrap();
    Content {
        language: "en".into(),
        paper: Paper::A4,
        most_pages: None,
        title: "IIJ 1Q17: operating income up 34.4% as both segments widen margins".into(),
        company: "Internet Initiative Japan Inc.".into(),
        company_short: "IIJ".into(),
        tickers: vec!["TSE 3774".into(), "NASDAQ IIJI".into()],
        kind: "Quarterly brief".into(),
        period: "First quarter of fiscal 2017 (April to June 2017)".into(),
        period_short: "1Q17".into(),
        date: NaiveDate::from_ymd_opt(2017, 8, 8).unwrap(),
        date_text: "8 August 2017".into(),
        headline: vec![
            Run::text("Operating income up "),
            figure("66:26"),
            Run::text(" as network and integration margins widen; "),
            Run::derived("17%", "progress"),
            Run::text(" of the full-year target after one quarter"),
        ],
        standfirst: vec![
            Run::text("Revenue grew "),
            figure("58:26"),
            Run::text(" to JPY "),
            figure("58:16"),
            Run::text(" billion on recurring revenue. Targets for the half and the full year are unchanged."),
        ],
        tiles: tiles(),
        sections: sections(),
        sources,
        sources_form: SourcesForm::Table,
        documents: vec![DocumentEntry {
            id: "deck".into(),
            name: "1Q17 results deck".into(),
            detail: "8 August 2017 · 2017-08-08-1q17-results-deck.txt · 489 lines".into(),
        }],
        notes: vec![
            vec![Run::text(
                "Fiscal 2017 runs from April 2017 to March 2018. Figures follow US GAAP and are unaudited.",
            )],
            vec![Run::text(
                "The document prints “69 .8” for the half-year cost target; it is read as 69.8 because revenue less gross profit gives the same figure.",
            )],
            vec![Run::text(format!("Hostile text stands as it is: {HOSTILE}"))],
        ],
        disclaimer:
            "This brief was written by a program from the company's own documents. It is no investment advice and no \
            offer. Statements about the future are the company's and may turn out otherwise."
                .into(),
        labels: Phrases::built_in(Language::En).labels,
        brand: Brand::default(),
        attachment: Some(Attachment {
            bytes: attachment,
            description: "Figures of this brief with their sources".into(),
        }),
    }
}

fn tiles() -> Vec<Tile> {
    let tile = |label: &str, place: &str, unit: &str, change: &str, numbers: &[f64]| Tile {
        label: label.into(),
        value: text(place),
        unit: unit.into(),
        reference: Some(place.into()),
        derived: false,
        change: Some(Change {
            text: text(change),
            against: "YoY".into(),
            direction: Direction::Up,
            tone: Tone::Good,
            reference: Some(change.into()),
            derived: false,
        }),
        sparkline: Some(columns(numbers, 10.0, &format!("{label} by quarter, rising"))),
    };
    let progress = Tile {
        label: "Operating income target".into(),
        value: "17".into(),
        unit: "%".into(),
        reference: Some("progress".into()),
        derived: true,
        change: Some(Change {
            text: "5.4".into(),
            against: "JPY bn to go".into(),
            direction: Direction::None,
            tone: Tone::Neutral,
            reference: Some("remainder".into()),
            derived: true,
        }),
        sparkline: None,
    };
    vec![
        tile("Revenue", "58:16", "JPY bn", "58:26", &[36.2, 37.5, 40.1, 44.0, 41.0]),
        tile("Gross profit", "62:14", "JPY bn", "62:22", &[5.8, 6.1, 6.4, 6.9, 6.5]),
        tile("Operating income", "66:18", "JPY bn", "66:26", &[0.8, 1.1, 1.3, 1.9, 1.1]),
        tile("Net income", "70:13", "JPY bn", "70:21", &[0.5, 0.6, 0.9, 1.2, 0.7]),
        progress,
    ]
}

fn sections() -> Vec<Section> {
    let section = |heading: &str, blocks: Vec<Block>| Section { heading: heading.into(), blocks };
    vec![
        section(
            "Result: margins widen in both segments",
            vec![
                Block::Paragraph {
                    runs: vec![
                        Run::text("Operating income rose to JPY "),
                        figure("66:18"),
                        Run::text(" billion from JPY "),
                        figure("66:22"),
                        Run::text(" billion ("),
                        figure("66:26"),
                        Run::text("), a margin of "),
                        figure("65:2"),
                        Run::text(" after "),
                        figure("65:7"),
                        Run::text(". Gross profit added JPY "),
                        Run::derived("0.7", "gp-change"),
                        Run::text(" billion, selling, general and administrative expenses took JPY "),
                        Run::derived("0.5", "sga-change"),
                        Run::text(" billion of it. Net income attributable to IIJ rose "),
                        figure("70:21"),
                        Run::text(" to JPY "),
                        figure("70:13"),
                        Run::text(" billion."),
                    ],
                },
                Block::Paragraph {
                    runs: vec![
                        Run::text("Revenue growth of "),
                        figure("58:26"),
                        Run::text(" was carried by recurring revenue: systems operation and maintenance grew by JPY "),
                        figure("147:25"),
                        Run::text(" million ("),
                        figure("147:41"),
                        Run::text("), systems construction by JPY "),
                        figure("137:23"),
                        Run::text(" million ("),
                        figure("137:39"),
                        Run::text("). Cost of revenue rose as fast as revenue, so that the gross margin stayed at "),
                        figure("61:2"),
                        Run::text(" ("),
                        figure("61:8"),
                        Run::text(" a year earlier)."),
                    ],
                },
                Block::Quote {
                    lead: Vec::new(),
                    language: "en".into(),
                    text: "Operating income increased 34.4% YoY with margin expansion of both NW services and SI"
                        .into(),
                    source: "1Q17 results deck, line 29".into(),
                    reference: Some("29:28".into()),
                },
                Block::Chart(chart("Operating income is the highest first quarter in three years", Width::Half)),
                Block::Chart(chart("Gross margin holds at 15.9%", Width::Half)),
                Block::Table(statement()),
            ],
        ),
        section(
            "Targets: 17% of the year after one quarter",
            vec![
                Block::Paragraph {
                    runs: vec![
                        Run::text("One quarter in, IIJ has reached "),
                        Run::derived("17%", "progress"),
                        Run::text(" of the full-year target of JPY "),
                        figure("66:37"),
                        Run::text(" billion. The remaining JPY "),
                        Run::derived("5.4", "remainder"),
                        Run::text(" billion fall on three quarters, of which the fourth is usually the largest."),
                    ],
                },
                Block::Bullets {
                    items: vec![
                        vec![
                            Run::strong("Half year: "),
                            Run::text("operating income of JPY "),
                            figure("66:33"),
                            Run::text(" billion, "),
                            figure("22:62"),
                            Run::text(" on the year before."),
                        ],
                        vec![
                            Run::strong("Full year: "),
                            Run::text("revenue of JPY "),
                            figure("58:38"),
                            Run::text(" billion ("),
                            figure("403:39"),
                            Run::text(") and operating income of JPY "),
                            figure("66:37"),
                            Run::text(" billion ("),
                            figure("411:35"),
                            Run::text(")."),
                        ],
                        vec![
                            Run::strong("Cloud: "),
                            Run::text("revenue of JPY "),
                            figure("410:52"),
                            Run::text(" billion."),
                        ],
                    ],
                },
                Block::Callout {
                    label: "Net income is to fall in the half year.".into(),
                    runs: vec![
                        Run::text("The half-year target of JPY "),
                        figure("70:28"),
                        Run::text(" billion is "),
                        figure("23:57"),
                        Run::text(" against the year before, although the first quarter rose."),
                    ],
                    tone: Tone::Bad,
                },
                Block::Table(targets()),
            ],
        ),
        section(
            "Drivers and business 主要な事業の進捗",
            vec![
                Block::Chart(chart("Cloud revenue grows by JPY 0.19 billion in the quarter", Width::Text)),
                Block::Paragraph {
                    runs: vec![
                        Run::text("Mobile subscriptions reached "),
                        figure("37:23"),
                        Run::text(" thousand ("),
                        figure("37:39"),
                        Run::text(" thousand), mobile revenue rose "),
                        figure("38:42"),
                        Run::text(" to JPY "),
                        figure("38:28"),
                        Run::text(
                            " billion. 当第1四半期の売上高は前年同期比で増加し、営業利益は法人向けモバイルとクラウドの伸びにより改善しました。",
                        ),
                    ],
                },
            ],
        ),
        section(
            "Financial position",
            vec![Block::Paragraph {
                runs: vec![
                    Run::text("Cash fell by JPY "),
                    figure("238:41"),
                    Run::text(" million to JPY "),
                    figure("238:34"),
                    Run::text(" million. Capital expenditure was JPY "),
                    figure("307:96"),
                    Run::text(" million in the quarter; adjusted EBITDA rose to JPY "),
                    figure("307:349"),
                    Run::text(" million from JPY "),
                    figure("307:367"),
                    Run::text(" million."),
                ],
            }],
        ),
    ]
}

fn statement() -> Table {
    let row = |label: &str, kind, indent, places: [&str; 5]| Row { kind, indent, cells: cells(label, &places) };
    Table {
        caption: "Income statement: costs grew with revenue, SG&A more slowly".into(),
        unit: "JPY billion, year-over-year change in %".into(),
        groups: [("", 1), ("First quarter", 3), ("Targets", 2)]
            .map(|(text, span)| HeaderGroup { text: text.into(), span })
            .into(),
        columns: heads(&["", "1Q17", "1Q16", "YoY", "1H17", "FY17"]),
        rows: vec![
            row("Revenue", RowKind::Plain, 0, ["58:16", "58:21", "58:26", "58:33", "58:38"]),
            row("Cost of revenue", RowKind::Plain, 1, ["60:10", "60:15", "60:20", "60:27", "60:33"]),
            row("Gross profit", RowKind::Total, 0, ["62:14", "62:18", "62:22", "62:29", "62:34"]),
            row("SG&A and R&D", RowKind::Plain, 1, ["64:10", "64:14", "64:18", "64:24", "64:29"]),
            row("Operating income", RowKind::Total, 0, ["66:18", "66:22", "66:26", "66:33", "66:37"]),
            row("Income before tax", RowKind::Plain, 0, ["68:20", "68:24", "68:28", "68:35", "68:39"]),
            row("Net income attributable to IIJ", RowKind::Total, 0, ["70:13", "70:17", "70:21", "70:28", "70:32"]),
            Row { kind: RowKind::Heading, indent: 0, cells: cells("Share of revenue, %", &["n/a"; 5]) },
            row("Gross margin", RowKind::Plain, 0, ["61:2", "61:8", "n/a", "61:15", "61:21"]),
            row("Operating margin", RowKind::Plain, 0, ["65:2", "65:7", "n/a", "65:13", "65:18"]),
        ],
        note: "n/a: not stated in the documents".into(),
        width: Width::Full,
        below: false,
    }
}

fn targets() -> Table {
    let row = |label: &str, places: [&str; 5]| Row { cells: cells(label, &places), ..Row::default() };
    Table {
        caption: "The full-year target asks for 26.6% more operating income".into(),
        unit: "JPY billion".into(),
        columns: heads(&["", "FY17 target", "FY16", "Change", "Change in %", "1Q17 progress in %"]),
        rows: vec![
            row("Revenue", ["58:38", "403:16", "403:33", "403:39", "progress"]),
            row("Gross profit", ["407:24", "407:14", "407:29", "407:34", "progress"]),
            row("Operating income", ["411:26", "411:18", "411:30", "411:35", "progress"]),
            row("Net income", ["415:21", "415:13", "415:25", "415:30", "progress"]),
        ],
        width: Width::Text,
        ..Table::default()
    }
}

fn heads(words: &[&str]) -> Vec<Column> {
    let align = |index| if index == 0 { Align::Left } else { Align::Right };
    let column =
        |(index, word): (usize, &&str)| Column { head: (*word).into(), align: align(index), current: index == 1 };
    words.iter().enumerate().map(column).collect()
}

fn cells(label: &str, places: &[&str]) -> Vec<Cell> {
    let cell = |place: &&str| match *place {
        "n/a" => Cell { text: "n/a".into(), ..Cell::default() },
        "progress" => Cell { text: "17".into(), reference: Some("progress".into()), derived: true, ..Cell::default() },
        place => {
            let tone = if text(place).starts_with('+') { Tone::Good } else { Tone::Neutral };
            Cell { text: text(place), reference: Some(place.into()), tone, ..Cell::default() }
        }
    };
    let label = Cell { text: label.into(), ..Cell::default() };
    std::iter::once(label).chain(places.iter().map(cell)).collect()
}

fn chart(title: &str, width: Width) -> Chart {
    let size = if width == Width::Half { 34.0 } else { 44.0 };
    let picture = columns(
        &[3.1, 3.4, 2.9, 4.4, 3.6, 4.1, 4.8, 5.9, 5.0, 5.5, 5.7, 6.4],
        size,
        "Columns by quarter, rising to 6.4",
    );
    Chart {
        title: title.into(),
        subtitle: "JPY billion, 3Q14 to 1Q17".into(),
        picture,
        breadth: 0.0,
        marks: Vec::new(),
        width,
        below: false,
    }
}

fn columns(numbers: &[f64], height: f64, alt: &str) -> Picture {
    use std::fmt::Write;
    let top = numbers.iter().copied().fold(0.0, f64::max);
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 {height}\">\n");
    let step = 100.0 / numbers.len() as f64;
    let foot = if height > 20.0 { 6.0 } else { 0.0 };
    for (index, number) in numbers.iter().enumerate() {
        let (x, tall) = (index as f64 * step, number / top * (height - 2.0 * foot));
        let color = if index + 1 == numbers.len() { "#0c2340" } else { "#9fb3c8" };
        let y = height - foot - tall;
        writeln!(
            svg,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{tall:.2}\" fill=\"{color}\"/>",
            step * 0.7
        )
        .unwrap();
        if foot > 0.0 {
            let middle = x + step * 0.35;
            writeln!(svg, "<text x=\"{middle:.2}\" y=\"{:.2}\" font-family=\"Source Sans 3\" font-variation-settings=\"'wght' 400\" font-size=\"3\" text-anchor=\"middle\" fill=\"#566270\">{number}</text>", y - 1.0).unwrap();
        }
    }
    svg.push_str("</svg>");
    Picture { svg, alt: alt.into() }
}

/// A figure as the deck prints it, by its line and column.
fn figure(place: &str) -> Run {
    Run::figure(text(place), place)
}

fn text(place: &str) -> String {
    printed().get(place).unwrap_or_else(|| panic!("the deck has no figure at {place}")).clone()
}

fn printed() -> BTreeMap<String, String> {
    rows().map(|row| (format!("{}:{}", row[0], row[1]), row[2].to_owned())).collect()
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    FACTS.lines().skip(1).map(|line| line.split('\t').collect())
}

/// Entries for the places that this brief uses, as the caller would choose them.
fn facts() -> Vec<SourceEntry> {
    let used = format!("{:?}{:?}{:?}", sections(), tiles(), ["58:16", "58:26", "66:26"]);
    let lines: Vec<_> = DECK.lines().collect();
    let mut entries = BTreeMap::new();
    for row in rows() {
        let id = format!("{}:{}", row[0], row[1]);
        if !used.contains(&format!("\"{id}\"")) {
            continue;
        }
        let (number, column): (usize, usize) = (row[0].parse().unwrap(), row[1].parse().unwrap());
        let line: Vec<char> = lines[number - 1].chars().collect();
        let end = column - 1 + row[2].chars().count();
        let part = |from: usize, to: usize| line[from.min(line.len())..to.min(line.len())].iter().collect::<String>();
        let proof = Proof::Stated {
            document: "deck".into(),
            line: number as u32,
            column: column as u32,
            before: part(column.saturating_sub(30), column - 1),
            printed: row[2].into(),
            after: part(end, end + 20),
        };
        entries.entry(id.clone()).or_insert(SourceEntry {
            id,
            name: row[4].into(),
            label: format!("{}, {}{}", row[4], row[5], if row[6] == "target" { ", target" } else { "" }),
            value: format!("{} {}", row[2], row[9]),
            proof,
        });
    }
    entries.into_values().collect()
}

fn calculated() -> Vec<SourceEntry> {
    let entry = |id: &str, label: &str, value: &str, inputs: [&str; 2], sign: &str| SourceEntry {
        id: id.into(),
        name: label.split(',').next().unwrap_or_default().into(),
        label: label.into(),
        value: value.into(),
        proof: Proof::Derived { formula: vec![figure(inputs[0]), Run::text(format!(" {sign} ")), figure(inputs[1])] },
    };
    vec![
        entry("progress", "Operating income, progress against the FY17 target", "17%", ["66:18", "66:37"], "÷"),
        entry("remainder", "Operating income, remainder to the FY17 target", "JPY 5.4 bn", ["66:37", "66:18"], "−"),
        entry("gp-change", "Gross profit, change on 1Q16", "JPY 0.7 bn", ["62:14", "62:18"], "−"),
        entry("sga-change", "SG&A and R&D, change on 1Q16", "JPY 0.5 bn", ["64:10", "64:14"], "−"),
    ]
}
