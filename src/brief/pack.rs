//! Smaller files: typst writes each object in the open, and a tagged brief has well over a thousand small ones. Here they
//! move into compressed object streams (PDF 1.5), which PDF/A-3 and PDF/UA-1 allow. Nothing else changes.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use memchr::{memchr2, memmem};

use super::thin::{Widths, string_end};

/// Objects in one stream: readers unpack a whole stream to get at one object.
const PER_STREAM: usize = 10_000;
const LEVEL: u32 = 7;

/// A file taken apart into its objects.
pub(super) struct Objects<'a> {
    head: &'a [u8],
    /// The bytes between `N 0 obj` and `endobj`, by `N` − 1.
    pub bodies: Vec<Vec<u8>>,
    /// Root, Info and ID as the trailer has them.
    trailer: Vec<u8>,
}

impl<'a> Objects<'a> {
    /// Takes apart a file of the plain form that typst writes: one cross-reference table, objects from 1 without gaps.
    pub fn of(pdf: &'a [u8]) -> Option<Self> {
        let table = last(pdf, b"startxref")?;
        let start = number(pdf.get(table + b"startxref".len()..)?)?;
        let trailer = start + find(pdf.get(start..table)?, b"trailer")?;
        let offsets = offsets(pdf.get(start..trailer)?)?;
        let mut bodies = Vec::with_capacity(offsets.len());
        for (index, &offset) in offsets.iter().enumerate() {
            let rest = pdf.get(offset..start)?.strip_prefix(format!("{} 0 obj\n", index + 1).as_bytes())?;
            // Objects follow one another in the file, but not by number.
            let end = end_of(rest)?;
            bodies.push(rest[..end].to_vec());
        }
        let dictionary = pdf.get(trailer..table)?;
        let from = find(dictionary, b"/Root")?;
        let to = last(dictionary, b">>")?;
        Some(Self { head: pdf.get(..*offsets.iter().min()?)?, bodies, trailer: dictionary.get(from..to)?.to_vec() })
    }

    /// Has the content of each page written another way, where there is one.
    pub fn each_content(&mut self, mut other: impl FnMut(usize, &[u8], &Widths) -> Option<Vec<u8>>) {
        let pages: Vec<usize> = (0..self.bodies.len()).filter(|&at| self.bodies[at].starts_with(PAGE)).collect();
        for page in pages {
            let Some(content) = after(&self.bodies[page], b"/Contents ") else { continue };
            let own = self.stream(content, ["", ""]);
            let thin = own.and_then(|own| other(page + 1, &own, &self.widths(page)));
            if let Some(thin) = thin {
                self.set_stream(content, "", &thin);
            }
        }
    }

    /// The widths of the fonts that a page names.
    fn widths(&self, page: usize) -> Widths {
        let mut widths = Widths::default();
        let resources = after(&self.bodies[page], b"/Resources ").and_then(|resources| self.body(resources));
        let fonts = resources.and_then(|resources| between(resources, b"/Font<<", b">>"));
        for font in fonts.unwrap_or_default().split(|byte| *byte == b'/').skip(1) {
            let Some(space) = find(font, b" ") else { continue };
            let own = number(&font[space..]).and_then(|font| self.body(font));
            let letters = own.and_then(|font| after(font, b"/DescendantFonts[")).and_then(|font| self.body(font));
            if let Some(list) = letters.and_then(|letters| between(letters, b"/W[", b"]")) {
                widths.add(&[b"/", &font[..space]].concat(), list);
            }
        }
        widths
    }

    /// What a stream holds that has these entries before and behind that of its filter.
    pub fn stream(&self, id: usize, entries: [&str; 2]) -> Option<Vec<u8>> {
        content_of(self.body(id)?, entries)
    }

    /// Puts another stream in an object's place.
    pub fn set_stream(&mut self, id: usize, entries: &str, content: &[u8]) {
        if let Some(body) = id.checked_sub(1).and_then(|at| self.bodies.get_mut(at)) {
            *body = compressed(entries.as_bytes(), content);
        }
    }

    fn body(&self, id: usize) -> Option<&[u8]> {
        self.bodies.get(id.checked_sub(1)?).map(Vec::as_slice)
    }

    /// Numbers the objects anew: those that are alike stand together, as they pack best so, and what is empty has gone.
    fn in_order(&mut self) {
        let kind = |body: &[u8]| LIKE.iter().position(|start| body.starts_with(start)).unwrap_or(LIKE.len());
        let mut order: Vec<usize> = (0..self.bodies.len()).filter(|&at| !self.bodies[at].is_empty()).collect();
        order.sort_by_key(|&at| kind(&self.bodies[at]));
        let mut numbers = vec![0; self.bodies.len()];
        for (index, &at) in order.iter().enumerate() {
            numbers[at] = index + 1;
        }
        self.bodies = order.iter().map(|&at| renumbered(&self.bodies[at], &numbers)).collect();
        self.trailer = renumbered(&self.trailer, &numbers);
    }

