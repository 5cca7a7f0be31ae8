//! Snapshots: the SVG of each kind, and the alt text of every example.

use crate::chart::{Chart, Columns, Step, Style, Waterfall};

use super::examples::{all, number};
use super::faces;

#[test]
fn each_kind_is_drawn_as_it_was_approved() {
    let faces = faces();
    let drawn = [
        "columns-cost",
        "columns-segments",
        "lines-margins",
        "targets",
        "waterfall",
        "contributions",
        "composition-cost",
        "multiples-indicators",
        "spark-columns",
        "spark-line",
    ];
    for (name, chart) in all().into_iter().filter(|(name, _)| drawn.contains(name)) {
        insta::assert_snapshot!(name, chart.draw(&Style::half(), &faces).svg);
    }
}

#[test]
fn alt_texts_tell_what_the_charts_show() {
    let texts: Vec<String> =
        all().into_iter().map(|(name, chart)| format!("{name}: {}", chart.alt(&super::words()))).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    let faces = faces();
    for (_, chart) in all() {
        assert_eq!(chart.draw(&Style::full(), &faces), chart.draw(&Style::full(), &faces));
    }
}

#[test]
fn a_bridge_that_does_not_add_up_says_by_how_much() {
    let bridges: Vec<Waterfall> = all()
        .into_iter()
        .filter_map(|(_, chart)| match chart {
            Chart::Waterfall(spec) => Some(spec),
            _ => None,
        })
        .collect();
    assert_eq!(bridges[0].unexplained(), Some(number("0")));
    assert_eq!(bridges[1].unexplained(), None);
    let mut off = bridges[0].clone();
    off.steps.retain(|step| !matches!(step, Step::Contribution { name, .. } if name.starts_with("SG&A")));
    assert_eq!(off.unexplained(), Some(number("-796")));
}

#[test]
fn a_missing_period_is_never_a_column_of_zero() {
    let Some((_, Chart::Columns(spec))) = all().into_iter().find(|(name, _)| *name == "columns-cost") else {
        panic!("an example")
    };
    let faces = faces();
    let texts = |spec: &Columns| -> Vec<String> {
        crate::chart::columns::draw(spec, &Style::full(), &faces)
            .labels
            .iter()
            .map(|label| label.text().to_owned())
            .collect()
    };
    assert_eq!(texts(&spec).iter().filter(|text| *text == "n/a").count(), 2);
    assert!(!texts(&spec).contains(&"0".to_owned()));
}

#[test]
fn hostile_labels_stay_labels() {
    let hostile = "</text><script>alert('1')</script>&\u{0}\u{202e}\"";
    let Some((_, Chart::Columns(mut spec))) = all().into_iter().find(|(name, _)| *name == "columns-cost") else {
        panic!("an example")
    };
    spec.columns.truncate(1);
    spec.columns[0].tick.period = hostile.to_owned();
    let drawing = crate::chart::columns::draw(&spec, &Style::full(), &faces());
    assert!(!drawing.svg.contains("<script"), "{}", drawing.svg);
    let escaped = "&lt;/text&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;</text>";
    assert!(drawing.svg.contains(escaped), "{}", drawing.svg);
}
