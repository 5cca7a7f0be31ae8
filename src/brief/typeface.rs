//! The fonts of a file in fewer bytes: tables that no reader of a PDF asks for are left out (the names of the font and of its glyphs, and
//! which glyphs there are), and widths stand in a row.

use super::pack::{Objects, after, between, find};
use super::thin::runs;

/// The tables that a font within a PDF needs.
const NEEDED: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

/// Makes the fonts of a file smaller; one of another form stays as it is.
pub(super) fn slim(objects: &mut Objects<'_>) {
    for at in 0..objects.bodies.len() {
        if objects.bodies[at].starts_with(b"<</Type/FontDescriptor") {
            slim_descriptor(objects, at);
        } else if let Some(body) = widths_in_a_row(&objects.bodies[at]) {
            objects.bodies[at] = body;
        } else if let Some(map) =
            objects.stream(at + 1, ["/Type/CMap", "/WMode 0"]).and_then(|map| without_remarks(&map))
        {
            objects.set_stream(at + 1, "/Type/CMap/WMode 0", &map);
        }
    }
}

fn slim_descriptor(objects: &mut Objects<'_>, at: usize) {
    let Some(font) = after(&objects.bodies[at], b"/FontFile2 ") else { return };
    if let Some(file) = objects.stream(font, ["", ""]).and_then(|file| needed(&file)) {
        objects.set_stream(font, &format!("/Length1 {}", file.len()), &file);
    }
    // A list of the glyphs that there are, which newer standards leave out.
    if let Some(set) = after(&objects.bodies[at], b"/CIDSet ") {
        let entry = format!("/CIDSet {set} 0 R");
        if let Some(from) = find(&objects.bodies[at], entry.as_bytes()) {
            objects.bodies[at].drain(from..from + entry.len());
            objects.bodies[set - 1].clear();
        }
    }
}

/// A font with the tables that are needed.
fn needed(file: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| Some(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let count = usize::from(u16::from_be_bytes(file.get(4..6)?.try_into().ok()?));
    let mut tables = Vec::new();
    for record in 0..count {
        let at = 12 + 16 * record;
        let name: &[u8; 4] = file.get(at..at + 4)?.try_into().ok()?;
        let (start, length) = (word(at + 8)? as usize, word(at + 12)? as usize);
        if NEEDED.contains(&name) {
            tables.push((*name, file.get(start..start.checked_add(length)?)?.to_vec()));
        }
    }
    let head = tables.iter_mut().find(|(name, _)| name == b"head")?;
    // The sum of the whole file, which is counted without itself.
    head.1.get_mut(8..12)?.fill(0);
    let mut font = font_of(file.get(..4)?, &tables);
    let sum = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&font));
    let place = tables.iter().take_while(|(name, _)| name != b"head").map(|(_, table)| table.len().next_multiple_of(4));
    let head = 12 + 16 * tables.len() + place.sum::<usize>();
    font.get_mut(head + 8..head + 12)?.copy_from_slice(&sum.to_be_bytes());
    Some(font)
}

fn font_of(version: &[u8], tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = if count == 0 { 0 } else { count.ilog2() as u16 };
    let range = 16 << power;
    let mut font = version.to_vec();
    for value in [count, range, power, 16 * count - range] {
        font.extend(value.to_be_bytes());
    }
    let mut start = 12 + 16 * tables.len();
    for (name, table) in tables {
        font.extend(name);
        for value in [checksum(table), start as u32, table.len() as u32] {
            font.extend(value.to_be_bytes());
        }
        start += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

/// Widths are told as first glyph, last glyph and width, again and again: here as the first glyph and a list.
fn widths_in_a_row(body: &[u8]) -> Option<Vec<u8>> {
    let list = body.starts_with(b"<</Type/Font/Subtype/CIDFontType2").then(|| between(body, b"/W[", b"]"))??;
    let mut row = Vec::new();
    let mut next = None;
    for (glyphs, width) in runs(list)? {
        if next != Some(*glyphs.start()) {
            let close = if next.is_some() { "]" } else { "" };
            row.extend(format!("{close}{}[", glyphs.start()).bytes());
        }
        // Typst counts in single precision.
        let near = if (width - width.round()).abs() < 0.001 { width.round() } else { width };
        for glyph in glyphs {
            let blank = if row.ends_with(b"[") { "" } else { " " };
            row.extend(format!("{blank}{near}").bytes());
            next = Some(glyph + 1);
        }
    }
    if next.is_some() {
        row.push(b']');
    }
    let from = find(body, b"/W[")? + b"/W[".len();
    Some([&body[..from], &row, &body[from + list.len()..]].concat())
}

/// What glyphs stand for, without the remarks around it.
fn without_remarks(map: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(map).ok()?;
    let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with('%'));
    Some(lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_keeps_the_tables_that_are_needed_and_its_sums_are_right() {
        let mut head = vec![0; 54];
        head[8] = 9;
        let tables =
            [(*b"glyf", vec![1, 2, 3, 4, 5]), (*b"head", head), (*b"loca", vec![0; 4]), (*b"name", vec![7; 30])];
        let font = needed(&font_of(&[0, 1, 0, 0], &tables)).expect("a font");
        assert_eq!(font[5], 3);
        assert_eq!(checksum(&font), 0xB1B0_AFBA);
        assert_eq!(font[12 + 3 * 16..][..5], [1, 2, 3, 4, 5]);
        assert!(find(&font, b"name").is_none());
        assert_eq!(needed(&font[..40]), None);
        assert_eq!(needed(b""), None);
    }

    #[test]
    fn widths_stand_in_a_row_and_nearly_whole_ones_are_whole() {
        let body = |list: &str| format!("<</Type/Font/Subtype/CIDFontType2/DW 0/W[{list}]/X[1]>>").into_bytes();
        for (list, row) in
            [("0 0 672 1 1 507.00003 2 4 200 9 9 12.5", "0[672 507 200 200 200]9[12.5]"), ("5 5 1", "5[1]"), ("", "")]
        {
            let written = widths_in_a_row(&body(list)).expect("widths");
            assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&body(row)));
        }
        assert_eq!(widths_in_a_row(&body("0[1 2]")), None);
    }

    #[test]
    fn a_map_of_letters_loses_its_remarks() {
        let map = b"%!PS-Adobe-3.0\n%%Title: (x)\nbegincmap\n    /Supplement 0 def\nendcmap\n%%EOF";
        assert_eq!(without_remarks(map).as_deref(), Some(&b"begincmap\n/Supplement 0 def\nendcmap\n"[..]));
    }
}
