//! Owns the id of a request: it leads from an answer to the log, here and at a proxy in front.

use axum::http::{HeaderMap, HeaderName};
use uuid::Uuid;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

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

/// A proxy's id is kept where it is harmless in a log, so that one id leads through both.
pub(super) fn id_of(headers: &HeaderMap) -> String {
    let harmless = |id: &&str| {
        (8..=64).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(harmless)
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_ids_are_kept() {
        let kept = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, id.parse().unwrap());
            id_of(&headers) == id
        };
        assert!(kept("0192f0c1-aaaa-7bbb-8ccc-1234567890ab"));
        assert!(!kept("short"));
        assert!(!kept("with space in it"));
        assert!(!kept(&"x".repeat(65)));
    }
}
