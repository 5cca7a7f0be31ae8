//! Generated companies: what the generator printed comes back, figure by figure, and the checks find nothing to say.

mod company;

use std::sync::Arc;

use company::Quarter;
use rust_decimal::Decimal;
use tanshin::check::check;
use tanshin::extract;
use tanshin::history::{self, History};
use tanshin::model::{Document, Metric, Period, Reading};
use tanshin::seed;
use tanshin::vocabulary::Vocabulary;

fn read(made: &company::Company) -> (History, usize) {
    let company = Arc::new(seed::profile_of(made.profile.as_bytes(), &made.id, "company.toml").expect("a profile"));
    let vocabulary = Arc::new(Vocabulary::of(&company));
    let documents: Vec<Document> = made
        .documents
        .iter()
        .map(|(name, text)| seed::document_of(text.as_bytes(), name, name).expect("a document"))
        .collect();
    let read = |document: &Document| extract::extract(document, &company, &vocabulary).value;
    let readings: Vec<Reading> = documents.iter().map(read).collect();
    let findings = check(&company, &vocabulary, &readings, &documents).len();
    (history::aggregate(company, vocabulary, &readings).value, findings)
}

/// The figure of a metric in a period, in millions of yen as printed.
fn figure(history: &History, metric: &str, period: Period) -> Option<Decimal> {
    history.level(&Metric::new(metric).expect("a metric"), period).map(|figure| figure.value)
}

#[test]
fn every_figure_that_was_printed_comes_back() {
    let mut compared = 0;
    for number in 1..=3 {
        let made = company::company(number, 16);
        let (history, findings) = read(&made);
        assert_eq!(findings, 0, "{}", made.id);
        for quarter in &made.quarters {
            let period: Period = quarter.code.parse().unwrap();
            let printed = [
                ("revenue", quarter.revenue()),
                ("revenue.platform_services", quarter.segments[0]),
                ("revenue.field_services", quarter.segments[1]),
                ("revenue.equipment_sales", quarter.segments[2]),
                ("cost_of_revenue", quarter.cost),
                ("sga", quarter.sga),
                ("operating_income", quarter.operating_income()),
                ("net_income", quarter.net_income()),
            ];
            for (metric, amount) in printed {
                let found = figure(&history, metric, period);
                assert_eq!(found, Some(Decimal::from(amount)), "{} {metric} {}", made.id, quarter.code);
                compared += 1;
            }
        }
        let ends =
            [("cash", (|quarter| quarter.cash) as fn(&Quarter) -> i64), ("employees", |quarter| quarter.employees)];
        for (metric, of) in ends {
            let series = history.series(&Metric::new(metric).expect("a metric"));
            assert_eq!(series.len(), made.quarters.len(), "{} {metric}", made.id);
            for (figure, quarter) in series.iter().zip(&made.quarters) {
                assert_eq!(figure.value, Decimal::from(of(quarter)), "{} {metric} {}", made.id, quarter.code);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 3 * 16 * 10);
}
