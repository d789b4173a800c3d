//! Owns the judgement of a request's head, before the library reads it: what the library refuses, without a word, is
//! refused here with one. Pure.

use super::target::encode_line;
use axum::http::{StatusCode, Uri};
use httparse::{EMPTY_HEADER, Error, Header, Request, Status};

/// How much of a request, without its body, is kept while it arrives: twice the longest address that is taken.
pub(super) const HEAD_BYTES: usize = 128 * 1024;
/// The longest address that the library takes.
const TARGET_BYTES: usize = 65_534;
/// What may stand around it in its line.
const METHOD_BYTES: usize = 64;
/// Empty lines before a head, as some clients send them after a body.
const LEAD_BYTES: usize = 16;
const HEADERS: usize = 100;

/// What is known of a head.
#[derive(Debug, PartialEq)]
pub(super) enum Head {
    Incomplete,
    /// As it is to be read; it took that many bytes as it came.
    Complete {
        taken: usize,
        bytes: Vec<u8>,
        body: BodyLength,
    },
    Refused(HeadRefusal),
}

/// How far it is to the next head.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(super) enum BodyLength {
    Bytes(u64),
    /// Only the library knows.
    Unknown,
}

/// Why a head is refused.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) enum HeadRefusal {
    TargetTooLong,
    HeadersTooLarge,
    /// What is wrong with it.
    Malformed(&'static str),
}

impl HeadRefusal {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
        }
    }

    pub(crate) fn message(self) -> String {
        match self {
            Self::TargetTooLong => format!(
                "The address of this request, with its query, is longer than the {TARGET_BYTES} bytes that this server reads."
            ),
            Self::HeadersTooLarge => format!(
                "This request has more than {HEADERS} headers, or more than {HEAD_BYTES} bytes of them."
            ),
            Self::Malformed(what) => format!("The request cannot be read: {what}."),
        }
    }

    pub(crate) fn hint(self) -> Option<&'static str> {
        match self {
            Self::TargetTooLong => Some(
                "Send long lists in a body: POST /rest/v1/rpc/search_accounts takes ids in its criteria. Or ask for \
                 fewer at a time.",
            ),
            Self::HeadersTooLarge => {
                Some("Cookies that others have set on this host may be the reason.")
            }
            Self::Malformed(_) => None,
        }
    }
}

/// Reads from the beginning of a head; `seen` bytes of it were there when it was last incomplete.
pub(super) fn read_head(bytes: &[u8], seen: usize) -> Head {
    // lines of nothing may stand before it
    let is_blank = |byte: &&u8| b"\r\n".contains(byte);
    let lead = bytes.iter().take(LEAD_BYTES).take_while(is_blank).count();
    let text = &bytes[lead..];
    match text.first() {
        None => return Head::Incomplete,
        Some(byte) if byte.is_ascii_graphic() => {}
        Some(_) => return malformed("it does not begin with a method"),
    }
    if ends(&bytes[seen.saturating_sub(3)..])
        && let Some(end) = text.iter().position(|byte| *byte == b'\n')
    {
        return read_complete(lead, text, end);
    }
    let too_large = match text.contains(&b'\n') {
        _ if bytes.len() <= METHOD_BYTES + TARGET_BYTES => return Head::Incomplete,
        true if bytes.len() <= HEAD_BYTES => return Head::Incomplete,
        true => HeadRefusal::HeadersTooLarge,
        false => HeadRefusal::TargetTooLong,
    };
    Head::Refused(too_large)
}

fn read_complete(lead: usize, text: &[u8], line_end: usize) -> Head {
    let line = &text[..line_end];
    let Some(line) = encode_line(line.strip_suffix(b"\r").unwrap_or(line)) else {
        return malformed(
            "its first line is not a method, an address and HTTP/1.1; write %20 for a blank in the address",
        );
    };
    let written = [&line, &b"\r"[..], &text[line_end..]].concat();
    let grown = written.len() - text.len();
    let mut headers = [EMPTY_HEADER; HEADERS];
    let mut request = Request::new(&mut headers);
    match request.parse(&written) {
        Ok(Status::Partial) => Head::Incomplete,
        Ok(Status::Complete(length)) => match check(&request, length) {
            Ok(body) => Head::Complete {
                taken: lead + length - grown,
                bytes: written[..length].to_vec(),
                body,
            },
            Err(refusal) => Head::Refused(refusal),
        },
        Err(Error::TooManyHeaders) => Head::Refused(HeadRefusal::HeadersTooLarge),
        Err(Error::Version) => malformed("this server speaks HTTP/1.1"),
        Err(Error::HeaderName | Error::HeaderValue | Error::NewLine) => {
            malformed("one of its headers is not a name, a colon and a value")
        }
        Err(_) => malformed("its first line is not a method, an address and HTTP/1.1"),
    }
}

/// What the library would refuse of a head that can be parsed.
fn check(request: &Request<'_, '_>, length: usize) -> Result<BodyLength, HeadRefusal> {
    let target = request.path.unwrap_or_default();
    if target.len() > TARGET_BYTES {
        return Err(HeadRefusal::TargetTooLong);
    }
    if length > HEAD_BYTES {
        return Err(HeadRefusal::HeadersTooLarge);
    }
    if Uri::try_from(target).is_err() {
        return Err(HeadRefusal::Malformed("its address is not one"));
    }
    body_length(request)
}

fn body_length(request: &Request<'_, '_>) -> Result<BodyLength, HeadRefusal> {
    let named = |name: &'static str| {
        let headers = request.headers.iter();
        headers.filter(move |header: &&Header<'_>| header.name.eq_ignore_ascii_case(name))
    };
    if let Some(encoding) = named("transfer-encoding").next_back() {
        let last = encoding.value.rsplit(|byte| *byte == b',').next();
        let last = last.unwrap_or_default().trim_ascii();
        return match last.eq_ignore_ascii_case(b"chunked") && request.version == Some(1) {
            true => Ok(BodyLength::Unknown),
            false => Err(HeadRefusal::Malformed(
                "its transfer-encoding is not chunked",
            )),
        };
    }
    let is_upgrade = named("upgrade").next().is_some() || request.method == Some("CONNECT");
    let mut lengths = named("content-length").map(|header| whole_number(header.value));
    let Some(first) = lengths.next() else {
        return Ok(match is_upgrade {
            true => BodyLength::Unknown,
            false => BodyLength::Bytes(0),
        });
    };
    match first.filter(|_| lengths.all(|other| other == first)) {
        Some(_) if is_upgrade => Ok(BodyLength::Unknown),
        Some(length) => Ok(BodyLength::Bytes(length)),
        None => Err(HeadRefusal::Malformed(
            "its content-length is not one number",
        )),
    }
}

/// Digits only; the largest two mean something else to the library.
fn whole_number(text: &[u8]) -> Option<u64> {
    let digits = text.iter().all(u8::is_ascii_digit);
    let number: u64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    (digits && number < u64::MAX - 1).then_some(number)
}

/// Whether an empty line is among these bytes.
fn ends(tail: &[u8]) -> bool {
    tail.windows(2).any(|pair| pair == b"\n\n") || tail.windows(3).any(|three| three == b"\n\r\n")
}

fn malformed(what: &'static str) -> Head {
    Head::Refused(HeadRefusal::Malformed(what))
}

#[cfg(test)]
#[path = "request_head_tests.rs"]
mod tests;
