//! Templates compiled piece by piece. For each tag the compiler counts lines from the start of its text, so that long templates cost by
//! the square of their length; a piece is a run of whole lines between which no block is open.

use handlebars::Template;
use handlebars::template::TemplateElement;

/// What makes one piece depend on the text around it, or blocks hard to count: such templates are compiled whole.
const BOUND: [&str; 4] = ["~", "{{^", "{{{{", "\\"];

/// Shorter templates are quick to compile.
const SHORTEST: usize = 600;

/// The template of this text, as if it were compiled whole; none where that is not sure or the text is at fault.
pub(super) fn compile(name: &str, text: &str) -> Option<Template> {
    if text.len() < SHORTEST || BOUND.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut whole = Template::compile_with_name("", name.to_owned()).ok()?;
    for (line, piece) in pieces(text) {
        // Lines are counted in the whole text.
        let mut template = Template::compile(&format!("{}{piece}", "\n".repeat(line))).ok()?;
        let blank =
            |element: &TemplateElement| matches!(element, TemplateElement::RawString(text) if text.trim().is_empty());
        let padding = usize::from(line > 0 && template.elements.first().is_some_and(blank));
        whole.elements.extend(template.elements.drain(padding..));
        whole.mapping.extend(template.mapping.drain(padding..));
    }
    Some(whole)
}

/// Runs of whole lines, each from a line that opens a block where none is open, with the number of lines before it.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let (mut found, mut depth, mut start, mut first, mut at) = (Vec::new(), 0_usize, 0, 0, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if depth == 0 && at > start && line.starts_with("{{#") {
            found.push((first, &text[start..at]));
            (start, first) = (at, number);
        }
        depth = (depth + line.matches("{{#").count()).saturating_sub(line.matches("{{/").count());
        at += line.len();
    }
    found.push((first, &text[start..]));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::narrative::engine::built_in;

    #[test]
    fn pieces_make_the_template_that_the_whole_text_makes() {
        let mut parted = 0;
        for (file, text) in
            [Language::En, Language::Ja].into_iter().flat_map(built_in).filter(|(file, _)| file.ends_with(".hbs"))
        {
            let Some(seen) = compile(file, text) else { continue };
            let expected = Template::compile_with_name(text, (*file).to_owned()).expect("sound");
            assert_eq!(seen, expected, "{file}");
            parted += usize::from(pieces(text).len() > 1);
        }
        assert!(parted > 10, "{parted} are in pieces");
    }

    #[test]
    fn what_pieces_cannot_tell_is_left_to_the_whole() {
        let long = "{{#if a}}\nb\n{{/if}}\n".repeat(40);
        assert!(compile("a", &long).is_some());
        for part in ["{{~a}}", "{{^a}}b{{/a}}", "{{{{raw}}}}{{{{/raw}}}}", "\\{{a}}", "{{/if}}", "{{#if a}}"] {
            assert!(compile("a", &format!("{long}{part}")).is_none(), "{part}");
        }
    }
}
