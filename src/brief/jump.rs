//! Links within a brief. typst works out a spoken text for every internal link by counting pages, which takes a third of
//! the time of a brief with all its sources. So the template links to `tanshin:s12` as if to an address, and here, when the
//! pages are set, the address becomes a place in the file and its spoken text says what is there.

use std::collections::BTreeMap;

use typst::introspection::Introspector;
use typst_layout::PagedDocument;

use super::pack::{after, between};
use super::text_string::text_string;
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
    for body in bodies.iter_mut().filter(|body| body.starts_with(LINK)) {
        let Some(address) = address(body) else { continue };
        let place = places.0.get(&address).and_then(|&(page, x, y)| Some((pages.get(page)?, x, y)));
        let Some((page, x, y)) = place else { return Err(address) };
        let (Some(area), Some(parent)) = (Area::of(body), after(body, b"/StructParent ")) else { return Err(address) };
        *body = format!("<</Subtype/Link/F 4/Border[0 0 0]/StructParent {parent}/Contents").into_bytes();
        body.extend(text_string(&spoken(&address, labels)));
        // Whole points, and across the page tens of them: that is near enough for the window's edge.
        let (left, top) = ((x / 10.0).floor() * 10.0, y.round());
        body.extend(format!("/Dest[{page} 0 R/XYZ {left} {top} 0]").bytes());
        area.write(body);
        body.extend(b">>\n");
    }
    Ok(())
}

/// How a link begins.
const LINK: &[u8] = b"<</Type/Annot/Subtype/Link";

/// The area of a link: a rectangle around it, and its parts where it has several.
struct Area {
    rectangle: Vec<f64>,
    parts: Vec<[f64; 8]>,
}

impl Area {
    fn of(body: &[u8]) -> Option<Self> {
        let rectangle = numbers(body, b"/Rect[").filter(|rectangle| rectangle.len() == 4)?;
        let parts = numbers(body, b"/QuadPoints[").unwrap_or_default();
        // A blank at the end of a line is a part without width.
        let wide = |part: &[f64; 8]| (part[0] - part[2]).abs() > 0.5;
        let parts: Vec<[f64; 8]> = parts.chunks_exact(8).filter_map(|part| part.try_into().ok()).filter(wide).collect();
        let [only] = parts.as_slice() else { return Some(Self { rectangle, parts }) };
        let [left, right] = [only[0].min(only[2]), only[0].max(only[2])];
        let [low, high] = [only[1].min(only[5]), only[1].max(only[5])];
        Some(Self { rectangle: vec![left, low, right, high], parts: Vec::new() })
    }

    /// In whole points: links are many, and nobody points more precisely.
    fn write(&self, body: &mut Vec<u8>) {
        let list = |numbers: &[f64]| numbers.iter().map(|number| format!("{number:.0}")).collect::<Vec<_>>().join(" ");
        body.extend(format!("/Rect[{}]", list(&self.rectangle)).bytes());
        if !self.parts.is_empty() {
            body.extend(format!("/QuadPoints[{}]", list(self.parts.as_flattened())).bytes());
        }
    }
}

fn numbers(body: &[u8], name: &[u8]) -> Option<Vec<f64>> {
    let list = std::str::from_utf8(between(body, name, b"]")?).ok()?;
    list.split_whitespace().map(|number| number.parse().ok()).collect()
}

/// `s12` leads to entry 12, `u12` back to where it is used.
fn spoken(address: &str, labels: &Labels) -> String {
    let pattern = if address.starts_with('s') { &labels.link_to_source } else { &labels.link_to_figure };
    pattern.replace("{number}", &address[1..])
}

fn address(body: &[u8]) -> Option<String> {
    let pattern = format!("/URI({ADDRESS}");
    Some(String::from_utf8_lossy(between(body, pattern.as_bytes(), b")")?).into_owned())
}

/// The object numbers of the pages, in order: typst writes one flat list.
fn page_objects(bodies: &[Vec<u8>]) -> Vec<usize> {
    let pages = bodies.iter().find(|body| body.starts_with(b"<</Type/Pages"));
    let kids = pages.and_then(|body| between(body, b"/Kids[", b"]")).map(String::from_utf8_lossy);
    kids.unwrap_or_default().split_whitespace().step_by(3).filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Phrases};

    fn check(action: &str, resolved: Result<&str, &str>) {
        let link =
            format!("<</Type/Annot/Subtype/Link/Rect[143.14961 632.8721 -0.96 651.952]/StructParent 7{action}>>");
        let mut bodies = vec![b"<</Type/Pages/Count 2/Kids[7 0 R 8 0 R]>>".to_vec(), link.into_bytes()];
        let places = Places([("s12".to_owned(), (1, 51.0, 700.04))].into());
        let result = resolve(&mut bodies, &places, &Phrases::built_in(Language::En).labels);
        let body = String::from_utf8(bodies.remove(1)).unwrap();
        assert_eq!(result.map(|()| body), resolved.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn a_part_without_width_is_left_out_and_one_part_is_a_rectangle() {
        let quads = |parts: &str| format!("<</Rect[10 20 90 40]/QuadPoints[{parts}]/F 4>>");
        let check = |parts: &str, written: &str| {
            let mut body = Vec::new();
            Area::of(quads(parts).as_bytes()).expect("an area").write(&mut body);
            assert_eq!(String::from_utf8(body).unwrap(), written);
        };
        let blank = "90 40 90 40 90 37.4 90 37.4";
        let first = "10 30 60.6 30 60.6 20.2 10 20.2";
        let second = "70 40 90 40 90 30 70 30";
        check(&format!("{blank} {first}"), "/Rect[10 20 61 30]");
        check(
            &format!("{first} {second}"),
            "/Rect[10 20 90 40]/QuadPoints[10 30 61 30 61 20 10 20 70 40 90 40 90 30 70 30]",
        );
        check("", "/Rect[10 20 90 40]");
    }

    #[test]
    fn addresses_become_places_and_say_what_is_there() {
        let address = |target: &str| format!("/A<</Type/Action/S/URI/URI({target})>>/Contents({target})");
        let place = "<</Subtype/Link/F 4/Border[0 0 0]/StructParent 7/Contents(Source 12)/Dest[8 0 R/XYZ 50 700 0]/Rect[143 633 -1 652]>>\n";
        check(&address("tanshin:s12"), Ok(place));
        check(&address("tanshin:s13"), Err("s13"));
        let other = address("https://example.org/");
        let link = format!("<</Type/Annot/Subtype/Link/Rect[143.14961 632.8721 -0.96 651.952]/StructParent 7{other}>>");
        check(&other, Ok(&link));
    }
}
