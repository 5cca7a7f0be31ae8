//! Text: stretches of one line follow one another by the widths of their letters, as they do in the stream.

use super::draw::Draw;
use super::number::{number, parts, write};
use super::path::DIGITS;
use super::say::FACTOR_DIGITS;
use super::state::Matrix;
use super::token::{Token, Tokens, Unknown, decoded};
use crate::brief::text_string::write_string;

/// A text object of the stream: where its next letters stand.
pub(super) struct Text {
    matrix: Matrix,
    placed: bool,
}

impl Text {
    pub fn place(&mut self, matrix: Matrix) {
        (self.matrix, self.placed) = (matrix, false);
    }
}

/// A text object of the thinner stream.
pub(super) struct Line {
    /// Where its last line began.
    start: (i64, i64),
    /// Where the last letters end, in points; not a number where their widths are not known or the line is turned.
    end: f64,
    turned: bool,
}

/// Letters that are to be shown, with shifts between them.
#[derive(Default)]
pub(super) struct Shown {
    items: Vec<u8>,
    letters: Vec<u8>,
    /// The shift at the end of the items, and where it begins.
    shift: Option<(i64, usize)>,
}

const SIZE_DIGITS: u32 = 4;
/// Points by which letters may be off.
const SLACK: f64 = 0.002;
/// The share of its size by which text may be apart and still go on.
const CLOSE: f64 = 0.01;
/// The longest way, in thousandths of the size, that is a shift within a line.
const LONGEST_SHIFT: f64 = 20_000.0;

impl<'a> Draw<'a> {
    pub fn begin_text(&mut self) -> Result<(), Unknown> {
        if self.text.is_some() || !self.path.is_empty() {
            return Err(Unknown);
        }
        self.text = Some(Text { matrix: Matrix::IDENTITY, placed: false });
        Ok(())
    }

    /// Ends the text object of the thinner stream, if there is one.
    pub fn end_text(&mut self) -> Result<(), Unknown> {
        if self.line.is_none() {
            return Ok(());
        }
        if !self.may_end_text() {
            return Err(Unknown);
        }
        self.say_shown();
        self.line = None;
        self.line(&[], b"ET");
        Ok(())
    }

    pub fn show(&mut self, letters: &[u8]) -> Result<(), Unknown> {
        if self.now.render != b"0" || self.text.is_none() {
            return Err(Unknown);
        }
        if self.line.is_none() {
            self.line = Some(Line { start: (0, 0), end: f64::NAN, turned: false });
            self.line(&[], b"BT");
        }
        let goes_on = self.goes_on();
        self.say_marks(goes_on)?;
        if self.said.fill != self.now.fill {
            self.say_shown();
            self.say_fill()?;
        }
        self.say_place()?;
        self.collect(letters)
    }

    /// Whether the next letters stand right behind the last ones, or on another line.
    fn goes_on(&self) -> bool {
        let (Some(text), Some(line)) = (&self.text, &self.line) else { return false };
        let matrix = text.matrix.then(self.now.matrix);
        let off = (matrix.0[4] - line.end).abs() <= CLOSE * self.now.size;
        text.placed || off || parts(matrix.0[5], DIGITS) != line.start.1
    }

    /// Font, size and place.
    fn say_place(&mut self) -> Result<(), Unknown> {
        let text = self.text.as_mut().ok_or(Unknown)?;
        let matrix = text.matrix.then(self.now.matrix);
        let placed = std::mem::replace(&mut text.placed, true);
        let size = self.now.size * matrix.upright().unwrap_or(1.0);
        self.say_font(size);
        if placed {
            return Ok(());
        }
        let place = (parts(matrix.0[4], DIGITS), parts(matrix.0[5], DIGITS));
        if matrix.upright().is_none() {
            self.turn(matrix, place);
            return Ok(());
        }
        let Some(line) = &mut self.line else { return Err(Unknown) };
        let off = matrix.0[4] - line.end;
        let shift = off * 1000.0 / size;
        // Not so where the end of the last letters is not known.
        let is_near = shift.abs() <= LONGEST_SHIFT;
        if line.turned || place.1 != line.start.1 || !is_near {
            self.move_to(place);
        } else if off.abs() > SLACK {
            self.shift(-shift);
        }
        Ok(())
    }

