//! Text of documents and profiles arrives everywhere as text: in sentences, in drawings, on pages, in the preview, in JSON and on
//! the terminal. `TANSHIN_STRINGS=5000` tries so many strings in place of the daily number.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use tanshin::brief::{self, Block, Cell, Column, Content, Fonts, Row, Run, Section, Table, Template};
use tanshin::chart::{Chart, Contribution, Contributions, Faces, Style};
use tanshin::config::Look;
use tanshin::extract;
use tanshin::history;
use tanshin::language::Language;
use tanshin::model::{Document, Reading};
use tanshin::narrative::{self, Engine};
use tanshin::run::{self, Press};
use tanshin::seed;
use tanshin::templates::Templates;
use tanshin::vocabulary::Vocabulary;

use crate::hostile::{Hostile, bare, hostile, tag};
use crate::project::Project;

/// Strings of a daily run.
const DAILY: usize = 400;

fn strings() -> Vec<Hostile> {
    let many = std::env::var("TANSHIN_STRINGS").ok().and_then(|number| number.parse().ok());
    (0..many.unwrap_or(DAILY)).map(hostile).collect()
}

/// A brief of the seeds, to put other words into.
fn content() -> Content {
    let seeds = seed::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")).expect("the seeds").value;
    let library = run::read(&seeds[0], None).value;
    let history = run::aggregate(&library).value;
    let press = Press::new(&Templates::built_in(), &[], &Look::default()).expect("the built-in templates are good");
    press.compose(&library, &history, "1Q16".parse().expect("a quarter"), Language::default()).expect("a brief")
}

fn table(strings: &[Hostile]) -> Block {
    let row = |one: &Hostile| Row { cells: vec![Cell { text: one.raw.clone(), ..Cell::default() }], ..Row::default() };
    let columns = vec![Column { head: "Text".to_owned(), ..Column::default() }];
    Block::Table(Table { columns, rows: strings.iter().map(row).collect(), ..Table::default() })
}

#[test]
fn pages_show_the_very_characters_or_a_stand_in() {
    let strings = strings();
    let content = content();
    let fonts = Fonts::embedded();
    for chunk in strings.chunks(250) {
        let (bullets, rows) = chunk.split_at(chunk.len() / 2);
        let items = bullets.iter().map(|one| vec![Run::text(one.raw.as_str())]).collect();
        let section = Section { heading: chunk[0].raw.clone(), blocks: vec![Block::Bullets { items }, table(rows)] };
        let content = Content {
            title: chunk[0].raw.clone(),
            company: chunk[0].raw.clone(),
            company_short: chunk[0].raw.clone(),
            headline: vec![Run::text(chunk[0].raw.as_str())],
            disclaimer: chunk[chunk.len() - 1].raw.clone(),
            sections: vec![section],
            tiles: Vec::new(),
            most_pages: None,
            ..content.clone()
        };
        let pdf = brief::typeset(&content, &Template::built_in(), &fonts).expect("pages").value;
        let text = bare(&crate::pdf::text(&pdf.bytes));
        for one in chunk {
            assert!(
                text.contains(&bare(&one.shown)),
                "`{}` is not on the pages as `{}`",
                one.raw.escape_debug(),
                one.shown
            );
        }
    }
}

#[test]
fn drawings_hold_the_very_characters_as_text() {
    let strings = strings();
    let fonts = Fonts::embedded();
    let face = |family| fonts.data(family).expect("it is built in");
    let faces = Faces::new(face("Source Sans 3"), face("Noto Sans JP")).expect("fonts");
    for chunk in strings.chunks(8) {
        let row = |one: &Hostile| Contribution {
            name: one.raw.clone(),
            change: None,
            detail: one.raw.clone(),
            detail_source: None,
        };
        let rows = chunk.iter().map(row).collect();
        let chart = Chart::Contributions(Contributions { subject: "Hostile".to_owned(), rows });
        let svg = chart.draw(&Style::full(), &faces).svg;
        for forbidden in
            ["<script", "<img", "<svg/", "onerror=alert(this)>", "<!--", "{{name}}\"", "\u{1B}", "\u{202E}", "\u{0}"]
        {
            assert!(!svg.contains(forbidden), "`{forbidden}` in {svg}");
        }
    }
}

/// A company whose segments have these names, and a quarter of it.
fn profile(strings: &[Hostile]) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("JSON").replace('\u{7F}', "\\u007f");
    let name = quoted(&strings[0].raw);
    let mut profile = format!(
        "name = {name}\nshort_name = {name}\ncurrency = \"JPY\"\n\n[fiscal_year]\nfirst_month = 4\nnamed_after = \"start\"\n"
    );
    for one in strings {
        let word = one.raw[..5].to_owned();
        let id = word.to_lowercase();
        let _ = write!(profile, "\n[[segment]]\nid = \"{id}\"\nname = {}\nlabels = [\"{word}\"]\n", quoted(&one.raw));
    }
    profile
}

