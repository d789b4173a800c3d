//! What the library reads of what comes.

use super::*;
use crate::http::head_refusal::HeadRefusal;
use tokio::io::AsyncReadExt;

/// What the library reads when this comes in parts of that size.
async fn read(sent: &[u8], part: usize) -> (String, Option<HeadRefusal>) {
    let parts = sent.chunks(part).map(<[u8]>::to_vec).collect();
    let (mut reader, slot) = HeadReader::new(Parts(parts));
    let mut all = Vec::new();
    let reading = reader.read_to_end(&mut all);
    // after a refusal there is no end
    let _ = tokio::time::timeout(Duration::from_millis(20), reading).await;
    (String::from_utf8(all).unwrap(), slot.take())
}

struct Parts(std::collections::VecDeque<Vec<u8>>);

impl AsyncRead for Parts {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Some(mut part) = self.0.pop_front() else {
            return Poll::Ready(Ok(()));
        };
        move_bytes(&mut part, out, usize::MAX);
        if !part.is_empty() {
            self.0.push_front(part);
        }
        Poll::Ready(Ok(()))
    }
}

const BODY: &str = "GET /?a=> HTTP/1.1\r\n\r\n";

#[tokio::test]
async fn heads_are_written_again_and_bodies_pass() {
    let length = BODY.len();
    let sent = format!(
        "GET /?a=> HTTP/1.1\r\n\r\nPOST /? HTTP/1.1\r\ncontent-length: {length}\r\n\r\n{BODY}GET /?b=\" HTTP/1.1\r\n\r\n"
    );
    let expected = format!(
        "GET /?a=%3E HTTP/1.1\r\n\r\nPOST /? HTTP/1.1\r\ncontent-length: {length}\r\n\r\n{BODY}GET /?b=%22 HTTP/1.1\r\n\r\n"
    );
    for part in 1..sent.len() {
        assert_eq!(
            read(sent.as_bytes(), part).await,
            (expected.clone(), None),
            "{part}"
        );
    }
}

#[tokio::test]
async fn what_follows_a_body_of_unknown_length_is_left_alone() {
    let sent = format!("POST /?> HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{BODY}");
    let (text, refusal) = read(sent.as_bytes(), 7).await;
    assert_eq!(text, sent.replace("?>", "?%3E"));
    assert_eq!(refusal, None);
}

#[tokio::test]
async fn nothing_after_a_refusal_is_read() {
    let sent = b"GET / HTTP/1.1\r\n\r\nGET / HTTP/3\r\n\r\nPOST /auth/login HTTP/1.1\r\n\r\n";
    for part in [1, 30, 200] {
        let (text, refusal) = read(sent, part).await;
        let first = "GET / HTTP/1.1\r\n\r\n".to_owned();
        assert_eq!(text, first + &String::from_utf8_lossy(STAND_IN));
        assert!(matches!(refusal, Some(HeadRefusal::Malformed(_))));
    }
}
