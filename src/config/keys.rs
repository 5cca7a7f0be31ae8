//! Every setting: key, kind, default, flag, meaning. A new setting is a new row; reading, near matches, `config show` and the
//! reference page go by it.

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A file or a folder, from the settings' own folder.
    Path,
    /// A day.
    Date,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A language, or a list of them.
    Languages,
    /// A list of names.
    Names,
    /// `true`, `false` for none, or a list of names.
    Some,
    /// A percentage.
    Percent,
    /// Sizes, ascending from above zero.
    Sizes,
    /// A color like `#0c2340`.
    Color,
}

impl Kind {
    /// What was expected, in a message.
    pub fn expected(self) -> String {
        match self {
            Self::Text | Self::Color => "a text in quotes".to_owned(),
            Self::Path => "a path in quotes".to_owned(),
            Self::Date => "a date like `2017-08-31`".to_owned(),
            Self::Choice(words) => format!("one of {}", quoted(words.iter().copied())),
            Self::Languages => "a language like `\"ja\"` or a list like `[\"en\", \"ja\"]`".to_owned(),
            Self::Names => "a list of names like `[\"result\"]`".to_owned(),
            Self::Some => "`true`, `false` or a list of names".to_owned(),
            Self::Percent => "a number of percent from 0 to 100".to_owned(),
            Self::Sizes => "a list of numbers above zero that ascend".to_owned(),
        }
    }
}

/// Names in backticks.
pub(super) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its table and name, `brief.paper`.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The default as it would be written; empty where there is none.
    pub default: &'static str,
    /// What counts where neither is given: a value as it would be written, or words in parentheses.
    pub instead: &'static str,
    /// What it means.
    pub does: &'static str,
}

const fn row(key: &'static str, kind: Kind, default: &'static str, does: &'static str) -> Setting {
    Setting { key, kind, default, instead: "", does }
}

/// A setting that briefs do without: what counts then.
const fn unset(key: &'static str, kind: Kind, instead: &'static str, does: &'static str) -> Setting {
    Setting { key, kind, default: "", instead, does }
}

/// The sheets.
pub const PAPERS: &[&str] = &["a4", "us-letter"];