    /// Writes the file with object streams and a cross-reference stream.
    pub fn pack(mut self) -> Vec<u8> {
        self.in_order();
        let mut file = Writer { bytes: self.head.to_vec(), places: vec![Place::Free; self.bodies.len() + 1] };
        let (streams, small): (Vec<_>, Vec<_>) = self
            .bodies
            .iter()
            .enumerate()
            .map(|(index, body)| (index + 1, body))
            .partition(|(_, body)| is_stream(body));
        for (id, body) in streams {
            file.object(id, body);
        }
        for chunk in small.chunks(PER_STREAM) {
            file.object_stream(chunk);
        }
        file.cross_references(&self.trailer);
        file.bytes
    }
}

#[derive(Clone, Copy)]
enum Place {
    Free,
    /// At a byte offset.
    At(usize),
    /// In an object stream, at an index.
    In(usize, usize),
}

struct Writer {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

impl Writer {
    fn object(&mut self, id: usize, body: &[u8]) {
        self.places[id] = Place::At(self.bytes.len());
        self.bytes.extend(format!("{id} 0 obj\n").bytes());
        match ambiguous_end(body) {
            Some(at) => {
                self.bytes.extend(&body[..at]);
                self.bytes.extend(b"\r");
                self.bytes.extend(&body[at..]);
            }
            None => self.bytes.extend(body),
        }
        self.bytes.extend(b"endobj\n");
    }

    fn object_stream(&mut self, objects: &[(usize, &Vec<u8>)]) {
        let id = self.next_id();
        let mut index = String::new();
        let mut data: Vec<u8> = Vec::new();
        for (position, (object, body)) in objects.iter().enumerate() {
            index.push_str(&format!("{object} {} ", data.len()));
            data.extend(body.as_slice());
            self.places[*object] = Place::In(id, position);
        }
        let dictionary = format!("/Type/ObjStm/N {}/First {}", objects.len(), index.len());
        let mut content = index.into_bytes();
        content.extend(data);
        self.stream(id, dictionary.as_bytes(), &content);
    }

    fn cross_references(&mut self, trailer: &[u8]) {
        let id = self.next_id();
        let start = self.bytes.len();
        self.places[id] = Place::At(start);
        let rows = differences(&self.places.iter().map(|place| row(*place)).collect::<Vec<_>>());
        let predictor = format!("/DecodeParms<</Predictor 12/Columns {ROW}>>");
        let mut dictionary = format!("/Type/XRef/W[1 4 2]/Size {}{predictor}", self.places.len()).into_bytes();
        dictionary.extend(trailer);
        self.stream(id, &dictionary, &rows);
        self.bytes.extend(format!("startxref\n{start}\n%%EOF").bytes());
    }

    fn next_id(&mut self) -> usize {
        self.places.push(Place::Free);
        self.places.len() - 1
    }

    fn stream(&mut self, id: usize, dictionary: &[u8], content: &[u8]) {
        self.object(id, &compressed(dictionary, content));
    }
}

/// A compressed stream as the body of an object.
fn compressed(dictionary: &[u8], content: &[u8]) -> Vec<u8> {
    let packed = deflated(content);
    let mut body = b"<<".to_vec();
    body.extend(dictionary);
    body.extend(format!("/Filter/FlateDecode/Length {}>>\nstream\n", packed.len()).bytes());
    body.extend(packed);
    body.extend(b"\nendstream\n");
    body
}

/// How objects begin that are many and alike: links (`jump.rs`), their elements and other elements (`tree.rs`).
const LIKE: [&[u8]; 3] = [b"<</Subtype/Link", b"<</S/Link", b"<</S/"];

/// An object with other numbers in its references.
fn renumbered(body: &[u8], numbers: &[usize]) -> Vec<u8> {
    const REFERENCE: &[u8] = b" 0 R";
    let end = if is_stream(body) { find(body, b"\nstream\n").unwrap_or(body.len()) } else { body.len() };
    let (mut out, mut from, mut at) = (Vec::with_capacity(body.len()), 0, 0);
    while let Some(next) = memchr2(b'(', b'R', &body[at..end]).map(|next| at + next) {
        at = next + 1;
        if body[next] == b'(' {
            // Text may look like anything.
            at = next + string_end(&body[next..end]).unwrap_or(1);
            continue;
        }
        let Some(digits) = body[from..at].strip_suffix(REFERENCE) else { continue };
        let start = digits.len() - digits.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let new = number(&digits[start..]).and_then(|old| numbers.get(old.checked_sub(1)?));
        if let Some(new) = new {
            out.extend(&digits[..start]);
            out.extend(format!("{new} 0 R").bytes());
            from = at;
        }
    }
    out.extend(&body[from..]);
    out
}

/// How a page begins.
const PAGE: &[u8] = b"<</Type/Page/";

/// The number behind a name.
pub(super) fn after(body: &[u8], name: &[u8]) -> Option<usize> {
    number(&body[find(body, name)? + name.len()..])
}

/// What stands between two words.
pub(super) fn between<'a>(body: &'a [u8], before: &[u8], after: &[u8]) -> Option<&'a [u8]> {
    let rest = &body[find(body, before)? + before.len()..];
    Some(&rest[..find(rest, after)?])
}

