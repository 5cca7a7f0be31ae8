//! Strings that try to be more than text, made at random from what means something to a template engine, a typesetter, a drawing,
//! a browser, a reader of JSON or a terminal. With each, what a page shows of it.

#[path = "../generated/dice.rs"]
mod dice;

use dice::Dice;

/// A piece, and what a page shows: characters that hide or reorder text are dropped, those without a glyph have a stand-in.
const PIECES: [(&str, &str); 46] = [
    ("#read(\"/secret.txt\")", "#read(\"/secret.txt\")"),
    ("#include \"/secret.typ\"", "#include \"/secret.typ\""),
    ("#eval(\"1+1\")", "#eval(\"1+1\")"),
    ("#panic()", "#panic()"),
    ("= Heading", "= Heading"),
    ("$x^2$", "$x^2$"),
    ("*strong* _soft_", "*strong* _soft_"),
    ("<label> @ref", "<label> @ref"),
    ("] [ ) ( } {", "] [ ) ( } {"),
    ("\\ \\u{41} \\n", "\\ \\u{41} \\n"),
    ("`raw`", "`raw`"),
    ("/* // */", "/* // */"),
    ("{{name}}", "{{name}}"),
    ("{{{name}}}", "{{{name}}}"),
    ("{{#each this}}", "{{#each this}}"),
    ("{{> title}}", "{{> title}}"),
    ("{{lookup . \"a\"}}", "{{lookup . \"a\"}}"),
    ("{{", "{{"),
    ("}}", "}}"),
    ("</script><script>alert(this)</script>", "</script><script>alert(this)</script>"),
    ("<img src=x onerror=alert(this)>", "<img src=x onerror=alert(this)>"),
    ("<svg/onload=alert(this)>", "<svg/onload=alert(this)>"),
    ("</text><script/>", "</text><script/>"),
    ("<!-- -->", "<!-- -->"),
    ("]]>", "]]>"),
    ("&lt;&amp;&#x41;", "&lt;&amp;&#x41;"),
    ("\" ' \"", "\" ' \""),
    ("\",\"x\":{", "\",\"x\":{"),
    ("\\\"", "\\\""),
    ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"),
    ("\u{1B}]0;title\u{7}", "]0;title"),
    ("\u{9B}2J", "2J"),
    ("\u{202E}drow\u{202C}", "drow"),
    ("\u{2066}isolate\u{2069}", "isolate"),
    ("\u{200F}mark", "mark"),
    ("zero\u{200B}width", "zerowidth"),
    ("\u{FEFF}bom", "bom"),
    ("\u{1F680}", "\u{25A1}"),
    ("\u{E001}", "\u{25A1}"),
    ("\u{0939}\u{0928}", "\u{25A1}\u{25A1}"),
    // Marks of the template engine's own.
    ("\u{F000A}", "\u{25A1}"),
    ("\u{F0004}revenue 1Q17\u{F0009}", "\u{25A1}revenue 1Q17\u{25A1}"),
    ("売上高", "売上高"),
    ("Ærø ß €", "Ærø ß €"),
    ("%s %n ${HOME} $(id)", "%s %n ${HOME} $(id)"),
    ("'; DROP TABLE--", "'; DROP TABLE--"),
];

/// A string, and what a page shows of it.
pub struct Hostile {
    /// As a document or a profile has it.
    pub raw: String,
    /// As a page has it.
    pub shown: String,
}

/// The string of this number: a word of its own in letters, so that it can be found, and up to three pieces.
pub fn hostile(number: usize) -> Hostile {
    let mut dice = Dice::new(number as u64);
    let word = tag(number);
    let (mut raw, mut shown) = (word.clone(), word);
    for _ in 0..1 + dice.below(3) {
        let (piece, visible) = PIECES[dice.below(PIECES.len())];
        let blank = if dice.below(2) == 0 { " " } else { "" };
        raw += blank;
        raw += piece;
        shown += blank;
        shown += visible;
    }
    Hostile { raw, shown }
}

/// The word that opens the string of this number: `Zqbac`.
pub fn tag(number: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
    format!("Zq{}{}{}", letter(2), letter(1), letter(0))
}

/// The text without what layout adds or takes: blanks, and hyphens at the ends of lines.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{AD}' | '\u{2010}')).collect()
}
