//! The table of a language as types: each field is a line of `words.toml`, which says what it is for.
#![expect(missing_docs, reason = "each field is a line of `templates/en/words.toml`, which explains it")]

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Labels, Language};
use crate::model::Scale;

/// Everything that a language says outside of sentences.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    #[serde(skip)]
    pub language: Language,
    pub text: Text,
    pub number: Numbers,
    pub units: BTreeMap<String, Units>,
    pub negatives: BTreeMap<String, String>,
    pub currencies: BTreeMap<String, String>,
    pub nouns: BTreeMap<String, String>,
    pub terms: BTreeMap<String, String>,
    pub ways: Ways,
    pub date: Dates,
    pub period: Periods,
    pub sections: BTreeMap<String, String>,
    pub page: Page,
    pub labels: Labels,
    pub tiles: Tiles,
    pub tables: Tables,
    pub sources: Sources,
    pub charts: Charts,
    pub alt: Alt,
}

/// How names stand inside a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inside {
    /// With a small letter first, and sentences with a capital.
    Lower,
    /// As they are.
    Kept,
}

/// Whether a count beside its name repeats what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Beside {
    /// It does not.
    Bare,
    /// It does.
    Full,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub inside_sentences: Inside,
    pub between_sentences: String,
    pub comma: String,
    pub last: String,
    pub and: String,
    pub part_of: String,
    pub cost_of: String,
    pub original: String,
    pub quoted: String,
    pub up: String,
    pub down: String,
    pub unchanged: String,
    pub moved: String,
    pub moved_in_brackets: String,
    pub about: String,
    pub about_in_cells: String,
    pub about_signed: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    pub units: String,
    pub plus: String,
    pub minus: String,
    pub minus_in_cells: String,
    pub point: String,
    pub points: String,
    pub points_short: String,
    pub per_share: String,
    pub count: String,
    pub scaled_count: String,
    pub counts_beside_names: Beside,
    pub exact: String,
    pub exact_unscaled: String,
    pub thousand: String,
    pub million: String,
    pub hundred_million: String,
    pub billion: String,
    pub trillion: String,
}

/// How numbers are printed where the user chooses, whatever a language's own habit is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// The style of units, `million`.
    pub units: Option<String>,
    /// How what is below zero is printed, `triangle`.
    pub negatives: Option<String>,
}

/// A style of amounts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    pub sentences: Vec<Tier>,
    pub fine: Grain,
    pub coarse: Grain,
}

/// A size of amounts in sentences.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The limit in units of the scale; none for the last row.
    pub below: Option<u32>,
    pub scale: Scale,
    pub decimals: i32,
    pub form: String,
}

/// How amounts stand in a table or a chart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grain {
    pub scale: Scale,
    pub decimals: i32,
    /// The unit as a table names it.
    pub unit: String,
    /// The unit as a tile names it.
    pub short: String,
    /// An amount in a table of another unit.
    pub cell: String,
}

/// Words that say which way a figure goes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    pub up: Vec<String>,
    pub down: Vec<String>,
    pub flat: Vec<String>,
    pub either: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    pub day: String,
    pub sentence: String,
    pub short: String,
}

