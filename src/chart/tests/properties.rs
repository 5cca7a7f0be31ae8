//! Random charts: whatever the data, labels never meet, stay on the page, and the ones that matter are there.

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::chart::*;
use crate::model::Polarity;

/// Values of very different size, often negative, sometimes nothing.
fn value() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        Just(Decimal::ZERO),
        (-999_i64..999, 0_u32..3).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        (-99_999_999_i64..99_999_999).prop_map(|digits| Decimal::new(digits, 0)),
        any::<i64>().prop_map(|digits| Decimal::new(digits, 0)),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
    ]
}

/// Short, long, Japanese, mixed and hostile labels.
fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("WAN".to_owned()),
        Just("Selling, general and administrative expenses including research and development".to_owned()),
        Just("有価証券評価損（米国会計基準の改正による未実現損失）2018年3月期".to_owned()),
        Just("Donaudampfschifffahrtsgesellschaftskapitänswitwe".to_owned()),
        Just("</text>&\u{0}\u{202e}'\"<".to_owned()),
        "\\PC{0,24}",
        "[a-zA-Z ]{1,16}",
    ]
}

fn datum() -> impl Strategy<Value = Datum> {
    (value(), any::<bool>()).prop_map(|(value, derived)| Datum { derived, ..Datum::stated(value, value.to_string()) })
}

fn maybe() -> impl Strategy<Value = Option<Datum>> {
    prop_oneof![4 => datum().prop_map(Some), 1 => Just(None)]
}

fn change() -> impl Strategy<Value = Option<Change>> {
    let polarity = prop_oneof![Just(Polarity::Up), Just(Polarity::Down), Just(Polarity::Neutral)];
    let some =
        (value(), polarity).prop_map(|(value, polarity)| Some(Change::new(value, format!("{value}%"), polarity)));
    prop_oneof![4 => some, 1 => Just(None)]
}

fn scenario() -> impl Strategy<Value = Scenario> {
    prop_oneof![Just(Scenario::Actual), Just(Scenario::Previous), Just(Scenario::Target), Just(Scenario::Forecast)]
}

fn tick() -> impl Strategy<Value = Tick> {
    (label(), prop_oneof![Just(String::new()), Just("FY17".to_owned()), label()])
        .prop_map(|(period, group)| Tick { period, group })
}

fn column() -> impl Strategy<Value = Column> {
    let part = prop_oneof![3 => value().prop_map(Some), 1 => Just(None)];
    (tick(), scenario(), maybe(), prop::collection::vec(part, 0..5), change())
        .prop_map(|(tick, scenario, total, parts, change)| Column { tick, scenario, total, parts, change })
}

fn columns() -> impl Strategy<Value = Chart> {
    (prop::collection::vec(column(), 0..41), prop::collection::vec(label(), 0..5), label()).prop_map(
        |(columns, segments, change_name)| {
            Chart::Columns(Columns { subject: "Random".to_owned(), columns, segments, change_name })
        },
    )
}

fn lines() -> impl Strategy<Value = Chart> {
    let line = (label(), prop::collection::vec(maybe(), 0..41)).prop_map(|(name, points)| Line { name, points });
    (prop::collection::vec(tick(), 0..41), prop::collection::vec(line, 0..5))
        .prop_map(|(ticks, lines)| Chart::Lines(Lines { subject: "Random".to_owned(), ticks, lines }))
}

fn targets() -> impl Strategy<Value = Chart> {
    let pace = (value(), label()).prop_map(|(percent, label)| Pace { percent, label, source: None });
    let row = (label(), maybe(), maybe(), label(), prop::option::of(pace))
        .prop_map(|(name, reached, target, share, pace)| Progress { name, reached, target, share, pace, source: None });
    prop::collection::vec(row, 0..8).prop_map(|rows| Chart::Targets(Targets { subject: "Random".to_owned(), rows }))
}