/// A quarter whose segments sum, with a sentence about each.
fn document(strings: &[Hostile], first: usize) -> String {
    let row = |label: &str, (now, then): (i64, i64)| {
        format!("{label}\t{now}\t{then}\t{:+.1}%\n", (now - then) as f64 * 100.0 / then as f64)
    };
    let amounts: Vec<(i64, i64)> = (0..strings.len() as i64).map(|at| (9_000 + at * 131, 8_000 + at * 97)).collect();
    let total = amounts.iter().fold((0, 0), |sum, amount| (sum.0 + amount.0, sum.1 + amount.1));
    let table = |title: &str| format!("\n{title}\nUnit: JPY million\n\t1Q17\t1Q16\tYoY\n");
    let mut text = format!("{} 1Q17 Results\n2017-08-08\n", line(&strings[0]));
    text += &table("Consolidated Results of Operations");
    text += &row("Total revenues", total);
    text += &row("Operating income", (1_131, 1_097));
    text += &table("Revenues");
    for (at, amount) in amounts.into_iter().enumerate() {
        text += &row(&tag(first + at), amount);
    }
    text += &row("Total revenues", total);
    for one in strings {
        let _ = write!(text, "\nRevenues increased mainly because {} was sold\n", line(one));
    }
    text
}

/// What can stand in a line of a document.
fn line(one: &Hostile) -> String {
    one.raw.replace(['\n', '\r', '\t', '\0'], " ")
}

#[test]
fn sentences_hold_names_character_by_character() {
    let strings = strings();
    let engine = Engine::new(Language::En, &std::collections::BTreeMap::new()).expect("the built-in templates compile");
    let mut seen = BTreeSet::new();
    for (number, chunk) in strings.chunks(6).enumerate() {
        let company = Arc::new(seed::profile_of(profile(chunk).as_bytes(), "x", "company.toml").expect("a profile"));
        let vocabulary = Arc::new(Vocabulary::of(&company));
        let text = document(chunk, number * 6);
        let document: Document = seed::document_of(text.as_bytes(), "a.txt", "a.txt").expect("a document");
        let reading: Reading = extract::extract(&document, &company, &vocabulary).value;
        let history = history::aggregate(company, vocabulary, &[reading]).value;
        let Some(quarter) = history.quarters().last().copied() else { continue };
        let narrative = narrative::narrate(&history, quarter, &engine).expect("sentences");
        let sentences = narrative.paragraphs.iter().flat_map(|paragraph| &paragraph.sentences);
        for sentence in sentences.chain([&narrative.title]).chain(&narrative.standfirst) {
            // A name may open with a small letter within a sentence.
            let said = sentence.runs.iter().map(words).collect::<String>().to_lowercase();
            for one in chunk.iter().filter(|one| said.contains(&one.raw[..5].to_lowercase())) {
                // The engine's own marks, of a private plane, are no one's name.
                let name: String = one.raw.to_lowercase().chars().filter(|c| *c < '\u{F0000}').collect();
                assert!(bare(&said).contains(&bare(&name)), "`{}` in `{}`", name.escape_debug(), said.escape_debug());
                seen.insert(one.raw.clone());
            }
        }
    }
    assert!(seen.len() * 4 > strings.len(), "only {} of {} names came into a sentence", seen.len(), strings.len());
}

fn words(run: &narrative::Run) -> &str {
    match run {
        narrative::Run::Text { text } | narrative::Run::Given { text } | narrative::Run::Figure { text, .. } => text,
    }
}

/// Nothing that a terminal would obey.
fn assert_plain(line: &str, output: &Output) {
    for stream in [&output.stdout, &output.stderr] {
        let text = std::str::from_utf8(stream).expect("the program prints UTF-8");
        let obeyed = |c: &char| {
            (c.is_control() && !matches!(c, '\n' | '\t'))
                || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        };
        let found = text.chars().position(|c| obeyed(&c));
        assert!(
            found.is_none(),
            "{line}: {:?}",
            found.map(|at| text.chars().skip(at.saturating_sub(60)).take(90).collect::<String>())
        );
    }
    assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_program_prints_and_sets_hostile_names_as_text() {
    let strings: Vec<Hostile> = (0..72).map(hostile).collect();
    let mut project = Project::new().file("secret.txt", "Leaked").file("templates/secret.txt", "Leaked");
    for (number, chunk) in strings.chunks(24).enumerate() {
        project = project
            .file(&format!("seeds/c{number}/company.toml"), profile(chunk))
            .file(&format!("seeds/c{number}/2017-08-08.txt"), document(chunk, number * 24));
    }
    for line in [
        "facts",
        "check",
        "quarters",
        "series revenue --company c0",
        "trace revenue 1Q17 --company c1",
        "targets",
        "show 1Q17 --company c2",
        "build --length full",
        "facts --unread",
    ] {
        let output = project.command(line).output().expect("the program starts");
        assert_plain(line, &output);
    }
    let facts = project.command("facts --format jsonl").output().expect("the program starts");
    let facts = String::from_utf8(facts.stdout).expect("UTF-8");
    let records = facts.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let count = records.filter(serde_json::Value::is_object).count();
    assert!(count >= 72 * 3, "{count} facts");
    for (number, chunk) in strings.chunks(24).enumerate() {
        let text = bare(&project.text(&format!("output/c{number}/1Q17.pdf")));
        let on_page = chunk.iter().filter(|one| text.contains(&bare(&one.shown))).count();
        assert!(on_page * 2 > chunk.len(), "{on_page} of {} names on the pages", chunk.len());
        assert!(!text.contains("Leaked"), "a file was read");
    }
}
