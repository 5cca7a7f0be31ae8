//! Small tables and what their columns of changes speak of.

use std::sync::Arc;

use crate::model::{Document, Measure};
use crate::vocabulary::Vocabulary;

/// The changes that a table states: value, measure and period.
fn changes(text: &str) -> Vec<String> {
    let company = crate::extract::cases::iij();
    let document = Document {
        name: Arc::from("snippet.txt"),
        path: String::new(),
        lines: format!("Results for 1H FY2019\n\nNovember 8, 2019\n\nUnit: JPY million\n{text}")
            .split('\n')
            .map(str::to_owned)
            .collect(),
    };
    let facts = crate::extract::extract(&document, &company, &Vocabulary::of(&company)).value.facts;
    let changes = facts.iter().filter(|fact| fact.measure != Measure::Level);
    changes.map(|fact| format!("{} {} {}", fact.value, fact.measure.name(), fact.period)).collect()
}

#[test]
fn a_change_is_of_the_later_of_the_columns_that_it_compares() {
    let check = |text: &str, expected: &[&str]| assert_eq!(changes(text), expected, "{text}");
    check("\t1Q18\t1Q19\tYoY Change\nTotal Revenues\t100\t110\t10.0%", &["10.0 yoy_pct 1Q19"]);
    check("\t1Q19\t1Q18\tYoY Change\nTotal Revenues\t110\t100\t10.0%", &["10.0 yoy_pct 1Q19"]);
    check(
        "\t1Q18\t1Q19\tChange\t1H18\t1H19\tChange\nTotal Revenues\t100\t110\t10.0%\t200\t230\t15.0%",
        &["10.0 yoy_pct 1Q19", "15.0 yoy_pct 1H19"],
    );
    check("\t4Q18\t1Q19\tChange\nTotal Revenues\t100\t110\t10.0%", &["10.0 qoq_pct 1Q19"]);
    check(
        "                         1Q18        1Q19        YoY\nTotal Revenues           100         110         10.0%\n",
        &["10.0 yoy_pct 1Q19"],
    );
    check(
        "                         1Q19        1Q18        YoY\nTotal Revenues           110         100         10.0%\n",
        &["10.0 yoy_pct 1Q19"],
    );
}
