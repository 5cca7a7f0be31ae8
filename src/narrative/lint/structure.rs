//! Faults of form: blocks that do not close, blocks too deep, braces without end, forms that templates do without.

use super::tags::{self, Kind, Tag, Token};
use crate::narrative::fault::TemplateFault;

/// Blocks and parentheses deeper than this are refused: the parser and the engine go down one call for each.
const DEEP: usize = 40;

/// All faults of form of one template.
pub(super) fn faults(file: &str, text: &str) -> Vec<TemplateFault> {
    let mut faults = Vec::new();
    let mut open: Vec<Tag<'_>> = Vec::new();
    let mut fault = |at: usize, message: String, hint: String| {
        faults.push(TemplateFault::at(file, tags::place(text, at), message, Some(hint)));
    };
    for token in tags::tokens(text) {
        let tag = match token {
            Token::Text(_) => continue,
            Token::Torn(at) => {
                fault(at, "`{{` is never closed".to_owned(), "write `}}` where the tag ends".to_owned());
                continue;
            }
            Token::Tag(tag) => tag,
        };
        let name = tag.words.first().map_or("", |word| word.text);
        match tag.kind {
            Kind::Refused => fault(
                tag.at,
                "this form of tag is not available".to_owned(),
                "include a piece with `{{> name}}`".to_owned(),
            ),
            Kind::Open if open.len() == DEEP => {
                fault(
                    tag.at,
                    format!("blocks are nested deeper than {DEEP}"),
                    "put the inner part into a piece of its own".to_owned(),
                );
                return faults;
            }
            Kind::Open => open.push(tag),
            Kind::Close => {
                match open.iter().rposition(|opened| opened.words.first().is_some_and(|word| word.text == name)) {
                    Some(found) => open.drain(found..).skip(1).for_each(|unclosed| never_closed(&unclosed, &mut fault)),
                    None => fault(
                        tag.at,
                        format!("`{{{{/{name}}}}}` closes nothing"),
                        format!("remove it, or open `{{{{#{name} …}}}}` before it"),
                    ),
                }
            }
            Kind::Else if open.is_empty() => {
                fault(
                    tag.at,
                    "`{{else}}` stands in no block".to_owned(),
                    "write it between `{{#if …}}` and `{{/if}}`".to_owned(),
                );
            }
            _ if tag.words.is_empty() && tag.kind != Kind::Else => {
                fault(tag.at, "a tag is empty".to_owned(), "write a name into it, or remove it".to_owned());
            }
            _ => {}
        }
    }
    open.iter().for_each(|unclosed| never_closed(unclosed, &mut fault));
    faults
}

fn never_closed(tag: &Tag<'_>, fault: &mut impl FnMut(usize, String, String)) {
    let name = tag.words.first().map_or("", |word| word.text);
    fault(
        tag.at,
        format!("`{{{{#{name}}}}}` opened here is never closed"),
        format!("write `{{{{/{name}}}}}` where the block ends"),
    );
}
