//! Where a row stands: the table's title, the sections that are open above it, and what its label names there.

use super::super::label::{Context, Named, heading, resolve};
use super::super::{Page, label};
pub use super::row::unit_in_label;
use crate::model::{Measure, Metric, MetricKind, Period, Unit};
use crate::vocabulary::{Term, has_any, normalize};

/// What stands above a row.
#[derive(Clone, Debug, Default)]
pub struct Place {
    context: Context,
    /// The table breaks figures down by segment.
    by_segment: bool,
    /// The table is a statement of cash flows, or of what a balance sheet holds.
    pub cash_flows: bool,
    /// The table is a balance sheet.
    pub at_dates: bool,
    /// The first section of the table.
    head: Option<String>,
    /// The section that is open.
    section: Option<String>,
    /// The segment whose rows are open.
    segment: Option<String>,
    /// The line that the title names.
    titled: Option<Metric>,
    /// Whether no row has been read since the header.
    fresh: bool,
    /// The last line of the statement.
    last: Option<Metric>,
    /// What labels that name nothing alone belong to: the section, or the part of the company above.
    owner: Option<String>,
    /// How many totals of the whole balance sheet have been read.
    totals: u8,
}

/// What a row's label says in its place.
#[derive(Clone, Debug)]
pub struct RowName {
    /// The label as printed.
    pub label: String,
    /// What it names.
    pub named: Named,
    /// For cash at the beginning or the end of a span: which.
    pub edge: Option<Edge>,
    /// Whether the row says whose the profit above it is.
    pub of_owners: bool,
}

/// The edge of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The day before its first.
    Beginning,
    /// Its last day.
    End,
}

/// Words in brackets that only say that the sign may turn.
const TURNS: [&str; 12] = [
    "(loss)",
    "(losses)",
    "(benefit)",
    "(expense)",
    "(expenses)",
    "(income)",
    "(deficit)",
    "(decrease)",
    "(used in)",
    "(gain)",
    "(LOSS)",
    "(BENEFIT)",
];

impl Place {
    /// Opens a table under its title. A table without one goes on with the statement before it.
    pub fn open(&mut self, title: &str, line: usize, page: &Page<'_>) {
        self.head = None;
        self.section = None;
        self.segment = None;
        self.fresh = true;
        self.last = None;
        self.owner = None;
        self.totals = 0;
        let key = normalize(title);
        if key.is_empty() {
            return;
        }
        let mut names = heading(title, page.vocabulary);
        names.line = names.line.or_else(|| line_inside(&key, page));
        self.titled = names.line.clone();
        let words = page.vocabulary.words();
        self.cash_flows = has_any(&key, &words.cash_flow_statements);
        self.at_dates = has_any(&key, &words.positions);
        self.by_segment = key.contains("segment");
        let aliases = page.outline.scopes.get(line).map(|scope| scope.context.aliases.clone()).unwrap_or_default();
        self.context = Context { line: names.line, segment: None, aliases };
        if self.cash_flows {
            self.context.aliases = std::sync::Arc::default();
        }
        self.segment = names.segment;
        self.turn_to_segments();
    }

    /// Enters a section: `REVENUES:`, `Network services:`, `CURRENT ASSETS`.
    pub fn enter(&mut self, title: &str, page: &Page<'_>) {
        self.head.get_or_insert_with(|| title.to_owned());
        self.section = Some(title.to_owned());
        self.owner = Some(title.to_owned());
        match page.vocabulary.term(title) {
            Some(Term::Segment(path)) => self.segment = Some(path.clone()),
            _ => {
                let names = heading(title, page.vocabulary);
                self.context.line = names.line;
                self.segment = names.segment;
                self.turn_to_segments();
            }
        }
    }

    /// What the title counts, where it counts things: contracts, employees.
    pub fn counted(&self, page: &Page<'_>) -> Option<Unit> {
        let entry = page.vocabulary.entry(self.titled.as_ref()?)?;
        (!matches!(entry.unit.as_str(), "money" | "per_share" | "%" | "")).then(|| Unit::count(&entry.unit))
    }

    /// The line that the title names.
    pub fn titled(&self) -> Option<&Metric> {
        self.titled.as_ref()
    }

    /// The section that is open.
    pub fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// What a row's label names here; the sections it closes are closed.
    pub fn row(&mut self, printed: &str, page: &Page<'_>) -> RowName {
        let (bare, edge) = without_edge(printed);
        let of_owners = self.share_of_owners(&normalize(&bare), page).is_some();
        let mut name = RowName { label: printed.to_owned(), named: self.name(&bare, page), edge, of_owners };
        if name.named.metric.is_none() && self.fresh {
            self.split_first(&mut name, page);
        }
        if edge.is_some() && !is_cash(&name.named) {
            name.edge = None;
            name.named = self.name(printed, page);
        }
        self.fresh = false;
        self.follow(&name);
        self.own(&mut name, page);
        name
    }

