//! Owns how long the body after a head is, as far as that is certain. Pure.

use super::head_refusal::HeadRefusal;
use httparse::{Header, Request};

/// How far it is to the next head.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(super) enum BodyLength {
    Bytes(u64),
    /// Only the library knows.
    Unknown,
}

pub(super) fn body_length(request: &Request<'_, '_>) -> Result<BodyLength, HeadRefusal> {
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
