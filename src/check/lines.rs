//! Lines of the statements: each row of the table below is one identity, for the total and, where it says so, by segment.

use crate::history::kind::on_line;
use crate::model::{FigureId, Measure, Metric};

use super::finding::{Finding, Rule};
use super::range::Range;
use super::relation::Relation;
use super::sheet::Sheet;

/// How an input enters the sum.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Plus,
    Minus,
    /// Deducted by its size: printed with or without parentheses.
    LessSize,
}

use Sign::{LessSize, Minus, Plus};

/// `result = ± input ± input …`
struct Line {
    result: &'static str,
    inputs: &'static [(&'static str, Sign)],
    by_segment: bool,
}

const LINES: [Line; 14] = [
    Line { result: "gross_profit", inputs: &[("revenue", Plus), ("cost_of_revenue", Minus)], by_segment: true },
    Line { result: "operating_income", inputs: &[("gross_profit", Plus), ("sga", Minus)], by_segment: false },
    Line {
        result: "sga",
        inputs: &[
            ("sga.sales_and_marketing", Plus),
            ("sga.general_and_administrative", Plus),
            ("sga.research_and_development", Plus),
        ],
        by_segment: false,
    },
    Line {
        result: "income_before_tax",
        inputs: &[("operating_income", Plus), ("other_income_net", Plus)],
        by_segment: false,
    },
    Line {
        result: "income_tax_expense",
        inputs: &[("income_tax_expense.current", Plus), ("income_tax_expense.deferred", Plus)],
        by_segment: false,
    },
    Line {
        result: "net_income_including_nci",
        inputs: &[("income_before_tax", Plus), ("income_tax_expense", Minus), ("equity_method_income", Plus)],
        by_segment: false,
    },
    Line {
        result: "net_income",
        inputs: &[("net_income_including_nci", Plus), ("net_income_attributable_to_nci", LessSize)],
        by_segment: false,
    },
    Line {
        result: "total_assets",
        inputs: &[("total_current_assets", Plus), ("total_noncurrent_assets", Plus)],
        by_segment: false,
    },
    Line { result: "total_assets", inputs: &[("total_liabilities", Plus), ("total_equity", Plus)], by_segment: false },
    Line { result: "total_liabilities_and_equity", inputs: &[("total_assets", Plus)], by_segment: false },
    Line {
        result: "total_liabilities_and_equity",
        inputs: &[("total_liabilities", Plus), ("total_equity", Plus)],
        by_segment: false,
    },
    Line {
        result: "total_liabilities",
        inputs: &[("total_current_liabilities", Plus), ("total_noncurrent_liabilities", Plus)],
        by_segment: false,
    },
    Line {
        result: "total_equity",
        inputs: &[("shareholders_equity", Plus), ("noncontrolling_interests", Plus)],
        by_segment: false,
    },
    Line {
        result: "shareholders_equity",
        inputs: &[
            ("common_stock", Plus),
            ("additional_paid_in_capital", Plus),
            ("retained_earnings", Plus),
            ("accumulated_other_comprehensive_income", Plus),
            ("treasury_stock", LessSize),
        ],
        by_segment: false,
    },
];

/// Every stated line against the lines it follows from, nearest first.
pub(super) fn check(sheet: &Sheet<'_>) -> Vec<Finding> {
    LINES.iter().flat_map(|line| line.check(sheet)).collect()
}

impl Line {
    fn check(&self, sheet: &Sheet<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        for (id, statements) in sheet.statements {
            let ours = id.metric.as_str() == self.result || (self.by_segment && id.metric.root() == self.result);
            if !ours || id.measure != Measure::Level {
                continue;
            }
            let Some(ids) = self.inputs_of(id) else { continue };
            for printed in statements {
                let near = |id: &FigureId| sheet.near(id, &printed.fact.source);
                let Some(inputs) = ids.iter().map(near).collect::<Option<Vec<_>>>() else { continue };
                if inputs.iter().any(|input| input.unit != printed.unit) {
                    continue;
                }
                let relation = Relation {
                    rule: Rule::StatementLine,
                    figure: Some(id.clone()),
                    printed,
                    inputs,
                    mixed: false,
                    formula: self.formula(),
                };
                found.extend(relation.judge(&|ranges| Some(self.sum(ranges))));
            }
        }
        found
    }

    fn inputs_of(&self, id: &FigureId) -> Option<Vec<FigureId>> {
        let metric = |name: &str| match self.by_segment {
            true => on_line(&id.metric, name),
            false => Metric::new(name).ok(),
        };
        self.inputs.iter().map(|(name, _)| Some(FigureId { metric: metric(name)?, ..id.clone() })).collect()
    }

    fn sum(&self, ranges: &[Range]) -> Range {
        let zero = Range::exactly(rust_decimal::Decimal::ZERO);
        ranges.iter().zip(self.inputs).fold(zero, |sum, (range, (_, sign))| match sign {
            Plus => sum.plus(*range),
            Minus => sum.minus(*range),
            LessSize if range.middle().is_sign_negative() => sum.plus(*range),
            LessSize => sum.minus(*range),
        })
    }

    fn formula(&self) -> String {
        let word = |(at, (name, sign)): (usize, &(&str, Sign))| match (at, sign) {
            (0, _) => (*name).to_owned(),
            (_, Plus) => format!(" + {name}"),
            (_, Minus | LessSize) => format!(" − {name}"),
        };
        self.inputs.iter().enumerate().map(word).collect()
    }
}
