//! A profile's text becomes a [`Company`], or warnings with line, column, the line itself and one hint.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Company, Metric, Warning};
use crate::near::near;

/// The longest part of a line that a message shows, in characters.
const SNIPPET: usize = 100;

/// Reads a profile. `place` is its path as the user would write it.
pub(super) fn parse(text: &str, id: &str, place: &str) -> Result<Company, Vec<Warning>> {
    let warn = |fault: Fault| Warning {
        message: format!("left out `{id}`: {}", fault.message),
        place: spot(text, place, fault.offset),
        hint: fault.hint,
    };
    let mut company: Company = toml::from_str(text).map_err(|error| vec![warn(syntax_fault(&error))])?;
    company.id = Arc::from(id);
    let faults = faults(&company, text);
    if faults.is_empty() { Ok(company) } else { Err(faults.into_iter().map(warn).collect()) }
}

struct Fault {
    message: String,
    /// Byte offset into the profile; none where a whole field is missing.
    offset: Option<usize>,
    hint: String,
}

/// What the TOML reader said, with a near match for a field it does not know.
fn syntax_fault(error: &toml::de::Error) -> Fault {
    let said = error.message().lines().collect::<Vec<_>>().join(", ").replace("expected u8", "expected a whole number");
    let mut names = said.split('`').skip(1).step_by(2);
    let offset = error.span().map(|span| span.start);
    if said.starts_with("unknown field") {
        let unknown = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        let hint = near(unknown, known.iter().copied()).map_or_else(
            || format!("fields known here are {}", listed(&known)),
            |meant| format!("did you mean `{meant}`?"),
        );
        return Fault { message: format!("unknown field `{unknown}`"), offset, hint };
    }
    if said.starts_with("missing field") {
        let hint = "add it, `docs/profile.md` lists the fields that every profile has".to_owned();
        return Fault { message: said.clone(), offset: offset.filter(|offset| *offset > 0), hint };
    }
    Fault {
        message: said.clone(),
        offset,
        hint: "correct the profile here, `docs/profile.md` shows the form".to_owned(),
    }
}

/// What is valid TOML and still no profile.
fn faults(company: &Company, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |message: String, offset: Option<usize>, hint: &str| {
        faults.push(Fault { message, offset, hint: hint.to_owned() });
    };
    let month = company.fiscal_year.first_month;
    if !(1..=12).contains(&month) {
        let message = format!("month {month} is not between 1 and 12");
        fault(message, text.find("first_month"), "write the calendar month in which the fiscal year starts");
    }
    for (field, value) in [("name", &company.name), ("short_name", &company.short_name)] {
        if value.trim().is_empty() {
            fault(format!("`{field}` is empty"), text.find(field), "write the name that readers know");
        }
    }
    let mut seen = BTreeSet::new();
    for segment in &company.segments {
        // The last occurrence: of two segments with one id, the second is the fault.
        let offset = text.rfind(&format!("\"{}\"", segment.id));
        if Metric::new(&segment.id).is_err() {
            let message = format!("segment `{}` is not dotted snake case", segment.id);
            fault(message, offset, "use lower case letters, digits and `_`, with `.` between a segment and its part");
        }
        if !seen.insert(&segment.id) {
            fault(format!("segment `{}` stands twice", segment.id), offset, "merge the labels into one entry");
        }
    }
    faults
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// `path:line:column  the line`, or the path alone.
fn spot(text: &str, place: &str, offset: Option<usize>) -> String {
    let Some(before) = offset.and_then(|offset| text.get(..offset)) else { return place.to_owned() };
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].chars().count() + 1;
    let snippet: String = text[start..].lines().next().unwrap_or_default().chars().take(SNIPPET).collect();
    format!("{place}:{line}:{column}  {}", snippet.trim()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "name = \"Acme Inc.\"\nshort_name = \"Acme\"\ncurrency = \"USD\"\n[fiscal_year]\nfirst_month = 1\n";

    fn check(from: &str, to: &str, expected: &str) {
        let text = GOOD.replace(from, to);
        let seen = match parse(&text, "acme", "company.toml") {
            Ok(company) => company.name,
            Err(warnings) => warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        };
        assert_eq!(seen.trim(), expected, "{text}");
    }

    #[test]
    fn a_profile_is_read_or_its_fault_is_shown_with_its_place() {
        check("", "", "Acme Inc.");
        check(
            "short_name",
            "shortname",
            "left out `acme`: unknown field `shortname`\n  --> company.toml:2:1  shortname = \"Acme\"\n\
             hint: did you mean `short_name`?",
        );
        check(
            "USD",
            "dollars",
            "left out `acme`: `dollars` is not a currency, expected a code of ISO 4217 like `JPY`\n  \
             --> company.toml:3:12  currency = \"dollars\"\n\
             hint: correct the profile here, `docs/profile.md` shows the form",
        );
        check(
            "= 1",
            "= 13",
            "left out `acme`: month 13 is not between 1 and 12\n  --> company.toml:5:1  first_month = 13\n\
             hint: write the calendar month in which the fiscal year starts",
        );
        check(
            "currency = \"USD\"\n",
            "",
            "left out `acme`: missing field `currency`\n  --> company.toml\n\
             hint: add it, `docs/profile.md` lists the fields that every profile has",
        );
    }

    #[test]
    fn columns_count_characters() {
        let text = "name = \"アクメ\"\u{20}\u{20}x\n";
        assert_eq!(spot(text, "p", text.find('x')), "p:1:15  name = \"アクメ\"  x");
    }

    #[test]
    fn two_segments_do_not_share_an_id() {
        let twice = "[[segment]]\nid = \"a\"\nname = \"A\"\nlabels = []\n".repeat(2);
        let warnings = parse(&format!("{GOOD}{twice}"), "acme", "p").expect_err("a fault");
        assert_eq!(warnings[0].place, "p:11:6  id = \"a\"");
    }
}
