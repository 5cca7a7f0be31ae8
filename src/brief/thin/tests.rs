//! Whole streams, as typst writes them and as they are written here.

use super::thinned;
use super::widths::Widths;
use crate::brief::tree::PageMarks;

fn check(stream: &str, thin: Option<&str>) {
    let mut widths = Widths::default();
    widths.add(b"/f0", b"0 98 500");
    let told = thinned(stream.as_bytes(), &widths, PageMarks { tree: None, page: 1 });
    let told = told.map(|thin| String::from_utf8_lossy(&thin.content).replace('\n', " "));
    assert_eq!(told.as_deref().map(str::trim_end), thin, "{stream}");
}

#[test]
fn text_says_only_what_changes() {
    let stretch = |place: &str, colour: &str, letters: &str| {
        format!(
            "/Span<</MCID 1>>BDC\nq 1 0 0 -1 {place} cm/c0 cs {colour} scn\nBT 0 Tr/f0 10 Tf 1 0 0 -1 0 0 Tm{letters}\nET\nQ\nEMC"
        )
    };
    let black = "0.105882354 0.1254902 0.15294118";
    // Three letters of half the size each, one of them nearer by a hundredth of the size.
    let page = stretch("51.02362 700.1234", black, "[(\\000\\001)10.4(\\000\\r)0.2(\\000\\()]TJ")
        + &stretch("65.914 700.1234", black, "(\\000b)Tj")
        + &stretch("80 700.1234", black, "(\\000b)Tj")
        + &stretch("60 690", "1 0 0", "(\\000b)Tj");
    let mark = "/Span<</MCID 1>>BDC";
    let first = "/c0 cs .1059 .1255 .1529 scn /f0 10 Tf 51.024 700.123 Td [(\0\u{1})10(\0\\r)1(\0\\()]TJ EMC";
    let rest = format!("{mark} (\0b)Tj EMC {mark} [-909(\0b)]TJ EMC {mark} 1 0 0 scn 8.976 -10.123 Td (\0b)Tj EMC ET");
    check(&page, Some(&format!("BT {mark} {first} {rest}")));
}

#[test]
fn a_blank_that_breaks_no_line_is_a_blank_and_stretches_join() {
    check(
        "/Span<</MCID 1>>BDC q 1 0 0 -1 10 10 cm /c0 cs 0 scn BT /f0 10 Tf 1 0 0 -1 0 0 Tm (\\000a)Tj/Span<</ActualText<FEFF00A0>>>BDC \
         1 0 0 -1 5 0 Tm (\\000\\001)Tj EMC 1 0 0 -1 10 0 Tm (\\000b)Tj ET Q EMC",
        Some("BT /Span<</MCID 1>>BDC /c0 cs 0 scn /f0 10 Tf 10 10 Td (\0a\0\u{1}\0b)Tj EMC ET"),
    );
}

#[test]
fn a_shift_before_a_stretch_and_one_within_it_are_one() {
    let text = |place: u32, letters: &str| {
        format!("q 1 0 0 1 {place} 10 cm /c0 cs 0 scn BT /f0 10.0000000 Tf 1 0 0 1 0 0 Tm {letters} ET Q ")
    };
    check(
        &(text(10, "(\\000a)Tj") + &text(16, "[-250(\\000a)]TJ")),
        Some("BT /c0 cs 0 scn /f0 10 Tf 10 10 Td [(\0a)-350(\0a)]TJ ET"),
    );
}

#[test]
fn marks_and_texts_are_nested_whatever_a_mark_holds() {
    let text = "BT /f0 10 Tf 1 0 0 1 0 0 Tm (\\000a)Tj ET ";
    let shape = "/c0 cs 0 scn 0.0000 0.0000 m 1.0000 0.0000 l 0.0000 1.0000 l h f ";
    check(
        &format!(
            "/c0 cs 0 scn /Figure<</MCID 1>>BDC {shape}{text}{shape}EMC {text}/Span<</MCID 2>>BDC {text}EMC /P<</MCID 3>>BDC EMC"
        ),
        Some(
            "/Figure<</MCID 1>>BDC /c0 cs 0 scn 0 0 m 1 0 l 0 1 l f BT /f0 10 Tf 0 0 Td (\0a)Tj ET 0 0 m 1 0 l 0 1 l f EMC \
             BT 0 0 Td (\0a)Tj /Span<</MCID 2>>BDC [500(\0a)]TJ EMC /P<</MCID 3>>BDC EMC ET",
        ),
    );
}

