//! Owns the id of a request: it leads from an answer to the log, here and at a proxy in front.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use tower_http::request_id::{MakeRequestId, RequestId};
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT_ID: String;
}

/// The id of the request in progress, for an answer that must name it.
pub(super) fn current() -> String {
    CURRENT_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Runs `work` with this id as the current one.
pub(super) async fn scope<T>(id: String, work: impl Future<Output = T>) -> T {
    CURRENT_ID.scope(id, work).await
}

/// The id that the request was given.
pub(super) fn of_request(request: &Request) -> String {
    let id = request.extensions().get::<RequestId>();
    let text = id.and_then(|id| id.header_value().to_str().ok());
    text.unwrap_or_default().to_owned()
}

/// A proxy's id is kept where it is harmless in a log, so that one id leads through both; another one is dropped.
pub(super) fn drop_harmful(mut request: Request) -> Request {
    if !request.headers().get(REQUEST_ID).is_none_or(is_harmless) {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

fn is_harmless(id: &HeaderValue) -> bool {
    (8..=64).contains(&id.len())
        && id
            .as_bytes()
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// Makes ids that sort by time.
#[derive(Clone, Copy)]
pub(super) struct NewRequestId;

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = Uuid::now_v7().to_string();
        HeaderValue::try_from(id).ok().map(RequestId::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_harmless_ids_are_kept() {
        let kept = |id: &str| {
            let request = Request::get("/").header(REQUEST_ID, id);
            let request = drop_harmful(request.body(Body::empty()).unwrap());
            request
                .headers()
                .get(REQUEST_ID)
                .is_some_and(|kept| kept == id)
        };
        assert!(kept("0192f0c1-aaaa-7bbb-8ccc-1234567890ab"));
        assert!(!kept("short"));
        assert!(!kept("with space in it"));
        assert!(!kept(&"x".repeat(65)));
    }
}
