//! Heads as they come.

use super::*;

fn read(text: &str) -> Head {
    read_head(text.as_bytes(), 0)
}

fn complete(text: &str) -> (usize, String, BodyLength) {
    match read(text) {
        Head::Complete { taken, bytes, body } => (taken, String::from_utf8(bytes).unwrap(), body),
        other => panic!("{text:?}: {other:?}"),
    }
}

fn refused(text: &str) -> u16 {
    match read(text) {
        Head::Refused(refusal) => refusal.status().as_u16(),
        other => panic!("{:?}: {other:?}", &text[..text.len().min(200)]),
    }
}

#[test]
fn a_head_is_taken_up_to_its_end() {
    let head = "GET /a?b=c HTTP/1.1\r\nhost: x\r\n\r\n";
    let (taken, bytes, body) = complete(&format!("{head}GET /next"));
    assert_eq!(
        (taken, bytes.as_str(), body),
        (head.len(), head, BodyLength::Bytes(0))
    );
    let (taken, bytes, _) = complete("\r\nGET /?a=>\"ü HTTP/1.1\nhost: x\n\nrest");
    assert_eq!(bytes, "GET /?a=%3E%22%C3%BC HTTP/1.1\r\nhost: x\n\n");
    assert_eq!(taken, "\r\nGET /?a=>\"ü HTTP/1.1\nhost: x\n\n".len());
    for part in [
        "",
        "\r\n",
        "G",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\na: b\r\n",
    ] {
        assert_eq!(read(part), Head::Incomplete, "{part:?}");
    }
}

#[test]
fn the_end_is_found_however_the_bytes_come() {
    let head = b"POST /?a=> HTTP/1.1\r\ncontent-length: 5\r\n\r\n";
    for step in 1..head.len() {
        let (mut seen, mut there) = (0, 0);
        let found = loop {
            there = (there + step).min(head.len());
            match read_head(&head[..there], seen) {
                Head::Incomplete => seen = there,
                other => break other,
            }
        };
        let Head::Complete { taken, body, .. } = found else {
            panic!("{found:?}")
        };
        assert_eq!((taken, body), (head.len(), BodyLength::Bytes(5)), "{step}");
    }
}

#[test]
fn lengths_of_bodies_are_known_or_left_to_the_library() {
    for (headers, expected) in [
        ("content-length: 7", Some(BodyLength::Bytes(7))),
        (
            "content-length: 7\r\nContent-Length: 7",
            Some(BodyLength::Bytes(7)),
        ),
        ("Transfer-Encoding: chunked", Some(BodyLength::Unknown)),
        (
            "transfer-encoding: gzip, Chunked",
            Some(BodyLength::Unknown),
        ),
        (
            "content-length: 7\r\ntransfer-encoding: chunked",
            Some(BodyLength::Unknown),
        ),
        ("upgrade: websocket", Some(BodyLength::Unknown)),
        ("content-length: 7\r\ncontent-length: 8", None),
        ("content-length: +7", None),
        ("content-length: 7, 7", None),
        ("content-length: ", None),
        ("content-length: 18446744073709551615", None),
        ("transfer-encoding: gzip", None),
        (
            "transfer-encoding: chunked\r\ntransfer-encoding: gzip",
            None,
        ),
    ] {
        let text = format!("POST / HTTP/1.1\r\n{headers}\r\n\r\n");
        match expected {
            Some(body) => assert_eq!(complete(&text).2, body, "{headers}"),
            None => assert_eq!(refused(&text), 400, "{headers}"),
        }
    }
    assert_eq!(
        refused("POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n"),
        400
    );
}

#[test]
fn what_is_no_request_is_refused() {
    for text in [
        "\u{16}\u{3}\u{1}",
        " GET / HTTP/1.1\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\na b: c\r\n\r\n",
        "GET / HTTP/1.1\r\na: b\0c\r\n\r\n",
        "G(T / HTTP/1.1\r\n\r\n",
        "GET a b/c HTTP/1.1\r\n\r\n",
        "GET http://[x HTTP/1.1\r\n\r\n",
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
    ] {
        assert_eq!(refused(text), 400, "{text:?}");
    }
}

#[test]
fn what_is_too_long_is_refused_as_soon_as_it_is() {
    let get = |length: usize, rest: &str| format!("GET /{}{rest}", "a".repeat(length - 1));
    assert_eq!(
        complete(&get(TARGET_BYTES, " HTTP/1.1\r\n\r\n")).2,
        BodyLength::Bytes(0)
    );
    assert_eq!(refused(&get(TARGET_BYTES + 1, " HTTP/1.1\r\n\r\n")), 414);
    assert_eq!(refused(&get(TARGET_BYTES + METHOD_BYTES, "")), 414);
    assert_eq!(
        refused(&format!("GET /?{} HTTP/1.1\r\n\r\n", ">".repeat(30_000))),
        414
    );
    let long = format!("GET / HTTP/1.1\r\nx: {}", "x".repeat(HEAD_BYTES));
    assert_eq!(refused(&long), 431);
    assert_eq!(refused(&format!("{long}\r\n\r\n")), 431);
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(HEADERS + 1));
    assert_eq!(refused(&many), 431);
}
