//! Near matches: the known word that a misspelled one most likely means. What to do with it is the caller's business.

/// Likeness from which a known word is worth naming; below it a proposal confuses more than it helps.
const ALIKE: f64 = 0.78;

/// The known word most like `word`; the first of equals.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let likeness = likeness(&word, &candidate.to_lowercase());
        if likeness >= ALIKE && best.is_none_or(|(top, _)| likeness > top) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// One slip of the finger is always alike, however short the word; beyond that, letters in common decide.
fn likeness(word: &str, candidate: &str) -> f64 {
    let slip = word.chars().count() > 1 && strsim::osa_distance(word, candidate) <= 1;
    if slip { 1.0 } else { strsim::jaro_winkler(word, candidate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(near(word, ["name", "short_name", "tickers", "currency", "fiscal_year"]), expected, "{word}");
    }

    #[test]
    fn a_misspelled_word_is_known_again_and_a_strange_one_is_not() {
        check("shortname", Some("short_name"));
        check("Currancy", Some("currency"));
        check("ticker", Some("tickers"));
        check("nme", Some("name"));
        check("colour", None);
        check("", None);
    }
}
