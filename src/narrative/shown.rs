//! How a figure looks in text: the printed forms that templates choose from. Sizes are rounded to what is certain.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::mark::SEALED;
use super::view::Time;
use crate::language::{Beside, Calendared, Numbers, Phrases, Tier, fill};
use crate::model::{Digits, Figure, Scale, Unit, round_to};

/// A figure as templates see it. Its printed forms are sealed: only a helper can print them, and a helper records them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Shown {
    /// Which figure: the key into the view's figures.
    pub key: String,
    /// What it counts.
    pub kind: Kind,
    /// The printed size without sign, `JPY41.0 billion`.
    pub size: String,
    /// The size that is printed, as a decimal, sealed: ranges of words go by it.
    pub amount: String,
    /// The figure itself as a decimal, money in millions, sealed: comparisons go by it.
    pub value: String,
    /// How far the true value may be off, because it was printed rounded, sealed.
    pub within: String,
    /// Whether it is below zero.
    pub negative: bool,
    /// Whether the printed size is zero.
    pub zero: bool,
    /// Whether `about` stands before it: a document says so, or its last printed digit may be off by one.
    pub about: bool,
    /// Why no claim can rest on it: a conflict, too much uncertainty.
    pub doubt: Option<String>,
    /// Whether that is because documents contradict each other.
    pub disputed: bool,
    /// The span or the day that it is of.
    pub time: Time,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An amount of money.
    Money,
    /// Money per share.
    Share,
    /// Percent.
    Percent,
    /// Percentage points.
    Points,
    /// Things.
    Count,
}

impl Shown {
    /// The printed forms of a figure.
    pub fn of(key: String, figure: &Figure, conflict: Option<String>, names: Calendared<'_>) -> Self {
        let phrases = names.phrases();
        let Printed { kind, digits, size, .. } = printed(figure, phrases);
        let disputed = conflict.is_some();
        let doubt = conflict.or_else(|| doubt(figure, kind, &digits));
        let amount = digits.amount;
        Self {
            key,
            kind,
            size: format!("{SEALED}{size}"),
            amount: format!("{SEALED}{amount}"),
            value: format!("{SEALED}{}", figure.value.normalize()),
            within: format!("{SEALED}{}", figure.half_width.normalize()),
            negative: figure.value.is_sign_negative() && !amount.is_zero(),
            zero: amount.is_zero(),
            about: figure.is_approximate() || digits.about,
            doubt,
            disputed,
            time: Time::of(figure.id.period, names),
        }
    }

    /// The same for an estimate: `about` stands before an amount unless every value that it allows prints the same. A rate is
    /// printed to what is certain of it, be it estimated or not.
    pub fn as_estimate(self, figure: &Figure, phrases: &Phrases) -> Self {
        let rate = matches!(self.kind, Kind::Percent | Kind::Points);
        let about = self.about || (!rate && !printed(figure, phrases).sure);
        Self { about, ..self }
    }

    /// The printed size.
    pub fn size(&self) -> &str {
        self.size.trim_start_matches(SEALED)
    }

    /// The printed size as a decimal.
    pub fn amount(&self) -> Decimal {
        self.amount.trim_start_matches(SEALED).parse().unwrap_or_default()
    }

    /// The figure itself, and how far it may be off.
    pub fn exact(&self) -> (Decimal, Decimal) {
        let decimal = |text: &str| text.trim_start_matches(SEALED).parse().unwrap_or_default();
        (decimal(&self.value), decimal(&self.within))
    }

    /// Leaves out the counted noun where the name beside it says it, and for persons.
    pub fn leave_out_noun(&mut self, name: &str, phrases: &Phrases) {
        if phrases.number.counts_beside_names == Beside::Full {
            return;
        }
        let Some((number, noun)) = self.size().rsplit_once(' ').filter(|_| self.kind == Kind::Count) else { return };
        if noun == "persons" || name.to_lowercase().contains(&noun.to_lowercase()) {
            self.size = format!("{SEALED}{number}");
        }
    }

    /// With a minus for what is below zero.
    pub fn plain(&self, words: &Numbers) -> String {
        if self.negative { fill(&words.minus, &[("n", self.size())]) } else { self.size().to_owned() }
    }

    /// With its sign in any case but zero.
    pub fn signed(&self, words: &Numbers) -> String {
        if self.zero || self.negative {
            return self.plain(words);
        }
        fill(&words.plus, &[("n", self.size())])
    }
}

/// A figure's kind, digits and printed size, and whether every value that it allows prints the same.
struct Printed {
    kind: Kind,
    digits: Digits,
    size: String,
    sure: bool,
}

