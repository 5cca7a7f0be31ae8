//! The axis of periods that columns and lines share: slots, period labels, fiscal-year groups, gaps.

use super::fit::width;
use super::label::Anchor;
use super::scene::Scene;
use super::words::Words;
use super::{Faces, Style};

/// One period on the axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tick {
    /// The label below its slot, `1Q` or `1Q17`.
    pub period: String,
    /// What neighbouring periods share, `FY17`; empty for none.
    pub group: String,
}

impl Tick {
    /// A period within a group.
    pub fn new(period: impl Into<String>, group: impl Into<String>) -> Self {
        Self { period: period.into(), group: group.into() }
    }

    /// The period's whole name, for sentences.
    pub fn name(&self) -> String {
        [self.period.as_str(), self.group.as_str()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Equal slots from left to right.
pub(super) struct Timeline {
    pub(super) left: f64,
    pub(super) slot: f64,
    pub(super) count: usize,
}

impl Timeline {
    /// Slots for `count` periods between two edges, none wider than `widest`: few periods stay together.
    pub(super) fn new(count: usize, left: f64, right: f64, widest: f64) -> Self {
        let slot = ((right - left) / count.max(1) as f64).min(widest);
        Self { left, slot, count }
    }

    pub(super) fn center(&self, index: usize) -> f64 {
        self.left + self.slot * (index as f64 + 0.5)
    }

    pub(super) fn right(&self) -> f64 {
        self.left + self.slot * self.count as f64
    }

    /// Every how many slots a label finds room, when the widest label takes `width`.
    pub(super) fn stride(&self, width: f64) -> usize {
        ((width + 3.0) / self.slot.max(0.1)).ceil().clamp(1.0, 1e6) as usize
    }

    /// The slots that get a label, counted from the last one, which always gets one.
    pub(super) fn every(&self, stride: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.count).rev().step_by(stride.max(1))
    }

    /// The height that the labels below the slots take.
    pub(super) fn height(ticks: &[Tick], style: &Style) -> f64 {
        let row = style.small * 1.35;
        if ticks.iter().any(|tick| !tick.group.is_empty()) { row * 2.0 + 3.0 } else { row }
    }

    /// Writes the labels below `top`: periods, then their groups under a thin rule.
    pub(super) fn label(&self, scene: &mut Scene<'_>, ticks: &[Tick], top: f64, style: &Style, faces: &Faces<'_>) {
        let words: Vec<Words> = ticks.iter().map(|tick| Words::quiet(tick.period.clone(), style)).collect();
        let widest = words.iter().map(|words| width(words, faces)).fold(0.0, f64::max);
        let groups = runs(ticks.len(), |a, b| ticks[a].group == ticks[b].group);
        let grouped = ticks.iter().any(|tick| !tick.group.is_empty());
        let stride = self.stride(widest);
        // Where not every period fits, the groups tell the time and only the last period is named.
        let stride = if grouped && stride > 1 { self.count.max(1) } else { stride };
        let row = style.small * 1.35;
        for index in self.every(stride) {
            let strong = Words { color: style.palette.ink, ..words[index].clone() };
            let words = if index + 1 == self.count { &strong } else { &words[index] };
            let (center, line) = (self.center(index), top + style.small);
            let at_edge =
                [(center, line, Anchor::Middle), (self.right(), line, Anchor::End), (self.left, line, Anchor::Start)];
            scene.place(words, &at_edge);
        }
        if !grouped {
            return;
        }
        for (from, to) in groups.into_iter().rev().filter(|(from, _)| !ticks[*from].group.is_empty()) {
            let inset = (self.slot * 0.12).min(2.0);
            let (left, right) =
                (self.left + self.slot * from as f64 + inset, self.left + self.slot * (to + 1) as f64 - inset);
            scene.rule((left, top + row + 1.5), (right, top + row + 1.5), 0.5, style.palette.hairline);
            let words = Words::quiet(ticks[from].group.clone(), style);
            scene.place(&words, &[((left + right) / 2.0, top + row + 3.0 + style.small, Anchor::Middle)]);
        }
    }
}

/// First and last index of each run of neighbours that are alike.
fn runs(count: usize, alike: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for index in 0..count {
        match runs.last_mut() {
            Some((_, last)) if alike(*last, index) => *last = index,
            _ => runs.push((index, index)),
        }
    }
    runs
}

/// First and last index of each run of missing values.
pub(super) fn gaps(present: &[bool]) -> Vec<(usize, usize)> {
    runs(present.len(), |a, b| present[a] == present[b]).into_iter().filter(|(from, _)| !present[*from]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_gaps_are_one_gap() {
        assert_eq!(gaps(&[true, false, false, true, false]), [(1, 2), (4, 4)]);
        assert_eq!(gaps(&[]), []);
    }

    #[test]
    fn the_last_period_is_always_labelled() {
        let axis = Timeline::new(7, 0.0, 70.0, 60.0);
        assert_eq!(axis.stride(16.0), 2);
        assert_eq!(axis.every(3).collect::<Vec<_>>(), [6, 3, 0]);
    }
}
