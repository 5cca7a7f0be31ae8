//! Slides whose text layer lost its order: the headings of two lists of bullets stand in a row, or behind both. Where as many bullets
//! open a list (`1Q17 revenue: up …`) as headings name a part of the company, they belong together in their order.

use std::collections::BTreeMap;

use super::super::Page;
use super::block::{Block, CHILD, PLAIN};
use super::element::{Element, Role, elements};
use super::frame::frame_of;
use super::subject::{Frame, Naming, Place};
use crate::extract::label::{Context, resolve};
use crate::extract::scan::Kind;
use crate::vocabulary::normalize;

/// The heading of each bullet that opens a list, by its line; only where a heading stands behind the first bullet, so that the order
/// of lines is not that of the slide.
pub(super) fn pair(page: &Page<'_>, blocks: &[Block]) -> BTreeMap<usize, Frame> {
    let mut paired = BTreeMap::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let section = page.outline.scopes[first.lines[0]].section;
        let end = rest.iter().position(|block| page.outline.scopes[block.lines[0]].section != section);
        let (slide, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        let openings: Vec<usize> =
            slide.iter().filter(|block| opens(page, block)).map(|block| block.lines[0]).collect();
        if openings.len() < 2 {
            continue;
        }
        let headings: Vec<(usize, Frame)> = slide.iter().filter_map(|block| heading(page, block)).collect();
        let mixed = headings.last().is_some_and(|(line, _)| *line > openings[openings.len() - 1]);
        if headings.len() == openings.len() && mixed {
            paired.extend(openings.into_iter().zip(headings.into_iter().map(|(_, frame)| frame)));
        }
    }
    paired
}

/// `- 1Q17 revenue: up`: a bullet that starts with a time and a bare line of the statement.
fn opens(page: &Page<'_>, block: &Block) -> bool {
    let tokens = &page.text.tokens[block.lines[0]];
    let first = tokens.iter().find(|token| !matches!(token.kind, Kind::Mark(_) | Kind::Dash));
    let may_open = block.bullet && !block.names_only && block.rank < CHILD;
    if !may_open || first.is_none_or(|token| token.time().is_none()) {
        return false;
    }
    let read = elements(page, &block.lines, block.whole);
    let mut words = read.iter().skip_while(|e| matches!(e.role, Role::Comma | Role::Arrow));
    let timed = words.next().is_some_and(|e| e.time().is_some());
    let name: Vec<&Element> = words.by_ref().take_while(|e| e.role == Role::Word).collect();
    let text = name.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" ");
    let bare = resolve(&text, &Context::default(), page.vocabulary).metric;
    timed && bare.is_some_and(|metric| metric.path().is_none()) && !name.is_empty()
}

/// A plain line that is nothing but the name of a part.
fn heading(page: &Page<'_>, block: &Block) -> Option<(usize, Frame)> {
    if block.bullet || !block.names_only || block.lines.len() != 1 {
        return None;
    }
    let line = block.lines[0];
    let place = Place { page, line, frames: &[], brackets: false };
    let frame = frame_of(&place, PLAIN, &elements(page, &block.lines, false));
    let Naming::Segment(path) = &frame.naming else { return None };
    let key = normalize(page.text.line(line));
    let labels = page.vocabulary.segments().iter().filter(|segment| segment.id == *path);
    let named = labels.flat_map(|segment| &segment.labels).any(|label| normalize(label) == key);
    named.then_some((line, frame))
}
