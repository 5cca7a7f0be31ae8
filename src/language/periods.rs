//! Periods and dates in words.

use chrono::{Datelike, NaiveDate};

use super::fill;
use super::table::{PeriodForms, Phrases};
use crate::model::{Calendar, Period, Quarter, short_year};

/// A language with a company's fiscal calendar: what periods are called depends on both.
#[derive(Clone, Copy)]
pub struct Calendared<'a> {
    phrases: &'a Phrases,
    calendar: Calendar,
}

impl Phrases {
    /// The language for a company's periods.
    pub fn calendar(&self, calendar: Calendar) -> Calendared<'_> {
        Calendared { phrases: self, calendar }
    }

    /// A day in tables and on the page, `8 August 2017`.
    pub fn day(&self, date: NaiveDate) -> String {
        date.format(&self.date.day).to_string()
    }

    /// A day in a sentence, `August 8, 2017`.
    pub fn day_in_sentence(&self, date: NaiveDate) -> String {
        date.format(&self.date.sentence).to_string()
    }

    /// How far the year has come after so many quarters, `one quarter`.
    pub fn elapsed(&self, quarter: Quarter) -> String {
        self.period.elapsed[usize::from(quarter.number - 1)].clone()
    }
}

impl<'a> Calendared<'a> {
    /// The language.
    pub fn phrases(&self) -> &'a Phrases {
        self.phrases
    }

    /// The company's calendar.
    pub fn of_company(&self) -> Calendar {
        self.calendar
    }

    /// A period or a day as a sentence names it in passing: `1Q17`, `June 30, 2017`.
    pub fn in_passing(&self, period: Period) -> String {
        match period {
            Period::Instant(day) => self.phrases.day_in_sentence(day),
            span => self.short(span),
        }
    }

    /// A period in short, `1Q17`; a day as in tables, `30 Jun 2017`.
    pub fn short(&self, period: Period) -> String {
        match period {
            Period::Instant(day) => day.format(&self.phrases.date.short).to_string(),
            span => self.fill(form(&self.phrases.period.short, span), span),
        }
    }

    /// A period in a sentence, `the first half of FY16`.
    pub fn words(&self, period: Period) -> String {
        match period {
            Period::Instant(day) => self.phrases.day_in_sentence(day),
            span => self.fill(form(&self.phrases.period.words, span), span),
        }
    }

    /// How long a span is, `six months`.
    pub fn length(&self, period: Period) -> String {
        self.fill(form(&self.phrases.period.length, period), period)
    }

    /// What a change over last year is called in a sentence, `year on year`.
    pub fn change(&self, period: Period) -> String {
        self.fill(form(&self.phrases.period.change, period), period)
    }

    /// What it is called in a tile.
    pub fn change_short(&self, period: Period) -> String {
        self.fill(form(&self.phrases.period.change_short, period), period)
    }

    /// What a period is compared with, `a year earlier`.
    pub fn base(&self, period: Period) -> String {
        self.fill(form(&self.phrases.period.base, period), period)
    }

    /// What it is called in a table, `YoY`.
    pub fn change_head(&self, period: Period) -> String {
        self.fill(form(&self.phrases.period.change_head, period), period)
    }

    /// A quarter as a cover names it, `First quarter of FY2017`.
    pub fn full(&self, quarter: Quarter) -> String {
        self.fill(&self.phrases.period.full, Period::Quarter(quarter))
    }

    /// The two lines under a column of a chart: `1Q` and `FY17`.
    pub fn tick(&self, quarter: Quarter) -> (String, String) {
        let charts = &self.phrases.charts;
        let period = Period::Quarter(quarter);
        (self.fill(&charts.tick, period), self.fill(&charts.tick_year, period))
    }

    fn fill(&self, form: &str, period: Period) -> String {
        let (year, month) = match period {
            Period::Month { year, month } => (year, format!("{month:02}")),
            span => (span.fiscal_year().unwrap_or_default(), String::new()),
        };
        let end = self.calendar.end(Period::Year(year));
        let number = match period {
            Period::Quarter(quarter) => quarter.number.to_string(),
            _ => String::new(),
        };
        let ordinal =
            period.quarter().map(|quarter| self.phrases.period.ordinals[usize::from(quarter.number - 1)].as_str());
        let (end_year, end_month) = (end.format("%Y").to_string(), end.format("%-m").to_string());
        let end_yy = short_year(end.year());
        fill(
            form,
            &[
                ("year", &format!("{year:04}")),
                ("yy", &short_year(year)),
                ("end_year", &end_year),
                ("end_yy", &end_yy),
                ("end_month", &end_month),
                ("number", &number),
                ("ordinal", ordinal.unwrap_or_default()),
                ("month", &month),
            ],
        )
    }
}

fn form(forms: &PeriodForms, period: Period) -> &str {
    match period {
        Period::Quarter(_) | Period::Instant(_) => &forms.quarter,
        Period::Half { number: 1, .. } => &forms.first_half,
        Period::Half { .. } => &forms.second_half,
        Period::NineMonths(_) => &forms.nine_months,
        Period::Year(_) => &forms.year,
        Period::Month { .. } => &forms.month,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::model::NamedAfter;

    fn check(language: Language, first_month: u8, named_after: NamedAfter, period: &str, expected: [&str; 3]) {
        let phrases = Phrases::built_in(language);
        let names = phrases.calendar(Calendar { first_month, named_after });
        let period = period.parse().expect("a test writes a period");
        assert_eq!([names.short(period), names.words(period), names.change(period)], expected);
    }

    #[test]
    fn periods_are_called_as_readers_of_the_language_call_them() {
        use Language::{En, Ja};
        use NamedAfter::{End, Start};
        check(En, 4, Start, "1H16", ["1H16", "the first half of FY16", "year on year"]);
        check(En, 4, Start, "2017-06-30", ["30 Jun 2017", "June 30, 2017", "year on year"]);
        check(Ja, 4, Start, "1Q17", ["18/3期1Q", "2018年3月期第1四半期会計期間", "前年同期比"]);
        check(Ja, 4, Start, "FY17", ["18/3期", "2018年3月期", "前期比"]);
        check(Ja, 4, End, "FY17", ["17/3期", "2017年3月期", "前期比"]);
        check(Ja, 1, End, "9M17", ["17/12期3Q累計", "2017年12月期第3四半期累計期間", "前年同期比"]);
        check(Ja, 9, End, "2Q23", ["23/8期2Q", "2023年8月期第2四半期会計期間", "前年同期比"]);
        check(Ja, 4, Start, "2018-02-08", ["2018/2/8", "2018年2月8日", "前年同期比"]);
    }
}
