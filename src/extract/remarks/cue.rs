//! Cues: the words by which a statement shows that it explains, that it names a special effect, or that it looks ahead.

use crate::model::RemarkKind;

/// Effects of accounting rules and single events.
const SPECIAL: [&str; 6] =
    ["unrealized loss", "unrealized gain", "accounting method", "accounting polic", "impairment loss", "extraordinary"];
/// What is certain to look ahead, whatever reason follows.
const AHEAD: [&str; 6] =
    ["remain unchanged", "remains unchanged", "tend to be", "is expected to", "are expected to", "is planned"];
/// What gives a reason.
const CAUSE: [&str; 17] = [
    "due to",
    "because",
    "led by",
    "driven by",
    "along with",
    "thanks to",
    "owing to",
    "resulted in",
    "led to",
    "contributed to",
    "supported by",
    "as a result of",
    "yoy with",
    "led the",
    "lead the",
    "mostly for",
    "mainly for",
];
/// What looks ahead where no reason is given.
const OUTLOOK: [&str; 19] = [
    "expect to",
    "expects",
    "expecting",
    "estimate number",
    "estimate it",
    "plan to",
    "intend to",
    "expected to",
    "to improve",
    "to increase",
    "to accelerate",
    "to lead",
    "to continue",
    "in line with our initial plan",
    "as planned",
    "planned for",
    "seasonal",
    "to be launched",
    "could be expected",
];
/// Where the legal text begins.
const BOILERPLATE: [&str; 4] =
    ["forward-looking statement", "no obligation to update", "statements made in this", "other risks, uncertainties"];

/// What sort of statement it is; none where it neither explains nor looks ahead. `Revenue to increase along with …` looks ahead: what
/// is said first counts.
pub(super) fn kind_of(text: &str) -> Option<RemarkKind> {
    let text = text.to_lowercase();
    let at = |cues: &[&str]| cues.iter().filter_map(|cue| stands_alone(&text, cue)).min();
    if at(&SPECIAL).is_some() {
        return Some(RemarkKind::Special);
    }
    if at(&AHEAD).is_some() || text.starts_with("expect ") {
        return Some(RemarkKind::Outlook);
    }
    match (at(&CAUSE), at(&OUTLOOK)) {
        (None, None) => None,
        (Some(cause), ahead) if ahead.is_none_or(|ahead| cause < ahead) => Some(RemarkKind::Cause),
        _ => Some(RemarkKind::Outlook),
    }
}

/// Where the cue stands at the start of a word.
fn stands_alone(text: &str, cue: &str) -> Option<usize> {
    let starts = |at: &usize| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
    text.match_indices(cue).map(|(at, _)| at).find(starts)
}

/// Verbs that open a statement whose subject stands elsewhere.
const VERBS: [&str; 8] =
    ["increased ", "decreased ", "declined ", "improved ", "grew ", "rose ", "fell ", "there were "];

/// Whether the statement opens with its verb: `Increased due to investments`.
pub(super) fn lacks_its_subject(text: &str) -> bool {
    let text = text.to_lowercase();
    VERBS.iter().any(|verb| text.starts_with(verb))
}

/// Whether the legal text begins here: what follows in its paragraph is no statement about results.
pub(super) fn opens_boilerplate(text: &str) -> bool {
    let text = text.to_lowercase();
    BOILERPLATE.iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<RemarkKind>) {
        assert_eq!(kind_of(text), expected, "{text}");
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
