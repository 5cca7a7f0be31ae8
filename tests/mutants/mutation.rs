//! Damage: what happens to documents on their way here, one kind a function. The same dice do the same damage.

use crate::dice::Dice;

/// A kind of damage: its name, and what it does to the bytes of a document.
pub type Mutation = (&'static str, fn(&mut Dice, &[u8]) -> Vec<u8>);

/// All kinds but the change of a digit of a figure, which is judged more strictly.
pub const MUTATIONS: [Mutation; 12] = [
    ("digits changed", digits),
    ("lines dropped", dropped),
    ("lines doubled", doubled),
    ("lines shuffled", shuffled),
    ("lines joined", joined),
    ("cells shifted", shifted),
    ("separators lost", separators),
    ("encodings mixed", encodings),
    ("characters replaced", characters),
    ("bytes changed", bytes),
    ("truncated", truncated),
    ("several at once", several),
];

/// Characters that mean something to one of the readers, or to what comes behind them.
const HOSTILE: [&str; 24] = [
    "\t",
    "\n",
    "\r",
    " ",
    "%",
    "(",
    ")",
    "-",
    "▲",
    "△",
    ",",
    ".",
    "/",
    "JPY",
    "million",
    "1Q17",
    "２",
    "百万円",
    "\u{202E}",
    "\u{1B}[31m",
    "{{",
    "#read(\"/\")",
    "\u{0}",
    "9999999999999999999999999999",
];

fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// Some of the places of a list, at least one.
fn some(dice: &mut Dice, length: usize, most: usize) -> Vec<usize> {
    let count = 1 + dice.below(most);
    (0..count).map(|_| dice.below(length)).collect()
}

fn digits(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    let places: Vec<usize> = (0..text.len()).filter(|at| text[*at].is_ascii_digit()).collect();
    for at in some(dice, places.len(), 5) {
        if let Some(place) = places.get(at) {
            text[*place] = b'0' + dice.below(10) as u8;
        }
    }
    text
}

fn dropped(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut lines = lines(text);
    for _ in 0..=dice.below(6) {
        let from = dice.below(lines.len());
        let to = (from + 1 + dice.below(4)).min(lines.len());
        lines.drain(from..to);
    }
    lines.join(&b'\n')
}

fn doubled(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut lines = lines(text);
    for _ in 0..=dice.below(4) {
        let from = dice.below(lines.len());
        let to = (from + 1 + dice.below(12)).min(lines.len());
        let copy = lines[from..to].to_vec();
        let at = if dice.below(2) == 0 { to } else { dice.below(lines.len() + 1) };
        lines.splice(at..at, copy);
    }
    lines.join(&b'\n')
}

fn shuffled(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut lines = lines(text);
    let from = dice.below(lines.len());
    let to = (from + 2 + dice.below(30)).min(lines.len());
    for at in (from + 1..to).rev() {
        lines.swap(at, from + dice.below(at - from + 1));
    }
    lines.join(&b'\n')
}

fn joined(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    let ends: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b'\n').collect();
    for at in some(dice, ends.len(), 8) {
        if let Some(end) = ends.get(at) {
            text[*end] = if dice.below(2) == 0 { b' ' } else { b'\t' };
        }
    }
    text
}

/// Cells of rows move by one: a tab more, a tab less, two cells exchanged. Without tabs, the blanks between words are the borders.
fn shifted(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut lines = lines(text);
    let border = if text.contains(&b'\t') { b'\t' } else { b' ' };
    let rows: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(&border)).collect();
    for at in some(dice, rows.len(), 6) {
        let Some(row) = rows.get(at) else { continue };
        let mut cells: Vec<Vec<u8>> = lines[*row].split(|byte| *byte == border).map(<[u8]>::to_vec).collect();
        let (one, other) = (dice.below(cells.len()), dice.below(cells.len()));
        match dice.below(4) {
            0 => cells.insert(one, Vec::new()),
            1 => drop(cells.remove(one)),
            2 => cells.swap(one, other),
            _ => cells.rotate_left(1),
        }
        lines[*row] = cells.join(&border);
    }
    lines.join(&b'\n')
}

/// Marks that hold numbers together or apart go, or come.
fn separators(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let one_in = 20 + dice.below(200);
    for byte in text {
        if matches!(byte, b',' | b'.' | b'(' | b')' | b'%' | b' ' | b'\t') && dice.below(one_in) == 0 {
            match dice.below(3) {
                0 => {}
                1 => kept.extend([*byte, *byte]),
                _ => kept.push(b".,() %\t"[dice.below(7)]),
            }
        } else {
            kept.push(*byte);
        }
    }
    kept
}

/// Some lines in another encoding, other line ends, marks in the middle, digits in full width.
fn encodings(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut lines = lines(text);
    let way = dice.below(6);
    for at in some(dice, lines.len(), 10) {
        let line = String::from_utf8_lossy(&lines[at]).into_owned();
        lines[at] = match way {
            0 => line.chars().flat_map(|c| u16::try_from(u32::from(c)).unwrap_or(0x3F).to_le_bytes()).collect(),
            1 => line.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0x94)).collect(),
            2 => [line.as_bytes(), b"\r"].concat(),
            3 => ["\u{FEFF}".as_bytes(), line.as_bytes()].concat(),
            // Read as Latin-1 and written as UTF-8: the commonest damage of all.
            4 => line.bytes().map(char::from).collect::<String>().into_bytes(),
            _ => wide(&line).into_bytes(),
        };
    }
    lines.join(&b'\n')
}

fn wide(line: &str) -> String {
    line.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c })
        .collect()
}

fn characters(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(text.len() + 1);
        let to = (at + dice.below(3)).min(text.len());
        // Between characters, so that the document is still text.
        if std::str::from_utf8(&text[..at]).is_ok() && std::str::from_utf8(&text[at..to]).is_ok() {
            text.splice(at..to, HOSTILE[dice.below(HOSTILE.len())].bytes());
        }
    }
    text
}

fn bytes(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for at in some(dice, text.len(), 6) {
        if let Some(byte) = text.get_mut(at) {
            *byte = dice.below(256) as u8;
        }
    }
    text
}

fn truncated(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let at = dice.below(text.len() + 1);
    if dice.below(4) == 0 { text[at..].to_vec() } else { text[..at].to_vec() }
}

fn several(dice: &mut Dice, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..2 + dice.below(3) {
        let (_, mutation) = MUTATIONS[dice.below(MUTATIONS.len() - 1)];
        text = mutation(dice, &text);
    }
    text
}
