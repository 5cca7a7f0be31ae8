//! The stream is followed operator by operator. What it sets is only noted; where it draws, what differs from what was last said is
//! said, and all places are those of the page.

use super::mark::{Mark, MarkKind, kinds};
use super::number::{number, parts};
use super::path::{DIGITS, Path};
use super::say::{FACTOR_DIGITS, Level};
use super::state::{Colour, Matrix, Pen, State};
use super::text::{Line, Shown, Text};
use super::token::{Operation, Unknown, operations};
use super::widths::Widths;
use crate::brief::tree::PageMarks;

/// A drawing in fewer bytes.
pub(in crate::brief) struct Thin {
    pub content: Vec<u8>,
    /// The number of each mark, by the number that it had.
    pub numbers: Vec<usize>,
}

/// The same drawing in fewer bytes; none where it holds something that is not known here.
pub(in crate::brief) fn thinned(stream: &[u8], widths: &Widths, page: PageMarks<'_>) -> Option<Thin> {
    let (operations, operands) = operations(stream).ok()?;
    let mut draw = Draw::new(stream.len() / 4, widths, page);
    let mut kinds = kinds(&operations).ok()?.into_iter();
    for operation in &operations {
        draw.operation(operation, &operands[operation.operands.clone()], &mut kinds).ok()?;
    }
    draw.done().ok().filter(|thin| thin.content.len() < stream.len())
}

/// A drawing in hand.
pub(super) struct Draw<'a> {
    pub out: Vec<u8>,
    pub widths: &'a Widths,
    /// What the stream has set.
    pub now: State<'a>,
    /// What the thinner stream has set.
    pub said: State<'a>,
    pub levels: Vec<Level<'a>>,
    pub path: Path,
    pub clip: Option<&'a [u8]>,
    pub marks: Vec<Mark<'a>>,
    pub page: PageMarks<'a>,
    /// The new number of each mark that was said, by its old one, and the last of the new.
    pub numbers: Vec<Option<usize>>,
    pub next_number: usize,
    /// The mark that ended last, if another may join it.
    pub ended: Option<usize>,
    /// How the last artifact began.
    pub last_artifact: Vec<u8>,
    pub text: Option<Text>,
    pub line: Option<Line>,
    pub shown: Shown,
}

impl<'a> Draw<'a> {
    fn new(room: usize, widths: &'a Widths, page: PageMarks<'a>) -> Self {
        Self {
            out: Vec::with_capacity(room),
            widths,
            now: State::start(),
            said: State::start(),
            levels: Vec::new(),
            path: Path::default(),
            clip: None,
            marks: Vec::new(),
            page,
            numbers: vec![None; page.count().unwrap_or_default()],
            next_number: 0,
            ended: None,
            last_artifact: Vec::new(),
            text: None,
            line: None,
            shown: Shown::default(),
        }
    }

    fn done(mut self) -> Result<Thin, Unknown> {
        self.end_text()?;
        let numbers: Option<Vec<usize>> = self.numbers.into_iter().collect();
        let whole = self.levels.is_empty() && self.text.is_none() && self.path.is_empty() && self.marks.is_empty();
        let numbers = numbers.filter(|_| whole).ok_or(Unknown)?;
        Ok(Thin { content: self.out, numbers })
    }

