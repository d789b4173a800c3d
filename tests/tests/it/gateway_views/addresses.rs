//! Addresses as people and programs send them, and requests that cannot be read.

use super::{Visit, told};
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// All that is answered to these bytes; the connection is closed by the gateway.
fn exchanged(visit: &Visit, sent: &[u8]) -> String {
    let address = visit.gateway.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(sent).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

fn token(visit: &Visit) -> String {
    let made = visit.post(
        "/rest/v1/rpc/create_api_token",
        &serde_json::json!({"name": "raw"}),
    );
    made.json::<Value>().unwrap()["token"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Status and body of the answer to an address that is sent as it is.
fn typed(visit: &Visit, token: &str, target: &str) -> (String, Value) {
    let head = format!(
        "GET {target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    status_and_body(&exchanged(visit, head.as_bytes()))
}

fn status_and_body(answer: &str) -> (String, Value) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.to_lowercase().contains("x-request-id: "), "{head}");
    let status = head.split(' ').nth(1).unwrap().to_owned();
    (status, serde_json::from_str(body).unwrap())
}

#[test]
fn addresses_are_read_as_they_are_typed() {
    let visit = Visit::prepared(
        "update cs.accounts set name = 'Mü>\"<#`er' where name like 'Global%Corp%'",
    );
    let token = token(&visit);
    for (target, expected) in [
        ("accounts?select=name&name=eq.Mü>\"<#`er", 1),
        ("accounts?select=name&name=in.(\"Mü>\\\"<#`er\",\"x\")", 1),
        (
            "accounts?select=name,i:crm_attributes->>industry&crm_attributes->>industry=not.is.NULL",
            3,
        ),
        (
            "accounts?select=name&and=(name.eq.\"Mü>\\\"<#`er\",parent_id.is.Null)",
            1,
        ),
    ] {
        let (status, rows) = typed(&visit, &token, &format!("/rest/v1/{target}"));
        assert_eq!(status, "200", "{target}: {rows}");
        assert_eq!(rows.as_array().unwrap().len(), expected, "{target}: {rows}");
    }
    let both = format!(
        "GET /live?a=>  HTTP/1.1\r\n\r\nGET /rest/v1/accounts?name=eq.> HTTP/1.1\r\nauthorization: Bearer {token}\r\n\
         connection: close\r\n\r\n"
    );
    let both = exchanged(&visit, both.replace(">  ", "> ").as_bytes());
    assert_eq!(both.matches("HTTP/1.1 200 OK").count(), 2, "{both}");
}

#[test]
fn what_cannot_be_read_is_answered_in_words() {
    let visit = Visit::new();
    let long = format!(
        "GET /rest/v1/accounts?id=in.({}) HTTP/1.1\r\n\r\n",
        "x,".repeat(200_000)
    );
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(101));
    let large = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(300_000));
    for (sent, status, says) in [
        (long.as_str(), "414", "search_accounts"),
        (&many, "431", "Cookies"),
        (&large, "431", "Cookies"),
        ("GET /a b HTTP/1.1\r\n\r\n", "400", "%20"),
        ("GET / HTTP/3\r\n\r\n", "400", "HTTP/1.1"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400", "HTTP/1.1"),
        ("\x16\x03\x01", "400", "method"),
        ("GET / HTTP/1.1\r\nx y\r\n\r\n", "400", "header"),
        (
            "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
            "400",
            "content-length",
        ),
    ] {
        let (found, body) = status_and_body(&exchanged(&visit, sent.as_bytes()));
        assert_eq!(found, status, "{body}");
        assert!(body.to_string().contains(says), "{body}");
        assert_eq!(body.as_object().unwrap().len(), 4, "{body}");
    }
    let log = visit.gateway.logged().unwrap();
    assert!(log.contains("answered 414") && log.lines().all(|line| line.len() < 1000));
}

#[test]
fn what_is_not_clear_is_asked_about() {
    let visit = Visit::new();
    let token = token(&visit);
    let key = "k".repeat(64);
    for (query, says) in [
        ("accounts?name=eq.%FF", "UTF-8"),
        ("usage_metrics?recorded_at=gte.2026-11-01+02:00", "%2B"),
        (
            "usage_metrics?recorded_at=gte.2026-11-01T00:00:00+00:00",
            "%2B",
        ),
        (
            "usage_metrics?or=(recorded_at.lt.2026-11-01T00:00:00+01,recorded_at.is.null)",
            "%2B",
        ),
        (
            "rpc/velocity_between?since=2026-11-01+02:00&until=2026-12-01",
            "%2B",
        ),
        ("accounts?name=like.abc\\", "backslash"),
        ("accounts?crm_attributes->>x=not.ilike.*\\", "backslash"),
        (r#"accounts?name=in.("He said "hi", ok")"#, "quotes"),
        (r#"accounts?name=not.in.("a"b)"#, "quotes"),
        (
            &format!("accounts?select=crm_attributes->>{key}"),
            "63 bytes",
        ),
        ("accounts?name=eq.x&arr=lt.x", "arr: "),
    ] {
        let query = query.replace(' ', "%20");
        let (status, body) = typed(&visit, &token, &format!("/rest/v1/{query}"));
        assert_eq!(status, "400", "{query}: {body}");
        assert!(
            body["message"].as_str().unwrap().contains(says),
            "{query}: {body}"
        );
    }
    let (status, _) = typed(
        &visit,
        &token,
        "/rest/v1/usage_metrics?limit=1&recorded_at=gte.2026-11-01+02%3A00",
    );
    assert_eq!(status, "200");
    let (status, row) = typed(
        &visit,
        &token,
        &format!("/rest/v1/accounts?limit=1&select=short:crm_attributes->>{key}"),
    );
    assert_eq!((status.as_str(), &row[0]["short"]), ("200", &Value::Null));
}

#[test]
fn a_body_may_begin_with_a_byte_order_mark() {
    let visit = Visit::new();
    let post = |body: &'static str| {
        let request = visit
            .client
            .post(format!("{}/rest/v1/rpc/risk_level", visit.gateway.url));
        let request = request.header("origin", &visit.gateway.url);
        request
            .header("content-type", "application/json")
            .body(body)
            .send()
            .unwrap()
    };
    assert_eq!(
        post("\u{feff}{\"score\": 90}").text().unwrap(),
        "\"Healthy\""
    );
    assert_eq!(told(post("\u{feff}{")).0, 400);
}
