//! Owns what is kept of a receiver's answer. The status decides what comes of a try; the body is for the reader, so whatever is wrong
//! with it is let be.

use super::retry::DeliveryAttempt;
use reqwest::Response;
use reqwest::header::RETRY_AFTER;
use std::time::{Duration, Instant, SystemTime};

const KEPT_OF_BODY: usize = 2048;
/// The longest that a body is waited for.
const BODY_TIME: Duration = Duration::from_secs(2);

/// What an answer says, its body read for a moment and never past its first 2 kB. Returns too whether it was read to its end.
pub async fn keep(mut answer: Response, until: Instant) -> (DeliveryAttempt, bool) {
    let mut attempt = DeliveryAttempt {
        status: Some(answer.status().as_u16()),
        retry_after: answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|it| it.to_str().ok())
            .and_then(read_retry_after),
        ..DeliveryAttempt::default()
    };
    let mut kept = Vec::new();
    let time = BODY_TIME.min(until.saturating_duration_since(Instant::now()));
    let reading = tokio::time::timeout(time, read_start(&mut answer, &mut kept));
    let is_whole = reading.await.unwrap_or(false);
    attempt.body = written(&kept);
    (attempt, is_whole)
}

/// Whether it was read to its end.
async fn read_start(answer: &mut Response, kept: &mut Vec<u8>) -> bool {
    while kept.len() <= KEPT_OF_BODY {
        match answer.chunk().await {
            Ok(Some(chunk)) => kept.extend_from_slice(&chunk),
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
    false
}

/// As text, which PostgreSQL cannot store with a zero byte in it.
fn written(kept: &[u8]) -> String {
    let start = &kept[..kept.len().min(KEPT_OF_BODY)];
    String::from_utf8_lossy(start).replace('\0', "\u{fffd}")
}

/// Seconds or a date in one of its three forms (RFC 9110, 10.2.3); a date that is over asks for nothing.
fn read_retry_after(text: &str) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
        // More seconds than there are numbers is as good as for ever.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    until.duration_since(SystemTime::now()).ok()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (text, seconds) in [
            ("0", 0),
            ("120", 120),
            (" 7 ", 7),
            ("86400", 86_400),
            ("99999999999999999999999", u64::MAX),
        ] {
            assert_eq!(
                read_retry_after(text),
                Some(Duration::from_secs(seconds)),
                "{text}"
            );
        }
        for text in [
            "",
            "soon",
            "-5",
            "+5",
            "1.5",
            "5s",
            "0x10",
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "Wednesday, 21-Oct-15 07:28:00 GMT",
            "Wed Oct 21 07:28:00 2015",
            "Wed, 21 Oct 2099",
            "2099-01-01T00:00:00Z",
        ] {
            assert_eq!(read_retry_after(text), None, "{text}");
        }
        let later = SystemTime::now() + Duration::from_secs(600);
        let wait = read_retry_after(&httpdate::fmt_http_date(later)).unwrap();
        assert!(wait > Duration::from_secs(590) && wait <= Duration::from_secs(600));
        assert!(read_retry_after("Thursday, 01-Jan-60 00:00:00 GMT").is_some());
        assert!(read_retry_after("Thu Jan  1 00:00:00 2099").is_some());
    }

    #[test]
    fn a_body_is_kept_as_text_that_can_be_stored() {
        assert_eq!(written(b"a\0b"), "a\u{fffd}b");
        assert_eq!(written(b"caf\xe9"), "caf\u{fffd}");
        assert_eq!(written(&[b'x'; 5000]).len(), KEPT_OF_BODY);
        // A letter that the bound cuts in two.
        let cut = [vec![b'x'; KEPT_OF_BODY - 1], "é".into()].concat();
        assert!(written(&cut).ends_with("x\u{fffd}"));
    }
}