/// Every setting, in the order of the file.
pub const SETTINGS: &[Setting] = &[
    row("sources.seeds", Kind::Path, "\"seeds\"", "folder of company folders; `--seeds` goes before it"),
    row(
        "sources.companies",
        Kind::Names,
        "[]",
        "take only these companies, all where none is named; so does `--company`",
    ),
    unset(
        "sources.as_of",
        Kind::Date,
        "(all documents)",
        "take only documents published on or before this day; so does `--as-of`",
    ),
    row(
        "folders.templates",
        Kind::Path,
        "\"templates\"",
        "templates that replace the built-in ones; `--templates` goes before it",
    ),
    row("folders.fonts", Kind::Path, "\"fonts\"", "more fonts; `--fonts` goes before it"),
    row("folders.output", Kind::Path, "\"output\"", "where briefs go; `--output` goes before it"),
    row("folders.accepted", Kind::Path, "\"accepted\"", "the texts that `tanshin templates test` compares with"),
    row(
        "brief.name",
        Kind::Text,
        "\"{company}/{period}.pdf\"",
        "file below the output folder; both names must be in it, `{language}` may",
    ),
    row(
        "brief.language",
        Kind::Languages,
        "\"en\"",
        "language of the briefs, or several for a brief in each; `--lang` goes before it",
    ),
    unset(
        "brief.units",
        Kind::Text,
        "(each language's own)",
        "style of amounts: `million` or `billion`, in Japanese `oku` or `million`; each language has its own habit",
    ),
    unset(
        "brief.negatives",
        Kind::Text,
        "(each language's own)",
        "style of what is below zero: `minus`, `parentheses`, `triangle`, `white_triangle`",
    ),
    row("brief.paper", Kind::Choice(PAPERS), "\"a4\"", "the sheet; `--paper` goes before it"),
    row(
        "brief.length",
        Kind::Choice(&["short", "standard", "full"]),
        "\"standard\"",
        "how much a brief holds; `--length` goes before it",
    ),
    row(
        "brief.sections",
        Kind::Names,
        "[\"result\", \"targets\", \"segments\", \"position\", \"indicators\"]",
        "which sections, and in which order; a template of your own makes one more",
    ),
    row(
        "brief.charts",
        Kind::Some,
        "true",
        "which charts: `true` for the most relevant that the data carry (at length `full`, for all), `false` for none, or those named, at any length",
    ),
    unset(
        "words.percent",
        Kind::Sizes,
        "(those of moves.toml)",
        "sizes in percent at which the word for a move changes, in place of those in `moves.toml`",
    ),
    unset("words.points", Kind::Sizes, "(those of moves.toml)", "the same for moves in percentage points"),
    row(
        "material.driver",
        Kind::Percent,
        "15",
        "a driver of operating income is named from this share of all movement",
    ),
    row("material.segment", Kind::Percent, "5", "a segment is named from this share of the whole"),
    row(
        "material.move",
        Kind::Percent,
        "10",
        "a smaller segment or a service is named from this share of all movement",
    ),
    row("material.target", Kind::Percent, "1", "an outcome this near to its target is in line with it"),
    unset(
        "brand.primary",
        Kind::Color,
        "\"#0c2340\"",
        "color of headings, rules and actual figures in charts, like `#0c2340`",
    ),
    unset("brand.accent", Kind::Color, "\"#0f5e9c\"", "color of marks and links, and of the second line in charts"),
    unset("brand.good", Kind::Color, "\"#14703d\"", "color of a change for the better"),
    unset("brand.bad", Kind::Color, "\"#b3261e\"", "color of a change for the worse"),
    unset(
        "brand.font",
        Kind::Text,
        "\"Source Sans 3\"",
        "a family from the fonts folder, or a TTF or OTF file beside the settings",
    ),
    unset(
        "brand.logo",
        Kind::Path,
        "(none)",
        "SVG or PNG beside the settings, at most 1 MB and 4096 pixels a side; an SVG that draws from outside is refused",
    ),
    unset(
        "brand.header",
        Kind::Text,
        "(kind and period)",
        "words at the top of each page behind the first, in place of what the brief is and of when",
    ),
    unset("brand.footer", Kind::Text, "(none)", "words at the foot of each page"),
    unset(
        "brand.disclaimer",
        Kind::Text,
        "(the built-in text)",
        "the text at the end of each brief, in place of the built-in one",
    ),
];

/// The table with a key for each section: its heading.
pub(super) const HEADINGS: &str = "headings";

/// The tables that describe charts.
pub(super) const CHART: &str = "chart";

/// The keys of a `[[chart]]`, and whether each is needed.
pub(super) const CHART_KEYS: &[Setting] = &[
    row("id", Kind::Text, "", "its name, for `brief.charts` and for messages"),
    row("section", Kind::Text, "", "the section that it stands in"),
    row("title", Kind::Text, "", "the words above it, without numbers"),
    row("form", Kind::Choice(&["columns", "lines"]), "", "columns for one metric, lines for up to four"),
    row("metrics", Kind::Names, "", "ids of metrics, as `tanshin facts` prints them"),
    row(
        "measure",
        Kind::Choice(&["level", "growth", "margin"]),
        "\"level\"",
        "amounts, growth over last year, or percent of revenue",
    ),
];

/// The setting of a key.
pub(super) fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// The names of all tables, each once.
pub(super) fn tables() -> Vec<&'static str> {
    let mut tables: Vec<&str> = SETTINGS.iter().filter_map(|setting| Some(setting.key.split_once('.')?.0)).collect();
    tables.dedup();
    tables.extend([HEADINGS, CHART]);
    tables
}

/// The keys of a table.
pub(super) fn keys_of(table: &str) -> impl Iterator<Item = &'static str> {
    let keys = SETTINGS.iter().filter_map(|setting| setting.key.split_once('.'));
    keys.filter(move |(own, _)| *own == table).map(|(_, key)| key)
}
