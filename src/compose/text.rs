//! Printed forms of figures, periods and dates in tiles, tables, charts and sources. Digits stop where certainty does.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::history::History;
use crate::language::{Grain, Phrases, fill, is_wide};
use crate::model::{Fact, Figure, Metric, Period, Quarter, Scale, Unit};
use crate::narrative::{Shown, grouped};

/// How fine amounts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fineness {
    /// As tables of statements are.
    Fine,
    /// As charts and targets are.
    Coarse,
}

pub use Fineness::{Coarse, Fine};

impl Fineness {
    /// How fine figures beside one another can be printed: amounts that are all known to tens of millions, counts that are all known
    /// below the thousand.
    pub fn of<'f>(mut figures: impl Iterator<Item = &'f Figure>) -> Self {
        let is_coarse = |figure: &Figure| match figure.unit {
            Unit::Count { scale: Scale::One, .. } => figure.certain_decimals(0) <= -3,
            _ => is_coarse_amount(figure),
        };
        if figures.any(is_coarse) { Coarse } else { Fine }
    }
}

/// The printed forms of a language, for a company's figures.
#[derive(Clone, Copy)]
pub struct Print<'a> {
    /// The language.
    pub phrases: &'a Phrases,
    history: &'a History,
}

/// A money figure in millions as one at another scale; a coarse count in thousands.
fn at_scale(figure: &Figure, scale: Scale, fineness: Fineness) -> Figure {
    let mut scaled = figure.clone();
    let factor = match figure.unit {
        Unit::Money { scale: own, .. } if own != Scale::One => own.factor() / scale.factor(),
        Unit::Count { scale: own, .. } if fineness == Coarse => own.factor() / COUNTS.factor(),
        _ => return scaled,
    };
    scaled.value *= factor;
    scaled.half_width *= factor;
    scaled
}

/// The scale of coarse counts.
const COUNTS: Scale = Scale::Thousand;

/// How many decimals a figure is printed with beside amounts of a fineness.
fn decimals(figure: &Figure, grain: &Grain) -> i32 {
    match &figure.unit {
        Unit::Money { scale: Scale::One, .. } => 2,
        Unit::Money { .. } => grain.decimals,
        Unit::Percent if figure.is_progress() => 0,
        Unit::Percent | Unit::Points => 1,
        Unit::Count { .. } => i32::try_from(figure.value.normalize().scale()).unwrap_or(0),
    }
}

fn is_amount(unit: &Unit) -> bool {
    matches!(unit, Unit::Money { scale, .. } if *scale != Scale::One)
}

/// Whether an amount is not known to tens of millions.
fn is_coarse_amount(figure: &Figure) -> bool {
    is_amount(&figure.unit) && figure.certain_decimals(0) <= -2
}

impl<'a> Print<'a> {
    /// The forms for a company.
    pub fn new(phrases: &'a Phrases, history: &'a History) -> Self {
        Self { phrases, history }
    }

    /// Whether a figure in a printed form is marked as calculated: no document prints these characters.
    pub fn is_calculated(&self, figure: &Figure, form: impl Fn(&Figure) -> String) -> bool {
        figure.is_derived() && self.history.printed_in_document(figure, form).is_none()
    }

