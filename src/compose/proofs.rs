//! Proofs: each figure that a brief shows gets one entry in the sources section, a derived one after the entries of its inputs.

use std::collections::{BTreeMap, BTreeSet};

use super::text::Print;
use crate::brief::{Proof, Run, SourceEntry};
use crate::history::{History, Trace};
use crate::language::fill;
use crate::model::{Basis, Document, Fact, Figure, FigureId, Measure, Origin, Rule};
use crate::narrative;

/// How many characters of a line stand before the printed figure.
const BEFORE: usize = 30;
/// How many stand behind it.
const BEHIND: usize = 12;

/// Ends the id of the entry that a statement has beside the finer figure.
pub const AS_STATED: &str = ", as stated";

/// The entries so far.
pub struct Proofs<'a> {
    /// How figures are printed.
    pub print: Print<'a>,
    history: &'a History,
    documents: &'a [Document],
    entries: Vec<SourceEntry>,
    figures: Vec<Figure>,
    known: BTreeSet<String>,
    listed: BTreeSet<String>,
    cited: BTreeSet<String>,
}

impl<'a> Proofs<'a> {
    /// No entry yet.
    pub fn new(history: &'a History, documents: &'a [Document], print: Print<'a>) -> Self {
        Self {
            print,
            history,
            documents,
            entries: Vec::new(),
            figures: Vec::new(),
            known: BTreeSet::new(),
            listed: BTreeSet::new(),
            cited: BTreeSet::new(),
        }
    }

    /// The entry of a figure, made on first use.
    pub fn cite(&mut self, figure: &Figure) -> String {
        let id = narrative::key(figure);
        if self.known.insert(id.clone()) {
            self.enter(id.clone(), figure);
        }
        self.list(figure);
        id
    }

    /// The entry of a figure in a printed form, and whether it is marked as calculated: what a document prints in these characters
    /// leads there.
    pub fn cite_as(&mut self, figure: &Figure, print: impl Fn(&Figure) -> String) -> (String, bool) {
        match self.history.printed_in_document(figure, print) {
            Some(coarse) => (self.cite_stated(figure, coarse), false),
            None => (self.cite(figure), figure.is_derived()),
        }
    }

    /// The same for a figure of a sentence, of which the narrative says whether it is marked.
    pub fn cite_marked(&mut self, figure: &Figure, is_marked: bool) -> String {
        let as_stated = |_: &Figure| String::new();
        match self.history.printed_in_document(figure, as_stated).filter(|_| !is_marked) {
            Some(coarse) => self.cite_stated(figure, coarse),
            None => self.cite(figure),
        }
    }

    /// The entry of the statement of a figure that is known more finely too.
    fn cite_stated(&mut self, figure: &Figure, coarse: &Figure) -> String {
        let id = format!("{}{AS_STATED}", narrative::key(figure));
        if self.known.insert(id.clone()) {
            self.enter(id.clone(), coarse);
        }
        self.list(figure);
        id
    }

    fn list(&mut self, figure: &Figure) {
        if self.listed.insert(narrative::key(figure)) {
            self.figures.push(figure.clone());
        }
    }

    /// Whether figures were read from a document.
    pub fn cites(&self, document: &str) -> bool {
        self.cited.contains(document)
    }

    /// The figures cited, inputs included, in the order of first use.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// All entries.
    pub fn into_entries(self) -> Vec<SourceEntry> {
        self.entries
    }

    fn enter(&mut self, id: String, figure: &Figure) {
        let (name, label) = (self.print.name(&figure.id.metric), self.label(&figure.id));
        let entry = match &figure.origin {
            Origin::Stated(facts) => facts.first().map(|fact| SourceEntry {
                id,
                name,
                label,
                value: self.print.fact_value(fact),
                proof: self.stated(fact),
            }),
            Origin::Derived { rule, .. } => {
                let trace = self.history.trace_of(figure);
                let formula = self.formula(*rule, figure, &trace.inputs);
                let label = format!("{label}{}", self.result_of(*rule));
                Some(SourceEntry {
                    id,
                    name,
                    label,
                    value: self.print.proof_value(figure),
                    proof: Proof::Derived { formula },
                })
            }
        };
        self.entries.extend(entry);
    }

