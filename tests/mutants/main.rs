//! Documents damaged in bulk: whatever a document holds, it is read or refused, never a panic, never without end; and a figure
//! that damage has changed can be followed to the damaged line, or the checks say so.
//!
//! The daily run damages pieces of documents. `TANSHIN_MUTANTS=10000` damages whole documents so many times and prints a table.
#![expect(clippy::disallowed_methods, reason = "reads the documents, and how many variants are wanted")]

#[path = "../generated/dice.rs"]
mod dice;
mod mutation;
mod subject;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use dice::Dice;
use mutation::MUTATIONS;
use subject::{Firm, Told};

/// Variants of a daily run.
const DAILY: usize = 360;
/// Lines of a piece, after the opening lines that name the document and its date.
const PIECE: usize = 40;
const OPENING: usize = 4;
/// A variant that takes longer has no end, on any machine.
const ENDLESS: Duration = Duration::from_secs(300);

/// Documents by the folder of their company; the seeds count three times.
const FOLDERS: [&str; 10] = [
    "seeds/iij",
    "seeds/iij",
    "seeds/iij",
    "tests/documents/costco",
    "tests/documents/jin",
    "tests/documents/kita",
    "tests/documents/larsen",
    "tests/documents/midori",
    "tests/documents/tsmc",
    "tests/documents/vega",
];

/// A document to be damaged, and its company.
struct Subject {
    firm: Firm,
    name: String,
    bytes: Vec<u8>,
}

fn subjects(in_pieces: bool) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let firm = Firm::of(&fs::read(folder.join("company.toml")).expect("a profile"));
        let mut files: Vec<_> =
            fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "txt")) {
            let text = fs::read_to_string(file).expect("a text");
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let whole = Subject { firm: firm.clone(), name, bytes: text.clone().into_bytes() };
            if in_pieces { subjects.extend(pieces(&whole, &text)) } else { subjects.push(whole) }
        }
    }
    subjects
}

fn pieces(whole: &Subject, text: &str) -> Vec<Subject> {
    let lines: Vec<&str> = text.lines().collect();
    let (opening, rest) = lines.split_at(OPENING.min(lines.len()));
    let piece = |(at, lines): (usize, &[&str])| Subject {
        firm: whole.firm.clone(),
        name: format!("{} from line {}", whole.name, OPENING + at * PIECE + 1),
        bytes: [opening, lines].concat().join("\n").into_bytes(),
    };
    rest.chunks(PIECE).enumerate().map(piece).collect()
}

fn wanted() -> (usize, bool) {
    let many = std::env::var("TANSHIN_MUTANTS").ok().and_then(|number| number.parse().ok());
    (many.unwrap_or(DAILY), many.is_none())
}

/// What one variant came to, by kind of damage.
#[derive(Default)]
struct Tally {
    variants: usize,
    refused: usize,
    facts: usize,
    slowest: (Duration, usize),
}

/// Does the work in a thread of its own: one that never ends is told by number, and ends the test.
fn within_time<T: Send + 'static>(work: impl FnOnce(mpsc::Sender<usize>) -> T + Send + 'static) -> T {
    let (begun, begins) = mpsc::channel();
    let worker = thread::Builder::new().stack_size(16 << 20).spawn(move || work(begun)).expect("a thread");
    let mut present = 0;
    loop {
        match begins.recv_timeout(ENDLESS) {
            Ok(number) => present = number,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("variant {present} has no end"),
        }
    }
    worker.join().unwrap_or_else(|fault| panic::resume_unwind(fault))
}

#[test]
fn a_damaged_document_is_read_or_refused_and_every_fact_shows_its_place() {
    let (count, in_pieces) = wanted();
    let tallies = within_time(move |begun| {
        let subjects = subjects(in_pieces);
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for number in 0..count {
            let _noted = begun.send(number);
            let mut dice = Dice::new(number as u64);
            let subject = &subjects[dice.below(subjects.len())];
            let (kind, damage) = MUTATIONS[number % MUTATIONS.len()];
            let damaged = damage(&mut dice, &subject.bytes);
            let watch = Instant::now();
            let read = panic::catch_unwind(AssertUnwindSafe(|| subject.firm.read(&damaged)));
            let read = read.unwrap_or_else(|_| {
                let kept = std::env::temp_dir().join(format!("mutant-{number}.txt"));
                let _kept = fs::write(&kept, &damaged);
                panic!("variant {number}, {kind} of {}: kept as {}", subject.name, kept.display())
            });
            let tally = tallies.entry(kind).or_default();
            tally.variants += 1;
            tally.slowest = tally.slowest.max((watch.elapsed(), number));
            match read {
                Ok(outcome) => tally.facts += outcome.facts().len(),
                Err(_) => tally.refused += 1,
            }
        }
        tallies
    });
    println!("kind | variants | refused | facts | slowest");
    for (kind, Tally { variants, refused, facts, slowest: (slowest, number) }) in &tallies {
        println!("{kind} | {variants} | {refused} | {facts} | {slowest:?} (variant {number})");
    }
    assert!(tallies.values().map(|tally| tally.facts).sum::<usize>() > count, "hardly anything was read");
}

