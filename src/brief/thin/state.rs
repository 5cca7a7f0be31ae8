//! What a drawing has set when it draws: as the stream means it, and as the thinner stream has said it so far.

use super::number::number;
use super::token::Unknown;

/// A transformation: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

/// By how much a factor may be off, as typst counts in single precision.
const SLACK: f64 = 1e-6;

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn read(operands: &[&[u8]]) -> Result<Self, Unknown> {
        let [a, b, c, d, e, f] = operands else { return Err(Unknown) };
        Ok(Self([number(a)?, number(b)?, number(c)?, number(d)?, number(e)?, number(f)?]))
    }

    /// This first, then the other.
    pub fn then(self, other: Self) -> Self {
        let (Self([a, b, c, d, e, f]), Self([p, q, r, s, t, u])) = (self, other);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let Self([a, b, c, d, e, f]) = self;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The factor by which all lengths grow, if it is one for all directions.
    pub fn scale(self) -> Option<f64> {
        let Self([a, b, c, d, ..]) = self;
        let (first, second) = (a.hypot(b), c.hypot(d));
        let even = (first - second).abs() <= SLACK * first && (a * c + b * d).abs() <= SLACK * first * first;
        (even && first > 0.0).then_some(first)
    }

    /// The factor, if nothing is turned, mirrored or stretched.
    pub fn upright(self) -> Option<f64> {
        let Self([a, b, c, ..]) = self;
        self.scale().filter(|scale| b == 0.0 && c == 0.0 && (a - scale).abs() <= SLACK && self.0[3] > 0.0)
    }
}

/// A colour: its space and the operands behind it. Two without operands are never the same: that is the colour at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Colour<'a> {
    pub space: &'a [u8],
    pub operands: [&'a [u8]; 4],
}

impl<'a> Colour<'a> {
    pub fn in_space(space: &'a [u8]) -> Self {
        Self { space, ..Self::default() }
    }

    pub fn set(&mut self, operands: &[&'a [u8]]) -> Result<(), Unknown> {
        if operands.is_empty() || operands.len() > self.operands.len() || self.space.is_empty() {
            return Err(Unknown);
        }
        self.operands = Default::default();
        self.operands[..operands.len()].copy_from_slice(operands);
        Ok(())
    }
}

/// How lines are drawn, but for their colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen<'a> {
    pub width: f64,
    pub cap: &'a [u8],
    pub join: &'a [u8],
    pub miter: &'a [u8],
    /// The list of lengths, and how far into it a line begins.
    pub dash: (&'a [u8], &'a [u8]),
    /// The scale of width and dashes.
    pub scale: f64,
}

/// All that a drawing has set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State<'a> {
    pub matrix: Matrix,
    pub fill: Colour<'a>,
    pub stroke: Colour<'a>,
    pub pen: Pen<'a>,
    pub font: &'a [u8],
    pub size: f64,
    pub render: &'a [u8],
}

impl State<'_> {
    /// As a page begins.
    pub fn start() -> Self {
        let pen = Pen { width: 1.0, cap: b"0", join: b"0", miter: b"10", dash: (b"[]", b"0"), scale: 1.0 };
        Self {
            matrix: Matrix::IDENTITY,
            fill: Colour::default(),
            stroke: Colour::default(),
            pen,
            font: b"",
            size: 0.0,
            render: b"0",
        }
    }
}
