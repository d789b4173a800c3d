//! What the middleware does around any routes: ids, headers, deadlines, and answers of last resort.

use super::*;
use crate::http::body;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::{get, post};
use clap::Parser;
use futures_util::stream::{self, StreamExt};
use std::io;
use tower::ServiceExt;

async fn read_body(body: body::Body) -> Result<String, ApiError> {
    let bytes = body::bytes(body)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Routes for tests, with a client timeout of one second.
fn service() -> Router {
    let config = Config::parse_from(["cs-gateway", "--client-timeout-seconds", "1"]);
    let routes = Router::new()
        .route("/id", get(async || request_id::current()))
        .route("/body", post(read_body))
        .route("/panic", get(async || -> Response { panic!("secret") }));
    wrap(routes, &config, &Arc::default())
}

async fn ask(request: Request) -> (Response<()>, String) {
    let (parts, body) = service().oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (Response::from_parts(parts, ()), text)
}

fn get_with_id(path: &str, ids: &[&[u8]]) -> Request {
    let mut request = Request::get(path);
    for id in ids {
        request = request.header("x-request-id", *id);
    }
    request.body(Body::empty()).unwrap()
}

#[test]
fn secrets_in_paths_are_not_logged() {
    assert_eq!(logged_path("/auth/invitations/csi_x"), "/auth/invitations/");
    assert_eq!(logged_path("/invite/csi_x"), "/invite/");
    assert_eq!(logged_path("/rest/v1/accounts"), "/rest/v1/accounts");
}

#[tokio::test]
async fn a_harmless_id_of_the_proxy_leads_through_and_any_other_is_replaced() {
    let (response, current) = ask(get_with_id("/id", &[b"proxy-id.0123_A"])).await;
    assert_eq!(response.headers()["x-request-id"], "proxy-id.0123_A");
    assert_eq!(current, "proxy-id.0123_A");
    let long = [b'x'; 65];
    let harmful: [&[&[u8]]; 6] = [
        &[],
        &[b"short"],
        &[b"with space in it"],
        &[b"not ascii \xe4\xe4\xe4"],
        &[&long],
        &[b"quote\"quote", b"harmless-but-second"],
    ];
    for ids in harmful {
        let (response, current) = ask(get_with_id("/id", ids)).await;
        let id = response.headers()["x-request-id"].to_str().unwrap();
        assert_eq!(uuid::Uuid::parse_str(id).unwrap().get_version_num(), 7);
        assert_eq!(id, current);
        assert_eq!(response.headers().get_all("x-request-id").iter().count(), 1);
    }
}

#[tokio::test]
async fn a_panic_is_answered_with_the_request_id_alone() {
    let (response, text) = ask(get_with_id("/panic", &[b"proxy-id.0123_A"])).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text.contains("proxy-id.0123_A") && !text.contains("secret"));
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

/// A body of that many pieces, of which each comes that much after the one before.
fn slow_body(pieces: u32, pause: Duration) -> Body {
    let pieces = stream::iter(0..pieces).then(move |_| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, io::Error>(Bytes::from_static(b"x"))
    });
    Body::from_stream(pieces)
}

#[tokio::test(start_paused = true)]
async fn the_whole_body_has_one_deadline_however_steadily_it_comes() {
    let post = |body| Request::post("/body").body(body).unwrap();
    let (response, text) = ask(post(slow_body(9, Duration::from_millis(100)))).await;
    assert_eq!(
        (response.status(), text.as_str()),
        (StatusCode::OK, "xxxxxxxxx")
    );
    for late in [
        slow_body(20, Duration::from_millis(100)),
        slow_body(1, Duration::from_secs(2)),
        Body::from_stream(stream::pending::<io::Result<Bytes>>()),
    ] {
        let began = tokio::time::Instant::now();
        let (response, text) = ask(post(late)).await;
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT, "{text}");
        assert!(text.contains("57014"), "{text}");
        assert_eq!(began.elapsed().as_secs(), 1);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_called_slow() {
    let broken = Body::from_stream(stream::iter([Err::<Bytes, _>(io::Error::other("gone"))]));
    let (response, _) = ask(Request::post("/body").body(broken).unwrap()).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}