    /// `Operating income, 1Q17`, with basis and measure where they are not the plain ones.
    fn label(&self, id: &FigureId) -> String {
        let words = &self.print.phrases.sources;
        let basis = match id.basis {
            Basis::Actual => "",
            Basis::Target => &words.target,
            Basis::TargetInitial => &words.target_initial,
            Basis::TargetRevised => &words.target_revised,
            Basis::Outlook => &words.outlook,
        };
        let measure = match id.measure {
            Measure::Level => "",
            Measure::YoyPct | Measure::YoyAbs => &words.yoy,
            Measure::QoqPct | Measure::QoqAbs => &words.qoq,
            Measure::ShareOfRevenuePct => &words.share,
            Measure::MarginPct => &words.margin,
            Measure::ChangeAbs => &words.change,
            Measure::PpChange => &words.points,
        };
        let (name, period) = (self.print.name(&id.metric), self.print.head(id.period));
        let values = [("name", name.as_str()), ("period", &period), ("basis", basis), ("measure", measure)];
        fill(&words.label, &values)
    }

    /// What a rule's result is called behind the figure's name.
    fn result_of(&self, rule: Rule) -> &'a str {
        let words = &self.print.phrases.sources;
        match rule {
            Rule::Progress => &words.progress,
            Rule::Pace => &words.pace,
            Rule::Remainder => &words.remainder,
            Rule::ImpliedGrowth => &words.implied,
            Rule::Revision => &words.revision,
            Rule::RevisionRate => &words.revision_rate,
            _ => "",
        }
    }

    fn stated(&mut self, fact: &Fact) -> Proof {
        self.cited.insert(fact.source.document.to_string());
        let document = self.documents.iter().find(|document| document.name == fact.source.document);
        let line = document.and_then(|document| document.lines.get(fact.source.line - 1));
        let (before, after) = line.map_or_else(Default::default, |line| around(line, fact));
        Proof::Stated {
            document: fact.source.document.to_string(),
            line: u32::try_from(fact.source.line).unwrap_or(u32::MAX),
            column: u32::try_from(fact.source.column).unwrap_or(u32::MAX),
            before,
            printed: fact.source.printed.clone(),
            after,
        }
    }

    /// The formula of a rule with its inputs, each a link.
    fn formula(&mut self, rule: Rule, figure: &Figure, inputs: &[Trace]) -> Vec<Run> {
        let terms: Vec<Run> = inputs.iter().map(|input| self.term(&input.figure)).collect();
        let mut runs = Vec::new();
        let signs = signs(rule, figure, inputs);
        for (index, (term, sign)) in terms.into_iter().zip(signs).enumerate() {
            let sign = if index == 0 { sign.trim_start().to_owned() } else { sign.to_owned() };
            if !sign.is_empty() {
                runs.push(Run::text(sign));
            }
            runs.push(term);
        }
        if let Some(rest) = closing(rule, inputs) {
            runs.push(Run::text(rest));
        }
        runs
    }

    fn term(&mut self, figure: &Figure) -> Run {
        let reference = self.cite(figure);
        let value = figure.facts().first().map(|fact| self.print.fact_value(fact));
        let value = value.unwrap_or_else(|| self.print.proof_value(figure));
        let period = self.print.head(figure.id.period);
        let text = fill(&self.print.phrases.sources.term, &[("period", &period), ("value", &value)]);
        Run { derived: false, ..Run::figure(text, reference) }
    }
}

