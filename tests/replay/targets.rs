//! What each fuzz target does with its bytes, and what must hold whatever they are. The fuzzer (`fuzz/`) and the replay of its
//! corpora in the tests share these functions.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use tanshin::check::check;
use tanshin::extract::{self, number, time, units};
use tanshin::history;
use tanshin::language::Language;
use tanshin::model::{Company, Currency, Document, Period, Reading};
use tanshin::narrative::{self, Engine, lint};
use tanshin::seed;
use tanshin::vocabulary::Vocabulary;

/// A target: its name, which is also its folder of inputs, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// All targets of the data layer, and those of the program.
pub const TARGETS: &[Target] = &[
    ("document", document),
    ("numbers", numbers),
    ("periods", periods),
    ("tables", tables),
    ("profile", profile),
    ("template", template),
    ("facts", facts),
    ("sentences", sentences),
    #[cfg(feature = "briefs")]
    ("settings", settings),
    #[cfg(feature = "briefs")]
    ("request", request),
];

/// A company of a few lines, as most users write it.
const PROFILE: &str = r#"
name = "Example Holdings Inc."
short_name = "Example"
currency = "JPY"

[fiscal_year]
first_month = 4
named_after = "start"
"#;

static COMPANY: LazyLock<Arc<Company>> = LazyLock::new(|| Arc::new(company()));
static VOCABULARY: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::of(&COMPANY)));
static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Language::En, &BTreeMap::new()).expect("the built-in templates compile"));

fn company() -> Company {
    match seed::profile_of(PROFILE.as_bytes(), "example", "company.toml") {
        Ok(company) => company,
        Err(faults) => panic!("{faults:?}"),
    }
}

/// The document reader: a document keeps every character of its file but byte order mark and line ends.
pub fn document(bytes: &[u8]) {
    let Ok(document) = seed::document_of(bytes, "a.txt", "a.txt") else { return };
    let text = std::str::from_utf8(bytes).expect("only text becomes a document");
    let bare = |text: &str| text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\u{FEFF}')).collect::<String>();
    assert_eq!(bare(&document.lines.concat()), bare(text), "a character was lost");
    assert!(document.lines.iter().all(|line| !line.contains('\n')), "a line holds a line end");
}

/// The number and unit grammars: what is read lies within the text, and is read alike from the characters that it claims.
pub fn numbers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let chars: Vec<char> = text.chars().collect();
    for at in 0..chars.len() {
        let Some((number, end)) = number::read(&chars, at) else { continue };
        assert!(at <= number.from && number.from < number.to && number.to <= end && end <= chars.len(), "{number:?}");
        assert!(!number.magnitude.is_sign_negative() || number.magnitude.is_zero(), "{number:?}");
        assert!(chars[number.from..number.to].iter().any(|c| c.is_numeric()), "no digit in {number:?}");
    }
    let yen = Currency::new("JPY").expect("a currency");
    let _ = units::unit_in(text, yen);
}

/// The period grammar: what is read lies within the text, and its printed form reads as itself.
pub fn periods(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let calendar = COMPANY.fiscal_year;
    let chars: Vec<char> = text.chars().collect();
    for at in 0..chars.len() {
        let Some((read, end)) = time::read(&chars, at, &calendar) else { continue };
        assert!(at < end && end <= chars.len(), "{read:?}");
        if let time::Time::At(period) = read {
            let (first, last) = calendar.days(period);
            assert!(first <= last, "{period} ends before it begins");
            assert_eq!(period.to_string().parse::<Period>().ok(), Some(period), "{period} does not read as itself");
        }
    }
    let _ = text.parse::<Period>();
}

/// The table grammars: the text becomes cells and lines of a document with a heading that names periods.
pub fn tables(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let table = format!("Consolidated Results\tUnit: JPY million\n\t1Q17\t1Q16\tYoY\n{}", text.replace('|', "\t"));
    facts(table.as_bytes());
}

/// The profile reader: a company, or faults that each name the place; never both, never nothing.
pub fn profile(bytes: &[u8]) {
    match seed::profile_of(bytes, "example", "company.toml") {
        Ok(company) => {
            let _ = Vocabulary::of(&company);
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a word");
            assert!(faults.iter().all(|fault| fault.place.contains("company.toml")), "{faults:?}");
        }
    }
}

/// The template checker: a template without faults compiles.
pub fn template(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let own: BTreeMap<String, String> = [("title.hbs".to_owned(), text.to_owned())].into();
    if lint::faults(Language::En, &own, &Default::default()).is_empty() {
        assert!(Engine::new(Language::En, &own).is_ok(), "the checker passed what the engine refuses");
    }
}

/// The path from bytes to facts, findings and figures: every fact shows the characters of its place.
pub fn facts(bytes: &[u8]) {
    let Some((document, reading)) = reading(bytes) else { return };
    let (company, vocabulary) = (&*COMPANY, &*VOCABULARY);
    let readings = [reading];
    let _ = check(company, vocabulary, &readings, std::slice::from_ref(&document));
    let _ = history::aggregate(Arc::clone(company), Arc::clone(vocabulary), &readings);
}

/// On to sentences: the built-in templates serve the last quarter, whatever its figures are.
pub fn sentences(bytes: &[u8]) {
    let Some((_, reading)) = reading(bytes) else { return };
    let history = history::aggregate(Arc::clone(&COMPANY), Arc::clone(&VOCABULARY), &[reading]).value;
    let Some(quarter) = history.quarters().last().copied() else { return };
    narrative::narrate(&history, quarter, &ENGINE).expect("the built-in templates serve every quarter");
}

fn reading(bytes: &[u8]) -> Option<(Document, Reading)> {
    let document = seed::document_of(bytes, "a.txt", "a.txt").ok()?;
    let reading = extract::extract(&document, &COMPANY, &VOCABULARY).value;
    assert_places(&document, &reading);
    Some((document, reading))
}

/// The reader of settings: settings, or faults that each name the place; never nothing.
#[cfg(feature = "briefs")]
pub fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match tanshin::config::of_text(text) {
        Ok((config, _)) => assert!(!config.rows.is_empty(), "settings without a row"),
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a word");
            assert!(faults.iter().all(|fault| fault.place.contains(tanshin::config::NAME)), "{faults:?}");
        }
    }
}

/// The preview's reader of requests: what passes names our own host and asks for a path, and nothing behind its head matters.
#[cfg(feature = "briefs")]
pub fn request(bytes: &[u8]) {
    use tanshin::preview::http::{HEAD, Head, read};

    let port = 4000;
    let whole = read(bytes, port);
    match &whole {
        Head::Whole(request) => {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            assert!(text.contains("127.0.0.1:4000") || text.contains("localhost:4000"), "another host passes: {text}");
            assert!(request.path.starts_with('/') && !request.path.contains(['?', '\n', '\r']), "{request:?}");
            assert!(text.starts_with("get ") || text.trim_start().starts_with("get "), "only GET is answered: {text}");
            // What comes behind a head is not read.
            assert_eq!(
                read(&[bytes, b"Host: evil.example\r\n\r\n"].concat(), port),
                whole,
                "the body was read as a head"
            );
        }
        Head::Part => assert!(bytes.len() < HEAD, "a head without end"),
        Head::Refused(_) => {}
    }
}

fn assert_places(document: &Document, reading: &Reading) {
    for fact in &reading.facts {
        let line = &document.lines[fact.source.line - 1];
        let printed: String =
            line.chars().skip(fact.source.column - 1).take(fact.source.printed.chars().count()).collect();
        assert_eq!(printed, fact.source.printed, "line {} column {}", fact.source.line, fact.source.column);
    }
}