fn waterfall() -> impl Strategy<Value = Chart> {
    let total =
        (label(), maybe(), scenario()).prop_map(|(name, level, scenario)| Step::Total { name, level, scenario });
    let part = (label(), change(), scenario()).prop_map(|(name, change, scenario)| Step::Contribution {
        name,
        change,
        scenario,
    });
    prop::collection::vec(prop_oneof![1 => total, 3 => part], 0..12)
        .prop_map(|steps| Chart::Waterfall(Waterfall { subject: "Random".to_owned(), steps }))
}

fn contributions() -> impl Strategy<Value = Chart> {
    let row = (label(), change(), label()).prop_map(|(name, change, detail)| Contribution {
        name,
        change,
        detail,
        detail_source: None,
    });
    prop::collection::vec(row, 0..12)
        .prop_map(|rows| Chart::Contributions(Contributions { subject: "Random".to_owned(), rows }))
}

fn composition() -> impl Strategy<Value = Chart> {
    let part = || (label(), maybe()).prop_map(|(name, value)| Part { name, value });
    let stack = || {
        (label(), scenario(), maybe(), prop::collection::vec(part(), 0..9))
            .prop_map(|(name, scenario, total, parts)| Stack { name, scenario, total, parts })
    };
    (stack(), prop::option::of(stack()))
        .prop_map(|(left, right)| Chart::Composition(Composition { subject: "Random".to_owned(), left, right }))
}

fn multiples() -> impl Strategy<Value = Chart> {
    let panel = (label(), label(), prop::collection::vec(column(), 0..41)).prop_map(|(name, unit, columns)| Panel {
        name,
        unit,
        columns,
    });
    (prop::collection::vec(panel, 0..9), label()).prop_map(|(panels, change_name)| {
        Chart::Multiples(Multiples { subject: "Random".to_owned(), change_name, panels })
    })
}

fn spark() -> impl Strategy<Value = Chart> {
    let form = prop_oneof![Just(SparkForm::Columns), Just(SparkForm::Line)];
    (prop::collection::vec(maybe(), 0..41), form).prop_map(|(values, form)| {
        Chart::Spark(Spark { subject: "Random".to_owned(), periods: Vec::new(), values, form })
    })
}

fn chart() -> impl Strategy<Value = Chart> {
    prop_oneof![columns(), lines(), targets(), waterfall(), contributions(), composition(), multiples(), spark()]
}

fn style() -> impl Strategy<Value = Style> {
    let width = prop_oneof![Just(Style::full()), Just(Style::half()), (40.0..700.0).prop_map(Style::of_width)];
    let shared = prop::option::of(prop_oneof![Just(1e-30), 1e-9..1e3]);
    (width, shared).prop_map(|(style, per_unit)| Style { per_unit, ..style })
}

fn check_labels(drawing: &Drawing) -> Result<(), TestCaseError> {
    let page = Frame { left: 0.0, top: 0.0, right: drawing.width_pt, bottom: drawing.height_pt };
    for (index, label) in drawing.labels.iter().enumerate() {
        prop_assert!(page.holds(&label.frame), "`{}` leaves the page: {:?}", label.text(), label.frame);
        for other in &drawing.labels[..index] {
            prop_assert!(!label.frame.meets(&other.frame), "`{}` meets `{}`", label.text(), other.text());
        }
    }
    Ok(())
}

/// Every coordinate of marks is on the page, give or take the width of a line.
fn check_marks(drawing: &Drawing) -> Result<(), TestCaseError> {
    for data in drawing.svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        for point in data.split(['M', 'L', 'Z']).filter(|point| !point.is_empty()) {
            let (x, y) = point.split_once(' ').expect("a path has pairs");
            let (x, y): (f64, f64) = (x.parse().expect("a number"), y.parse().expect("a number"));
            let on_page = (-1.5..=drawing.width_pt + 1.5).contains(&x) && (-1.5..=drawing.height_pt + 1.5).contains(&y);
            prop_assert!(on_page, "({x}, {y}) leaves {} × {}", drawing.width_pt, drawing.height_pt);
        }
    }
    Ok(())
}

