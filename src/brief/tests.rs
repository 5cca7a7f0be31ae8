//! Whole briefs: what stands on the pages, what the file promises, and what is said when something is wrong.

#![expect(clippy::disallowed_methods, reason = "tests write samples to look at, and report times")]

use std::time::Instant;
use std::{env, fs};

use super::*;
use crate::model::Warned;

fn set(content: &Content) -> Result<Warned<Pdf>, BriefError> {
    typeset(content, &Template::built_in(), &Fonts::embedded())
}

fn text(pdf: &Pdf) -> String {
    pdf.pages.join("\n").replace('\n', "")
}

fn refused(content: &Content, message: &str) {
    assert_eq!(set(content).map(|pdf| pdf.value.pages.len()).unwrap_err().to_string(), message);
}

fn paragraph(content: &mut Content, run: Run) {
    content.sections[0].blocks.push(Block::Paragraph { runs: vec![run] });
}

#[test]
fn the_same_brief_is_the_same_file_and_no_larger_than_it_may_be() {
    let first = set(&sample::brief()).unwrap();
    let second = set(&sample::brief()).unwrap();
    assert!(first.value.bytes.starts_with(b"%PDF-1.7"));
    assert!(first.value.bytes == second.value.bytes);
    assert!(first.value.bytes.len() < 120_000, "{} bytes", first.value.bytes.len());
    assert_eq!(first.warnings, []);
}

#[test]
fn the_marks_of_pages_differ_where_their_drawings_do() {
    let set = |content: &Content| sheets(content, &Template::built_in(), &Fonts::embedded(), 1).unwrap().value;
    let mut other = sample::brief();
    if let Some(section) = other.sections.last_mut() {
        section.heading.push_str(" and more");
    }
    other.title.push_str(" and more");
    let [before, again, now] = [&sample::brief(), &sample::brief(), &other].map(set);
    let marks = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.mark.clone()).collect::<Vec<_>>();
    assert_eq!(marks(&before), marks(&again));
    assert_eq!(super::marks(&other, &Template::built_in(), &Fonts::embedded()).unwrap(), marks(&now));
    let same = |(a, b): (&Sheet, &Sheet)| (a.svg == b.svg, a.mark == b.mark);
    let pairs: Vec<_> = before.iter().zip(&now).map(same).collect();
    assert!(pairs.iter().all(|(drawing, mark)| drawing == mark), "{pairs:?}");
    assert!(pairs.iter().any(|(drawing, _)| !drawing), "a page changed");
}

#[test]
fn a_figure_in_a_chart_is_a_link_where_it_stands() {
    let mut content = sample::brief();
    let id = content.sources[3].id.clone();
    let charts = content.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let mut charts = charts.filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None });
    let chart = charts.next().expect("the sample has a chart");
    (chart.breadth, chart.picture.alt) = (200.0, "Marked".to_owned());
    chart.marks = vec![Mark { reference: Some(id.clone()), area: [50.0, 20.0, 40.0, 10.0] }];
    let sheets = sheets(&content, &Template::built_in(), &Fonts::embedded(), 1).unwrap().value;
    let marked = |sheet: &&Sheet| sheet.pictures.iter().any(|picture| picture.what == "Marked");
    let sheet = sheets.iter().find(marked).expect("the chart is on a page");
    let [left, top, width, _] = sheet.pictures.iter().find(|picture| picture.what == "Marked").unwrap().area;
    let wanted = [50.0, 20.0, 40.0, 10.0].map(|length| length * width / 200.0);
    let wanted = [left + wanted[0], top + wanted[1], wanted[2], wanted[3]];
    let close = |spot: &&Spot| spot.area.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.6);
    let found = sheet.figures.iter().filter(|spot| spot.what == id).find(close);
    assert!(found.is_some(), "no link at {wanted:?} but {:?}", sheet.figures);
}

#[test]
fn all_text_is_on_the_pages_as_it_was_given() {
    let content = sample::brief();
    let pdf = set(&content).unwrap().value;
    let text = text(&pdf);
    for words in
        ["Operating income up +34.4% as network", sample::HOSTILE, "主要な事業の進捗", "Page 3 of 3", "6.5 [40]"]
    {
        let close = |text: &str| text.replace([' ', '\u{A0}'], "");
        assert!(close(&text).contains(&close(words)), "{words} not in {text}");
    }
    for entry in &content.sources {
        assert!(text.contains(&entry.value), "{}", entry.value);
    }
}

#[test]
fn a_brief_on_letter_paper_and_one_with_next_to_nothing_are_set() {
    let letter = Content { paper: Paper::UsLetter, ..sample::brief() };
    assert_eq!(set(&letter).unwrap().warnings, []);
    let bare = Content {
        standfirst: vec![],
        tiles: vec![],
        sections: vec![Section { heading: "Nothing to say".into(), blocks: vec![] }],
        headline: vec![Run::text("No figures")],
        sources: vec![],
        documents: vec![],
        notes: vec![],
        disclaimer: String::new(),
        attachment: None,
        ..sample::brief()
    };
    let pdf = set(&bare).unwrap();
    assert_eq!((pdf.value.pages.len(), pdf.warnings), (1, vec![]));
}

