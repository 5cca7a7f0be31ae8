//! Flattened charts: the amounts of five quarters in any order, beside the total of a year. Where all but one amount of a run make
//! that total, the one left is the quarter behind the year. The others are placed by what the document says elsewhere (levels,
//! changes of the newest quarter); amounts that nothing places stand in the order of print, or are left out.

use rust_decimal::Decimal;

use super::super::number::{Number, Sign};
use super::super::scan::{Kind, Token};
use super::super::{Page, Time};
use super::{name_near, nearby, stack};
use crate::extract::label::{self, Context};
use crate::model::{Basis, Fact, Measure, Metric, Period, Quarter, Repair, Unit};

/// A year and the quarter behind it.
const COUNT: usize = 5;

/// An amount of a chart: as printed, and read as the thousands that it must be.
#[derive(Clone)]
pub(super) struct Amount<'a> {
    pub number: &'a Number,
    pub value: Decimal,
}

/// The total of a year: `FY16: 16,531 [+18.9%]`.
struct Total<'a> {
    line: usize,
    amount: &'a Number,
    growth: Option<&'a Number>,
}

/// What a chart shows.
pub(super) struct Chart<'a> {
    pub page: &'a Page<'a>,
    pub line: usize,
    pub label: String,
    pub metric: Option<Metric>,
    pub unit: Unit,
    /// Five quarters, oldest first.
    pub quarters: [Quarter; COUNT],
}

/// The facts of flattened charts; `known` is what the document states elsewhere.
pub(in super::super) fn read(page: &Page<'_>, known: &[Fact]) -> Vec<Fact> {
    let Some(last) = page.outline.period.and_then(Period::last_quarter).filter(|last| last.number == 1) else {
        return Vec::new();
    };
    let mut quarters = [last; COUNT];
    for at in (0..COUNT - 1).rev() {
        quarters[at] = quarters[at + 1].previous();
    }
    let free = |fact: &Fact, line: usize| fact.source.line == line + 1;
    (0..page.text.lines.len())
        .filter(|line| !known.iter().any(|fact| free(fact, *line)))
        .flat_map(|line| read_line(page, line, quarters, known))
        .collect()
}

fn read_line(page: &Page<'_>, line: usize, quarters: [Quarter; COUNT], known: &[Fact]) -> Vec<Fact> {
    let runs = runs(&page.text.tokens[line], &page.text.lines[line]);
    if runs.iter().all(|run| run.len() < COUNT) {
        return Vec::new();
    }
    let Some(unit) = page.outline.scopes[line].unit.clone() else { return Vec::new() };
    let year = Period::Year(quarters[0].year);
    let chart = |(label, metric): (String, Metric)| Chart {
        page,
        line,
        label,
        metric: Some(metric),
        unit: unit.clone(),
        quarters,
    };
    let own = totals_of(page, line, year);
    if own.is_empty() {
        let near: Vec<Total<'_>> = nearby(page, line).flat_map(|l| totals_of(page, l, year)).collect();
        let ([total], Some(name)) = (near.as_slice(), name_near(page, line)) else { return Vec::new() };
        return chart(name).facts(total, &runs, known);
    }
    named_totals(page, line, own)
        .into_iter()
        .flat_map(|(name, total)| chart(name).facts(&total, &runs, known))
        .collect()
}

/// Amounts with nothing between them.
fn runs<'a>(tokens: &'a [Token], text: &[char]) -> Vec<Vec<Amount<'a>>> {
    let mut found: Vec<Vec<Amount<'a>>> = vec![Vec::new()];
    for (at, token) in tokens.iter().enumerate() {
        let total = at > 0 && tokens[at - 1].is_mark(':');
        match token.number().filter(|_| !total).and_then(|number| amount(number, text)) {
            Some(amount) => found.last_mut().expect("there is a first run").push(amount),
            None => found.push(Vec::new()),
        }
    }
    found.retain(|run| !run.is_empty());
    found
}

