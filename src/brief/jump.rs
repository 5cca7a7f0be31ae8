//! Links within a brief. typst works out a spoken text for every internal link by counting pages, which takes a third of
//! the time of a brief with all its sources. So the template links to `tanshin:s12` as if to an address, and here, when the
//! pages are set, the address becomes a place in the file and its spoken text says what is there.

use std::collections::BTreeMap;

use typst::introspection::Introspector;
use typst_layout::PagedDocument;

use super::pack::find;
use crate::language::Labels;

/// How the address of a place in the brief begins.
pub(super) const ADDRESS: &str = "tanshin:";

/// Points that columns may be out.
const TOLERANCE: f64 = 0.5;

/// Where the labels of a document stand: page index, and points from the lower left.
pub(super) struct Places(BTreeMap<String, (usize, f64, f64)>);

impl Places {
    /// The places of all labels.
    pub fn of(document: &PagedDocument) -> Self {
        let introspector = document.introspector();
        let mut places = BTreeMap::new();
        for element in introspector.query_labelled() {
            let (Some(label), Some(location)) = (element.label(), element.location()) else { continue };
            let Some(position) = introspector.position(location) else { continue };
            let page = position.page.get() - 1;
            let height = document.pages()[page].frame.height().to_pt();
            // A little above the line, so that it is not cut at the window's edge.
            let top = (height - position.point.y.to_pt() + 10.0).min(height);
            places.insert(label.resolve().to_string(), (page, position.point.x.to_pt(), top));
        }
        Self(places)
    }

    /// Whether a label stands on a page.
    pub fn contains(&self, label: &str) -> bool {
        self.0.contains_key(label)
    }

    /// Points from the foot of the last page up to the label `end`, if the template sets one there.
    pub fn end(&self, last_page: usize) -> Option<f64> {
        self.0.get("end").filter(|&&(page, ..)| page == last_page).map(|&(.., top)| top)
    }

    /// Whether the columns of sources are longer than their block: the label `last-source` stands below `end`.
    pub fn spilled(&self) -> bool {
        let [end, last] = ["end", "last-source"].map(|label| self.0.get(label));
        let (Some(&(end_page, _, end)), Some(&(page, _, last))) = (end, last) else { return false };
        page == end_page && end - last > TOLERANCE
    }
}

/// Turns the addresses into places; the answer is the first address that leads nowhere.
pub(super) fn resolve(bodies: &mut [Vec<u8>], places: &Places, labels: &Labels) -> Result<(), String> {
    let pages = page_objects(bodies);
    for body in bodies.iter_mut().filter(|body| body.starts_with(b"<</Type/Annot/Subtype/Link")) {
        round(body, b"/Rect[");
        round(body, b"/QuadPoints[");
        let Some(address) = address(body) else { continue };
        let place = places.0.get(&address).and_then(|&(page, x, y)| Some((pages.get(page)?, x, y)));
        let Some((page, x, y)) = place else { return Err(address) };
        let action = format!("/A<</Type/Action/S/URI/URI({ADDRESS}{address})>>");
        replace(body, &action, format!("/Dest[{page} 0 R/XYZ {x:.1} {y:.1} 0]").as_bytes());
        replace(body, &format!("({ADDRESS}{address})"), &string(&spoken(&address, labels)));
    }
    Ok(())
}

/// `s12` leads to entry 12, `u12` back to where it is used.
fn spoken(address: &str, labels: &Labels) -> String {
    let pattern = if address.starts_with('s') { &labels.link_to_source } else { &labels.link_to_figure };
    pattern.replace("{number}", &address[1..])
}

fn address(body: &[u8]) -> Option<String> {
    let pattern = format!("/URI({ADDRESS}");
    let rest = &body[find(body, pattern.as_bytes())? + pattern.len()..];
    Some(String::from_utf8_lossy(&rest[..find(rest, b")")?]).into_owned())
}

/// The object numbers of the pages, in order: typst writes one flat list.
fn page_objects(bodies: &[Vec<u8>]) -> Vec<usize> {
    let list = bodies.iter().find(|body| body.starts_with(b"<</Type/Pages")).and_then(|body| {
        let kids = &body[find(body, b"/Kids[")? + b"/Kids[".len()..];
        Some(String::from_utf8_lossy(&kids[..find(kids, b"]")?]).into_owned())
    });
    list.unwrap_or_default().split_whitespace().step_by(3).filter_map(|id| id.parse().ok()).collect()
}

