//! What the thinner stream says of colours and pens, and only where it changes.

use super::draw::Draw;
use super::number::{number, parts, write};
use super::state::{Colour, Pen, State};
use super::token::Unknown;

/// What `q` keeps: the state of the stream, and what was said where the thinner stream keeps it too.
pub(super) struct Level<'a> {
    pub now: State<'a>,
    pub said: Option<State<'a>>,
}

/// The digits of factors.
pub(super) const FACTOR_DIGITS: u32 = 5;
const COLOUR_DIGITS: u32 = 4;
const PEN_DIGITS: u32 = 3;

impl<'a> Draw<'a> {
    pub fn line(&mut self, operands: &[&[u8]], operator: &[u8]) {
        for operand in operands {
            self.out.extend(*operand);
            let closed = matches!(operand.last(), Some(b'>' | b']' | b')'));
            if !closed {
                self.out.push(b' ');
            }
        }
        self.out.extend(operator);
        self.out.push(b'\n');
    }

    pub fn numbers(&mut self, numbers: &[(i64, u32)], operator: &[u8]) {
        for (parts, digits) in numbers {
            write(&mut self.out, *parts, *digits);
            self.out.push(b' ');
        }
        self.line(&[], operator);
    }

    pub fn say_fill(&mut self) -> Result<(), Unknown> {
        let (now, said) = (self.now.fill, self.said.fill);
        self.said.fill = now;
        self.say_colour(now, said, [b"cs", b"scn"])
    }

    pub fn say_stroke(&mut self) -> Result<(), Unknown> {
        let (now, said) = (self.now.stroke, self.said.stroke);
        self.said.stroke = now;
        self.say_colour(now, said, [b"CS", b"SCN"])
    }

    fn say_colour(&mut self, now: Colour<'a>, said: Colour<'a>, names: [&[u8]; 2]) -> Result<(), Unknown> {
        if now == said {
            return Ok(());
        }
        if now.space.is_empty() || now.operands[0].is_empty() {
            return Err(Unknown);
        }
        if now.space != said.space {
            self.line(&[now.space], names[0]);
        }
        for operand in now.operands.iter().filter(|operand| !operand.is_empty()) {
            match operand {
                [b'/', ..] => self.out.extend(*operand),
                _ => write(&mut self.out, parts(number(operand)?, COLOUR_DIGITS), COLOUR_DIGITS),
            }
            self.out.push(b' ');
        }
        self.line(&[], names[1]);
        Ok(())
    }

    pub fn say_pen(&mut self, now: Pen<'a>) -> Result<(), Unknown> {
        let said = std::mem::replace(&mut self.said.pen, now);
        let width = |pen: Pen<'_>| parts(pen.width * pen.scale, PEN_DIGITS);
        if width(now) != width(said) {
            self.numbers(&[(width(now), PEN_DIGITS)], b"w");
        }
        for (now, said, name) in [(now.cap, said.cap, b"J"), (now.join, said.join, b"j"), (now.miter, said.miter, b"M")]
        {
            if now != said {
                self.line(&[now], name);
            }
        }
        let same = now.dash == said.dash && (now.scale == said.scale || now.dash == State::start().pen.dash);
        if same { Ok(()) } else { self.say_dash(now) }
    }

    fn say_dash(&mut self, pen: Pen<'a>) -> Result<(), Unknown> {
        let [b'[', lengths @ .., b']'] = pen.dash.0 else { return Err(Unknown) };
        self.out.push(b'[');
        for (index, length) in lengths.split(u8::is_ascii_whitespace).filter(|length| !length.is_empty()).enumerate() {
            if index > 0 {
                self.out.push(b' ');
            }
            write(&mut self.out, parts(number(length)? * pen.scale, PEN_DIGITS), PEN_DIGITS);
        }
        self.out.push(b']');
        self.numbers(&[(parts(number(pen.dash.1)? * pen.scale, PEN_DIGITS), PEN_DIGITS)], b"d");
        Ok(())
    }
}