/// A bare amount with its thousands set apart; a point before three digits is read as the comma it stands for.
fn amount<'a>(number: &'a Number, text: &[char]) -> Option<Amount<'a>> {
    let bare = !number.percent && number.sign == Sign::None && !number.broken && number.currency.is_none();
    let comma = text.get(number.from..number.to)?.contains(&',');
    let value = match number.magnitude.scale() {
        0 if comma => number.magnitude,
        3 if !comma => (number.magnitude * Decimal::ONE_THOUSAND).normalize(),
        _ => return None,
    };
    bare.then_some(Amount { number, value })
}

/// The totals of a year that a line states, each with the growth in brackets behind it.
fn totals_of<'a>(page: &'a Page<'_>, line: usize, year: Period) -> Vec<Total<'a>> {
    let tokens = &page.text.tokens[line];
    let colon = |at: usize| tokens.get(at + 1).is_some_and(|token| token.is_mark(':'));
    (0..tokens.len())
        .filter(|at| tokens[*at].time() == Some(Time::At(year)) && colon(*at))
        .filter_map(|at| {
            let amount = tokens.get(at + 2)?.number().filter(|number| !number.percent && number.sign == Sign::None)?;
            let bracket = tokens.get(at + 3).is_some_and(|token| token.is_mark('['));
            let growth = tokens.get(at + 4).and_then(Token::number).filter(|number| bracket && number.percent);
            Some(Total { line, amount, growth })
        })
        .collect()
}

/// Totals with the names that stand before them in the line, in order; a line that names more or fewer metrics says nothing.
fn named_totals<'a>(page: &Page<'_>, line: usize, totals: Vec<Total<'a>>) -> Vec<((String, Metric), Total<'a>)> {
    let tokens = &page.text.tokens[line];
    let mut found = Vec::new();
    let mut from = 0;
    let mut rest = totals.into_iter().peekable();
    while let Some(first) = rest.next() {
        let start = tokens.iter().position(|token| token.from == first.amount.from).unwrap_or(tokens.len());
        let names = names(page, &tokens[from..start]);
        let mut group = vec![first];
        while let Some(next) = rest.peek() {
            let between = tokens.iter().filter(|t| t.from > group[0].amount.to && t.to <= next.amount.from);
            if between.clone().any(|token| token.word().is_some() || token.number().is_some()) {
                break;
            }
            group.extend(rest.next());
        }
        from = start + 1;
        if names.len() == group.len() {
            found.extend(names.into_iter().zip(group));
        }
    }
    found
}

/// The runs of words between other signs that name a metric.
fn names(page: &Page<'_>, tokens: &[Token]) -> Vec<(String, Metric)> {
    let runs = tokens.split(|token| !matches!(token.kind, Kind::Word(_))).filter(|run| !run.is_empty());
    let text = |run: &[Token]| page.text.slice(run[0].line, run[0].from, run[run.len() - 1].to);
    runs.filter_map(|run| {
        let text = text(run);
        let metric = label::resolve(&text, &Context::default(), page.vocabulary).metric?;
        Some((text, metric))
    })
    .collect()
}