fn printed(figure: &Figure, phrases: &Phrases) -> Printed {
    let words = &phrases.number;
    let form = |kind, scaled: &Figure, wanted, form: &str, values: &[(&str, &str)]| {
        let digits = digits(scaled, wanted);
        let end = |value| round_to(value, digits.decimals);
        let sure = end(scaled.value - scaled.half_width) == end(scaled.value + scaled.half_width);
        let n = grouped(digits.amount);
        Printed { kind, digits, size: fill(form, &[&[("n", n.as_str())], values].concat()), sure }
    };
    match &figure.unit {
        Unit::Percent => form(Kind::Percent, figure, if figure.is_progress() { 0 } else { 1 }, "{n}%", &[]),
        Unit::Points => {
            let one = digits(figure, 1).amount == Decimal::ONE;
            form(Kind::Points, figure, 1, if one { &words.point } else { &words.points }, &[])
        }
        Unit::Money { currency, scale: Scale::Million } => {
            let (scaled, tier) = money(figure, phrases);
            form(Kind::Money, &scaled, tier.decimals, &tier.form, &[("currency", phrases.currency(currency))])
        }
        Unit::Money { currency, .. } => {
            form(Kind::Share, figure, 2, &words.per_share, &[("currency", phrases.currency(currency))])
        }
        Unit::Count { noun, scale: Scale::One } if figure.half_width >= Decimal::ONE_HUNDRED => {
            let scale = if figure.half_width >= Decimal::from(5000) { Scale::Million } else { Scale::Thousand };
            let scaled = at(figure, scale.factor());
            let wanted = scaled.certain_decimals(3).max(0);
            let values = [("scale", phrases.scale(scale)), ("noun", phrases.noun(noun))];
            form(Kind::Count, &scaled, wanted, &words.scaled_count, &values)
        }
        Unit::Count { noun, scale } => {
            let decimals = i32::try_from(figure.value.normalize().scale()).unwrap_or(0);
            let values = [("scale", phrases.scale(*scale)), ("noun", phrases.noun(noun))];
            let text = if *scale == Scale::One { &words.count } else { &words.scaled_count };
            form(Kind::Count, figure, decimals, text, &values)
        }
    }
}

/// A figure in units of so many of its own.
fn at(figure: &Figure, units: Decimal) -> Figure {
    let mut scaled = figure.clone();
    scaled.value /= units;
    scaled.half_width /= units;
    scaled
}

/// The first row of the language's sizes that fits, below its limit and known to ten of its units or better, and the figure in it.
fn money<'p>(figure: &Figure, phrases: &'p Phrases) -> (Figure, &'p Tier) {
    let tiers = &phrases.units().sentences;
    let fits = |tier: &Tier, scaled: &Figure| {
        let below = tier.below.is_none_or(|limit| scaled.value.abs() < Decimal::from(limit));
        below && scaled.certain_decimals(0) >= -1
    };
    let scaled = |tier: &Tier| at(figure, tier.scale.factor() / Scale::Million.factor());
    let tier = tiers.iter().find(|tier| fits(tier, &scaled(tier))).or(tiers.last());
    let tier = tier.expect("a style of units has a row for sentences, which is checked when it is read");
    (scaled(tier), tier)
}

/// The digits of the size, without sign.
fn digits(figure: &Figure, wanted: i32) -> Digits {
    let digits = figure.digits(wanted);
    Digits { amount: digits.amount.abs(), ..digits }
}

/// Why no claim can rest on a figure: rounding leaves its sign open, or too little of it to print.
fn doubt(figure: &Figure, kind: Kind, digits: &Digits) -> Option<String> {
    let id = &figure.id;
    let nought = digits.amount.is_zero() && !figure.value.is_zero() && figure.is_derived();
    let rate = matches!(kind, Kind::Percent | Kind::Points) && figure.half_width < figure.value.abs();
    let reason = if rate && !nought {
        format!("rounding leaves {id} too wide to print")
    } else {
        format!("rounding leaves open whether {id} is above or below zero")
    };
    (nought || figure.is_vague()).then_some(reason)
}

