//! Records: what an earlier run knew of a company and its briefs, so that the next one makes only what changed. A record proves
//! nothing by itself: a brief counts as made only where its file has the recorded hash.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::key::{Hash, Key};
use crate::model::Warning;
use crate::output::{self, OutputError, Written};

/// The folder of records below the output folder.
const FOLDER: &str = ".tanshin";

/// The first word of a record, with the version of its form.
const FORM: &str = "tanshin-record-1";

/// What is known of one company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What was read; see [`super::key::stamp`].
    pub stamp: Hash,
    /// All quarters that have data, in order.
    pub quarters: Vec<String>,
    /// What was said of its documents and figures.
    pub warnings: Vec<Warning>,
    /// Whether a document gave no figure.
    pub mute: bool,
    /// Its briefs by quarter.
    pub briefs: BTreeMap<String, Entry>,
}

/// What is known of one brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it was made from.
    pub key: Key,
    /// The company's stamp when the key was last found true.
    pub stamp: Hash,
    /// The hash of the file.
    pub pdf: Hash,
    /// The size of the file.
    pub bytes: u64,
    /// Its pages.
    pub pages: usize,
    /// What the page could not show.
    pub warnings: Vec<Warning>,
}

/// A record that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Another version of the program wrote it.
    #[error("left out the record of an earlier run, which has another form")]
    OtherForm {
        /// The file.
        path: PathBuf,
    },
    /// It is not as it was written.
    #[error("left out the record of an earlier run, which is damaged")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error("cannot read the record of an earlier run: {}", crate::cause::cause(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl RecordError {
    /// The error as a warning: all that is lost is time.
    pub fn warning(&self) -> Warning {
        let (Self::OtherForm { path } | Self::Damaged { path } | Self::Unreadable { path, .. }) = self;
        let hint = "nothing to do: the company's briefs are built again, and the record with them";
        Warning { message: self.to_string(), place: path.display().to_string(), hint: hint.to_owned() }
    }
}

/// Where the records of an output folder lie.
pub(super) fn folder(output: &Path) -> PathBuf {
    output.join(FOLDER)
}

fn path(output: &Path, company: &str) -> PathBuf {
    folder(output).join(format!("{company}.json"))
}

impl Record {
    /// The record of a company; none where there is no file.
    ///
    /// # Errors
    /// When the file is damaged or of another form. It is never half believed.
    pub fn load(output: &Path, company: &str) -> Result<Option<Self>, RecordError> {
        let path = path(output, company);
        let bytes = match output::read(&path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(None),
            Err(source) => return Err(RecordError::Unreadable { path, source }),
        };
        match parse(&bytes) {
            Ok(record) => Ok(Some(record)),
            Err(true) => Err(RecordError::OtherForm { path }),
            Err(false) => Err(RecordError::Damaged { path }),
        }
    }

    /// Writes the record, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written; the old one is then still there.
    pub fn save(&self, output: &Path, company: &str) -> Result<Written, OutputError> {
        let body = serde_json::to_string_pretty(self).expect("a record is strings, numbers and lists");
        let text = format!("{FORM} {}\n{body}\n", seal(body.as_bytes()));
        output::write(&path(output, company), text.as_bytes())
    }
}

fn seal(body: &[u8]) -> String {
    blake3::hash(body).to_hex().to_string()
}

/// The record, or whether it is of another form.
fn parse(bytes: &[u8]) -> Result<Record, bool> {
    let text = std::str::from_utf8(bytes).map_err(|_| false)?;
    let (head, body) = text.split_once('\n').ok_or(false)?;
    let (form, sealed) = head.split_once(' ').ok_or(false)?;
    let body = body.strip_suffix('\n').ok_or(false)?;
    if form != FORM {
        return Err(form.starts_with("tanshin-record-"));
    }
    if seal(body.as_bytes()) != sealed {
        return Err(false);
    }
    serde_json::from_str(body).map_err(|_| false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The record as saved, changed like this, and what loading it says.
    fn check(change: impl Fn(String) -> String, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let record = Record { quarters: vec!["1Q17".to_owned()], ..Record::default() };
        record.save(folder.path(), "iij").expect("saved");
        let path = path(folder.path(), "iij");
        let bytes = output::read(&path).expect("read").expect("a file");
        let text = change(String::from_utf8(bytes).expect("text"));
        output::write(&path, text.as_bytes()).expect("written");
        let seen = match Record::load(folder.path(), "iij") {
            Ok(Some(loaded)) if loaded == record => "the same".to_owned(),
            Ok(_) => "another".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_record_is_believed_whole_or_not_at_all() {
        let damaged = "left out the record of an earlier run, which is damaged";
        check(|text| text, "the same");
        check(|text| text.replace("1Q17", "2Q17"), damaged);
        check(|text| text[..text.len() / 2].to_owned(), damaged);
        check(|_| String::new(), damaged);
        check(
            |text| text.replace("record-1", "record-9"),
            "left out the record of an earlier run, which has another form",
        );
    }

    #[test]
    fn a_company_without_a_record_is_new() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Record::load(folder.path(), "iij").is_ok_and(|record| record.is_none()));
    }
}