/// Rounds the numbers of a list to tenths of a point: links are many, and nobody points more precisely.
fn round(body: &mut Vec<u8>, name: &[u8]) {
    let Some(start) = find(body, name).map(|at| at + name.len()) else { return };
    let Some(length) = find(&body[start..], b"]") else { return };
    let numbers = String::from_utf8_lossy(&body[start..start + length]).into_owned();
    let rounded: Option<Vec<String>> = numbers.split(' ').map(tenths).collect();
    if let Some(rounded) = rounded {
        body.splice(start..start + length, rounded.join(" ").into_bytes());
    }
}

/// A number in tenths. There are thousands, and digits are quicker than floating point; that is asked where they do not decide.
fn tenths(number: &str) -> Option<String> {
    let of_digits = || {
        let (whole, fraction) = number.split_once('.')?;
        let (first, rest) = fraction.split_at_checked(1)?;
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let up = rest.bytes().next().is_some_and(|next| next > b'5');
        let sure = plain(whole) && plain(fraction) && whole.len() < 9 && !rest.starts_with('5');
        let all = whole.parse::<u32>().ok().filter(|_| sure)? * 10 + first.parse::<u32>().ok()? + u32::from(up);
        Some(if all % 10 == 0 { (all / 10).to_string() } else { format!("{}.{}", all / 10, all % 10) })
    };
    of_digits().or_else(|| Some(in_tenths(number.parse().ok()?)))
}

fn in_tenths(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn replace(body: &mut Vec<u8>, from: &str, to: &[u8]) {
    if let Some(start) = find(body, from.as_bytes()) {
        body.splice(start..start + from.len(), to.iter().copied());
    }
}

/// A text string of PDF.
fn string(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .,:-".contains(&byte)) {
        return format!("({text})").into_bytes();
    }
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Phrases};

    fn check(action: &str, resolved: Result<&str, &str>) {
        let link = format!("<</Type/Annot/Subtype/Link/F 4{action}>>");
        let mut bodies = vec![b"<</Type/Pages/Count 2/Kids[7 0 R 8 0 R]>>".to_vec(), link.into_bytes()];
        let places = Places([("s12".to_owned(), (1, 51.0, 700.04))].into());
        let result = resolve(&mut bodies, &places, &Phrases::built_in(Language::En).labels);
        let body = String::from_utf8(bodies.remove(1)).unwrap();
        assert_eq!(result.map(|()| body), resolved.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn digits_are_rounded_like_numbers() {
        let numbers =
            ["0.04", "0.05", "0.06", "9.96", "12.25", "12.250001", "12.35", "7", "7.", "-0.04", "-3.16", "0.99999"];
        let many = (0..20_000).map(|n| format!("{}", f64::from(n * 7919 % 1_000_003) / 997.0));
        for number in numbers.map(str::to_owned).into_iter().chain(many) {
            assert_eq!(tenths(&number), Some(in_tenths(number.parse().expect("a number"))), "{number}");
        }
        assert_eq!(tenths("wide"), None);
    }

    #[test]
    fn rectangles_are_rounded_to_tenths_and_all_else_is_left() {
        let mut body = b"<</Rect[143.14961 632.8721 -0.96 651.952]/Border[0 0 0]/X 1.23456>>".to_vec();
        round(&mut body, b"/Rect[");
        round(&mut body, b"/QuadPoints[");
        assert_eq!(String::from_utf8(body).unwrap(), "<</Rect[143.1 632.9 -1 652]/Border[0 0 0]/X 1.23456>>");
    }

    #[test]
    fn addresses_become_places_and_say_what_is_there() {
        let address = |target: &str| format!("/A<</Type/Action/S/URI/URI({target})>>/Contents({target})");
        let place = "<</Type/Annot/Subtype/Link/F 4/Dest[8 0 R/XYZ 51.0 700.0 0]/Contents(Source 12)>>";
        check(&address("tanshin:s12"), Ok(place));
        check(&address("tanshin:s13"), Err("s13"));
        let other = address("https://example.org/");
        check(&other, Ok(&format!("<</Type/Annot/Subtype/Link/F 4{other}>>")));
    }
}