/// A digit of a figure, changed to every other digit in turn by its number.
#[test]
fn a_figure_with_a_changed_digit_is_reported_or_carries_the_changed_line() {
    let (count, in_pieces) = wanted();
    let (told, faults) = within_time(move |begun| {
        let subjects: Vec<_> = subjects(in_pieces)
            .into_iter()
            .filter_map(|subject| {
                let before = subject.firm.read(&subject.bytes).ok()?;
                (!before.facts().is_empty()).then_some((subject, before))
            })
            .collect();
        let (mut told, mut faults): (BTreeMap<Told, usize>, Vec<String>) = Default::default();
        // A third as many: each is judged against the document as it was.
        for number in 0..count / 3 {
            let _noted = begun.send(number);
            let mut dice = Dice::new(number as u64 ^ 0xD161);
            let (subject, before) = &subjects[dice.below(subjects.len())];
            let fact = &before.facts()[dice.below(before.facts().len())];
            let (line, from) = (fact.source.line - 1, fact.source.column - 1);
            let printed: Vec<char> = fact.source.printed.chars().collect();
            let digits: Vec<usize> = (0..printed.len()).filter(|at| printed[*at].is_ascii_digit()).collect();
            let Some(at) = digits.get(dice.below(digits.len())).copied() else { continue };
            let digit = printed[at].to_digit(10).unwrap_or_default();
            let other = char::from_digit((digit + 1 + dice.below(9) as u32) % 10, 10).unwrap_or('0');
            let text = before.with(line, from + at, other);
            let Ok(after) = subject.firm.read(text.as_bytes()) else { continue };
            for (id, how) in after.changed(before, &BTreeSet::from([line + 1])) {
                *told.entry(how).or_default() += 1;
                if how == Told::Silent {
                    faults.push(format!(
                        "variant {number}: {id} changed with line {} of {}, `{}` -> {other} at {at}: {}",
                        line + 1,
                        subject.name,
                        fact.source.printed,
                        before.text()[line]
                    ));
                }
            }
        }
        (told, faults)
    });
    println!("changed figures: {told:?}");
    assert!(faults.is_empty(), "{} figures changed in silence:\n{}", faults.len(), faults.join("\n"));
    assert!(told.get(&Told::Traced).is_some_and(|number| *number > 20), "{told:?}");
}

/// Kinds of damage that leave every line where it is.
const IN_PLACE: [&str; 4] = ["digits changed", "cells shifted", "separators lost", "characters replaced"];

/// Of a hundred changed figures, so many may change in silence in a large run (of 10,000 it was 76 of 5,587); a daily one has none.
/// Known: the line of a total is unreadable and a part takes its name; the footnote that defines a label, or a label or a cell of a
/// summary given a cell a line, is lost; a sentence goes on over the cells of two rows.
const SILENT_PERCENT: usize = 2;

/// Damage in many places at once. A figure takes its time and its unit from the heads above it, which are its further sources.
#[test]
fn a_figure_that_bulk_damage_changed_is_reported_or_carries_a_changed_line() {
    let (count, in_pieces) = wanted();
    let (told, faults) = within_time(move |begun| {
        let subjects = subjects(in_pieces);
        let mut faults: Vec<String> = Vec::new();
        let mut before: BTreeMap<usize, Option<subject::Outcome>> = BTreeMap::new();
        let mut told: BTreeMap<(&str, Told), usize> = BTreeMap::new();
        let kinds = || MUTATIONS.iter().filter(|(kind, _)| IN_PLACE.contains(kind));
        for (number, (kind, damage)) in (0..count / 3).zip(kinds().cycle()) {
            let _noted = begun.send(number);
            let mut dice = Dice::new(number as u64 ^ 0xB01C);
            let at = dice.below(subjects.len());
            let subject = &subjects[at];
            let Some(before) = before.entry(at).or_insert_with(|| subject.firm.read(&subject.bytes).ok()) else {
                continue;
            };
            let Ok(after) = subject.firm.read(&damage(&mut dice, &subject.bytes)) else { continue };
            if after.text().len() != before.text().len() {
                continue;
            }
            let differ = |(at, (was, is)): (usize, (&String, &String))| (was != is).then_some(at + 1);
            let lines: BTreeSet<usize> =
                before.text().iter().zip(after.text()).enumerate().filter_map(differ).collect();
            for (id, how) in after.changed(before, &lines) {
                *told.entry((kind, how)).or_default() += 1;
                if how == Told::Silent {
                    faults.push(format!("variant {number}: {id} changed with lines {lines:?} of {}", subject.name));
                }
            }
        }
        (told, faults)
    });
    let all: usize = told.values().sum();
    println!("changed figures by kind of damage: {told:?}; {} of {all} in silence", faults.len());
    let most = if in_pieces { 0 } else { all * SILENT_PERCENT / 100 };
    assert!(
        all > 20 && faults.len() <= most,
        "{} of {all} figures changed in silence:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Further sources that say everything say nothing.
#[test]
fn a_figure_owes_its_meaning_to_few_lines() {
    let outcomes: Vec<_> =
        subjects(false).iter().filter_map(|subject| subject.firm.read(&subject.bytes).ok()).collect();
    let heads = |outcome: &subject::Outcome| outcome.facts().iter().map(|fact| fact.source.heads.len()).sum::<usize>();
    let (facts, heads) =
        (outcomes.iter().map(|o| o.facts().len()).sum::<usize>(), outcomes.iter().map(heads).sum::<usize>());
    println!("{heads} lines above {facts} facts");
    assert!(heads < facts * 10, "{heads} lines above {facts} facts");
}
