//! Reports: what a run did with each brief, as a file for other programs, and the reports of several shards as one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::key::{Hash, PROGRAM};
use super::{Made, Shard, Status};

/// The form of the file; it grows when a field changes its meaning.
const SCHEMA: u32 = 1;

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Form of the file.
    pub schema: u32,
    /// Version and build of the program.
    pub program: String,
    /// Which shards it covers; all companies where there is none.
    pub shards: Vec<Shard>,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Whether the run was stopped before its end.
    pub interrupted: bool,
    /// Companies that were not begun.
    pub companies_left: usize,
    /// Briefs of begun companies that were not begun.
    pub briefs_left: usize,
    /// Companies whose profile or documents could not be read.
    pub unreadable: BTreeSet<String>,
    /// How many warnings were given.
    pub warnings: usize,
    /// The briefs by status.
    pub totals: BTreeMap<String, usize>,
    /// Every brief, by company, in order of quarters.
    pub briefs: Vec<Line>,
}

/// What became of one brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the company.
    pub company: String,
    /// The quarter.
    pub quarter: String,
    /// Where it lies, or should.
    pub path: String,
    /// `new`, `changed`, `unchanged`, `planned` or `failed`.
    pub status: String,
    /// Why it was made or not, or why it failed.
    pub reason: String,
    /// Its pages.
    pub pages: Option<usize>,
    /// Its size.
    pub bytes: Option<u64>,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// The hash of what it was made from.
    pub key: Option<Hash>,
    /// The hash of the file.
    pub pdf: Option<Hash>,
}

/// Why reports cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The file has another form.
    #[error("cannot read a report of form {0}, expected {SCHEMA}")]
    Schema(u32),
    /// Other programs made other pages.
    #[error("found reports of different programs, `{0}` and `{1}`")]
    Program(String, String),
    /// Shards of different runs.
    #[error("found shards of {0} and of {1}, expected shards of one run")]
    Count(u64, u64),
    /// A report of all companies beside others.
    #[error("found a report of all companies among others, expected one report for each shard")]
    Whole,
}

impl Report {
    /// The report of a run that begins.
    pub fn new(shard: Option<Shard>, dry_run: bool) -> Self {
        Self {
            schema: SCHEMA,
            program: PROGRAM.to_owned(),
            shards: shard.into_iter().collect(),
            dry_run,
            interrupted: false,
            companies_left: 0,
            briefs_left: 0,
            unreadable: BTreeSet::new(),
            warnings: 0,
            totals: BTreeMap::new(),
            briefs: Vec::new(),
        }
    }

    /// Adds a brief.
    pub fn add(&mut self, made: &Made) {
        let line = Line::of(made);
        *self.totals.entry(line.status.clone()).or_default() += 1;
        self.briefs.push(line);
    }

    /// The shards that no report is of.
    pub fn missing(&self) -> Vec<Shard> {
        let Some(count) = self.shards.first().map(|shard| shard.count) else { return Vec::new() };
        (1..=count).filter_map(|index| Shard::new(index, count)).filter(|shard| !self.shards.contains(shard)).collect()
    }

    /// The reports of all shards as one. Of a shard that ran twice the report given last counts.
    ///
    /// # Errors
    /// When the reports are not of one run.
    pub fn merge(reports: Vec<Self>) -> Result<Self, MergeError> {
        let alone = reports.len() == 1;
        let mut shards: BTreeMap<Vec<Shard>, Self> = BTreeMap::new();
        for report in reports {
            if report.schema != SCHEMA {
                return Err(MergeError::Schema(report.schema));
            }
            if let Some(first) = shards.values().next() {
                if first.program != report.program {
                    return Err(MergeError::Program(first.program.clone(), report.program));
                }
                if let (Some(one), Some(other)) = (first.shards.first(), report.shards.first())
                    && one.count != other.count
                {
                    return Err(MergeError::Count(one.count, other.count));
                }
            }
            if report.shards.is_empty() && !alone {
                return Err(MergeError::Whole);
            }
            shards.insert(report.shards.clone(), report);
        }
        let mut all = shards.into_values();
        let mut merged = all.next().unwrap_or_else(|| Self::new(None, false));
        for report in all {
            merged.join(report);
        }
        merged.briefs.sort_by(|a, b| a.company.cmp(&b.company));
        Ok(merged)
    }

    fn join(&mut self, other: Self) {
        self.shards.extend(other.shards);
        self.shards.sort();
        self.dry_run |= other.dry_run;
        self.interrupted |= other.interrupted;
        self.companies_left += other.companies_left;
        self.briefs_left += other.briefs_left;
        self.unreadable.extend(other.unreadable);
        self.warnings += other.warnings;
        for (status, count) in other.totals {
            *self.totals.entry(status).or_default() += count;
        }
        self.briefs.extend(other.briefs);
    }
}

impl Line {
    fn of(made: &Made) -> Self {
        let entry = made.entry.as_ref();
        let (status, reason) = match &made.outcome {
            Ok(status) => (status.word(), made.reason.to_string()),
            Err(error) => (Status::FAILED, error.to_string()),
        };
        Self {
            company: made.company.to_string(),
            quarter: made.quarter.to_string(),
            path: made.path.display().to_string(),
            status: status.to_owned(),
            reason,
            pages: entry.map(|entry| entry.pages),
            bytes: entry.map(|entry| entry.bytes),
            ms: made.ms,
            key: entry.map(|entry| entry.key.whole()),
            pdf: entry.map(|entry| entry.pdf.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(index: u64, count: u64, company: &str) -> Report {
        let mut report = Report::new(Shard::new(index, count), false);
        report.briefs.push(Line {
            company: company.to_owned(),
            quarter: "1Q17".to_owned(),
            path: String::new(),
            status: "new".to_owned(),
            reason: String::new(),
            pages: None,
            bytes: None,
            ms: 0,
            key: None,
            pdf: None,
        });
        report.totals.insert("new".to_owned(), 1);
        report
    }

    fn check(reports: &[Report], expected: &str) {
        let seen = match Report::merge(reports.to_vec()) {
            Ok(all) => {
                let companies: Vec<&str> = all.briefs.iter().map(|line| line.company.as_str()).collect();
                let missing: Vec<String> = all.missing().iter().map(Shard::to_string).collect();
                let new = all.totals.get("new").copied().unwrap_or_default();
                format!("{new} new: {}; missing: {}", companies.join(" "), missing.join(" "))
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn shards_become_one_report_and_none_counts_twice() {
        let (one, two) = (shard(1, 3, "b"), shard(2, 3, "a"));
        check(&[one.clone(), two.clone()], "2 new: a b; missing: 3/3");
        check(&[one.clone(), two.clone(), one.clone(), shard(3, 3, "c")], "3 new: a b c; missing: ");
        let whole = Report::new(None, false);
        check(std::slice::from_ref(&whole), "0 new: ; missing: ");
        check(
            &[one.clone(), whole],
            "found a report of all companies among others, expected one report for each shard",
        );
        check(&[one.clone(), shard(1, 4, "d")], "found shards of 3 and of 4, expected shards of one run");
        let other = Report { program: "0.0.1".to_owned(), ..two };
        check(&[one, other], &format!("found reports of different programs, `{PROGRAM}` and `0.0.1`"));
    }
}
