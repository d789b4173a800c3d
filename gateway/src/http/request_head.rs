//! Owns the judgement of a request's head, before the library reads it: what the library refuses, without a word, is
//! refused here with one. Pure.

use super::body_length::{BodyLength, body_length};
use super::head_refusal::{
    HEAD_BYTES, HEADERS, HeadRefusal, LEAD_BYTES, METHOD_BYTES, TARGET_BYTES,
};
use super::target::encode_line;
use axum::http::Uri;
use httparse::{EMPTY_HEADER, Error, Request, Status};

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
