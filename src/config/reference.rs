//! The reference page of settings, `docs/configuration.md`: every key, written from the table itself.

use std::fmt::Write;

use super::keys::{CHART_KEYS, Kind, SETTINGS, Setting};
use crate::compose::CHARTS;
use crate::narrative::PARAGRAPHS;

/// The page as Markdown.
pub fn reference() -> String {
    let mut page = String::from(HEAD);
    SETTINGS.iter().for_each(|setting| row(&mut page, setting));
    let sections = PARAGRAPHS.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let _ = write!(page, "\n{COLORS}\n\n## Sections and charts\n\nSections: {sections}.\n\n{HEADINGS}\n\n{CHOICE}\n\n");
    page.push_str("| chart | section | relevance | shows |\n| --- | --- | --- | --- |\n");
    for chart in &CHARTS {
        let _ = writeln!(page, "| `{}` | `{}` | {} | {} |", chart.id, chart.section, chart.rank, chart.shows);
    }
    page.push_str("\n## Charts of your own: `[[chart]]`\n\n| key | holds | meaning |\n| --- | --- | --- |\n");
    for setting in CHART_KEYS {
        let _ = writeln!(page, "| `{}` | {} | {} |", setting.key, holds(setting), setting.does);
    }
    page
}

const HEAD: &str = "\
# Settings: `tanshin.toml`

<!-- Written by `tanshin config reference`; a test holds it to the code. -->

The nearest `tanshin.toml` from the working folder upward counts; `--config FILE` names another. Paths in it are relative to the
file. A flag goes before the file, the file before the defaults; `tanshin config show --origin` prints every setting and where it
comes from. An unknown key or a value that cannot be used is an error with its line, all of them at once, and nothing is built.

| key | holds | default | meaning |
| --- | --- | --- | --- |
";

const COLORS: &str = "\
A color with a contrast below 4.5 on white (WCAG 2 AA) is used, with a warning that gives the ratio. Words for moves are in the
template `moves.toml`: see [change a sentence](guides/change-a-sentence.md). `words.percent` needs one size for each row of it but
the first.";

const HEADINGS: &str = "\
`[headings]` has a key for each section whose heading is to change: `result = \"The quarter\"`. A template `NAME.hbs` of your own
beside the narrative's makes a section `NAME`: see [add a section](guides/add-a-section.md).";

const CHOICE: &str = "\
A chart is drawn only where the data carry it. A brief of standard length keeps the seven most relevant of these, a short one the
first of `result`, a full one all; charts that `brief.charts` names are drawn at any length, and so are your own.";

fn row(page: &mut String, setting: &Setting) {
    let words = setting.instead.trim_matches(['(', ')']);
    let default = match (setting.default, setting.instead) {
        ("", "") => String::new(),
        ("", instead) if words != instead => words.to_owned(),
        (default, instead) => format!("`{default}{instead}`"),
    };
    let _ = writeln!(page, "| `{}` | {} | {default} | {} |", setting.key, holds(setting), setting.does);
}

/// What a value is, in a word or two.
fn holds(setting: &Setting) -> String {
    match setting.kind {
        Kind::Text => "text".to_owned(),
        Kind::Path => "path".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Choice(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or "),
        Kind::Languages => "language or list of languages".to_owned(),
        Kind::Names => "list of names".to_owned(),
        Kind::Some => "`true`, `false` or list of names".to_owned(),
        Kind::Percent => "percent".to_owned(),
        Kind::Sizes => "list of sizes".to_owned(),
        Kind::Color => "color".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_reference_page_is_that_of_the_code() {
        let page = include_str!("../../docs/configuration.md");
        assert!(page == super::reference(), "write it anew: tanshin config reference > docs/configuration.md");
    }
}
