//! The service without a database: what must hold even then, tested through its router.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use clap::Parser;
use cs_gateway::{Config, Gateway, app};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::net::SocketAddr;
use tower::ServiceExt;

/// Nothing listens on port 1.
const NOWHERE: &str = "postgres://nobody@127.0.0.1:1/none";

fn gateway(more: &[&str]) -> Gateway {
    let path = std::env::temp_dir().join(format!("cs-gateway-secret-{}", uuid::Uuid::new_v4()));
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(&[b's'; 40]).unwrap();
    let secret = path.to_str().unwrap();
    let fixed = [
        "cs-gateway",
        "--database-url",
        NOWHERE,
        "--jwt-secret-file",
        secret,
    ];
    let gateway = Gateway::new(Config::parse_from([&fixed, more].concat())).unwrap();
    std::fs::remove_file(&path).unwrap();
    gateway
}

async fn ask(gateway: Gateway, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let peer = SocketAddr::from(([192, 0, 2, 1], 4000));
    let service = app(gateway).layer(MockConnectInfo(peer));
    let (parts, body) = service.oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (
        parts.status,
        parts.headers,
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn post(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

fn code(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 4);
    body["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    for path in [
        "/",
        "/accounts",
        "/live",
        "/ready",
        "/auth/me",
        "/rest/v1/x",
        "/assets/none.js",
        "/events",
    ] {
        let (_, headers, _) = ask(gateway(&[]), get(path)).await;
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert!(
            headers.contains_key("x-request-id") && headers.contains_key("referrer-policy"),
            "{path}"
        );
        assert!(headers.contains_key("strict-transport-security"), "{path}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{path}"
        );
    }
    let (_, headers, _) = ask(gateway(&["--insecure-cookie"]), get("/live")).await;
    assert!(!headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn pages_answer_only_for_pages() {
    let (status, headers, html) = ask(gateway(&[]), get("/accounts/some-page")).await;
    assert_eq!(
        (status, &headers["cache-control"]),
        (StatusCode::OK, &"no-store".parse().unwrap())
    );
    assert!(html.starts_with("<!doctype html>") && !html.contains("__CS"));
    for path in [
        "/assets/none.js",
        "/auth",
        "/auth/none",
        "/rest",
        "/rest/v2/x",
    ] {
        let (status, _, body) = ask(gateway(&[]), get(path)).await;
        assert_eq!(
            (status, code(&body).as_str()),
            (StatusCode::NOT_FOUND, "P0002"),
            "{path}"
        );
    }
    let (status, _, _) = ask(gateway(&[]), post("/accounts", "{}")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn nothing_is_reachable_without_a_session() {
    for request in [
        get("/auth/me"),
        get("/rest/v1/accounts"),
        post("/rest/v1/rpc/me", "{}"),
    ] {
        let (status, _, body) = ask(gateway(&[]), request).await;
        assert_eq!(
            (status, code(&body).as_str()),
            (StatusCode::UNAUTHORIZED, "28000")
        );
    }
    let (status, headers, _) = ask(gateway(&[]), post("/auth/logout", "")).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(
        headers["set-cookie"]
            .to_str()
            .unwrap()
            .starts_with("__Host-cs_session=; Max-Age=0;")
    );
}

/// A token made by hand: the header and claims of a good one, changed, signed with that secret.
fn token(algorithm: Algorithm, secret: &[u8], change: fn(&mut Value)) -> String {
    let named = Sha256::new_with_prefix(b"cs-gateway kid").chain_update([b's'; 40]);
    let kid: Vec<String> = named.finalize()[..4]
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let mut header = Header::new(algorithm);
    header.kid = Some(kid.concat());
    let now = jsonwebtoken::get_current_timestamp();
    let mut claims = json!({
        "sub": uuid::Uuid::new_v4(), "jti": uuid::Uuid::new_v4(), "tenant": null,
        "iss": "cs-gateway", "aud": "customer_success", "iat": now, "exp": now + 60,
    });
    change(&mut claims);
    encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap()
}

#[tokio::test]
async fn only_our_own_tokens_reach_the_database() {
    let ours = [b's'; 40];
    let none = format!(
        "eyJhbGciOiJub25lIn0.{}.",
        token(Algorithm::HS256, &ours, |_| ())
            .split('.')
            .nth(1)
            .unwrap()
    );
    for (token, status) in [
        (token(Algorithm::HS256, &ours, |_| ()), 503),
        (token(Algorithm::HS384, &ours, |_| ()), 401),
        (token(Algorithm::HS256, &[b'x'; 40], |_| ()), 401),
        (token(Algorithm::HS256, &ours, |c| c["exp"] = json!(1)), 401),
        (
            token(Algorithm::HS256, &ours, |c| c["iss"] = json!("x")),
            401,
        ),
        (
            token(Algorithm::HS256, &ours, |c| c["aud"] = json!("x")),
            401,
        ),
        (
            token(Algorithm::HS256, &ours, |c| c["jti"] = json!("x")),
            401,
        ),
        (none, 401),
    ] {
        let request =
            Request::get("/auth/me").header("cookie", format!("__Host-cs_session={token}"));
        let (found, _, _) = ask(gateway(&[]), request.body(Body::empty()).unwrap()).await;
        assert_eq!(found.as_u16(), status, "{token}");
        // as a bearer it is at best an unknown API token
        let request = Request::get("/auth/me").header("authorization", format!("Bearer {token}"));
        let (found, _, _) = ask(gateway(&[]), request.body(Body::empty()).unwrap()).await;
        assert_eq!(found.as_u16(), 503);
    }
}

#[tokio::test]
async fn a_cookie_changes_nothing_without_a_mark_of_our_pages() {
    let cookie = format!(
        "__Host-cs_session={}",
        token(Algorithm::HS256, &[b's'; 40], |_| ())
    );
    for path in [
        "/auth/logout",
        "/auth/tenant",
        "/auth/password",
        "/auth/invitations/csi_x",
        "/rest/v1/rpc/me",
    ] {
        for (name, value, refused) in [
            ("x-nothing", "x", true),
            ("origin", "https://elsewhere.example", true),
            ("sec-fetch-site", "cross-site", true),
            ("sec-fetch-site", "same-origin", false),
        ] {
            let mut request = post(path, r#"{"full_name": "x"}"#);
            let headers = request.headers_mut();
            headers.insert("cookie", cookie.parse().unwrap());
            headers.insert(name, value.parse().unwrap());
            let (status, _, _) = ask(gateway(&[]), request).await;
            assert_eq!(status == StatusCode::FORBIDDEN, refused, "{path} {name}");
        }
    }
}

#[tokio::test]
async fn answers_about_people_are_not_cached_and_say_how_to_sign_in() {
    let login = post("/auth/login", "{");
    for request in [get("/auth/me"), login, get("/auth/slug/x")] {
        let (status, headers, _) = ask(gateway(&[]), request).await;
        assert_eq!(headers["cache-control"], "no-store");
        let unauthorized = status == StatusCode::UNAUTHORIZED;
        assert_eq!(headers.contains_key("www-authenticate"), unauthorized);
    }
}

#[tokio::test]
async fn an_unavailable_database_is_reported_at_once() {
    let login = post("/auth/login", r#"{"email": "a@b.c", "password": "x"}"#);
    for request in [login, get("/ready")] {
        let (status, headers, body) = ask(gateway(&[]), request).await;
        assert_eq!(
            (status, code(&body).as_str()),
            (StatusCode::SERVICE_UNAVAILABLE, "08006")
        );
        assert!(headers.contains_key("retry-after"));
    }
    assert_eq!(ask(gateway(&[]), get("/live")).await.0, StatusCode::OK);
}

#[tokio::test]
async fn bad_bodies_are_refused() {
    let huge = format!(r#"{{"email": "{}"}}"#, "x".repeat(1024 * 1024));
    let form = Request::post("/auth/login")
        .body(Body::from("email=x"))
        .unwrap();
    for (request, expected) in [
        (post("/auth/login", "{"), 400),
        (post("/auth/login", r#"{"email": 1}"#), 400),
        (post("/auth/login", &huge), 413),
        (form, 415),
    ] {
        assert_eq!(ask(gateway(&[]), request).await.0.as_u16(), expected);
    }
}
