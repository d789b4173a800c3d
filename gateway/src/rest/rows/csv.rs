//! Owns lines of CSV (RFC 4180), whose cells a spreadsheet takes for text or numbers and never for formulas. Pure.

/// Writes a line: NULL is an empty cell, an empty string a quoted one.
pub(super) fn write_line<'a>(cells: impl Iterator<Item = Option<&'a str>>, out: &mut Vec<u8>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        if let Some(text) = cell {
            write_cell(text, out);
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn write_cell(text: &str, out: &mut Vec<u8>) {
    let guard = is_formula(text);
    let is_plain = !guard && !text.is_empty() && !text.contains(['"', ',', '\r', '\n']);
    if is_plain {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    if guard {
        out.push(b'\'');
    }
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(text)
}

/// `-1250.5e3`: a sign, digits, a fraction, an exponent.
fn is_number(text: &str) -> bool {
    let signed = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = signed.split_once(['e', 'E']).unwrap_or((signed, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Option<&str>]) -> String {
        let mut out = Vec::new();
        write_line(cells.iter().copied(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            written(&[
                Some("a"),
                Some("b,c"),
                Some("d\"e"),
                Some("f\ng"),
                None,
                Some("")
            ]),
            "a,\"b,c\",\"d\"\"e\",\"f\ng\",,\"\"\r\n"
        );
    }

    #[test]
    fn formulas_are_texts_and_numbers_stay_numbers() {
        for formula in [
            "=1+1", "+cmd", "-cmd", "@x", "\tx", "\rx", "-1+2", "-", "-1,5", "--1", "-1e",
        ] {
            assert_eq!(
                written(&[Some(formula)]),
                format!("\"'{formula}\"\r\n"),
                "{formula}"
            );
        }
        for number in ["-1", "-1250.50", "+5", "-1e5", "-2.5E-10", "0"] {
            assert_eq!(written(&[Some(number)]), format!("{number}\r\n"));
        }
    }
}