/// Every number of the drawing's marks is one: labels may say what they like.
fn check_numbers(drawing: &Drawing) -> Result<(), TestCaseError> {
    for mark in drawing.svg.split('<').filter_map(|rest| rest.split_once('>')).map(|(mark, _)| mark) {
        prop_assert!(!mark.contains("NaN") && !mark.contains("inf"), "`{mark}`");
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::trials::trials(400))]

    #[test]
    fn labels_never_meet_nor_leave_the_page(chart in chart(), style in style()) {
        let drawing = chart.draw(&style, &super::faces());
        check_labels(&drawing)?;
        check_marks(&drawing)?;
        check_numbers(&drawing)?;
        let _ = chart.alt(&super::words());
    }

    /// With figures of ordinary length no bar of a horizontal chart goes without its figure, at either width of the page.
    #[test]
    fn every_row_shows_its_figure(values in prop::collection::vec(-99_999_i64..99_999, 1..10), full in any::<bool>()) {
        let style = if full { Style::full() } else { Style::half() };
        let change = |value: &i64| Some(Change::new(Decimal::from(*value), value.to_string(), Polarity::Up));
        let name = "Selling, general and administrative expenses".to_owned();
        let contributions = Chart::Contributions(Contributions {
            subject: String::new(),
            rows: values.iter().map(|v| Contribution { name: name.clone(), change: change(v), detail: "+12.3%".to_owned(), detail_source: None }).collect(),
        });
        let waterfall = Chart::Waterfall(Waterfall {
            subject: String::new(),
            steps: values.iter().map(|v| Step::Contribution { name: name.clone(), change: change(v), scenario: Scenario::Actual }).collect(),
        });
        let part = |v: &i64| Part { name: name.clone(), value: Some(Datum::stated(Decimal::from(*v), v.to_string())) };
        let stack = Stack { parts: values.iter().map(part).collect(), ..Stack::default() };
        let composition = Chart::Composition(Composition { subject: String::new(), left: stack.clone(), right: Some(stack) });
        let panel = |v: &i64| Panel {
            name: name.clone(),
            unit: v.to_string() + " a",
            columns: vec![Column { total: Some(Datum::stated(Decimal::from(*v), v.to_string())), ..Column::default() }],
        };
        let multiples = Chart::Multiples(Multiples { panels: values.iter().map(panel).collect(), ..Multiples::default() });
        for (chart, times) in [(contributions, 1), (waterfall, 1), (composition, 2), (multiples, 1)] {
            let drawing = chart.draw(&style, &super::faces());
            let is_figure = |text: &&str| text.trim_start_matches(['+', '-', '−']).parse::<i64>().is_ok();
            let figures = drawing.labels.iter().map(Label::text).filter(is_figure).count();
            prop_assert_eq!(figures, values.len() * times, "{:?}", chart);
        }
    }

    /// The last period's value and name are labelled however many periods there are.
    #[test]
    fn the_last_value_is_labelled(values in prop::collection::vec(-99_999_i64..99_999, 1..41), full in any::<bool>()) {
        let style = if full { Style::full() } else { Style::half() };
        let column = |v: &i64| Column {
            tick: Tick::new("1Q", "FY17"),
            total: Some(Datum::stated(Decimal::from(*v), v.to_string())),
            ..Column::default()
        };
        let columns = Chart::Columns(Columns { columns: values.iter().map(column).collect(), ..Columns::default() });
        let points = values.iter().map(|v| Some(Datum::stated(Decimal::from(*v), v.to_string()))).collect();
        let ticks = values.iter().map(|_| Tick::new("1Q", "FY17")).collect();
        let lines = Chart::Lines(Lines { ticks, lines: vec![Line { name: "Margin".to_owned(), points }], ..Lines::default() });
        let last = values.last().map(ToString::to_string).unwrap_or_default();
        for chart in [columns, lines] {
            let drawing = chart.draw(&style, &super::faces());
            prop_assert!(drawing.labels.iter().any(|label| label.text() == last), "{last} in {chart:?}");
            prop_assert!(drawing.labels.iter().any(|label| label.text() == "1Q"));
        }
    }
}