/// Digits in groups of three.
pub fn grouped(amount: Decimal) -> String {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |rest| format!("{out}.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Habits, Language};
    use crate::model::{Basis, Calendar, FigureId, Metric, NamedAfter, Origin, Period, Rule};

    const CALENDAR: Calendar = Calendar { first_month: 4, named_after: NamedAfter::Start };

    fn figure(value: &str, half_width: &str, unit: &str) -> Figure {
        Figure {
            id: FigureId::level(&Metric::new("revenue").expect("an id"), Period::Year(2016), Basis::Actual),
            value: value.parse().expect("a decimal"),
            unit: unit.parse().expect("a unit"),
            half_width: half_width.parse().expect("a decimal"),
            origin: Origin::Derived { rule: Rule::Change, inputs: Vec::new() },
        }
    }

    fn check(value: &str, half_width: &str, unit: &str, expected: &str) {
        let figure = figure(value, half_width, unit);
        let phrases = Phrases::built_in(Language::En);
        let shown = Shown::of(String::new(), &figure, None, phrases.calendar(CALENDAR));
        let about = if shown.about { "about " } else { "" };
        let seen = shown.doubt.clone().unwrap_or_else(|| format!("{about}{}", shown.plain(&phrases.number)));
        assert_eq!(seen, expected, "{value} ± {half_width} {unit}");
    }

    #[test]
    fn amounts_are_printed_in_the_units_and_signs_of_the_language_and_the_users_choice() {
        let check = |units: Option<&str>,
                     negatives: Option<&str>,
                     value: &str,
                     half_width: &str,
                     expected: [&str; 2]| {
            let habits = Habits { units: units.map(str::to_owned), negatives: negatives.map(str::to_owned) };
            let seen = Language::ALL.map(|language| {
                let phrases = Phrases::built_in(language).with(&habits);
                Shown::of(String::new(), &figure(value, half_width, "JPY million"), None, phrases.calendar(CALENDAR))
                    .plain(&phrases.number)
            });
            assert_eq!(seen, expected, "{value}");
        };
        check(None, None, "139382", "0.5", ["JPY139.4 billion", "1,393.8億円"]);
        check(None, None, "41000", "50", ["JPY41.0 billion", "410億円"]);
        check(None, None, "-63", "0.5", ["−JPY63 million", "▲63百万円"]);
        check(None, None, "6.1", "0.05", ["JPY6.1 million", "6.1百万円"]);
        check(Some("million"), None, "6.1", "0.05", ["JPY6.1 million", "6.1百万円"]);
        check(None, None, "6", "0.5", ["JPY6 million", "6百万円"]);
        check(Some("million"), None, "139382", "0.5", ["JPY139,382 million", "139,382百万円"]);
        check(Some("million"), None, "41000", "50", ["JPY41.0 billion", "410億円"]);
        check(None, Some("parentheses"), "-683", "0.5", ["(JPY683 million)", "(6.8億円)"]);
        check(Some("oku"), Some("white_triangle"), "-683", "0.5", ["△JPY683 million", "△6.8億円"]);
    }

    #[test]
    fn figures_are_printed_to_what_is_certain() {
        check("139382", "0.5", "JPY million", "JPY139.4 billion");
        check("41000", "50", "JPY million", "JPY41.0 billion");
        check("41988", "50.5", "JPY million", "JPY42.0 billion");
        check("954", "0.5", "JPY million", "JPY954 million");
        check("-683", "0.5", "JPY million", "−JPY683 million");
        check("700", "50", "JPY million", "JPY0.7 billion");
        check("216", "1", "JPY million", "JPY216 million");
        check("5400", "100", "JPY million", "JPY5.4 billion");
        check("16.9", "0.9", "%", "17%");
        check("34.4", "0.05", "%", "34.4%");
        check("13.26", "0.3", "%", "13%");
        check("-0.4", "0.05", "pp", "−0.4 percentage points");
        check("13.5", "0.005", "JPY", "JPY13.50");
        check("1943", "0.5", "thousand subscriptions", "1,943 thousand subscriptions");
        check("15.7", "1.1", "%", "about 16%");
        check("-16.4", "1.5", "%", "about −16%");
        check("37.5", "12", "%", "rounding leaves revenue FY16 too wide to print");
        check("20", "50.5", "JPY million", "rounding leaves open whether revenue FY16 is above or below zero");
    }

    proptest::proptest! {
        #![proptest_config(crate::trials::trials(2_000))]

        #[test]
        fn what_is_printed_reads_as_the_figure(
            digits in -99_999_999_i64..99_999_999,
            decimals in 0..4_u32,
            width in 0..2_000_i64,
            unit in proptest::sample::select(vec!["JPY million", "USD million", "JPY", "%", "pp", "persons", "thousand subscriptions"]),
            language in proptest::sample::select(Language::ALL.to_vec()),
        ) {
            let (value, half_width) = (Decimal::new(digits, decimals), Decimal::new(width, decimals + 1));
            let figure = figure(&value.to_string(), &half_width.to_string(), unit);
            let phrases = Phrases::built_in(language);
            let shown = Shown::of(String::new(), &figure, None, phrases.calendar(CALENDAR));
            if shown.doubt.is_some() {
                return Ok(());
            }
            let size: Vec<char> = shown.size().chars().collect();
            let Some((read, _)) = crate::extract::number::read(&size, 0) else { panic!("`{}` is no number", shown.size()) };
            proptest::prop_assert_eq!(read.magnitude, shown.amount(), "{}", shown.size());
            // Money is held in millions; what a size leaves out is less than its last digit, or what is not known.
            let factor = match (&figure.unit, read.scale) {
                (Unit::Money { scale: Scale::Million, .. }, Some(scale)) => scale.factor() / Scale::Million.factor(),
                // Documents do not print `億米ドル`: its scale is not read.
                (Unit::Money { scale: Scale::Million, .. }, None) => return Ok(()),
                (Unit::Count { scale: Scale::One, .. }, Some(scale)) => scale.factor(),
                _ => Decimal::ONE,
            };
            let off = (read.magnitude * factor - value.abs()).abs();
            let digit = Decimal::new(5, read.magnitude.scale() + 1) * factor;
            proptest::prop_assert!(off <= digit.max(half_width), "{} for {} ± {}", shown.size(), value, half_width);
            proptest::prop_assert_eq!(shown.negative, value.is_sign_negative() && !read.magnitude.is_zero());
        }
    }
}
