//! Two editions, brief by brief: what is only in one, and what both have and say differently.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use similar::{DiffOp, capture_diff_slices};

use super::edition::{Edition, Said};

/// What differs between two editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The briefs that differ, by company and quarter.
    pub briefs: Vec<BriefDifference>,
    /// How many briefs say the same in both.
    pub alike: usize,
}

/// What differs in one brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefDifference {
    /// Company id.
    pub company: String,
    /// `1Q17`.
    pub quarter: String,
    /// `changed`, or `added` and `removed` where only the new or the old edition has the brief.
    pub brief: &'static str,
    /// Figures: name, old and new value.
    pub figures: Vec<Change>,
    /// Sentences: section, old and new text.
    pub sentences: Vec<Change>,
}

/// One difference; `old` is none where it is new, `new` is none where it is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Which figure, or the section of the sentence.
    pub of: String,
    /// What the old edition says.
    pub old: Option<String>,
    /// What the new edition says.
    pub new: Option<String>,
}

/// Compares two editions.
pub fn compare(old: &Edition, new: &Edition) -> Difference {
    let mut difference = Difference { briefs: Vec::new(), alike: 0 };
    let keys: BTreeSet<_> = old.briefs.keys().chain(new.briefs.keys()).collect();
    let nothing = Said::default();
    for key in keys {
        let (before, after) = (old.briefs.get(key), new.briefs.get(key));
        if before == after {
            difference.alike += 1;
            continue;
        }
        let brief = match (before, after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        // What only one edition has is told by its name alone: all of it differs.
        let both = brief == "changed";
        let (before, after) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
        let quarter = if after.quarter.is_empty() { &before.quarter } else { &after.quarter };
        difference.briefs.push(BriefDifference {
            company: key.0.clone(),
            quarter: quarter.clone(),
            brief,
            figures: if both { figures(before, after) } else { Vec::new() },
            sentences: if both { sentences(before, after) } else { Vec::new() },
        });
    }
    difference
}

fn figures(before: &Said, after: &Said) -> Vec<Change> {
    let names: BTreeSet<_> = before.figures.keys().chain(after.figures.keys()).collect();
    let change = |name: &super::SaidFigure| {
        let (old, new) = (before.figures.get(name).cloned(), after.figures.get(name).cloned());
        (old != new).then(|| Change { of: name.name(), old, new })
    };
    names.into_iter().filter_map(change).collect()
}

/// Sentences are compared within their section; what stands at one place in both is one change.
fn sentences(before: &Said, after: &Said) -> Vec<Change> {
    let (old, new) = (by_section(before), by_section(after));
    let mut sections: Vec<&str> = Vec::new();
    for (section, _) in after.sentences.iter().chain(&before.sentences) {
        if !sections.contains(&section.as_str()) {
            sections.push(section);
        }
    }
    let none = Vec::new();
    let mut changes = Vec::new();
    for section in sections {
        let (old, new) = (old.get(section).unwrap_or(&none), new.get(section).unwrap_or(&none));
        for op in capture_diff_slices(similar::Algorithm::Patience, old, new) {
            changes.extend(paired(section, &op, old, new));
        }
    }
    changes
}

fn by_section(said: &Said) -> BTreeMap<&str, Vec<&str>> {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    said.sentences.iter().for_each(|(section, text)| sections.entry(section).or_default().push(text));
    sections
}

fn paired(section: &str, op: &DiffOp, old: &[&str], new: &[&str]) -> Vec<Change> {
    if op.as_tag_tuple().0 == similar::DiffTag::Equal {
        return Vec::new();
    }
    let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
    let change = |at: usize| Change {
        of: section.to_owned(),
        old: old.get(at).map(|text| (*text).to_owned()),
        new: new.get(at).map(|text| (*text).to_owned()),
    };
    (0..old.len().max(new.len())).map(change).collect()
}

impl Change {
    /// The mark of a listing: `+` for what is new, `-` for what is gone, `~` for what changed.
    pub fn mark(&self) -> char {
        match (&self.old, &self.new) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        }
    }
}
