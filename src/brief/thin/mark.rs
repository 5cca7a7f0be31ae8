//! Marked content: which part of the page an element of its structure is. A mark that holds text alone is said within the text, so that
//! the next stretch goes on where the last one ended.

use super::draw::Draw;
use super::token::{Operation, Unknown};

/// What stands in a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// Text alone.
    Text,
    /// Drawings too.
    Drawing,
}

/// A mark that has begun.
pub(super) struct Mark<'a> {
    tag: &'a [u8],
    properties: &'a [u8],
    said: Said,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    NotYet,
    OutsideText,
    InText,
    /// Copied text gets the blank that the font has, not one that breaks no line.
    Never,
}

const BLANK: &[u8] = b"<</ActualText<FEFF00A0>>>";
const ARTIFACT: &[u8] = b"/Artifact";
const END: &[u8] = b"EMC\n";

/// What stands in each mark, in the order in which they begin.
pub(super) fn kinds(operations: &[Operation<'_>]) -> Result<Vec<MarkKind>, Unknown> {
    let (mut kinds, mut open) = (Vec::new(), Vec::new());
    for operation in operations {
        match operation.name {
            b"BDC" => {
                open.push(kinds.len());
                kinds.push(MarkKind::Text);
            }
            b"EMC" => drop(open.pop().ok_or(Unknown)?),
            b"f" | b"f*" | b"S" | b"B" | b"B*" | b"n" | b"gs" | b"Do" | b"sh" => {
                open.iter().for_each(|&mark| kinds[mark] = MarkKind::Drawing);
            }
            _ => {}
        }
    }
    Ok(kinds)
}

impl<'a> Draw<'a> {
    pub fn begin_mark(&mut self, tag: &'a [u8], properties: &'a [u8], kind: MarkKind) -> Result<(), Unknown> {
        let mut mark = Mark { tag, properties, said: Said::NotYet };
        if properties == BLANK && self.text.is_some() {
            mark.said = Said::Never;
        } else if kind == MarkKind::Drawing {
            self.end_text()?;
            mark.said = Said::OutsideText;
            self.say_mark(&mark);
        }
        self.marks.push(mark);
        Ok(())
    }

    pub fn end_mark(&mut self) -> Result<(), Unknown> {
        let mark = self.marks.pop().ok_or(Unknown)?;
        match mark.said {
            Said::Never => return Ok(()),
            Said::NotYet => {
                self.say_shown();
                self.say_mark(&mark);
            }
            Said::InText => self.say_shown(),
            Said::OutsideText => self.end_text()?,
        }
        self.out.extend(END);
        if mark.tag != ARTIFACT {
            self.last_artifact.clear();
        }
        Ok(())
    }

    /// Says the marks that wait for their text.
    pub fn say_marks(&mut self) {
        let waits = |mark: &Mark<'_>| mark.said == Said::NotYet;
        let Some(first) = self.marks.iter().position(waits) else { return };
        self.say_shown();
        for mark in first..self.marks.len() {
            if self.marks[mark].said == Said::NotYet {
                let (tag, properties) = (self.marks[mark].tag, self.marks[mark].properties);
                self.line(&[tag, properties], b"BDC");
                self.marks[mark].said = Said::InText;
            }
        }
    }

    /// Whether a text object may end here.
    pub fn may_end_text(&self) -> bool {
        self.marks.iter().all(|mark| mark.said != Said::InText)
    }

    fn say_mark(&mut self, mark: &Mark<'_>) {
        // What is no content may go on as one stretch.
        let mut begin = mark.tag.to_vec();
        begin.extend(mark.properties);
        begin.extend(b"BDC\n");
        if mark.tag == ARTIFACT && self.out.ends_with(END) && self.last_artifact == begin {
            self.out.truncate(self.out.len() - END.len());
            return;
        }
        self.out.extend(&begin);
        if mark.tag == ARTIFACT {
            self.last_artifact = begin;
        }
    }
}