impl<'a> Chart<'a> {
    /// The facts of one chart: its total, the quarters that are certain, their growth, and the parts they are made of.
    fn facts(&self, total: &Total<'_>, runs: &[Vec<Amount<'a>>], known: &[Fact]) -> Vec<Fact> {
        let Some((run, window, left)) = self.window(total, runs, known) else { return Vec::new() };
        let Some(placed) = self.place(window, left, known) else { return Vec::new() };
        let year = Period::Year(self.quarters[0].year);
        let reason = format!("four quarters make {} of {year}", total.amount.magnitude.normalize());
        let mut facts = vec![self.fact(total.line, year, total.amount, total.amount.magnitude, None)];
        for (amount, quarter) in window.iter().zip(&placed) {
            let Some(quarter) = quarter else { continue };
            let proven = self.quarters[COUNT - 1] != *quarter || self.is_stated(window, left, known);
            let damaged = amount.value != amount.number.magnitude;
            if proven || !damaged {
                let newest = self.quarters[COUNT - 1] == *quarter;
                let reason =
                    if newest { format!("its changes as stated make {}", amount.value) } else { reason.clone() };
                let reason = Some(reason).filter(|_| damaged);
                facts.push(self.fact(self.line, Period::Quarter(*quarter), amount.number, amount.value, reason));
            }
        }
        facts.extend(self.growth(total, window, &placed));
        if placed.iter().all(Option::is_some) && run.len() == COUNT {
            let totals: Vec<(Quarter, Decimal)> =
                placed.iter().flatten().copied().zip(window.iter().map(|amount| amount.value)).collect();
            facts.extend(stack::parts(self, &totals, runs));
        }
        facts
    }

    /// The five amounts of which all but one make the total, the run they stand in, and the place of the one left. Where a neighbour of
    /// the four could be the one left, what the document states of it decides, or the parts that are printed behind the totals.
    fn window<'r>(
        &self,
        total: &Total<'_>,
        runs: &'r [Vec<Amount<'a>>],
        known: &[Fact],
    ) -> Option<(&'r Vec<Amount<'a>>, &'r [Amount<'a>], usize)> {
        let makes = |window: &[Amount<'_>], left: usize| {
            let sum: Decimal = (0..COUNT).filter(|at| *at != left).map(|at| window[at].value).sum();
            (sum - total.amount.magnitude).abs() <= Decimal::TWO
        };
        let all = runs.iter().flat_map(|run| run.windows(COUNT).map(move |window| (run, window)));
        let all = all.flat_map(|(run, window)| (0..COUNT).map(move |left| (run, window, left)));
        let mut fitting: Vec<_> = all.filter(|(_, window, left)| makes(window, *left)).collect();
        let level = self.stated(self.quarters[COUNT - 1], Measure::Level, known);
        fitting.retain(|(_, window, left)| level.is_none_or(|fact| fact.value == window[*left].value));
        if fitting.len() > 1 {
            fitting.retain(|(run, window, _)| stack::has_pairs(window, run));
        }
        match fitting.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The quarter of each amount. The one left over is the newest; what the document states elsewhere places others. The rest stand
    /// in the order of print, where all that is placed stands so too, or where only two are left.
    fn place(&self, window: &[Amount<'_>], left: usize, known: &[Fact]) -> Option<[Option<Quarter>; COUNT]> {
        let mut placed: [Option<usize>; COUNT] = [None; COUNT];
        placed[left] = Some(COUNT - 1);
        for quarter in 0..COUNT - 1 {
            let fits = |at: &usize| *at != left && self.agrees(window[*at].value, window[left].value, quarter, known);
            if !self.is_told(quarter, known) {
                continue;
            }
            match (0..COUNT).filter(fits).collect::<Vec<_>>().as_slice() {
                [at] if placed[*at].is_none() => placed[*at] = Some(quarter),
                _ => return None,
            }
        }
        let told = placed.iter().flatten().count() - 1;
        let in_order = (0..COUNT).all(|at| placed[at].is_none_or(|quarter| quarter == at));
        if told > 0 && in_order || told == COUNT - 3 {
            let mut free =
                (0..COUNT).filter(|quarter| !placed.contains(&Some(*quarter))).collect::<Vec<_>>().into_iter();
            for slot in &mut placed {
                *slot = slot.or_else(|| free.next());
            }
        }
        Some(placed.map(|quarter| quarter.map(|quarter| self.quarters[quarter])))
    }

    /// What the document states elsewhere of this metric in a period.
    fn stated<'f>(&self, period: Quarter, measure: Measure, known: &'f [Fact]) -> Option<&'f Fact> {
        let same = |fact: &&Fact| {
            fact.metric == self.metric && fact.period == Period::Quarter(period) && fact.measure == measure
        };
        let unit = |fact: &&Fact| fact.unit == Unit::Percent || fact.unit == self.unit;
        known.iter().filter(|fact| fact.basis == Basis::Actual && !fact.approx).filter(unit).find(same)
    }

    /// The statements that tell the amount of a quarter: its level, or the newest quarter's change against it.
    fn told<'f>(&self, quarter: usize, known: &'f [Fact]) -> Vec<&'f Fact> {
        let newest = self.quarters[COUNT - 1];
        let changes = match quarter {
            0 => [Measure::YoyPct, Measure::YoyAbs],
            3 => [Measure::QoqPct, Measure::QoqAbs],
            _ => return self.stated(self.quarters[quarter], Measure::Level, known).into_iter().collect(),
        };
        let level = self.stated(self.quarters[quarter], Measure::Level, known);
        level.into_iter().chain(changes.into_iter().filter_map(|m| self.stated(newest, m, known))).collect()
    }

    fn is_told(&self, quarter: usize, known: &[Fact]) -> bool {
        !self.told(quarter, known).is_empty()
    }

    /// Whether an amount is what all statements tell of a quarter.
    fn agrees(&self, value: Decimal, newest: Decimal, quarter: usize, known: &[Fact]) -> bool {
        self.told(quarter, known).iter().all(|fact| match fact.measure {
            Measure::Level => fact.value == value,
            Measure::YoyPct | Measure::QoqPct => {
                !value.is_zero()
                    && ((newest / value - Decimal::ONE) * Decimal::ONE_HUNDRED - fact.value).abs() <= fact.half_width()
            }
            _ => (newest - value - fact.value).abs() <= Decimal::ONE,
        })
    }

    /// Whether the newest amount is stated elsewhere, or a change of it that another amount of the window bears out.
    fn is_stated(&self, window: &[Amount<'_>], left: usize, known: &[Fact]) -> bool {
        let newest = window[left].value;
        let level = self.stated(self.quarters[COUNT - 1], Measure::Level, known);
        level.is_some_and(|fact| fact.value == newest) || [0, 3].iter().any(|quarter| self.is_told(*quarter, known))
    }

    /// Growth rates in brackets behind the amounts, as many and in the same order, where the year's growth bears them out.
    fn growth(&self, total: &Total<'_>, window: &[Amount<'_>], placed: &[Option<Quarter>; COUNT]) -> Vec<Fact> {
        let Some(growth) = total.growth else { return Vec::new() };
        let end = window[COUNT - 1].number.to;
        let behind = self.page.text.tokens[self.line].iter().filter(|token| token.from >= end);
        let rates: Vec<&Number> = behind
            .filter(|t| !matches!(t.kind, Kind::Mark('[' | ']')))
            .map_while(|t| t.number().filter(|n| n.percent))
            .collect();
        let year = Period::Year(self.quarters[0].year);
        let mut facts = vec![self.rate(total.line, year, growth)];
        let newest = self.quarters[COUNT - 1];
        let before = |rate: &Number, value: Decimal| value / (Decimal::ONE + rate.signed() / Decimal::ONE_HUNDRED);
        if rates.len() != COUNT || placed.iter().any(Option::is_none) {
            return facts;
        }
        let of_year = (0..COUNT).filter(|at| placed[*at] != Some(newest));
        let sum: Decimal = of_year.map(|at| before(rates[at], window[at].value)).sum();
        let implied = (total.amount.magnitude / sum - Decimal::ONE) * Decimal::ONE_HUNDRED;
        if (implied - growth.signed()).abs() <= Decimal::new(1, 1) {
            for (rate, quarter) in rates.into_iter().zip(placed.iter().flatten()) {
                facts.push(self.rate(self.line, Period::Quarter(*quarter), rate));
            }
        }
        facts
    }

    fn rate(&self, line: usize, period: Period, rate: &Number) -> Fact {
        let says = self.says(period, Measure::YoyPct, rate.signed(), Unit::Percent);
        self.page.fact(line, rate.from, rate.to, says)
    }

    /// A level, mended where `reason` tells by what evidence.
    pub fn fact(&self, line: usize, period: Period, number: &Number, value: Decimal, reason: Option<String>) -> Fact {
        let says = self.says(period, Measure::Level, value, self.unit.clone());
        let fact = self.page.fact(line, number.from, number.to, says);
        let repaired = reason.map(|reason| Repair { printed: fact.source.printed.clone(), reason });
        Fact { repaired, ..fact }
    }

    fn says(&self, period: Period, measure: Measure, value: Decimal, unit: Unit) -> super::Statement {
        let (metric, label) = (self.metric.clone(), self.label.clone());
        super::Statement { metric, label, period, basis: Basis::Actual, measure, value, unit, approx: false }
    }
}
