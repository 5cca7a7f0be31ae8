//! The narratives of all quarters of the seeds, read aloud before they are accepted; and what must hold for each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::*;
use crate::extract::extract;
use crate::history::History;
use crate::language::{Language, Phrases};
use crate::model::{Basis, Period};

use crate::history::cases;

/// The history of the seeds as the program reads them.
pub(super) fn history() -> History {
    static HISTORY: LazyLock<History> = LazyLock::new(|| {
        let (company, vocabulary) = (cases::company(), cases::vocabulary());
        let read = |document| extract(document, &company, &vocabulary).value;
        let readings: Vec<_> = crate::extract::cases::seeds().iter().map(read).collect();
        cases::history(&readings).value
    });
    HISTORY.clone()
}

fn engine(own: &[(&str, &str)]) -> Result<Engine, TemplateFault> {
    Engine::new(Language::En, &own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

fn english() -> &'static Phrases {
    static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| Phrases::built_in(Language::En));
    &ENGLISH
}

fn all(history: &History) -> Vec<Narrative> {
    let engine = engine(&[]).expect("the built-in templates compile");
    let narrate = |quarter| narrate(history, quarter, &engine).unwrap_or_else(|fault| panic!("{quarter}: {fault}"));
    history.quarters().into_iter().map(narrate).collect()
}

fn sentences(narrative: &Narrative) -> impl Iterator<Item = &Sentence> {
    let body = narrative.paragraphs.iter().flat_map(|paragraph| &paragraph.sentences);
    std::iter::once(&narrative.title).chain(&narrative.standfirst).chain(body).chain(&narrative.notes)
}

#[test]
fn every_quarter_reads_as_it_was_accepted() {
    for narrative in all(&history()) {
        insta::assert_snapshot!(narrative.quarter.to_string(), narrative.plain(english()));
    }
}

#[test]
fn every_quarter_reads_in_japanese_as_it_was_accepted() {
    let engine = Engine::new(Language::Ja, &Default::default()).expect("the built-in templates compile");
    for quarter in history().quarters() {
        let narrative = narrate(&history(), quarter, &engine).expect("a narrative");
        insta::assert_snapshot!(format!("ja_{quarter}"), narrative.plain(engine.phrases()));
    }
}

#[test]
fn both_tables_of_moves_change_words_at_the_same_sizes() {
    let sizes = |language: Language| {
        let text = built_in(language).iter().find(|(name, _)| *name == "moves.toml").map_or("", |(_, text)| text);
        let table: toml::Table = toml::from_str(text).expect("a table");
        ["percent", "points"].map(|name| {
            let rows = table[name].as_array().expect("rows").iter();
            rows.map(|row| row["from"].to_string()).collect::<Vec<_>>()
        })
    };
    assert_eq!(sizes(Language::En), sizes(Language::Ja));
}