    fn grain(&self, fineness: Fineness) -> &'a Grain {
        match fineness {
            Fine => &self.phrases.units().fine,
            Coarse => &self.phrases.units().coarse,
        }
    }

    /// The name of a metric.
    pub fn name(&self, metric: &Metric) -> String {
        self.phrases.name(self.history.vocabulary(), metric)
    }

    /// The name of a metric below its parent's.
    pub fn part_name(&self, metric: &Metric) -> String {
        self.phrases.part_name(self.history.vocabulary(), metric)
    }

    /// The unit of amounts, `JPY million`.
    pub fn unit(&self, fineness: Fineness) -> String {
        let currency = self.history.company().currency;
        fill(&self.grain(fineness).unit, &[("currency", self.phrases.currency(&currency))])
    }

    /// The unit of a figure as a table names it, `JPY million`, `thousand subscriptions`.
    pub fn unit_of(&self, unit: &Unit, fineness: Fineness) -> String {
        match unit {
            Unit::Money { scale: Scale::One, currency } => self.phrases.currency(currency).to_owned(),
            Unit::Money { .. } => self.unit(fineness),
            Unit::Count { noun, .. } if fineness == Coarse => self.count_unit(noun, COUNTS),
            Unit::Count { noun, scale } => self.count_unit(noun, *scale),
            Unit::Points => self.phrases.number.points_short.clone(),
            Unit::Percent => unit.to_string(),
        }
    }

    fn count_unit(&self, noun: &str, scale: Scale) -> String {
        let values = [("n", ""), ("scale", self.phrases.scale(scale)), ("noun", self.phrases.noun(noun))];
        let words = &self.phrases.number;
        let form = if scale == Scale::One { &words.count } else { &words.scaled_count };
        fill(form, &values).trim().to_owned()
    }

    fn minus(&self, text: &str) -> String {
        fill(&self.phrases.number.minus, &[("n", text)])
    }

    /// The size of a figure with at most `wanted` decimals, as many as are certain, and `~` where the last may be off by one.
    fn size(&self, figure: &Figure, wanted: i32) -> (&'a str, String) {
        let digits = figure.digits(wanted);
        let about = digits.about || figure.is_approximate();
        (if about { &self.phrases.text.about_in_cells } else { "" }, grouped(digits.amount.abs()))
    }

    /// A figure in a table's cell, or as coarse as it is known; below zero as statements print it.
    pub fn cell(&self, figure: &Figure, fineness: Fineness) -> String {
        if fineness == Fine && is_coarse_amount(figure) {
            return fill(&self.grain(Coarse).cell, &[("n", &self.cell(figure, Coarse))]);
        }
        let grain = self.grain(fineness);
        let scaled = at_scale(figure, grain.scale, fineness);
        let (about, text) = self.size(&scaled, decimals(figure, grain));
        let is_zero = scaled.digits(decimals(figure, grain)).amount.is_zero();
        if figure.value.is_sign_negative() && !is_zero {
            return format!("{about}{}", fill(&self.phrases.number.minus_in_cells, &[("n", &text)]));
        }
        format!("{about}{text}")
    }

    /// The amount that a table's cell prints.
    pub fn amount(&self, figure: &Figure, fineness: Fineness) -> Decimal {
        let grain = self.grain(fineness);
        at_scale(figure, grain.scale, fineness).digits(decimals(figure, grain)).amount
    }

    /// A rate of change with its sign: `+13.2%`, `−5.0%`.
    pub fn change(&self, figure: &Figure) -> String {
        self.signed(figure, if figure.unit == Unit::Percent { "%" } else { "" }, decimals(figure, self.grain(Fine)))
    }

    /// A change in money, with its sign.
    pub fn signed_at(&self, figure: &Figure, fineness: Fineness) -> String {
        let grain = self.grain(fineness);
        self.signed(&at_scale(figure, grain.scale, fineness), "", decimals(figure, grain))
    }

    fn signed(&self, figure: &Figure, suffix: &str, wanted: i32) -> String {
        let rounded = figure.digits(wanted).amount;
        let (about, text) = self.size(figure, wanted);
        let text = format!("{text}{suffix}");
        let signed = match rounded {
            zero if zero.is_zero() => text,
            below if below.is_sign_negative() => self.minus(&text),
            _ => fill(&self.phrases.number.plus, &[("n", &text)]),
        };
        format!("{about}{signed}")
    }

    /// The size of a figure with its unit, as sentences print it: `JPY965 million`, `8.5%`.
    pub fn in_words(&self, figure: &Figure) -> String {
        let calendar = self.phrases.calendar(self.history.company().fiscal_year);
        let shown = Shown::of(String::new(), figure, None, calendar);
        let about = if shown.about { &self.phrases.text.about } else { "" };
        format!("{about}{}", shown.size())
    }

    /// A figure and its unit apart, as a tile shows them.
    pub fn tile(&self, figure: &Figure) -> (String, String) {
        let fine = self.grain(Fine);
        let (shown, wanted, unit) = match &figure.unit {
            Unit::Percent => (figure.clone(), decimals(figure, fine), "%".to_owned()),
            Unit::Points => (figure.clone(), decimals(figure, fine), self.phrases.number.points_short.clone()),
            Unit::Money { currency, scale: Scale::One } => {
                (figure.clone(), 2, self.phrases.currency(currency).to_owned())
            }
            Unit::Money { currency, .. } => {
                let small = figure.value.abs() < Decimal::ONE_HUNDRED && figure.certain_decimals(0) >= 0;
                let grain = if small { fine } else { self.grain(Coarse) };
                let unit = fill(&grain.short, &[("currency", self.phrases.currency(currency))]);
                (at_scale(figure, grain.scale, Fine), grain.decimals, unit)
            }
            Unit::Count { noun, scale } => (figure.clone(), decimals(figure, fine), self.count_unit(noun, *scale)),
        };
        let (about, text) = self.size(&shown, wanted);
        let text = if figure.value.is_sign_negative() { self.minus(&text) } else { text };
        (format!("{about}{text}"), unit)
    }

    /// A figure with its unit as the sources section shows it: a derived one with the interval that rounding leaves.
    pub fn proof_value(&self, figure: &Figure) -> String {
        let value = self.exact(&figure.unit, figure.value.round_dp(2));
        match figure.half_width.round_dp(2).normalize() {
            exact if exact.is_zero() => value,
            half_width => format!("{value} ± {}", grouped(half_width)),
        }
    }

    /// A fact as its document states it, unit included.
    pub fn fact_value(&self, fact: &Fact) -> String {
        self.exact(&fact.unit, fact.value)
    }

    /// `−JPY8,272 million`, `12.4%`, `1,943 thousand subscriptions`.
    fn exact(&self, unit: &Unit, value: Decimal) -> String {
        let words = &self.phrases.number;
        let n = grouped(value.abs());
        let text = match unit {
            Unit::Percent => format!("{n}%"),
            Unit::Points => format!("{n} {}", words.points_short),
            Unit::Money { currency, scale } => {
                let form = if *scale == Scale::One { &words.exact_unscaled } else { &words.exact };
                let values = [("n", n.as_str()), ("currency", self.phrases.currency(currency))];
                fill(form, &[&values[..], &[("scale", self.phrases.scale(*scale))]].concat())
            }
            Unit::Count { noun, scale } => {
                let form = if *scale == Scale::One { &words.count } else { &words.scaled_count };
                let values = [("n", n.as_str()), ("noun", self.phrases.noun(noun))];
                fill(form, &[&values[..], &[("scale", self.phrases.scale(*scale))]].concat())
            }
        };
        if value.is_sign_negative() && !value.is_zero() { self.minus(&text) } else { text }
    }

    /// `8 August 2017`.
    pub fn day(&self, date: NaiveDate) -> String {
        self.phrases.day(date)
    }

    /// A period as a column's head: instants as `30 Jun 2017`.
    pub fn head(&self, period: Period) -> String {
        self.phrases.calendar(self.history.company().fiscal_year).short(period)
    }

    /// What a change over last year is called in a table, `YoY`.
    pub fn change_head(&self, period: Period) -> String {
        self.phrases.calendar(self.history.company().fiscal_year).change_head(period)
    }

    /// What it is called in a tile.
    pub fn change_short(&self, period: Period) -> String {
        self.phrases.calendar(self.history.company().fiscal_year).change_short(period)
    }

    /// The two lines under a column of a chart.
    pub fn tick(&self, quarter: Quarter) -> (String, String) {
        self.phrases.calendar(self.history.company().fiscal_year).tick(quarter)
    }

    /// A period as sentences name it.
    #[cfg(test)]
    pub fn words(&self, period: Period) -> String {
        self.phrases.calendar(self.history.company().fiscal_year).words(period)
    }

    /// `First quarter of FY2017`.
    pub fn period_in_full(&self, quarter: Quarter) -> String {
        self.phrases.calendar(self.history.company().fiscal_year).full(quarter)
    }
}

/// The room that a text takes, in letters; a kanji takes that of two.
pub fn letters(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(c: char) -> usize {
    if is_wide(c) { 2 } else { 1 }
}