/// One form for each kind of period.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodForms {
    pub quarter: String,
    pub first_half: String,
    pub second_half: String,
    pub nine_months: String,
    pub year: String,
    pub month: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Periods {
    pub short: PeriodForms,
    pub words: PeriodForms,
    pub length: PeriodForms,
    pub change: PeriodForms,
    pub change_head: PeriodForms,
    pub change_short: PeriodForms,
    pub base: PeriodForms,
    pub full: String,
    pub ordinals: [String; 4],
    pub elapsed: [String; 4],
    pub full_year: String,
    pub first_half: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub title: String,
    pub kind: String,
    pub document: String,
    pub quote: String,
    pub quote_on: String,
    pub quote_foreign: String,
    pub later: String,
    pub attachment: String,
    pub dropped: String,
    pub disputed: String,
    pub disputed_rate: String,
    pub sources_elsewhere: String,
    pub disclaimer: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiles {
    pub label: String,
    pub margin_change: String,
    pub progress: String,
    pub progress_of: String,
    /// Shorter names for tiles, by metric.
    pub names: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    pub not_available: String,
    pub not_meaningful: String,
    pub unit: String,
    pub in_unit: String,
    pub gross_margin: String,
    pub operating_margin: String,
    pub change: String,
    pub results: String,
    pub segments: String,
    pub position: String,
    pub cash_flows: String,
    pub targets: String,
    pub target_rows: String,
    pub target_columns: [String; 5],
    pub indicators: String,
    pub indicator_columns: [String; 6],
    pub other_of_period: String,
    pub other_of_year: String,
    pub other_at_end: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    pub label: String,
    pub term: String,
    pub target: String,
    pub target_initial: String,
    pub target_revised: String,
    pub outlook: String,
    pub yoy: String,
    pub qoq: String,
    pub share: String,
    pub margin: String,
    pub change: String,
    pub points: String,
    pub progress: String,
    pub pace: String,
    pub remainder: String,
    pub implied: String,
    pub revision: String,
    pub revision_rate: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charts {
    pub tick: String,
    pub tick_year: String,
    pub history_up: String,
    pub history_down: String,
    pub history_driver_up: String,
    pub history_driver_down: String,
    pub history_faster: String,
    pub history_slower: String,
    pub history_again: String,
    pub history_unit: String,
    pub margins: String,
    pub margins_up: String,
    pub margins_down: String,
    pub margins_unit: String,
    pub margins_periods: String,
    pub bridge_up: String,
    pub bridge_down: String,
    pub bridge_rest: String,
    pub bridge_unit: String,
    pub rounded: String,
    pub targets_ahead: String,
    pub targets_behind: String,
    pub targets_alike: String,
    pub targets_unit: String,
    pub targets_outcome: String,
    pub targets_alt: String,
    pub segments_up: String,
    pub segments_down: String,
    pub segments_both: String,
    pub segments_unit: String,
    pub segments_alt: String,
    pub not_split: String,
    pub own_scale: String,
    pub costs_up: String,
    pub costs_down: String,
    pub costs_unit: String,
    pub balance_equity: String,
    pub balance_debt: String,
    pub balance_more: String,
    pub balance_less: String,
    pub balance_unit: String,
    pub balance_claims_unit: String,
    pub balance_assets: String,
    pub balance_claims: String,
    pub other_assets: String,
    pub other_claims: String,
    pub other_liabilities: String,
    pub cash_up: String,
    pub brought_more: String,
    pub took_more: String,
    pub took_all: String,
    pub cash_down: String,
    pub cash_unit: String,
    pub indicators: String,
    pub indicators_up: String,
    pub indicators_down: String,
    pub indicators_unit: String,
}

/// Charts in words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alt {
    pub column_chart: String,
    pub line_chart: String,
    pub bar_chart: String,
    pub progress_bars: String,
    pub waterfall_chart: String,
    pub stacked_columns: String,
    pub small_multiples: String,
    pub sparkline: String,
    pub subject: String,
    pub line: String,
    pub over: String,
    pub at: String,
    pub stop: String,
    pub between: String,
    pub comma: String,
    pub extremes: String,
    pub last_value: String,
    pub derived: String,
    pub line_last: String,
    pub value_at: String,
    pub no_figure: String,
    pub no_figures_for: String,
    pub change_in: String,
    pub change: String,
    pub stacked: String,
    pub not_available: String,
    pub row: String,
    pub detail: String,
    pub stack: String,
    pub largest: String,
    pub largest_increase: String,
    pub largest_decrease: String,
    pub outliers: String,
    pub semicolon: String,
    pub progress: String,
    pub share: String,
    pub pace: String,
    pub previous: String,
    pub target: String,
    pub forecast: String,
    pub scenario: String,
    pub period: String,
}
