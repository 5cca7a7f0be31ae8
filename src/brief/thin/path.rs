//! The outline that is being drawn, in thousandths of a point.

use super::number::write;

/// The digits of places.
pub(super) const DIGITS: u32 = 3;

/// Parts of an outline: an operator and the places before it.
#[derive(Default)]
pub(super) struct Path {
    parts: Vec<(u8, [i64; 6])>,
}

impl Path {
    pub fn push(&mut self, operator: u8, places: &[i64]) {
        let mut all = [0; 6];
        all[..places.len()].copy_from_slice(places);
        self.parts.push((operator, all));
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Writes the outline, and takes up the next. Where it is filled, its end need not be said, and a rectangle is one.
    pub fn write(&mut self, out: &mut Vec<u8>, filled: bool) {
        if filled && self.parts.last().is_some_and(|(operator, _)| *operator == b'h') {
            self.parts.pop();
        }
        match self.rectangle().filter(|_| filled) {
            Some(rectangle) => line(out, &rectangle, b"re"),
            None => {
                for (operator, places) in &self.parts {
                    let count = match operator {
                        b'c' => 6,
                        b'h' => 0,
                        _ => 2,
                    };
                    line(out, &places[..count], &[*operator]);
                }
            }
        }
        self.parts.clear();
    }

    /// The corner, width and height of an outline of four corners with upright sides.
    fn rectangle(&self) -> Option<[i64; 4]> {
        let [(b'm', a), (b'l', b), (b'l', c), (b'l', d)] = self.parts.as_slice() else { return None };
        let ([a, b], [c, d]) = ([a, b].map(|at| (at[0], at[1])), [c, d].map(|at| (at[0], at[1])));
        let along = a.1 == b.1 && b.0 == c.0 && c.1 == d.1 && d.0 == a.0;
        let up = a.0 == b.0 && b.1 == c.1 && c.0 == d.0 && d.1 == a.1;
        (along || up).then(|| [a.0.min(c.0), a.1.min(c.1), (a.0 - c.0).abs(), (a.1 - c.1).abs()])
    }
}

fn line(out: &mut Vec<u8>, places: &[i64], operator: &[u8]) {
    for place in places {
        write(out, *place, DIGITS);
        out.push(b' ');
    }
    out.extend(operator);
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(corners: &[[i64; 2]], filled: bool, written: &str) {
        let mut path = Path::default();
        for (index, corner) in corners.iter().enumerate() {
            path.push(if index == 0 { b'm' } else { b'l' }, corner);
        }
        path.push(b'h', &[]);
        let mut out = Vec::new();
        path.write(&mut out, filled);
        assert_eq!(String::from_utf8_lossy(&out).replace('\n', " ").trim_end(), written);
        assert!(path.is_empty());
    }

    #[test]
    fn a_filled_rectangle_is_one_and_other_outlines_stay() {
        let corners = [[0, 0], [10_000, 0], [10_000, 5500], [0, 5500]];
        check(&corners, true, "0 0 10 5.5 re");
        check(&corners, false, "0 0 m 10 0 l 10 5.5 l 0 5.5 l h");
        check(&[[0, 5500], [0, 0], [10_000, 0], [10_000, 5500]], true, "0 0 10 5.5 re");
        check(&[[0, 0], [10_000, 0], [10_000, 5500], [1, 5500]], true, "0 0 m 10 0 l 10 5.5 l .001 5.5 l");
        check(&[[0, 0], [10_000, 0], [10_000, 5500]], true, "0 0 m 10 0 l 10 5.5 l");
    }
}
