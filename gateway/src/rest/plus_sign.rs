//! Owns the plus sign that an address turns into a blank: in a time it is mostly that of an offset, and 02:00 east of
//! Greenwich is not two o'clock. Pure.

/// Why this value cannot be meant, if the query was written by hand: encoders write its colons as %3A.
pub(super) fn lost_plus(value: &str, query: &str) -> Option<String> {
    let (before, offset) = value.rsplit_once(' ')?;
    let is_offset = offset.len() >= 2 && offset.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let last = before.rsplit(' ').next()?;
    let typed = format!("{last}+{offset}");
    (is_offset && query.contains(&typed)).then(|| {
        format!("+ in an address is read as a blank, so {typed} is not clear; write %2B for a plus sign, %20 for a blank")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plus_before_an_offset_is_asked_about() {
        for (value, query) in [
            (
                "2026-11-01T00:00:00 00:00",
                "t=gte.2026-11-01T00:00:00+00:00",
            ),
            ("2026-11-01 02:00", "t=gte.2026-11-01+02:00"),
            ("2026-11-01 02:00", "and=(t.gte.2026-11-01+02:00)"),
            ("2026-11-01 10:00 02", "t=gte.2026-11-01%2010:00+02"),
            ("2026-11-01 10:00 0530", "t=gte.2026-11-01+10:00+0530"),
        ] {
            let why = lost_plus(value, query).unwrap();
            assert!(why.contains("%2B") && why.contains("%20"), "{why}");
        }
        for (value, query) in [
            ("2026-11-01 02:00", "t=gte.2026-11-01%2002:00"),
            ("2026-11-01 02:00", "t=gte.2026-11-01+02%3A00"),
            (
                "2026-11-01T00:00:00+00:00",
                "t=gte.2026-11-01T00:00:00%2B00:00",
            ),
            ("now", "t=gte.now"),
            ("1 Nov 2026 Z", "t=gte.1+Nov+2026+Z"),
        ] {
            assert_eq!(lost_plus(value, query), None, "{query}");
        }
    }
}