    /// `Other`, `Customers`: the label of what is above goes before one that names nothing alone.
    fn own(&mut self, name: &mut RowName, page: &Page<'_>) {
        let path = name.named.metric.as_ref().and_then(Metric::path);
        let part = path.is_some_and(|path| page.vocabulary.segments().iter().any(|segment| segment.id == path));
        let nameless = page.vocabulary.words().nameless.contains(&normalize(&name.label));
        if let Some(owner) = self.owner.as_ref().filter(|_| nameless && name.named.metric.is_none()) {
            name.label = format!("{owner}: {}", name.label);
        } else if part {
            self.owner = Some(name.label.clone());
        }
    }

    fn name(&self, printed: &str, page: &Page<'_>) -> Named {
        let key = normalize(printed);
        if let Some(metric) = self.share_of_owners(&key, page) {
            return Named { metric, measure: Measure::Level, loss: false };
        }
        if matches!(key.as_str(), "total" | "totals" | "consolidated total" | "合計") {
            return Named { metric: self.total(&key, page), measure: Measure::Level, loss: false };
        }
        let tried = [
            Some(printed.to_owned()),
            without_turns(printed),
            net_of(printed),
            self.section.as_ref().filter(|_| is_basic_or_diluted(&key)).map(|section| {
                let (section, _) = unit_in_label(section, page);
                format!("{printed} {section}")
            }),
        ];
        let mut named = resolve(printed, &self.context, page.vocabulary);
        for text in tried.into_iter().flatten() {
            if named.metric.is_some() {
                break;
            }
            let loss = named.loss;
            named = Named { loss, ..resolve(&text, &self.context, page.vocabulary) };
        }
        named
    }

    /// Whose a profit is: `Owners of the parent` and `Non-controlling interests` below it. The inner `None` says that the figure is
    /// of something without a name.
    fn share_of_owners(&self, key: &str, page: &Page<'_>) -> Option<Option<Metric>> {
        let words = page.vocabulary.words();
        if self.at_dates {
            return None;
        }
        let owners = words.owners.iter().any(|label| label == key);
        if !owners && !words.other_owners.iter().any(|label| label == key) {
            return None;
        }
        let of_profit = match (&self.section, &self.last) {
            (Some(section), _) if normalize(section).contains("comprehensive") => false,
            (_, Some(last)) => matches!(last.as_str(), "net_income_including_nci" | "net_income"),
            (Some(section), None) => normalize(section).contains("attributable"),
            (None, None) => return None,
        };
        let metric = if owners { "net_income" } else { "net_income_attributable_to_nci" };
        Some(Metric::new(metric).ok().filter(|_| of_profit))
    }

    /// What `Total` sums: the open segment or section, else the whole table.
    fn total(&self, key: &str, page: &Page<'_>) -> Option<Metric> {
        let whole = || self.context.line.as_ref().or(self.titled.as_ref()).map(without_segments);
        if key.starts_with("consolidated") {
            return whole();
        }
        if let (Some(segment), Some(line)) = (&self.segment, self.context.line.as_ref()) {
            return label::part_of(line, segment);
        }
        let Some(section) = self.section.as_ref().or(self.head.as_ref()) else {
            let of_sheet = ["total_assets", "total_liabilities_and_equity"].get(usize::from(self.totals));
            let sheet = of_sheet.filter(|_| self.at_dates).and_then(|id| Metric::new(id).ok());
            return sheet.or_else(|| self.titled.as_ref().map(without_segments));
        };
        let words = normalize(section);
        let words: Vec<&str> = words.split(' ').collect();
        let term =
            (1..=words.len()).rev().find_map(|n| page.vocabulary.term(&format!("total {}", words[..n].join(" "))))?;
        match term {
            Term::Metric(metric, Measure::Level) => Some(metric.clone()),
            _ => None,
        }
    }

    /// The first row may carry the section's title before its label, both of them known: `NET INCOME PER SHARE BASIC
    /// WEIGHTED-AVERAGE NUMBER OF SHARES`.
    fn split_first(&mut self, name: &mut RowName, page: &Page<'_>) {
        let printed = name.label.clone();
        let blanks: Vec<usize> = printed.match_indices(' ').map(|(at, _)| at).collect();
        for at in blanks {
            let (title, rest) = (&printed[..at], &printed[at + 1..]);
            let plain = without_turns(title).unwrap_or_else(|| title.to_owned());
            let (Some(_), Some(Term::Metric(..))) = (page.vocabulary.term(&plain), page.vocabulary.term(rest)) else {
                continue;
            };
            name.named = resolve(rest, &self.context, page.vocabulary);
            name.label = rest.to_owned();
            self.head.get_or_insert_with(|| title.to_owned());
        }
    }

