//! Lines of the statements: each row of the table below is one identity, for the total and, where it says so, by segment.

use std::collections::BTreeSet;

use crate::history::kind::on_line;
use crate::model::{FigureId, Measure, Metric};

use super::finding::{Finding, Rule, Severity};
use super::range::Range;
use super::relation::Relation;
use super::sheet::Sheet;
use super::ties::Ties;

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
    /// Whether it holds by definition; other lines may stand between the others (other operating income, finance income), so
    /// those count as errors where the document shows them elsewhere.
    always: bool,
}

const LINES: [Line; 14] = [
    Line {
        result: "gross_profit",
        inputs: &[("revenue", Plus), ("cost_of_revenue", Minus)],
        by_segment: true,
        always: true,
    },
    Line {
        result: "operating_income",
        inputs: &[("gross_profit", Plus), ("sga", Minus)],
        by_segment: false,
        always: false,
    },
    Line {
        result: "sga",
        inputs: &[
            ("sga.sales_and_marketing", Plus),
            ("sga.general_and_administrative", Plus),
            ("sga.research_and_development", Plus),
        ],
        by_segment: false,
        always: false,
    },
    Line {
        result: "income_before_tax",
        inputs: &[("operating_income", Plus), ("other_income_net", Plus)],
        by_segment: false,
        always: false,
    },
    Line {
        result: "income_tax_expense",
        inputs: &[("income_tax_expense.current", Plus), ("income_tax_expense.deferred", Plus)],
        by_segment: false,
        always: true,
    },
    Line {
        result: "net_income_including_nci",
        inputs: &[("income_before_tax", Plus), ("income_tax_expense", Minus), ("equity_method_income", Plus)],
        by_segment: false,
        always: false,
    },
    Line {
        result: "net_income",
        inputs: &[("net_income_including_nci", Plus), ("net_income_attributable_to_nci", LessSize)],
        by_segment: false,
        always: true,
    },
    Line {
        result: "total_assets",
        inputs: &[("total_current_assets", Plus), ("total_noncurrent_assets", Plus)],
        by_segment: false,
        always: true,
    },
    Line {
        result: "total_assets",
        inputs: &[("total_liabilities", Plus), ("total_equity", Plus)],
        by_segment: false,
        always: true,
    },
    Line { result: "total_liabilities_and_equity", inputs: &[("total_assets", Plus)], by_segment: false, always: true },
    Line {
        result: "total_liabilities_and_equity",
        inputs: &[("total_liabilities", Plus), ("total_equity", Plus)],
        by_segment: false,
        always: true,
    },
    Line {
        result: "total_liabilities",
        inputs: &[("total_current_liabilities", Plus), ("total_noncurrent_liabilities", Plus)],
        by_segment: false,
        always: true,
    },
    Line {
        result: "total_equity",
        inputs: &[("shareholders_equity", Plus), ("noncontrolling_interests", Plus)],
        by_segment: false,
        always: true,
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
        always: false,
    },
];

/// Every stated line against the lines it follows from, nearest first.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    for line in &LINES {
        let found = line.check(sheet, ties);
        ties.found.extend(found);
    }
}

impl Line {
    fn check(&self, sheet: &Sheet<'_>, ties: &mut Ties) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut shown = BTreeSet::new();
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
                let before = ties.count;
                match relation.judge(ties, &|ranges| Some(self.sum(ranges))) {
                    Some(finding) => found.push(finding),
                    None if ties.count > before => {
                        shown.insert(printed.fact.source.document.clone());
                    }
                    None => {}
                }
            }
        }
        for finding in found.iter_mut().filter(|_| !self.always) {
            if finding.figures.first().is_some_and(|fact| !shown.contains(&fact.source.document)) {
                finding.severity = Severity::Note;
                finding.sentence.push_str("; nothing in the document shows that no other line stands between them");
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::{Severity, check};
    use super::*;
    use crate::history::cases::{company, reading, vocabulary};

    /// Facts of a line that adds up, `metric period value`; the result first.
    fn column(line: &Line, period: &str) -> Vec<(String, i64)> {
        let amount = |at: usize| 10_000 * (i64::try_from(line.inputs.len() - at).expect("few inputs") + 1);
        let inputs: Vec<(&str, Sign, i64)> =
            line.inputs.iter().enumerate().map(|(at, (name, sign))| (*name, *sign, amount(at))).collect();
        let sum = inputs.iter().map(|(_, sign, value)| if *sign == Plus { *value } else { -value }).sum();
        let inputs = inputs.into_iter().map(|(name, _, value)| (format!("{name} {period}"), value));
        std::iter::once((format!("{} {period}", line.result), sum)).chain(inputs).collect()
    }

    fn facts(columns: &[(String, i64)]) -> String {
        columns.iter().fold(String::new(), |mut text, (name, value)| {
            write!(text, "{name} {value} JPY million; ").expect("memory takes it");
            text
        })
    }

    /// The severities of the findings that name a figure.
    fn found(columns: &[(String, i64)], named: &str) -> Vec<Severity> {
        let findings = check(&company(), &vocabulary(), &[reading("2017-05-15", &facts(columns))], &[]);
        let names = |finding: &&Finding| {
            let is_it = |fact: &crate::model::Fact| format!("{} {}", fact.label, fact.period) == named;
            finding.rule == Rule::StatementLine && finding.figures.iter().any(is_it)
        };
        findings.iter().filter(names).map(|finding| finding.severity).collect()
    }

    #[test]
    fn each_figure_of_each_line_is_named_where_it_alone_is_wrong() {
        for line in &LINES {
            let right = [column(line, "FY15"), column(line, "FY16")].concat();
            for at in 0..right.len() {
                assert!(found(&right, &right[at].0).is_empty(), "{right:?}");
                let mut wrong = right.clone();
                wrong[at].1 += 500;
                assert!(found(&wrong, &right[at].0).contains(&Severity::Error), "{wrong:?}");
            }
        }
    }

    #[test]
    fn a_line_that_a_document_never_shows_is_worth_a_note() {
        for line in &LINES {
            let mut wrong = column(line, "FY16");
            wrong[0].1 += 500;
            let expected = if line.always { Severity::Error } else { Severity::Note };
            assert_eq!(found(&wrong, &wrong[0].0), [expected], "{wrong:?}");
        }
    }
}
