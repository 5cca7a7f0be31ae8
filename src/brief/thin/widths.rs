//! How far the letters of a page's fonts reach.

use std::collections::BTreeMap;

use super::number::number;

/// The widths of letters in thousandths of the size, by the name of a font on its page.
#[derive(Debug, Default)]
pub(in crate::brief) struct Widths(BTreeMap<Vec<u8>, Vec<f64>>);

impl Widths {
    /// Takes up a font of a page and its list of widths: first and last letter and the width of each of them, again and again.
    pub fn add(&mut self, name: &[u8], list: &[u8]) {
        let numbers = list.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).map(number);
        let Ok(numbers) = numbers.collect::<Result<Vec<f64>, _>>() else { return };
        let mut widths = Vec::new();
        for run in numbers.chunks(3) {
            let &[first, last, width] = run else { return };
            if !(0.0..=65535.0).contains(&first) || !(first..=65535.0).contains(&last) {
                return;
            }
            widths.resize(widths.len().max(last as usize + 1), f64::NAN);
            widths[first as usize..=last as usize].fill(width);
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
