//! Numbers of a content stream, read and written.

use super::token::Unknown;

/// A number as written.
pub(super) fn number(written: &[u8]) -> Result<f64, Unknown> {
    let (sign, digits) = match written {
        [b'-', rest @ ..] => (-1.0, rest),
        _ => (1.0, written),
    };
    let (mut value, mut scale, mut point) = (0u64, 1u64, false);
    for byte in digits {
        match byte {
            b'.' if !point => point = true,
            b'0'..=b'9' if value < 1 << 49 => {
                value = 10 * value + u64::from(byte - b'0');
                scale = if point { 10 * scale } else { scale };
            }
            _ => return Err(Unknown),
        }
    }
    if digits.is_empty() { Err(Unknown) } else { Ok(sign * value as f64 / scale as f64) }
}

/// A number in whole parts of its unit: thousandths of a point, ten-thousandths of a colour.
pub(super) fn parts(value: f64, digits: u32) -> i64 {
    (value * f64::from(10u32.pow(digits))).round() as i64
}

/// Writes a number of parts, without zeros that say nothing.
pub(super) fn write(out: &mut Vec<u8>, parts: i64, digits: u32) {
    let scale = 10u64.pow(digits);
    if parts < 0 {
        out.push(b'-');
    }
    let (whole, mut rest) = (parts.unsigned_abs() / scale, parts.unsigned_abs() % scale);
    if whole > 0 || rest == 0 {
        whole_number(out, whole);
    }
    if rest > 0 {
        out.push(b'.');
        let mut place = scale / 10;
        while rest > 0 {
            out.push(b'0' + u8::try_from(rest / place).unwrap_or_default());
            rest %= place;
            place /= 10;
        }
    }
}

fn whole_number(out: &mut Vec<u8>, mut whole: u64) {
    let start = out.len();
    loop {
        out.push(b'0' + u8::try_from(whole % 10).unwrap_or_default());
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    out[start..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (written, value) in [
            ("12", 12.0),
            ("-0.5", -0.5),
            (".25", 0.25),
            ("1.0141189", 1.014_118_9),
            ("-", 0.0),
            ("595.2756", 595.2756),
        ] {
            if written == "-" {
                assert_eq!(number(written.as_bytes()), Err(Unknown));
            } else {
                assert_eq!(number(written.as_bytes()), Ok(value));
            }
        }
        for broken in ["", "1e5", "1.2.3", "--1", "9999999999999999999"] {
            assert_eq!(number(broken.as_bytes()), Err(Unknown), "{broken}");
        }
    }

    #[test]
    fn numbers_are_written_without_needless_zeros() {
        for (value, written) in
            [(12.0, "12"), (0.5, ".5"), (-0.05, "-.05"), (0.0, "0"), (-0.001, "0"), (100.999, "101"), (20.25, "20.25")]
        {
            let mut out = Vec::new();
            write(&mut out, parts(value, 2), 2);
            assert_eq!(String::from_utf8_lossy(&out), written);
        }
    }
}