#[test]
fn every_number_is_a_figure_a_period_or_a_date_of_the_data_layer() {
    for narrative in all(&history()) {
        for sentence in sentences(&narrative) {
            for run in &sentence.runs {
                match run {
                    Run::Text { text } => assert!(!has_digit(text), "{}: {sentence}", narrative.quarter),
                    Run::Given { text } => assert!(!has_digit(text) || is_time(text), "{}: {text}", narrative.quarter),
                    Run::Figure { text, key, .. } => assert!(prints(&narrative, key, text), "{key}: {text}"),
                }
            }
        }
    }
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// `1Q17`, `August 8, 2017`, `the first half of FY16`.
fn is_time(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%B %d, %Y").is_ok()
        || text.split(' ').filter(|word| has_digit(word)).all(|word| word.parse::<Period>().is_ok())
}

/// Whether some figure that the narrative uses is printed like this.
fn prints(narrative: &Narrative, key: &str, text: &str) -> bool {
    let size = text.trim_start_matches(['+', '−']);
    narrative.figures.iter().any(|figure| {
        let mut shown = Shown::of(key.to_owned(), figure, None, english().calendar(history().company().fiscal_year));
        let whole = shown.size() == size;
        let noun = shown.size().rsplit(' ').next().unwrap_or_default().to_owned();
        shown.leave_out_noun(&noun, english());
        key.starts_with(&figure.id.to_string()) && (whole || shown.size() == size)
    })
}

#[test]
fn the_same_size_of_move_gets_the_same_word_in_every_brief() {
    const TABLE: &str = include_str!("../../templates/en/moves.toml");
    let moves = Moves::parse(TABLE).expect("the table");
    let table: toml::Table = toml::from_str(TABLE).expect("a table");
    let rows = table["percent"].as_array().expect("rows").iter();
    let words: BTreeSet<&str> = rows.flat_map(|row| [&row["up"], &row["down"]]).filter_map(|w| w.as_str()).collect();
    let mut seen = 0;
    for narrative in all(&history()) {
        for sentence in sentences(&narrative) {
            for pair in sentence.runs.windows(2) {
                let (Run::Text { text }, Run::Figure { text: size, .. }) = (&pair[0], &pair[1]) else { continue };
                let before = text.trim_end_matches("about ").trim_end_matches([' ', '(']);
                let word = words.iter().find(|word| before.ends_with(*word));
                let (Some(word), Some(size)) = (word, size.strip_suffix('%')) else { continue };
                // Both ends of a range are in the row of the word.
                for end in size.trim_start_matches(['+', '−']).split('–') {
                    let range = moves.of(end.replace(',', "").parse().expect("a size"), false);
                    let words = [&range.up, &range.down];
                    assert!(words.contains(&&(*word).to_owned()), "{}: {sentence}", narrative.quarter);
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "moves were told");
}

#[test]
fn both_languages_tell_the_same_figures_going_the_same_way() {
    let history = history();
    let engines = Language::ALL.map(|language| Engine::new(language, &Default::default()).expect("built-in templates"));
    let [english, japanese] = &engines;
    let mut compared = 0;
    for quarter in history.quarters() {
        let [one, other] = engines.each_ref().map(|engine| narrate(&history, quarter, engine).expect("a narrative"));
        compared += sentences(&one).map(|sentence| sentence.says.len()).sum::<usize>();
        let found = parity::differences((&one, english.phrases()), (&other, japanese.phrases()));
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(said.is_empty(), "{quarter}:\n{}", said.join("\n"));
    }
    assert!(compared > 100, "{compared} words were compared");
}

#[test]
fn a_language_that_tells_less_or_the_other_way_is_found_out() {
    let check = |japanese: &str, expected: &[&str]| {
        let own = |title: &str| BTreeMap::from([("title.hbs".to_owned(), title.to_owned())]);
        let sentence = |words: &str| own(&format!("{{{{#sentence \"t\"}}}}{words}{{{{/sentence}}}}"));
        let english = sentence("Revenue was {{change lead.revenue.yoy}}, {{change lead.operating_income.yoy}}");
        let [one, other] = [(Language::En, english), (Language::Ja, sentence(japanese))]
            .map(|(language, own)| Engine::new(language, &own).expect("templates"));
        let [first, second] = [&one, &other].map(|engine| narrate(&history(), quarter(), engine).expect("a narrative"));
        let found = parity::differences((&first, one.phrases()), (&second, other.phrases()));
        let said: Vec<String> = found.iter().map(ToString::to_string).filter(|said| said.contains("revenue")).collect();
        assert_eq!(said, expected, "{japanese}");
    };
    check("売上高は{{change lead.revenue.yoy}}、{{change lead.operating_income.yoy}}", &[]);
    check(
        "売上高は{{word lead.revenue.yoy up=\"減収\" down=\"増収\"}}、{{change lead.operating_income.yoy}}",
        &["`減収` stands for `revenue 1Q17 yoy_pct`, which goes up, in `ja` sentence `t`"],
    );
}

#[test]
fn no_sentence_pattern_repeats_within_a_brief() {
    for narrative in all(&history()) {
        let mut seen = BTreeSet::new();
        for sentence in sentences(&narrative) {
            assert!(seen.insert(&sentence.name), "{}: {} twice", narrative.quarter, sentence.name);
        }
    }
}

fn quotes(narrative: &Narrative) -> impl Iterator<Item = &Quoted> {
    narrative.paragraphs.iter().flat_map(|paragraph| &paragraph.quotes)
}

#[test]
fn no_statement_is_quoted_twice_within_a_brief() {
    for narrative in all(&history()) {
        let mut seen = BTreeSet::new();
        for quoted in quotes(&narrative) {
            assert!(seen.insert(quoted.quote.text.to_lowercase()), "{}: {}", narrative.quarter, quoted.quote.text);
        }
    }
}

#[test]
fn a_reason_of_nine_months_beside_a_quarter_says_so() {
    let history = history();
    let third = "3Q18".parse().expect("a quarter");
    let narrative = narrate(&history, third, &engine(&[]).expect("the built-in templates")).expect("a narrative");
    let reasons = narrative.paragraphs.iter().filter(|part| ["result", "segments"].contains(&part.id.as_str()));
    for quoted in reasons.flat_map(|part| &part.quotes) {
        assert_eq!(quoted.quote.period.as_deref(), Some("9M18"), "{}", quoted.quote.text);
    }
}

#[test]
fn a_reason_names_the_move_that_it_explains() {
    let mut seen = 0;
    let history = history();
    let words = history.vocabulary().statements();
    for narrative in all(&history) {
        for quoted in quotes(&narrative) {
            let Some(lead) = &quoted.lead else { continue };
            let way = super::view::sense::direction(words, &quoted.quote.text);
            let Some(change) = &quoted.quote.change else { continue };
            let falls = super::view::sense::Direction::Down;
            assert!(way.is_none_or(|way| (way == falls) == change.negative), "{lead} {}", quoted.quote.text);
            assert!(lead.runs.iter().any(|run| matches!(run, Run::Figure { .. })), "{lead}");
            seen += 1;
        }
    }
    assert!(seen > 5, "reasons stand behind the move that they explain");
}

#[test]
fn a_sentence_names_every_figure_that_it_uses() {
    for narrative in all(&history()) {
        for sentence in sentences(&narrative) {
            for run in &sentence.runs {
                if let Run::Figure { id, .. } = run {
                    assert!(sentence.figures.contains(id), "{}: {id}", sentence.name);
                }
            }
        }
    }
}

#[test]
fn a_sentence_whose_figure_fails_a_check_is_not_printed_and_the_notes_say_so() {
    let mut history = history();
    let id = FigureId::level(&"revenue".parse().expect("a metric"), "1Q17".parse().expect("a period"), Basis::Actual);
    history.hold_back(id, "same_figure");
    let narrative = narrate(&history, quarter(), &engine(&[]).expect("the built-in templates")).expect("a narrative");
    assert!(!sentences(&narrative).any(|sentence| sentence.name == "result/revenue"));
    let notes: Vec<String> = narrative.dropped.iter().map(|dropped| dropped.plain(english())).collect();
    let expected = "A sentence is left out: the documents do not agree on revenue in 1Q17.";
    assert!(notes.iter().any(|note| note == expected), "{notes:?}");
}

/// Whether a sentence of the quarter says this.
fn says(quarter: &str, name: &str, words: &str) {
    let quarter = quarter.parse().expect("a quarter");
    let narrative = narrate(&history(), quarter, &engine(&[]).expect("the built-in templates")).expect("a narrative");
    let told: Vec<String> = sentences(&narrative).filter(|s| s.name == name).map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.contains(words)), "{quarter} {name}: {told:?}");
}

#[test]
fn targets_are_told_with_pace_remainder_and_both_growth_rates() {
    says("3Q18", "targets/year-progress-pace", "73%* was earned in nine months, ahead of the pace of FY17, when 56%*");
    says("3Q18", "targets/year-remainder-growth", "leaves room for a decline of 37.6%*");
    says("1Q13", "targets/season", "37%* of operating income in FY11 and 41%* in FY10");
    says("1Q13", "targets/year-remainder-growth", "requires growth of about 26%*");
    says("2Q16", "targets/revision", "growth of about 20%* became a decline of 18.6%");
    says("2Q16", "targets/half-outcome", "missed the target of JPY2.8 billion by JPY0.9 billion*");
    says("4Q11", "targets/year-outcome", "in line with the revised FY11 target of JPY6.3 billion");
}

#[test]
fn drivers_are_told_in_order_of_size_with_what_worked_against() {
    let bridge = "higher SG&A and R&D (+JPY279 million), offset in part by higher network services gross profit (+JPY216 million)";
    says("1Q13", "result/bridge", bridge);
    says("2Q16", "title/revision", "down 24.0% as systems integration margin narrows");
    says("1Q13", "segments/contributions", "came from systems integration (+JPY740 million*, +9.3%), network services");
    says("1Q17", "segments/costs", "up 16.8% (+JPY3.0 billion*) in network services");
}

#[test]
fn estimates_from_growth_rates_say_about() {
    says("3Q16", "result/revenue-level", "revenue of about JPY39.5 billion*");
}

#[test]
fn the_same_history_gives_the_same_text_twice() {
    assert_eq!(all(&history()), all(&history()));
}

fn quarter() -> Quarter {
    "1Q17".parse().expect("a quarter")
}

/// What a template of the user's gives: the sentence, or the fault.
fn written(text: &str) -> String {
    written_in(Language::En, text)
}

fn written_in(language: Language, text: &str) -> String {
    let full = format!("{{{{#sentence \"own\"}}}}{text}{{{{/sentence}}}}");
    let own = [("title.hbs".to_owned(), full)].into();
    match Engine::new(language, &own).and_then(|engine| narrate(&history(), quarter(), &engine)) {
        Ok(narrative) => narrative.title.to_string(),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn helpers_print_figures_and_words() {
    let cases = [
        "{{money lead.revenue.level}}",
        "{{pct lead.revenue.yoy}}",
        "{{signed lead.revenue.yoy}}",
        "{{change position.cash.change}}",
        "{{move lead.operating_income.yoy}}",
        "{{moved lead.operating_income.yoy}}",
        "{{pp position.equity_ratio.change}}",
        "{{#rose position.cash.change}}more{{else}}less{{/rose}}",
        "{{#list segments.services_up}}{{name}} {{signed line.yoy}}{{/list}}",
        "{{lead.words}}{{#clause}} and {{money segments.recurring.level}}{{/clause}}",
        "{{#first}}{{#clause}}{{money segments.recurring.level}}{{/clause}}{{#clause}}nothing{{/clause}}{{/first}}",
        "{{plural segments.services_up \"service\" \"services\"}}",
        "{{period_of lead.revenue.level}}, {{period_of lead.time form=\"words\"}}, {{period_of lead.time form=\"length\"}}, {{period_of time form=\"year\"}}",
        "{{period_of lead.time form=\"before\"}}, {{period_of lead.time form=\"against\"}}, {{period_of lead.time form=\"base\"}}",
        "{{period_of position.cash.level}}, {{period_of position.time form=\"year\"}}, {{date_of position.cash.base}}",
        "{{date_of lead.revenue.level day=\"first\"}}, {{date_of lead.time form=\"short\"}}, {{date_of lead.time form=\"page\"}}",
        "{{#with quotes.all.[0]}}{{date_of time}}{{/with}}{{#clause}} and {{period_of segments.recurring.level}}{{/clause}}",
    ];
    let lines: Vec<String> = cases.iter().map(|case| format!("{case}\n  {}", written(case))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn helpers_name_spans_and_days_as_the_language_does() {
    let check = |text: &str, expected: [&str; 2]| {
        assert_eq!(Language::ALL.map(|language| written_in(language, text)), expected, "{text}");
    };
    check("{{period_of lead.revenue.level}}", ["1Q17", "18/3期1Q"]);
    check("{{period_of half.time form=\"words\"}}", ["The first half of FY17", "2018年3月期第2四半期累計期間"]);
    check("{{period_of time form=\"year\"}}", ["FY17", "18/3期"]);
    check("{{period_of year.time form=\"before\"}}", ["FY16", "17/3期"]);
    check("{{period_of position.time}}", ["June 30, 2017", "2017年6月30日"]);
    check("{{date_of lead.revenue.level day=\"first\"}}", ["April 1, 2017", "2017年4月1日"]);
    check("{{date_of position.cash.base form=\"short\"}}", ["31 Mar 2017", "2017/3/31"]);
}

#[test]
fn faults_of_templates_name_the_place_and_the_nearest_name() {
    let cases = [
        "{{money lead.revenu.level}}",
        "{{#if lead.is_quater}}x{{/if}}",
        "{{mony lead.revenue.level}}",
        "{{pct lead.revenue.level}}",
        "{{lead.revenue.level.size}}",
        "revenue of 41 billion",
        "{{#if lead}}never closed",
        "{{> title}}",
        "{{money segments.recurring.level}}",
        "{{period_of lead.time form=\"word\"}}",
        "{{date_of lead.words}}",
    ];
    let lines: Vec<String> = cases.iter().map(|case| format!("{case}\n{}\n", written(case))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn loops_within_loops_and_pieces_within_pieces_end_by_their_limits() {
    const EACH: &str = "{{#each @root.segments.revenue}}";
    let render = |own: BTreeMap<String, String>| -> Result<usize, TemplateFault> {
        let engine = Engine::new(Language::En, &own)?;
        let (history, last) = (history(), "3Q18".parse().expect("a quarter"));
        let (view, _) = super::view::view(&history, last, engine.phrases(), &engine.voice.material);
        engine.counted("title", &super::engine::seen(&view)).map(|(_, steps)| steps)
    };
    let title = |text: String| BTreeMap::from([("title.hbs".to_owned(), text)]);
    // However deep the loops are, and though nothing is written in them.
    for depth in [2, 12, 60] {
        let loops = format!("{}{}", EACH.repeat(depth), "{{/each}}".repeat(depth));
        let fault = render(title(loops));
        match fault {
            Err(fault) => assert!(fault.message.contains("takes more than 100000 steps"), "{fault}"),
            Ok(steps) => assert!(depth == 2 && steps < 1_000, "{depth} loops took {steps} steps"),
        }
    }
    // Pieces that each include the next one twice, and one that a loop includes again and again.
    let pieces = |count: usize| {
        let piece = |at: usize| (format!("p{at}.hbs"), format!("{{{{> p{0}}}}}{{{{> p{0}}}}}", at + 1));
        let last = [(format!("p{count}.hbs"), String::new())];
        (0..count).map(piece).chain(last).chain(title("{{> p0}}".to_owned())).collect::<BTreeMap<_, _>>()
    };
    assert!(render(pieces(6)).is_ok_and(|steps| steps > 127 * 50), "an include takes many steps");
    let fault = render(pieces(60)).expect_err("more pieces than there are atoms");
    assert!(fault.message.contains("includes more than 1000 pieces"), "{fault}");
    let mut looped = pieces(4);
    looped.extend(title(format!("{}{{{{> p0}}}}{}", EACH.repeat(6), "{{/each}}".repeat(6))));
    let fault = render(looped).expect_err("thousands of includes");
    assert!(fault.message.contains("takes more than 100000 steps"), "{fault}");
}

#[test]
fn the_built_in_templates_take_few_steps() {
    let history = history();
    let engine = engine(&[]).expect("the built-in templates are sound");
    let steps = |quarter: Quarter| {
        let (view, _) = super::view::view(&history, quarter, engine.phrases(), &engine.voice.material);
        let view = super::engine::seen(&view);
        let of = |part: &String| engine.counted(part, &view).map_or(0, |(_, steps)| steps);
        engine.parts().iter().map(of).max().unwrap_or_default()
    };
    let most = history.quarters().into_iter().map(steps).max().unwrap_or_default();
    println!("a part takes {most} steps at most");
    assert!((100..5_000).contains(&most), "a part takes {most} steps");
}

#[test]
fn a_sentence_whose_figure_is_in_conflict_is_dropped_and_named() {
    let first = cases::reading(
        "2017-08-08",
        "revenue 1Q17 41000 JPY million
         operating_income 1Q17 1100 JPY million
         operating_income 1Q16 800 JPY million",
    );
    let second = cases::reading("2018-08-08", "revenue 1Q17 43000 JPY million");
    let history = cases::history(&[first, second]).value;
    assert_eq!(history.conflicts().len(), 1);
    let engine = engine(&[]).expect("the built-in templates compile");
    let narrative = narrate(&history, quarter(), &engine).expect("a narrative");
    insta::assert_snapshot!(narrative.plain(english()));
}