/// What a compressed stream holds whose dictionary has these entries before and behind that of its filter, and no others.
fn content_of(body: &[u8], entries: [&str; 2]) -> Option<Vec<u8>> {
    let start = find(body, b"\nstream\n")?;
    let dictionary = &body[..start];
    let length = after(dictionary, b"/Length ")?;
    let [before, behind] = entries;
    let known = dictionary == format!("<</Length {length}{before}/Filter/FlateDecode{behind}>>").as_bytes();
    let start = start + b"\nstream\n".len();
    let mut content = Vec::new();
    ZlibDecoder::new(body.get(start..start + length).filter(|_| known)?).read_to_end(&mut content).ok()?;
    Some(content)
}

/// As a stream of zlib.
fn deflated(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    packer.write_all(content).and_then(|()| packer.finish()).expect("memory takes all that is written")
}

/// Bytes of a row of the cross-reference stream: kind, offset or stream, index.
const ROW: usize = 7;

fn row(place: Place) -> [u8; ROW] {
    let (kind, second, third) = match place {
        Place::Free => (0, 0, 65535),
        Place::At(offset) => (1, offset, 0),
        Place::In(stream, index) => (2, stream, index),
    };
    let ([.., a, b, c, d], [.., e, f]) = ((second as u64).to_be_bytes(), (third as u64).to_be_bytes());
    [kind, a, b, c, d, e, f]
}

/// Each row as its differences from the row above, which are nearly all alike and pack to almost nothing.
fn differences(rows: &[[u8; ROW]]) -> Vec<u8> {
    const UP: u8 = 2;
    let mut above = [0; ROW];
    let mut bytes = Vec::with_capacity(rows.len() * (ROW + 1));
    for row in rows {
        bytes.push(UP);
        bytes.extend(row.iter().zip(above).map(|(own, above)| own.wrapping_sub(above)));
        above = *row;
    }
    bytes
}

/// Where `endstream` takes a line end of two characters: a content that ends with a carriage return before a line feed would read
/// as one byte shorter than it is.
fn ambiguous_end(body: &[u8]) -> Option<usize> {
    const END: &[u8] = b"\r\nendstream";
    let trimmed = body.trim_ascii_end();
    trimmed.ends_with(END).then(|| trimmed.len() - END.len() + 1)
}

fn is_stream(body: &[u8]) -> bool {
    body.trim_ascii_end().ends_with(b"endstream")
}

/// Where the object ends. A stream may hold any bytes, so its own length leads over it.
fn end_of(rest: &[u8]) -> Option<usize> {
    let plain = find(rest, b"endobj")?;
    let Some(stream) = find(&rest[..plain], b"\nstream\n") else { return Some(plain) };
    let dictionary = &rest[..stream];
    let length = number(&dictionary[last(dictionary, b"/Length ")? + b"/Length ".len()..])?;
    let data = stream + b"\nstream\n".len();
    Some(data + length + find(rest.get(data + length..)?, b"endobj")?)
}

/// The offsets of the objects 1, 2, 3 … in a classic cross-reference table.
fn offsets(table: &[u8]) -> Option<Vec<usize>> {
    let text = std::str::from_utf8(table).ok()?;
    let mut lines = text.lines();
    if lines.next()?.trim() != "xref" {
        return None;
    }
    let (first, count) = lines.next()?.trim().split_once(' ')?;
    let rows: Vec<_> = lines.skip(1).map(|line| line.get(..10)?.parse().ok()).collect::<Option<_>>()?;
    (first == "0" && count.parse() == Ok(rows.len() + 1)).then_some(rows)
}

fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.trim_ascii_start();
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

/// The first place of the pattern.
pub(super) fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    memmem::find(bytes, pattern)
}

/// The last place of the pattern.
pub(super) fn last(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_get_other_numbers_and_text_and_streams_keep_theirs() {
        for (body, other) in [
            ("[1 0 R 2 0 R]/K 3 0 R", "[7 0 R 8 0 R]/K 9 0 R"),
            ("<</Alt(1 0 R \\) 2 0 R)/P 1 0 R/S/TR/N 12 0 R>>", "<</Alt(1 0 R \\) 2 0 R)/P 7 0 R/S/TR/N 12 0 R>>"),
            ("<</A 2 0 R>>\nstream\n1 0 R\nendstream\n", "<</A 8 0 R>>\nstream\n1 0 R\nendstream\n"),
        ] {
            assert_eq!(String::from_utf8_lossy(&renumbered(body.as_bytes(), &[7, 8, 9])), other);
        }
    }

    #[test]
    fn a_content_that_ends_with_a_carriage_return_gets_a_line_end_of_its_own() {
        assert_eq!(ambiguous_end(b"<<>>\nstream\nab\r\nendstream\n"), Some(15));
        assert_eq!(ambiguous_end(b"<<>>\nstream\nab\nendstream\n"), None);
    }
}
