//! What the lengths leave out or add: the short brief is one page without sources, the full one has a table of every other figure
//! of the period.

use super::Parts;
use super::lead::{Lead, actual};
use super::matrix::{self, Line, Span};
use super::proofs::Proofs;
use super::text;
use crate::brief::{Block, Content, Paper, Run, Section, SourcesForm, Width};
use crate::language::{Phrases, is_wide};
use crate::model::{Figure, Measure, Metric, Unit};
use crate::options::Length;

/// Beside more letters than these, the short brief on A4 has no room for the statement of income.
const ROOM_FOR_TABLE: usize = 1900;
/// None for the chart of the result.
const ROOM_FOR_CHART: usize = 1900;
/// And none for the picture of the targets.
const ROOM_FOR_TARGETS: usize = 1100;

/// What the short brief keeps: result and targets, else the financial position, in words; as far as there is room the statement of
/// income, and a chart for each.
pub fn keep_the_news(mut sections: Vec<(&str, Section)>, paper: Paper) -> Vec<(&str, Section)> {
    let has_targets = letters(&sections, &["targets"]) > 0;
    sections.retain(|(id, _)| matches!(*id, "result" | "targets") || (*id == "position" && !has_targets));
    let letters = letters(&sections, &["result", "targets", "position"]);
    // A tenth of the room goes with the shorter sheet.
    let letters = if paper == Paper::UsLetter { letters * 10 / 9 } else { letters };
    for (id, section) in &mut sections {
        let mut charts = 0;
        section.blocks.retain_mut(|block| match (*id, block) {
            (_, Block::Paragraph { .. }) => true,
            ("result", Block::Table(_)) => letters <= ROOM_FOR_TABLE,
            ("result", Block::Chart(chart)) => {
                chart.width = Width::Half;
                charts += 1;
                charts == 1 && letters <= ROOM_FOR_CHART
            }
            ("targets", Block::Chart(_)) => letters <= ROOM_FOR_TARGETS,
            _ => false,
        });
    }
    sections.retain(|(_, section)| !section.blocks.is_empty());
    sections
}

/// The letters of the paragraphs of some sections.
fn letters(sections: &[(&str, Section)], ids: &[&str]) -> usize {
    let own = sections.iter().filter(|(id, _)| ids.contains(id));
    let runs = own.flat_map(|(_, section)| &section.blocks).filter_map(|block| match block {
        Block::Paragraph { runs } => Some(runs),
        _ => None,
    });
    // Lines of kanji stand farther apart.
    let room = |text: &str| text::letters(text) * if text.chars().any(is_wide) { 11 } else { 5 } / 5;
    runs.flatten().map(|run| room(&run.text)).sum()
}

/// How many pages a brief has at most.
pub fn most_pages(length: Length) -> Option<usize> {
    match length {
        Length::Short => Some(1),
        Length::Standard => Some(4),
        Length::Full => None,
    }
}

/// How the sources are set: a row for each figure only where there is room for everything.
pub fn sources_form(length: Length) -> SourcesForm {
    if length == Length::Full { SourcesForm::Table } else { SourcesForm::Lines }
}

/// The content without its sources section and the links to it; a note says where they are.
pub fn without_sources(mut content: Content, phrases: &Phrases) -> Content {
    content.sources.clear();
    let unlink = |runs: &mut Vec<Run>| runs.iter_mut().for_each(|run| run.reference = None);
    unlink(&mut content.headline);
    unlink(&mut content.standfirst);
    content.notes.iter_mut().for_each(unlink);
    for tile in &mut content.tiles {
        tile.reference = None;
        tile.change.iter_mut().for_each(|change| change.reference = None);
    }
    for block in content.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        match block {
            Block::Paragraph { runs } | Block::Quote { lead: runs, .. } => unlink(runs),
            Block::Chart(chart) => chart.marks.clear(),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.reference = None);
            }
            _ => {}
        }
    }
    content.notes.push(vec![Run::text(&phrases.page.sources_elsewhere)]);
    content
}

/// The amounts of the period that no section shows.
pub fn other_figures(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Section> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let (day, base) = (parts.day(), parts.year_start());
    let spans = [
        (&words.other_of_period, lead.span, lead.span.year_before(), Measure::YoyPct),
        (&words.other_of_year, lead.cumulative, lead.cumulative.year_before(), Measure::YoyPct),
        (&words.other_at_end, day, base, Measure::ChangeAbs),
    ];
    let mut blocks = Vec::new();
    for (caption, period, base, change) in spans {
        let shown: Vec<Metric> = proofs.figures().iter().filter(|f| f.id.period == period).map(metric_of).collect();
        let is_money = |metric: &&&Metric| {
            let level = actual(history, metric, period, Measure::Level);
            level.is_some_and(|figure| matches!(figure.unit, Unit::Money { .. })) && !shown.contains(metric)
        };
        let metrics = history.metrics();
        let lines: Vec<Line> =
            metrics.iter().filter(is_money).map(|metric| Line::level(print, (*metric).clone())).collect();
        let change_head = if change == Measure::ChangeAbs { words.change.clone() } else { print.change_head(period) };
        let span = Span { period, base, change, change_head, current: true, with_base: true };
        blocks.extend(matrix::of_rows(1, history, &lines, &[span], caption, proofs).map(Block::Table));
    }
    (!blocks.is_empty()).then(|| Section { heading: parts.phrases.section("other").to_owned(), blocks })
}

fn metric_of(figure: &Figure) -> Metric {
    figure.id.metric.clone()
}