#[test]
fn what_is_no_content_goes_on_as_one_stretch() {
    let shape = "/c0 cs 0 scn 0.0000 0.0000 m 1.0000 0.0000 l 0.0000 1.0000 l h f ";
    let artifact = format!("/Artifact<</Type/Layout>>BDC {shape}EMC ");
    check(
        &format!("{artifact}{artifact}/Span<</MCID 1>>BDC {shape}EMC {artifact}"),
        Some(
            "/Artifact<</Type/Layout>>BDC /c0 cs 0 scn 0 0 m 1 0 l 0 1 l f 0 0 m 1 0 l 0 1 l f EMC \
             /Span<</MCID 1>>BDC 0 0 m 1 0 l 0 1 l f EMC /Artifact<</Type/Layout>>BDC 0 0 m 1 0 l 0 1 l f EMC",
        ),
    );
}

#[test]
fn scaled_and_turned_text_keeps_its_place() {
    check(
        "q 2 0 0 -2 10 100 cm /c0 cs 0 scn BT 0 Tr /f0 7 Tf 1 0 0 -1 3 4 Tm (a)Tj 0 1 -1 0 5 6 Tm (b)Tj 1 0 0 -1 5 4 Tm (c)Tj ET Q",
        Some(
            "BT /c0 cs 0 scn /f0 14 Tf 16 92 Td (a)Tj /f0 7 Tf 0 -2 -2 0 20 88 Tm (b)Tj /f0 14 Tf 1 0 0 1 20 92 Tm (c)Tj ET",
        ),
    );
}

#[test]
fn lines_keep_their_pen_whatever_stands_before_them() {
    let line = |pen: &str| format!("q 2 0 0 -2 0 100 cm /c0 CS 0 0 0 SCN {pen} 0 0 m 1.5 0 l S Q ");
    check(
        &(line(".25 w [1 2] 0 d") + &line(".25 w [1 2] 0 d") + &line("")),
        Some("/c0 CS 0 0 0 SCN .5 w [2 4]0 d 0 100 m 3 100 l S 0 100 m 3 100 l S 2 w []0 d 0 100 m 3 100 l S"),
    );
}

#[test]
fn what_is_cut_off_stays_cut_off_and_is_forgotten_behind() {
    check(
        "q 0 0 m 9 0 l 9 9 l 0 9 l h W n q 1 0 0 1 1 1 cm /c0 cs 1 scn 0 0 m 2 0 l 2 2 l h f Q Q q /c0 cs 1 scn 0 0 m 2 0 l 2 2 l h f Q",
        Some("q 0 0 9 9 re W n /c0 cs 1 scn 1 1 m 3 1 l 3 3 l f Q /c0 cs 1 scn 0 0 m 2 0 l 2 2 l f"),
    );
}

#[test]
fn pictures_and_layers_keep_a_state_of_their_own() {
    check(
        "q /g0 gs q 0.5 0 0 0.5 10.12345 20.00000 cm /x0 Do Q Q q 1 0 0 1 0 0 cm /c0 cs 0.5000000 scn 0 0 m 1 0 l 0 1 l h f Q",
        Some("q /g0 gs q .5 0 0 .5 10.123 20 cm /x0 Do Q Q /c0 cs .5 scn 0 0 m 1 0 l 0 1 l f"),
    );
}

#[test]
fn what_is_not_known_stays_as_it_is() {
    for stream in [
        "q 1 0 0 -1 0 0 cm BT 3 Tr /f0 9.30000000 Tf (a)Tj ET Q",
        "q 1 0 0 -1 0 0 cm BT 2 Tc /f0 9.30000000 Tf (a)Tj ET Q",
        "0.50000000 g 0 0 m 1 0 l 0 1 l h f",
        "/c0 CS 1 SCN q 1 0 0 2 0 0 cm 0 0 m 10.00000000 0 l S Q",
        "q /c0 cs 0.5 scn 0 0 m 10.000000000 0 l 0 10.00000000 l h f Q 0 0 m 10.000000000 0 l 0 10.00000000 l h f",
        "/Span<</MCID 1>>BDC q 1 0 0 1 10.000000 20.0000000 cm Q",
        "EMC q 1 0 0 1 10.000000 20.0000000 cm Q",
        "q 1 0 0 1 10.000000 20.0000000 cm",
        "q 1 0 0 1 10.000000 20.0000000 cm (",
        "BT 12.00000000",
    ] {
        check(stream, None);
    }
}