    fn say_font(&mut self, size: f64) {
        if self.said.font == self.now.font && parts(self.said.size, SIZE_DIGITS) == parts(size, SIZE_DIGITS) {
            return;
        }
        self.say_shown();
        (self.said.font, self.said.size) = (self.now.font, size);
        self.out.extend(self.now.font);
        self.out.push(b' ');
        self.numbers(&[(parts(size, SIZE_DIGITS), SIZE_DIGITS)], b"Tf");
    }

    /// Begins a line.
    fn move_to(&mut self, place: (i64, i64)) {
        self.say_shown();
        let Some(line) = &mut self.line else { return };
        let start = std::mem::replace(&mut line.start, place);
        line.end = place.0 as f64 / f64::from(10u32.pow(DIGITS));
        if std::mem::take(&mut line.turned) {
            self.say_matrix(Matrix::IDENTITY, place);
        } else {
            self.numbers(&[(place.0 - start.0, DIGITS), (place.1 - start.1, DIGITS)], b"Td");
        }
    }

    fn turn(&mut self, matrix: Matrix, place: (i64, i64)) {
        self.say_shown();
        self.line = Some(Line { start: place, end: f64::NAN, turned: true });
        self.say_matrix(matrix, place);
    }

    fn say_matrix(&mut self, matrix: Matrix, place: (i64, i64)) {
        let [a, b, c, d, ..] = matrix.0.map(|factor| (parts(factor, FACTOR_DIGITS), FACTOR_DIGITS));
        self.numbers(&[a, b, c, d, (place.0, DIGITS), (place.1, DIGITS)], b"Tm");
    }

    /// Takes up letters, with shifts between them in whole thousandths; what rounding takes from one shift it adds to the next.
    fn collect(&mut self, letters: &[u8]) -> Result<(), Unknown> {
        let [b'[', list @ .., b']'] = letters else { return self.letters(letters) };
        let (mut tokens, mut owed) = (Tokens::of(list), 0.0);
        while let Some(token) = tokens.next()? {
            match token {
                Token::Operand(word @ [b'(' | b'<', ..]) => self.letters(word)?,
                Token::Operand(word) => owed = self.shift(owed + number(word)?),
                Token::Operator(_) => return Err(Unknown),
            }
        }
        Ok(())
    }

    fn letters(&mut self, written: &[u8]) -> Result<(), Unknown> {
        let from = self.shown.letters.len();
        decoded(written, &mut self.shown.letters)?;
        let width = self.widths.of(self.said.font, &self.shown.letters[from..]);
        self.go(width.unwrap_or(f64::NAN));
        Ok(())
    }

    /// Moves the letters that follow to the left; the answer is what rounding has left.
    fn shift(&mut self, thousandths: f64) -> f64 {
        let shift = parts(thousandths, 0);
        if shift != 0 {
            self.shown.shift(shift);
            self.go(-(shift as f64));
        }
        thousandths - shift as f64
    }

    fn go(&mut self, thousandths: f64) {
        let size = self.said.size;
        if let Some(line) = &mut self.line {
            line.end += thousandths * size / 1000.0;
        }
    }

    /// Writes what was taken up.
    pub fn say_shown(&mut self) {
        self.shown.shift = None;
        if self.shown.items.is_empty() {
            if !self.shown.letters.is_empty() {
                self.shown.end_string();
                self.out.append(&mut self.shown.items);
                self.line(&[], b"Tj");
            }
            return;
        }
        self.shown.end_string();
        self.out.push(b'[');
        self.out.append(&mut self.shown.items);
        self.line(&[], b"]TJ");
    }
}

impl Shown {
    /// Shifts that follow one another are one: two numbers without a blank would be none.
    fn shift(&mut self, shift: i64) {
        self.end_string();
        let (before, from) = self.shift.unwrap_or((0, self.items.len()));
        self.items.truncate(from);
        write(&mut self.items, before + shift, 0);
        self.shift = Some((before + shift, from));
    }

    /// The letters so far as a string.
    fn end_string(&mut self) {
        if self.letters.is_empty() {
            return;
        }
        self.shift = None;
        write_string(&mut self.items, &self.letters);
        self.letters.clear();
    }
}