#[test]
fn a_few_lines_on_a_last_page_are_drawn_in_by_smaller_gaps() {
    let text = include_str!("../../templates/brief.typ").replace("#metadata(none)#label(\"end\")", "");
    let never = Template::with_files([("brief.typ", text)]).unwrap();
    let pages = |lines: usize, template: &Template| {
        let mut content = sample::brief();
        let line = || Block::Paragraph { runs: vec![Run::text("A line.")] };
        content.sections[3].blocks.extend((0..lines).map(|_| line()));
        typeset(&content, template, &Fonts::embedded()).unwrap().value.pages.len()
    };
    let usual = pages(0, &never);
    let spilled = (1..40).find(|lines| pages(*lines, &never) > usual).expect("a page has an end");
    assert_eq!(pages(spilled, &Template::built_in()), usual);
}

#[test]
fn sources_of_words_that_leave_half_of_each_line_empty_stay_on_their_pages() {
    let mut content = Content { sources_form: SourcesForm::Lines, ..sample::brief() };
    for entry in &mut content.sources {
        if let Proof::Stated { before, after, .. } = &mut entry.proof {
            *before = format!("{} ", ["Wordsofmorethanhalfacolumn"; 9].join(" "));
            *after = format!(" {}", ["wordsofmorethanhalfacolumn"; 9].join(" "));
        }
    }
    let (template, fonts) = (Template::built_in(), Fonts::embedded());
    let pages = lay_out(&content, &template, &fonts).unwrap();
    assert!(!pages.places.spilled());
    let low = Template::with_files([(
        "sources.typ",
        include_str!("../../templates/sources.typ").replace("+ source-spare", ""),
    )]);
    assert!(lay_out(&content, &low.unwrap(), &fonts).unwrap().places.spilled());
}

#[test]
fn a_character_without_a_glyph_is_replaced_and_said() {
    let mut content = sample::brief();
    content.company_short = "Rocket 🚀".into();
    let pdf = set(&content).unwrap();
    assert!(text(&pdf.value).contains("Rocket □"));
    let said: Vec<_> = pdf.warnings.iter().map(ToString::to_string).collect();
    let expected = "`U+1F680` is in no font, a stand-in is printed\n  --> content.company_short\n\
        hint: add a font that has it to the font directory";
    assert_eq!(said, [expected]);
}

#[test]
fn a_figure_without_proof_is_refused() {
    let mut content = sample::brief();
    paragraph(&mut content, Run::figure("12.3", "nowhere"));
    let message = "figure `12.3` refers to source `nowhere`, which is not listed\n  \
        --> content.sections[0].blocks[6].runs[0]";
    refused(&content, message);
}

#[test]
fn entries_and_tables_that_do_not_add_up_are_refused() {
    let mut content = sample::brief();
    content.sources.push(content.sources[0].clone());
    refused(&content, &format!("source `{}` is listed twice", content.sources[0].id));

    let mut content = sample::brief();
    content.documents.clear();
    refused(&content, &format!("source `{}` names document `deck`, which is not listed", content.sources[0].id));

    let mut content = sample::brief();
    let row = Row { cells: vec![Cell::default()], ..Row::default() };
    let columns = vec![Column::default(), Column::default()];
    let table = Table { caption: "Short".into(), columns, rows: vec![row], ..Table::default() };
    content.sections[0].blocks.push(Block::Table(table));
    refused(&content, "table `Short` has 2 columns, but row 1 has 1");
}

#[test]
fn a_mistake_in_a_template_is_told_with_its_place() {
    let check = |text: &str, message: &str| {
        let template = Template::with_files([("brief.typ", text)]).unwrap();
        let error = typeset(&sample::brief(), &template, &Fonts::embedded()).unwrap_err();
        assert_eq!(error.to_string(), message);
    };
    check("#set document(title: \"a\")\n#wrong", "unknown variable: wrong\n  --> brief.typ:2:2");
    check("#read(\"/etc/passwd\")", "file not found (searched at etc/passwd)\n  --> brief.typ:1:7");
    check(
        "#set document(title: \"a\", date: datetime(year: 2017, month: 8, day: 8))\n= A\n#link(\"tanshin:s0\")[a]",
        "template links to `tanshin:s0`, but no label `s0` is on the pages",
    );
    check("#datetime.today()", "unable to get the current date\n  --> brief.typ:1:2");
}

