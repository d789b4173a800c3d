//! Owns the address in a request line as it is typed: characters that ought to be written by their percent code are read
//! as they stand. Pure.

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

/// What the library refuses, or takes for the end of the query; curl and programs send it as it was typed. So they do all
/// that is not ASCII, which is encoded in any case.
const AS_TYPED: AsciiSet = CONTROLS.add(b'"').add(b'#').add(b'<').add(b'>').add(b'`');

/// Writes the line again, without its end, with such characters encoded. None where it is not a request line.
pub(super) fn encode_line(line: &[u8]) -> Option<Vec<u8>> {
    let first = line.iter().position(|byte| *byte == b' ')?;
    let last = line.iter().rposition(|byte| *byte == b' ')?;
    let target = line.get(first + 1..last)?;
    if target.iter().any(|byte| *byte <= b' ') {
        return None;
    }
    let encoded = percent_encode(target, &AS_TYPED).to_string();
    Some([&line[..=first], encoded.as_bytes(), &line[last..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(line: &str) -> Option<String> {
        encode_line(line.as_bytes()).map(|line| String::from_utf8(line).unwrap())
    }

    #[test]
    fn what_is_typed_is_encoded_and_what_is_encoded_stays() {
        for (typed, read) in [
            ("/a?b=c->>d", "/a?b=c-%3E%3Ed"),
            ("/a?b=lt.<5", "/a?b=lt.%3C5"),
            (r#"/a?b=in.("x","y z%22")"#, ""),
            (r#"/a?b=in.("x")"#, "/a?b=in.(%22x%22)"),
            ("/a?b=eq.Müller", "/a?b=eq.M%C3%BCller"),
            ("/a?b=C#&c=`", "/a?b=C%23&c=%60"),
            ("/`\u{7f}", "/%60%7F"),
            ("/a?b=%3E+{1}|^\\[]", "/a?b=%3E+{1}|^\\[]"),
            ("*", "*"),
            ("http://h/a?b=>", "http://h/a?b=%3E"),
        ] {
            let expected = (!read.is_empty()).then(|| format!("GET {read} HTTP/1.1"));
            assert_eq!(
                encoded(&format!("GET {typed} HTTP/1.1")),
                expected,
                "{typed}"
            );
        }
        let latin = encode_line(b"GET /?a=\xfc HTTP/1.1").unwrap();
        assert_eq!(latin, b"GET /?a=%FC HTTP/1.1");
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "GET",
            "GET /",
            "GET\t/ HTTP/1.1",
            "GET /a\tb HTTP/1.1",
            "GET /a b HTTP/1.1",
        ] {
            assert_eq!(encoded(line), None, "{line}");
        }
    }
}
