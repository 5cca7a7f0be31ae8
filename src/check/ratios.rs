//! Shares and margins against the part and the whole they come from; the equity ratio; earnings per share.

use rust_decimal::Decimal;

use crate::history::gather::Stated;
use crate::history::kind::revenue_of;
use crate::model::{FigureId, Measure, Metric};

use super::finding::{Finding, Rule};
use super::relation::Relation;
use super::sheet::Sheet;
use super::ties::Ties;

/// `result = part ÷ whole × factor`, all of one period.
struct Quotient {
    result: &'static str,
    part: &'static str,
    whole: &'static str,
    rule: Rule,
    /// What one unit of part over one of whole makes: percent, or money of a million a share.
    factor: i64,
}

const QUOTIENTS: [Quotient; 3] = [
    Quotient {
        result: "equity_ratio",
        part: "shareholders_equity",
        whole: "total_assets",
        rule: Rule::Ratio,
        factor: 100,
    },
    Quotient {
        result: "eps_basic",
        part: "net_income",
        whole: "weighted_average_shares_basic",
        rule: Rule::PerShare,
        factor: 1_000_000,
    },
    Quotient {
        result: "eps_diluted",
        part: "net_income",
        whole: "weighted_average_shares_diluted",
        rule: Rule::PerShare,
        factor: 1_000_000,
    },
];

/// Every printed share, margin and figure a share against its inputs.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    for (id, statements) in sheet.statements {
        for printed in statements {
            let found = ratio(sheet, ties, id, printed);
            ties.found.extend(found);
            for quotient in QUOTIENTS.iter().filter(|q| q.result == id.metric.as_str()) {
                let found = quotient.check(sheet, ties, id, printed);
                ties.found.extend(found);
            }
        }
    }
}

fn ratio(sheet: &Sheet<'_>, ties: &mut Ties, id: &FigureId, printed: &Stated) -> Option<Finding> {
    let whole = match id.measure {
        Measure::ShareOfRevenuePct => Metric::new("revenue").ok(),
        Measure::MarginPct => revenue_of(&id.metric),
        _ => None,
    }?;
    let part = FigureId { measure: Measure::Level, ..id.clone() };
    let formula = format!("{} ÷ {whole}", id.metric);
    let whole = FigureId::level(&whole, id.period, id.basis);
    quotient(sheet, ties, id, printed, [part, whole], Rule::Ratio, Decimal::ONE_HUNDRED, formula)
}

impl Quotient {
    fn check(&self, sheet: &Sheet<'_>, ties: &mut Ties, id: &FigureId, printed: &Stated) -> Option<Finding> {
        if id.measure != Measure::Level {
            return None;
        }
        let level = |name: &str| Metric::new(name).ok().map(|metric| FigureId::level(&metric, id.period, id.basis));
        let inputs = [level(self.part)?, level(self.whole)?];
        let formula = format!("{} ÷ {}", self.part, self.whole);
        quotient(sheet, ties, id, printed, inputs, self.rule, self.factor.into(), formula)
    }
}

#[expect(clippy::too_many_arguments, reason = "a formula has that many parts")]
fn quotient(
    sheet: &Sheet<'_>,
    ties: &mut Ties,
    id: &FigureId,
    printed: &Stated,
    [part, whole]: [FigureId; 2],
    rule: Rule,
    factor: Decimal,
    formula: String,
) -> Option<Finding> {
    let near = |id: &FigureId| sheet.near(id, &printed.fact.source);
    let inputs = vec![near(&part)?, near(&whole)?];
    // Per-share figures divide unlike units; percentages never do.
    if rule == Rule::Ratio && inputs[0].unit != inputs[1].unit {
        return None;
    }
    let relation = Relation { rule, figure: Some(id.clone()), printed, inputs, mixed: true, formula };
    relation.judge(ties, &|ranges| {
        let base = ranges[1];
        let divide = |part: Decimal, whole: Decimal| part.checked_mul(factor)?.checked_div(whole);
        (base.low > Decimal::ZERO).then(|| ranges[0].corners(base, divide)).flatten()
    })
}