#[test]
fn a_template_reads_nothing_and_runs_nothing_that_the_project_did_not_give() {
    let check = |code: &str, message: &str| {
        let template = Template::with_files([("brief.typ", format!("#set document(title: \"t\")\n{code}"))]).unwrap();
        let error = typeset(&sample::brief(), &template, &Fonts::embedded()).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(message) && error.contains("brief.typ:2:"), "{code}: {error}");
    };
    check("#read(\"/etc/hostname\")", "file not found");
    check("#read(\"../Cargo.toml\")", "would escape");
    check("#read(\"Cargo.toml\")", "file not found");
    check("#image(\"/etc/logo.svg\")", "file not found");
    check("#json(\"/proc/self/environ\")", "file not found");
    check("#import \"@preview/cetz:0.4.0\": canvas", "briefs load none");
    check("#import \"@local/own:1.0.0\"", "briefs load none");
    check("#plugin(bytes((0, 97, 115, 109, 1, 0, 0, 0)))", "unknown variable: plugin");
    check("#std.plugin(bytes((0, 97, 115, 109, 1, 0, 0, 0)))", "does not contain");
    check("#bibliography(bytes(\"a:\\n type: book\"), style: \"style.csl\")", "unknown variable: bibliography");
    check("#(std.cite)(<a>)", "does not contain");
}

#[test]
fn a_font_directory_replaces_families_and_the_others_stay() {
    let directory = tempfile::tempdir().unwrap();
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/SourceSans3.ttf");
    fs::copy(font, directory.path().join("own.ttf")).unwrap();
    let files = Fonts::files(directory.path(), true).unwrap();
    let fonts = Fonts::from_files(&files.value).unwrap();
    assert!(fonts.cover('売') && fonts.cover('a'));
    typeset(&sample::brief(), &Template::built_in(), &fonts).unwrap();
    fs::write(directory.path().join("no.otf"), "text").unwrap();
    fs::create_dir(directory.path().join("folder.ttf")).unwrap();
    let files = Fonts::files(directory.path(), true).unwrap();
    let said: Vec<&str> = files.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        said,
        ["left out a font: it is not a regular file", "left out a font: it is not a TTF, OTF or TTC font"]
    );
    assert_eq!(files.value.len(), 1, "the good one is used");
}

#[test]
fn text_colours_keep_their_contrast_on_white_and_on_the_tint() {
    let style = include_str!("../../templates/style.typ");
    let colour = |line: &str| u32::from_str_radix(line.split_once("rgb(\"#")?.1.get(..6)?, 16).ok();
    let named = |name: &str| style.lines().filter(|line| line.starts_with(name)).filter_map(colour).collect::<Vec<_>>();
    let (inks, tints) = (named("#let ink-"), named("#let tint"));
    assert_eq!((inks.len(), tints.len()), (6, 1));
    for ink in inks {
        for ground in [0xFF_FFFF, tints[0]] {
            let ratio = (luminance(ground) + 0.05) / (luminance(ink) + 0.05);
            assert!(ratio >= 4.5, "#{ink:06x} on #{ground:06x}: {ratio:.2}");
        }
    }
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(colour: u32) -> f64 {
    let channel = |shift: u32| {
        let value = f64::from((colour >> shift) & 0xFF) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

/// Long words, big numbers and a table longer than a page.
fn stress() -> Content {
    let mut content = sample::brief();
    let long =
        "Revenue from outsourcing, maintenance and operation of systems built for customers in other fiscal years";
    content.tiles.push(content.tiles[0].clone());
    content.tiles[1].value = "1,234,567.8".into();
    content.headline = vec![Run::text(format!("{long}, {long}"))];
    content.company = long.into();
    content.sections[1].heading = "Unbreakablewordsinheadings stretch and many more words follow them here".into();
    let Some(Block::Table(table)) =
        content.sections[0].blocks.iter_mut().rfind(|block| matches!(block, Block::Table(_)))
    else {
        panic!("the sample has a table")
    };
    let mut row = table.rows[1].clone();
    row.cells[0].text = long.into();
    row.cells[3].text = "▲1,234,567,890.12".into();
    let kanji = Cell { text: "システムインテグレーション売上高".into(), ..row.cells[0].clone() };
    table.rows.extend(vec![row.clone(); 70]);
    row.cells[0] = kanji;
    table.rows.push(row);
    content
}

/// Writes the sample for eyes and validators, with the templates as they are on disk:
/// `SAMPLE=DIRECTORY cargo test --release --lib brief:: -- --ignored sample --nocapture`.
#[test]
#[ignore = "writes files for eyes and validators"]
fn the_sample_is_written() {
    let directory = env::var("SAMPLE").unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let names = ["brief.typ", "data.typ", "style.typ", "blocks.typ", "sources.typ"];
    let files = names.map(|name| (name, fs::read_to_string(format!("{root}/{name}")).unwrap()));
    let (template, fonts) = (Template::with_files(files).unwrap(), Fonts::embedded());
    let write = |name: &str, content: &Content| {
        let start = Instant::now();
        let pdf = typeset(content, &template, &fonts).unwrap_or_else(|error| panic!("{error}"));
        let time = start.elapsed().as_micros();
        assert_eq!(pdf.warnings, []);
        fs::write(format!("{directory}/{name}.pdf"), pdf.value.bytes).unwrap();
        time
    };
    let content = sample::brief();
    let mut times: Vec<_> = (0..7).map(|_| write("sample", &content)).collect();
    times.sort_unstable();
    eprintln!("µs a brief, sorted: {times:?}");
    write("stress", &stress());
    write("sample-letter", &Content { paper: Paper::UsLetter, ..content });
}
