//! Where something stands in the content: a path that costs nothing until it is told.

use std::fmt;

/// A place in the tree of the content.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The content itself.
    Content,
    /// An item of a list.
    Item(&'a Place<'a>, usize),
    /// A field by its name.
    Field(&'a Place<'a>, &'a str),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content => f.write_str("content"),
            Self::Item(list, index) => write!(f, "{list}[{index}]"),
            Self::Field(fields, name) => write!(f, "{fields}.{name}"),
        }
    }
}
