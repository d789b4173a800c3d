//! Owns what JSON can write and PostgreSQL cannot hold: half a character, the character U+0000, a number beyond `numeric`. Pure.

use std::borrow::Cow;

/// What is wrong in a document, to be read after the name of its field.
pub type Flaw = &'static str;

const NUL: Flaw = "holds the character U+0000, which no text here can hold: leave it out";
const HALF: Flaw = "holds half a character (a \\ud800 to \\udfff without its other half): the text was cut inside it";
const BEYOND: Flaw =
    "holds a number beyond measure: at most 131,072 digits before the point and 16,383 after it";
const DEEP: Flaw = "is nested more than 500 deep";

const DEEPEST: usize = 500;
/// The limits of `numeric` (PostgreSQL, "Numeric Types").
const DIGITS_BEFORE: i64 = 131_072;
const DIGITS_AFTER: i64 = 16_383;

/// The first flaw of a value whose syntax is right, and the path of keys to it; empty: the value as a whole.
pub fn find_flaw(raw: &str) -> Option<(String, Flaw)> {
    let mut search = Search {
        raw,
        at: 0,
        open: Vec::new(),
    };
    let flaw = search.run()?;
    let keys = search.open.iter().filter_map(|it| match it {
        Open::Object { key, .. } if !key.is_empty() => Some(key.as_ref()),
        _ => None,
    });
    Some((keys.collect::<Vec<_>>().join("."), flaw))
}

/// An object or array around the place.
enum Open<'a> {
    Object { key: Cow<'a, str>, at_key: bool },
    Array,
}

struct Search<'a> {
    raw: &'a str,
    at: usize,
    open: Vec<Open<'a>>,
}

impl<'a> Search<'a> {
    fn run(&mut self) -> Option<Flaw> {
        while let Some(byte) = self.raw.as_bytes().get(self.at).copied() {
            match byte {
                b'"' => {
                    if let Some(flaw) = self.read_text() {
                        return Some(flaw);
                    }
                    continue;
                }
                b'-' | b'0'..=b'9' => {
                    if let Some(flaw) = self.read_number() {
                        return Some(flaw);
                    }
                    continue;
                }
                b'{' => self.open.push(Open::Object {
                    key: Cow::Borrowed(""),
                    at_key: true,
                }),
                b'[' => self.open.push(Open::Array),
                b'}' | b']' => drop(self.open.pop()),
                b',' | b':' => {
                    if let Some(Open::Object { at_key, .. }) = self.open.last_mut() {
                        *at_key = byte == b',';
                    }
                }
                _ => {}
            }
            if self.open.len() > DEEPEST {
                self.open.truncate(1);
                return Some(DEEP);
            }
            self.at += 1;
        }
        None
    }

    fn read_text(&mut self) -> Option<Flaw> {
        let start = self.at + 1;
        let mut end = start;
        let bytes = self.raw.as_bytes();
        while bytes.get(end).is_some_and(|it| *it != b'"') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let quoted = self.raw.get(self.at..=end)?;
        let text = self.raw.get(start..end)?;
        self.at = end + 1;
        let flaw = flaw_of_text(text);
        if let Some(Open::Object { key, at_key: true }) = self.open.last_mut() {
            *key = serde_json::from_str::<String>(quoted).map_or(Cow::Borrowed(""), Cow::Owned);
            if flaw.is_some() {
                *key = Cow::Borrowed("");
            }
        }
        flaw
    }

    fn read_number(&mut self) -> Option<Flaw> {
        let rest = self.raw.get(self.at..)?;
        let is_part = |it: char| it.is_ascii_digit() || matches!(it, '-' | '+' | '.' | 'e' | 'E');
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        self.at += end;
        flaw_of_number(&rest[..end])
    }
}

/// Of the inside of a string, its escapes as they are written.
fn flaw_of_text(text: &str) -> Option<Flaw> {
    let mut rest = text;
    while let Some(start) = rest.find('\\') {
        let escape = &rest[start + 1..];
        rest = escape.get(1..).unwrap_or_default();
        let Some(code) = code_of(escape) else {
            continue;
        };
        rest = escape.get(5..).unwrap_or_default();
        match code {
            0 => return Some(NUL),
            0xdc00..=0xdfff => return Some(HALF),
            0xd800..=0xdbff => {
                let other = rest.strip_prefix('\\').and_then(code_of);
                if !other.is_some_and(|it| (0xdc00..=0xdfff).contains(&it)) {
                    return Some(HALF);
                }
                rest = rest.get(6..).unwrap_or_default();
            }
            _ => {}
        }
    }
    None
}

/// Of an escape after its backslash: `u` and four digits.
fn code_of(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix('u')?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

fn flaw_of_number(number: &str) -> Option<Flaw> {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX / 4);
    let before = length(before.trim_start_matches(['-', '0']));
    let fits = exponent
        .parse::<i64>()
        .ok()
        .filter(|it| it.abs() < i64::MAX / 4)
        .is_some_and(|shift| {
            before + shift <= DIGITS_BEFORE && length(after) - shift <= DIGITS_AFTER
        });
    (!fits).then_some(BEYOND)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn what_postgresql_can_hold_has_no_flaw() {
        for sound in [
            "1",
            "-0.5e-3",
            "1e131071",
            "1e-16383",
            "null",
            r#""plain""#,
            r#""\ud83d\ude00 \u00e9 \\u0000 \\ud83d \" \n""#,
            r#"{"a": [1, {"b": "x"}], "c": {}}"#,
        ] {
            assert_eq!(find_flaw(sound), None, "{sound}");
        }
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        assert_eq!(find_flaw(&deep), None);
    }

    #[test]
    fn a_flaw_is_named_with_its_place() {
        for (flawed, place, flaw) in [
            (r#""\u0000""#, "", NUL),
            (r#""Report \ud83d""#, "", HALF),
            (r#""\ude00 first""#, "", HALF),
            (r#""\ud83d\ud83d\ude00""#, "", HALF),
            (r#""\ud83dx""#, "", HALF),
            (r#""\ud83d\n""#, "", HALF),
            (r#"{"name": "a\u0000b"}"#, "name", NUL),
            (r#"{"a": 1, "m": {"x": [1, "\ud83d"]}}"#, "m.x", HALF),
            (r#"{"m": {"x": 1, "y": 1e131072}}"#, "m.y", BEYOND),
            (r#"{"m": {"x": {"\u0000": 1}}}"#, "m.x", NUL),
            (r#"{"\ud83d": 1}"#, "", HALF),
            (r#"{"m": [1], "v": 1e-20000}"#, "v", BEYOND),
            (r#"{"v": 1e999999999999999999999}"#, "v", BEYOND),
        ] {
            assert_eq!(
                find_flaw(flawed),
                Some((place.to_owned(), flaw)),
                "{flawed}"
            );
        }
        let deep = format!(r#"{{"m": {}{}}}"#, "[".repeat(500), "]".repeat(500));
        assert_eq!(find_flaw(&deep), Some(("m".to_owned(), DEEP)));
    }
}
