//! How far the letters of a page's fonts reach.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::number::number;

/// The widths of letters in thousandths of the size, by the name of a font on its page.
#[derive(Debug, Default)]
pub(in crate::brief) struct Widths(BTreeMap<Vec<u8>, Vec<f64>>);

/// The runs of a list of widths as typst writes it: first letter, last letter and the width of each, again and again.
pub(in crate::brief) fn runs(list: &[u8]) -> Option<Vec<(RangeInclusive<usize>, f64)>> {
    let words: Vec<&[u8]> = list.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let run = |run: &[&[u8]]| {
        let [first, last, width] = run else { return None };
        let [first, last, width] = [number(first).ok()?, number(last).ok()?, number(width).ok()?];
        let known = (0.0..=65535.0).contains(&first) && (first..=65535.0).contains(&last);
        known.then_some((first as usize..=last as usize, width))
    };
    words.chunks(3).map(run).collect()
}

impl Widths {
    /// Takes up a font of a page and its list of widths.
    pub fn add(&mut self, name: &[u8], list: &[u8]) {
        let Some(runs) = runs(list) else { return };
        let mut widths = Vec::new();
        for (letters, width) in runs {
            widths.resize(widths.len().max(letters.end() + 1), f64::NAN);
            widths[letters].fill(width);
        }
        self.0.insert(name.to_vec(), widths);
    }

    /// The width of some letters of two bytes each; none where one is not known.
    pub(super) fn of(&self, font: &[u8], letters: &[u8]) -> Option<f64> {
        let widths = self.0.get(font).filter(|_| letters.len().is_multiple_of(2))?;
        let width = |letter: &[u8]| widths.get(usize::from(letter[0]) << 8 | usize::from(letter[1])).copied();
        letters.chunks_exact(2).map(width).sum()
    }
}
