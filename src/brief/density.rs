//! Gaps shrink where a brief has a page too many or little on its last; where little is left there, notes and sources move to it as
//! a whole. Another attempt costs a third of the first and more, so only those are made that promise to help.

/// Gaps shrink to these shares, in this order.
pub(super) const DENSITIES: [f64; 3] = [0.7, 0.85, 0.55];
/// A last page that holds less than this share of its height is nearly empty.
pub const NEARLY_EMPTY: f64 = 0.3;
/// A last page that holds less than this share of its height takes the sources whole, so that it does not begin with the end of a column;
/// where that is still little, the notes with them.
pub(super) const TOGETHER: [(f64, &str); 2] = [(0.6, "sources"), (0.5, "notes")];
/// The faults of pages that are good: none too many, and the last one not nearly empty.
pub(super) const NONE: Faults = (0, false);
/// So many attempts are made besides the first.
pub(super) const MOST_ATTEMPTS: usize = 3;
/// The share of a brief that its gaps take, before an attempt has shown it.
const GAPS: f64 = 0.3;
/// By how much more than forecast a brief may shrink or grow, as a share of its length: blocks that stay together leave more or less
/// room at the foot of a page.
const DOUBT: f64 = 0.06;

/// Pages too many, and whether the last one is nearly empty.
pub(super) type Faults = (usize, bool);

/// The faults of a brief of a length in pages that may have so many.
pub(super) fn faults(length: f64, most: usize) -> Faults {
    let pages = (length.ceil() as usize).max(1);
    (pages.saturating_sub(most), pages > 1 && length - (pages - 1) as f64 <= NEARLY_EMPTY)
}

/// How long the brief will be at another density.
pub(super) struct Outlook {
    length: f64,
    most: usize,
    /// The length of all gaps, as far as it is known.
    gaps: f64,
    /// The smallest density that saved no page: a larger one saves none either.
    in_vain: f64,
}

impl Outlook {
    /// The outlook of a brief that has this length with its usual gaps.
    pub fn new(length: f64, most: usize) -> Self {
        Self { length, most, gaps: GAPS * length, in_vain: 1.0 }
    }

    /// Takes in the length at another density.
    pub fn learn(&mut self, density: f64, length: f64) {
        self.gaps = (self.length - length) / (1.0 - density);
        if density < 1.0 && length.ceil() == self.length.ceil() {
            self.in_vain = self.in_vain.min(density);
        }
    }

    /// Whether a density may give fewer faults.
    pub fn promises(&self, density: f64, fewer_than: Faults) -> bool {
        if (self.in_vain..1.0).contains(&density) {
            return false;
        }
        let forecast = self.length - (1.0 - density) * self.gaps;
        let beyond = forecast + DOUBT * self.length * (density - 1.0).signum();
        [forecast, beyond].iter().any(|length| faults(*length, self.most) < fewer_than)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_tells_pages_too_many_and_a_nearly_empty_last_one() {
        for (length, expected) in
            [(0.1, (0, false)), (2.5, (0, false)), (3.0, (0, false)), (3.2, (1, true)), (5.9, (3, false))]
        {
            assert_eq!(faults(length, 3), expected, "{length}");
        }
    }

    #[test]
    fn only_densities_that_may_help_are_tried() {
        let mut outlook = Outlook::new(3.4, 3);
        let promising = |outlook: &Outlook| {
            let helps = |density: &f64| outlook.promises(*density, (1, false));
            DENSITIES.into_iter().filter(helps).collect::<Vec<_>>()
        };
        assert_eq!(promising(&outlook), [0.7, 0.55]);
        // Gaps make up 0.6 of a page: 0.7 brings it to 3.22 pages, 0.55 near enough to 3 that it is worth a try.
        outlook.learn(0.85, 3.31);
        assert_eq!(promising(&outlook), [0.55]);
        // What saves no page at 0.7 saves none at 0.85.
        outlook.learn(0.7, 3.05);
        assert_eq!(promising(&outlook), [0.55]);
        let mut hopeless = Outlook::new(5.9, 3);
        assert!(hopeless.promises(0.55, (3, false)));
        hopeless.learn(0.85, 5.85);
        assert!(!hopeless.promises(0.55, (3, false)));
    }
}