/// What stands before each input in the formula.
fn signs(rule: Rule, figure: &Figure, inputs: &[Trace]) -> Vec<&'static str> {
    let count = inputs.len();
    let rest = |sign: &'static str| {
        let mut signs = vec![sign; count];
        if let Some(first) = signs.first_mut() {
            *first = "";
        }
        signs
    };
    match rule {
        Rule::SpanSum => rest(" + "),
        Rule::SpanDifference | Rule::Change | Rule::Remainder | Rule::Revision => rest(" − "),
        // The year before a target, told by the growth beside it.
        Rule::Pace if count == 3 => vec!["", " ÷ (", " ÷ (1 + "],
        Rule::ImpliedGrowth if count == 5 => vec!["(", " − ", ") ÷ (", " ÷ (1 + ", ") − "],
        Rule::Margin | Rule::Share | Rule::Progress | Rule::Pace => rest(" ÷ "),
        Rule::GrowthRate | Rule::RevisionRate => rest(" ÷ "),
        Rule::ImpliedGrowth => vec!["(", " − ", ") ÷ (", " − "],
        Rule::LevelLessChange if inputs.iter().any(|input| input.figure.id.measure.is_percent()) => rest(" ÷ (1 + "),
        Rule::LevelLessChange => rest(" − "),
        Rule::StatementLine | Rule::PartsOfTotal => {
            let sum: rust_decimal::Decimal = inputs.iter().map(|input| input.figure.value).sum();
            let slack = figure.half_width + rust_decimal::Decimal::ONE;
            if (sum - figure.value).abs() <= slack { rest(" + ") } else { rest(" − ") }
        }
    }
}

/// What stands behind the last input.
fn closing(rule: Rule, inputs: &[Trace]) -> Option<&'static str> {
    match rule {
        Rule::GrowthRate | Rule::RevisionRate => Some(" − 1"),
        Rule::ImpliedGrowth => Some(") − 1"),
        Rule::Pace if inputs.len() == 3 => Some("))"),
        Rule::LevelLessChange if inputs.iter().any(|input| input.figure.id.measure.is_percent()) => Some(")"),
        _ => None,
    }
}

/// The line's text before and behind the printed characters, cut to a readable length.
fn around(line: &str, fact: &Fact) -> (String, String) {
    let chars: Vec<char> = line.chars().collect();
    let from = (fact.source.column - 1).min(chars.len());
    let to = (from + fact.source.printed.chars().count()).min(chars.len());
    let start = word_start(&chars, from.saturating_sub(BEFORE), from);
    let end = (to + BEHIND).min(chars.len());
    let clean = |chars: &[char]| chars.iter().map(|c| plain(*c)).collect::<String>();
    let before = format!("{}{}", if start > 0 { "…" } else { "" }, unmarked(&clean(&chars[start..from])));
    let after = format!("{}{}", unmarked(&clean(&chars[to..end])), if end < chars.len() { "…" } else { "" });
    (before, after)
}

/// Without the mark-up that some documents carry: underlines, and raised footnote marks.
fn unmarked(text: &str) -> String {
    ["<u>", "</u>", "<sup>", "</sup>"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""))
}

/// The start of the first whole word from `at` on, before `figure`.
fn word_start(chars: &[char], at: usize, figure: usize) -> usize {
    if at == 0 {
        return 0;
    }
    (at..figure).find(|i| chars[*i - 1].is_whitespace()).unwrap_or(at)
}

/// Blanks as blanks, ornaments of lists as plain bullets: no figure is among them.
fn plain(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        '\u{2700}'..='\u{27bf}' | '\u{25a0}'..='\u{25a1}' | '\u{25b6}' | '\u{25ba}' | '\u{25c6}' | '\u{227b}' => '•',
        c => c,
    }
}

/// Every figure by the id of its entry.
pub fn by_id(figures: &[Figure]) -> BTreeMap<String, &Figure> {
    figures.iter().map(|figure| (narrative::key(figure), figure)).collect()
}
