//! Cues: the words by which a statement shows that it explains, that it names a special effect, or that it looks ahead.

use crate::model::RemarkKind;
use crate::vocabulary::Statements;
use crate::vocabulary::statements::any;

/// What sort of statement it is; none where it neither explains nor looks ahead. `Revenue to increase along with …` looks ahead: what
/// is said first counts.
pub(super) fn kind_of(words: &Statements, text: &str) -> Option<RemarkKind> {
    let text = text.to_lowercase();
    let starts = starts(&text);
    let at = |cues: &[String]| first_of(cues, &text, &starts);
    if at(&words.special).is_some() {
        return Some(RemarkKind::Special);
    }
    if at(&words.capital).is_some() {
        return Some(RemarkKind::Capital);
    }
    if at(&words.ahead).is_some() || opens(&words.ahead_opening, &text) {
        return Some(RemarkKind::Outlook);
    }
    match (at(&words.cause), at(&words.outlook)) {
        (None, None) => None,
        (Some(cause), ahead) if ahead.is_none_or(|ahead| cause < ahead) => Some(RemarkKind::Cause),
        _ => Some(RemarkKind::Outlook),
    }
}

/// Where a cue may stand: not inside a word or behind its hyphen.
fn starts(text: &str) -> Vec<usize> {
    let mut inside = false;
    let open = text.char_indices().filter_map(|(at, c)| {
        let before = std::mem::replace(&mut inside, c.is_alphanumeric() || c == '-');
        (!before).then_some(at)
    });
    open.collect()
}

/// The first place where one of the cues stands.
fn first_of(cues: &[String], text: &str, starts: &[usize]) -> Option<usize> {
    let bytes = text.as_bytes();
    starts.iter().copied().find(|at| cues.iter().any(|cue| bytes[*at..].starts_with(cue.as_bytes())))
}

fn opens(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// Whether the statement opens with its verb: `Increased due to investments`.
pub(super) fn lacks_its_subject(words: &Statements, text: &str) -> bool {
    opens(&words.verbs, &text.to_lowercase())
}

/// Whether the legal text begins here: what follows in its paragraph is no statement about results.
pub(super) fn opens_boilerplate(words: &Statements, text: &str) -> bool {
    any(&words.boilerplate, &text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::cases::iij;
    use crate::vocabulary::Vocabulary;

    fn check(text: &str, expected: Option<RemarkKind>) {
        let vocabulary = Vocabulary::of(&iij());
        assert_eq!(kind_of(vocabulary.statements(), text), expected, "{text}");
    }

    #[test]
    fn statements_show_by_their_words_what_they_are() {
        check("Operating income decreased because SI gross margin deteriorated", Some(RemarkKind::Cause));
        check("FY2013 financial target remain unchanged: orders accumulated", Some(RemarkKind::Outlook));
        check("We recorded unrealized loss due to the fall of share prices", Some(RemarkKind::Special));
        check("Low SE productivity to improve in 2H16", Some(RemarkKind::Outlook));
        check("Cloud computing services led the revenue growth", Some(RemarkKind::Cause));
        check("Expect FY2012 to be another year of double-digit growth", Some(RemarkKind::Outlook));
        check("Revenue to increase along with an increase in the number of shops", Some(RemarkKind::Outlook));
        check("Costs rose more than expected", None);
        check("Placed 1,083 ATMs as of June 30, 2017", None);
    }
}
