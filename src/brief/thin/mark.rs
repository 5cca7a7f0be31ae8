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
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    tag: &'a [u8],
    number: Option<usize>,
    /// What stands behind the number, if there is one.
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
        let mut mark = Mark::of(tag, properties)?;
        if properties == BLANK && self.text.is_some() {
            mark.said = Said::Never;
        } else if kind == MarkKind::Drawing {
            self.end_text()?;
            mark.said = Said::OutsideText;
            self.say_mark(&mark)?;
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
                self.say_mark(&mark)?;
            }
            Said::InText => self.say_shown(),
            Said::OutsideText => self.end_text()?,
        }
        self.out.extend(END);
        self.ended = mark.number.filter(|_| mark.said == Said::InText && mark.is_plain() && self.marks.is_empty());
        if mark.tag != ARTIFACT {
            self.last_artifact.clear();
        }
        Ok(())
    }

    /// Says the marks that wait for their text, which may go on from the text before.
    pub fn say_marks(&mut self, goes_on: bool) -> Result<(), Unknown> {
        let waits = |mark: &Mark<'_>| mark.said == Said::NotYet;
        let Some(first) = self.marks.iter().position(waits) else { return Ok(()) };
        self.say_shown();
        for at in first..self.marks.len() {
            if self.marks[at].said == Said::NotYet {
                self.marks[at].said = Said::InText;
                let mark = self.marks[at];
                if !(goes_on && self.joined(&mark)) {
                    self.say_mark(&mark)?;
                }
            }
        }
        Ok(())
    }

    /// Whether a text object may end here.
    pub fn may_end_text(&self) -> bool {
        self.marks.iter().all(|mark| mark.said != Said::InText)
    }

    /// Lets a mark go on with the one before it, if the structure allows and nothing stands between them.
    fn joined(&mut self, mark: &Mark<'_>) -> bool {
        let (Some(before), Some(number)) = (self.ended, mark.number) else { return false };
        let alone = mark.is_plain() && self.marks.len() == 1 && self.out.ends_with(END);
        let join = alone && self.page.join(before, number) && number < self.numbers.len();
        if join {
            self.out.truncate(self.out.len() - END.len());
            self.numbers[number] = self.numbers[before];
        }
        join
    }

    fn say_mark(&mut self, mark: &Mark<'_>) -> Result<(), Unknown> {
        let mut begin = mark.tag.to_vec();
        match mark.number {
            Some(number) => {
                begin.extend(format!("<</MCID {}", self.renumbered(number)?).bytes());
                // What the element says need not be said again.
                let says = self.page.say(number, &mark.properties[..mark.properties.len() - b">>".len()]);
                begin.extend(if says { b">>" } else { mark.properties });
            }
            None => begin.extend(mark.properties),
        }
        begin.extend(b"BDC\n");
        // What is no content may go on as one stretch.
        if mark.tag == ARTIFACT && self.out.ends_with(END) && self.last_artifact == begin {
            self.out.truncate(self.out.len() - END.len());
            return Ok(());
        }
        self.out.extend(&begin);
        if mark.tag == ARTIFACT && mark.said == Said::OutsideText {
            self.last_artifact = begin;
        }
        Ok(())
    }

    /// The next number, where the structure can be told of it.
    fn renumbered(&mut self, number: usize) -> Result<usize, Unknown> {
        if self.page.count().is_none() {
            return Ok(number);
        }
        let place = self.numbers.get_mut(number).filter(|place| place.is_none()).ok_or(Unknown)?;
        *place = Some(self.next_number);
        self.next_number += 1;
        Ok(self.next_number - 1)
    }
}

impl<'a> Mark<'a> {
    fn of(tag: &'a [u8], properties: &'a [u8]) -> Result<Self, Unknown> {
        const NUMBER: &[u8] = b"<</MCID ";
        let mut mark = Self { tag, properties, number: None, said: Said::NotYet };
        if let Some(rest) = properties.strip_prefix(NUMBER) {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = std::str::from_utf8(&rest[..digits]).ok().and_then(|number| number.parse().ok());
            (mark.number, mark.properties) = (Some(number.ok_or(Unknown)?), &rest[digits..]);
        }
        let ends = properties.starts_with(b"<<") && properties.ends_with(b">>");
        if ends { Ok(mark) } else { Err(Unknown) }
    }

    /// Whether it says nothing but its number.
    fn is_plain(&self) -> bool {
        self.properties == b">>"
    }
}
