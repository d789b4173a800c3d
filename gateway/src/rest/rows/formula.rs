//! Owns what a spreadsheet could take for a formula. An apostrophe in front makes it text; one more in front of what already
//! has one, so that taking one away leads back. Pure.

use cs_text::is_invisible;

/// What a formula begins with: as typed, and as wide and small forms that become the same.
const SIGNS: [char; 12] = [
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫',
];

/// Whether this gets an apostrophe: a formula, whatever stands invisibly or in apostrophes before it.
pub(super) fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches(|c| c == '\'' || is_invisible(c));
    let has_sign = bare.starts_with(SIGNS);
    match text == bare {
        true => has_sign && !is_number(text) && !is_phone(text),
        // to some, what begins with a tab or a line break is one as it stands
        false => {
            has_sign
                || text
                    .trim_start_matches('\'')
                    .starts_with(['\t', '\r', '\n'])
        }
    }
}

/// `-1250.5e3`: a sign, digits, a fraction, an exponent.
fn is_number(text: &str) -> bool {
    let signed = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = signed.split_once(['e', 'E']).unwrap_or((signed, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    is_digits(whole)
        && is_digits(fraction)
        && is_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))
}

/// `+49 30 1234`: nothing to calculate with.
fn is_phone(text: &str) -> bool {
    let groups = text.strip_prefix('+').map(|rest| rest.split(' '));
    groups.is_some_and(|mut groups| groups.all(is_digits))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_found_behind_what_cannot_be_seen() {
        for formula in [
            "=1+1",
            "+cmd",
            "-cmd",
            "@x",
            "\tx",
            "\rx",
            "\nx",
            "-1+2",
            "-",
            "+",
            "-1,5",
            "--1",
            "-1e",
            "\n=HYPERLINK(\"http://evil\")",
            " =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}=1",
            "\u{feff} \u{200b}\n@x",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(1)",
            "﹦1",
            " -1",
            "\0=1",
            "+49-30-1234",
            "+49 (30) 1234",
            "+1 =2",
            "+1  2",
            "+ 49",
            "\u{202e}=1",
            "\u{3000}=1",
        ] {
            assert!(needs_guard(formula), "{formula:?}");
        }
    }

    #[test]
    fn numbers_phones_and_texts_stay_as_they_are() {
        for text in [
            "-1",
            "-1250.50",
            "+5",
            "-1e5",
            "-2.5E-10",
            "0",
            "+49 30 1234",
            "+4930123",
            "",
            "a=b",
            "a -1",
            " a",
            "'tis",
            "'",
            "''",
            "1-2",
            "a\n=1",
            "–1",
            "\u{2212}1",
            "' x",
        ] {
            assert!(!needs_guard(text), "{text:?}");
        }
    }

    #[test]
    fn one_apostrophe_less_leads_back() {
        for text in ["=x", "'=x", "''=x", "' =x", "'\t", "'-1", "'+49 30 1"] {
            assert!(needs_guard(text), "{text:?}");
        }
        // what is read back: one apostrophe goes where what follows would get one
        let guarded = |text: &str| match needs_guard(text) {
            true => format!("'{text}"),
            false => text.to_owned(),
        };
        let back = |cell: &str| match cell.strip_prefix('\'').filter(|rest| needs_guard(rest)) {
            Some(rest) => rest.to_owned(),
            None => cell.to_owned(),
        };
        for text in [
            "=x", "'=x", "''=x", "'tis", "-1", "'-1", "''-1", "\u{a0}=1", "'", "x", " '=1",
        ] {
            assert_eq!(back(&guarded(text)), text);
        }
    }
}
