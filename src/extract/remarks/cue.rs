//! Cues: the words by which a statement shows that it explains, that it names a special effect, or that it looks ahead.

use crate::model::RemarkKind;

/// Effects of accounting rules and single events.
const SPECIAL: [&str; 6] =
    ["unrealized loss", "unrealized gain", "accounting method", "accounting polic", "impairment loss", "extraordinary"];
/// What is certain to look ahead, whatever reason follows.
const AHEAD: [&str; 6] =
    ["remain unchanged", "remains unchanged", "tend to be", "is expected to", "are expected to", "is planned"];
/// What gives a reason.
const CAUSE: [&str; 13] = [
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
const BOILERPLATE: [&str; 3] = ["forward-looking statements", "statements made in this", "other risks, uncertainties"];

/// What sort of statement it is; none where it neither explains nor looks ahead.
pub(super) fn kind_of(text: &str) -> Option<RemarkKind> {
    let text = text.to_lowercase();
    let has = |cues: &[&str]| cues.iter().any(|cue| stands_alone(&text, cue));
    if has(&SPECIAL) {
        Some(RemarkKind::Special)
    } else if has(&AHEAD) {
        Some(RemarkKind::Outlook)
    } else if has(&CAUSE) {
        Some(RemarkKind::Cause)
    } else {
        has(&OUTLOOK).then_some(RemarkKind::Outlook)
    }
}

/// Whether the cue starts at a word.
fn stands_alone(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
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
        check("Costs rose more than expected", None);
        check("Placed 1,083 ATMs as of June 30, 2017", None);
    }
}