    /// A row that is a whole line of the statement stands above or below its parts; a total closes its section.
    fn follow(&mut self, name: &RowName) {
        let total = normalize(&name.label).starts_with("total");
        if total {
            self.section = None;
            self.segment = None;
        }
        if matches!(normalize(&name.label).as_str(), "total" | "totals") {
            self.totals += 1;
        }
        let Some(metric) = name.named.metric.as_ref().filter(|_| name.named.measure == Measure::Level) else { return };
        self.last = Some(metric.clone());
        let part = metric.path().is_some();
        if !part && name.edge.is_none() {
            self.context.line = Some(metric.clone());
            self.turn_to_segments();
        }
    }

    /// In a table by segment, parts of revenue are segment revenues.
    fn turn_to_segments(&mut self) {
        let turned = match self.context.line.as_ref().map(Metric::as_str) {
            Some("revenue") if self.by_segment => "segment_revenue",
            Some("segment_operating_income") => "operating_income",
            _ => return,
        };
        self.context.line = Metric::new(turned).ok();
    }

    /// The time a figure speaks of: an edge of the span for cash, the last day for what stands at a date.
    pub fn period(&self, name: &RowName, period: Period, page: &Page<'_>) -> Period {
        let calendar = &page.company.fiscal_year;
        let (first, last) = calendar.days(period);
        match name.edge {
            Some(Edge::Beginning) => first.pred_opt().map_or(period, Period::Instant),
            Some(Edge::End) => Period::Instant(last),
            None if self.at_dates || is_stock(name, page) => Period::Instant(last),
            None => period,
        }
    }
}

/// Parts by segment sum to the line itself.
fn without_segments(line: &Metric) -> Metric {
    let whole = if line.as_str() == "segment_revenue" { "revenue" } else { line.as_str() };
    Metric::new(whole).unwrap_or_else(|_| line.clone())
}

/// The statement's line inside a segment's own name: `Network services revenues breakdown`.
fn line_inside(title: &str, page: &Page<'_>) -> Option<Metric> {
    title.split(' ').find_map(|word| match page.vocabulary.term_of_words(&[word]) {
        Some(Term::Metric(metric, Measure::Level)) => Some(metric.clone()),
        _ => None,
    })
}

fn is_stock(name: &RowName, page: &Page<'_>) -> bool {
    let Some(metric) = &name.named.metric else { return false };
    let root = Metric::new(metric.root()).ok();
    let entry = page.vocabulary.entry(metric).or_else(|| root.and_then(|root| page.vocabulary.entry(&root)));
    entry.is_some_and(|entry| entry.kind == MetricKind::Stock)
}

fn is_cash(named: &Named) -> bool {
    named.metric.as_ref().is_some_and(|metric| metric.as_str() == "cash")
}

fn is_basic_or_diluted(key: &str) -> bool {
    matches!(key, "basic" | "diluted")
}

/// `CASH AND CASH EQUIVALENTS, BEGINNING OF THE PERIOD` without its edge.
fn without_edge(printed: &str) -> (String, Option<Edge>) {
    let key = normalize(printed);
    let forms = [
        ("at beginning of", Edge::Beginning),
        ("at the beginning of", Edge::Beginning),
        ("beginning of", Edge::Beginning),
        ("at end of", Edge::End),
        ("at the end of", Edge::End),
        ("end of", Edge::End),
    ];
    if key == "beginning balance" || key == "ending balance" {
        let edge = if key.starts_with('b') { Edge::Beginning } else { Edge::End };
        return ("Cash and cash equivalents".to_owned(), Some(edge));
    }
    for (words, edge) in forms {
        if let Some((before, _)) = key.split_once(&format!(" {words} ")) {
            return (before.to_owned(), Some(edge));
        }
    }
    (printed.to_owned(), None)
}

/// The label without brackets that only say that the sign may turn.
fn without_turns(printed: &str) -> Option<String> {
    if !printed.contains('(') {
        return None;
    }
    let bare = TURNS.iter().fold(printed.to_owned(), |text, turn| text.replace(turn, " "));
    (bare != printed).then_some(bare)
}

/// `Property and equipment, net of accumulated depreciation` is property and equipment; `net of tax` is another figure.
fn net_of(printed: &str) -> Option<String> {
    let at = printed.to_lowercase().find(", net of ")?;
    let (name, rest) = (printed.get(..at)?, printed.get(at..)?);
    (!rest.to_lowercase().contains("tax")).then(|| name.to_owned())
}