    fn operation(
        &mut self,
        operation: &Operation<'a>,
        operands: &[&'a [u8]],
        kinds: &mut impl Iterator<Item = MarkKind>,
    ) -> Result<(), Unknown> {
        let name = operation.name;
        match (name, operands) {
            (b"q", []) => self.levels.push(Level { now: self.now, said: None }),
            (b"Q", []) => self.close()?,
            (b"cm", _) => self.now.matrix = Matrix::read(operands)?.then(self.now.matrix),
            (b"cs", [space]) => self.now.fill = Colour::in_space(space),
            (b"CS", [space]) => self.now.stroke = Colour::in_space(space),
            (b"scn", _) => self.now.fill.set(operands)?,
            (b"SCN", _) => self.now.stroke.set(operands)?,
            (b"w", [width]) => self.now.pen.width = number(width)?,
            (b"J", [cap]) => self.now.pen.cap = cap,
            (b"j", [join]) => self.now.pen.join = join,
            (b"M", [miter]) => self.now.pen.miter = miter,
            (b"d", [dash, phase]) => self.now.pen.dash = (dash, phase),
            (b"m" | b"l" | b"c", _) => self.point(name[0], operands)?,
            (b"h", []) => self.path.push(b'h', &[]),
            (b"W" | b"W*", []) => self.clip = Some(name),
            (b"n", []) => self.end_path()?,
            (b"f" | b"f*" | b"S" | b"B" | b"B*", []) => self.paint(name)?,
            (b"BT", []) => self.begin_text()?,
            (b"ET", []) => {
                self.text.take().ok_or(Unknown)?;
            }
            (b"Tr", [render]) => self.now.render = render,
            (b"Tf", [font, size]) => (self.now.font, self.now.size) = (font, number(size)?),
            (b"Tm", _) => self.text.as_mut().ok_or(Unknown)?.place(Matrix::read(operands)?),
            (b"Tj" | b"TJ", [letters]) => self.show(letters)?,
            (b"BDC", [tag, properties]) => self.begin_mark(tag, properties, kinds.next().ok_or(Unknown)?)?,
            (b"EMC", []) => self.end_mark()?,
            (b"gs", [_]) => {
                self.open()?;
                self.line(operands, name);
            }
            (b"Do" | b"sh", [_]) => self.picture(name, operands)?,
            _ => return Err(Unknown),
        }
        Ok(())
    }

    /// Keeps what was said for as long as this level lasts.
    fn open(&mut self) -> Result<(), Unknown> {
        self.end_text()?;
        if let Some(level) = self.levels.last_mut().filter(|level| level.said.is_none()) {
            level.said = Some(self.said);
            self.line(&[], b"q");
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Unknown> {
        let level = self.levels.pop().filter(|_| self.text.is_none()).ok_or(Unknown)?;
        self.now = level.now;
        if let Some(said) = level.said {
            self.end_text()?;
            self.said = said;
            self.line(&[], b"Q");
        }
        Ok(())
    }

    fn point(&mut self, operator: u8, operands: &[&[u8]]) -> Result<(), Unknown> {
        if operands.len() != if operator == b'c' { 6 } else { 2 } {
            return Err(Unknown);
        }
        let mut places = [0; 6];
        for (pair, place) in operands.chunks_exact(2).zip(places.chunks_exact_mut(2)) {
            let (x, y) = self.now.matrix.apply(number(pair[0])?, number(pair[1])?);
            place.copy_from_slice(&[parts(x, DIGITS), parts(y, DIGITS)]);
        }
        self.path.push(operator, &places[..operands.len()]);
        Ok(())
    }

    fn end_path(&mut self) -> Result<(), Unknown> {
        let clip = self.clip.take().filter(|_| self.text.is_none()).ok_or(Unknown)?;
        self.open()?;
        self.path.write(&mut self.out, true);
        self.line(&[], clip);
        self.line(&[], b"n");
        Ok(())
    }

    fn paint(&mut self, operator: &[u8]) -> Result<(), Unknown> {
        if self.clip.is_some() || self.text.is_some() {
            return Err(Unknown);
        }
        self.end_text()?;
        if operator != b"S" {
            self.say_fill()?;
        }
        if operator.starts_with(b"f") {
            self.path.write(&mut self.out, true);
        } else {
            let scale = self.now.matrix.scale().ok_or(Unknown)?;
            self.say_stroke()?;
            self.say_pen(Pen { scale, ..self.now.pen })?;
            self.path.write(&mut self.out, false);
        }
        self.line(&[], operator);
        Ok(())
    }

    /// A picture draws in a state of its own, and begins with the pen that the stream has set.
    fn picture(&mut self, operator: &[u8], operands: &[&[u8]]) -> Result<(), Unknown> {
        if self.text.is_some() {
            return Err(Unknown);
        }
        self.end_text()?;
        let said = self.said;
        self.line(&[], b"q");
        let [a, b, c, d, e, f] = self.now.matrix.0;
        let factors = [a, b, c, d].map(|factor| (parts(factor, FACTOR_DIGITS), FACTOR_DIGITS));
        let places = [e, f].map(|place| (parts(place, DIGITS), DIGITS));
        self.numbers(&[factors.as_slice(), &places].concat(), b"cm");
        self.say_pen(self.now.pen)?;
        self.line(operands, operator);
        self.line(&[], b"Q");
        self.said = said;
        Ok(())
    }
}
