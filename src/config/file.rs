//! `tanshin.toml` as it is written: every key may be left out, an unknown one is a fault.

use serde::Deserialize;
use toml::Spanned;

/// A key that may be left out, with its place.
pub(super) type Key<T> = Option<Spanned<T>>;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub folders: Folders,
    pub brief: Brief,
    pub brand: Brand,
}

/// `[folders]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Folders {
    pub seeds: Key<String>,
    pub templates: Key<String>,
    pub fonts: Key<String>,
    pub output: Key<String>,
}

/// `[brief]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Brief {
    pub name: Key<String>,
    pub language: Key<Languages>,
    pub units: Key<String>,
    pub negatives: Key<String>,
    pub paper: Key<String>,
    pub charts: Key<bool>,
    pub sections: Key<Vec<Spanned<String>>>,
}

/// `language = "ja"`, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a language like \"ja\", or several like [\"en\", \"ja\"]")]
pub(super) enum Languages {
    One(String),
    Several(Vec<String>),
}

/// `[brand]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Brand {
    pub primary: Key<String>,
    pub accent: Key<String>,
    pub font: Key<String>,
    pub logo: Key<String>,
    pub header: Key<String>,
    pub footer: Key<String>,
    pub disclaimer: Key<String>,
}
