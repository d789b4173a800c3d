//! Owns the check that a request which changes something, and is authenticated by the cookie, comes from our own pages.
//! Pure.

use crate::http::error::ApiError;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

/// A page of another site can send neither a same-origin mark nor, without a preflight, JSON. `Sec-Fetch-Site` decides
/// where it is present, because a proxy may rewrite the host but no page can write that header.
pub(crate) fn check(parts: &Parts, insecure: bool) -> Result<(), ApiError> {
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    check_headers(&parts.headers, host, insecure)
}

/// `host` is the host and port the request was sent to.
fn check_headers(headers: &HeaderMap, host: Option<&str>, insecure: bool) -> Result<(), ApiError> {
    if !same_origin(headers, host, insecure) {
        return Err(ApiError::CrossSite);
    }
    if !is_json(headers) {
        return Err(ApiError::NotJson);
    }
    Ok(())
}

fn same_origin(headers: &HeaderMap, host: Option<&str>, insecure: bool) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let scheme = if insecure { "http" } else { "https" };
    match (headers.get(header::ORIGIN), host) {
        (Some(origin), Some(host)) => origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix(scheme)?.strip_prefix("://"))
            .is_some_and(|origin| origin.eq_ignore_ascii_case(host)),
        _ => false,
    }
}

/// Parameters such as `charset` may follow the type.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(pairs: &[(&'static str, &str)], insecure: bool) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(
            "content-type",
            "application/json; charset=utf-8".parse().unwrap(),
        );
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        check_headers(&headers, Some("cs.example:8443"), insecure).is_ok()
    }

    #[test]
    fn without_a_mark_it_is_refused() {
        assert!(!passes(&[], false));
    }

    #[test]
    fn own_origin_passes() {
        assert!(passes(&[("origin", "https://cs.example:8443")], false));
        assert!(passes(&[("origin", "http://cs.example:8443")], true));
    }

    #[test]
    fn other_origins_are_refused() {
        for origin in [
            "https://evil.example",
            "https://cs.example",
            "http://cs.example:8443",
            "null",
            "",
        ] {
            assert!(!passes(&[("origin", origin)], false), "{origin}");
        }
    }

    #[test]
    fn fetch_mark_decides_where_it_is_present() {
        assert!(passes(&[("sec-fetch-site", "same-origin")], false));
        assert!(passes(
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://behind-proxy")
            ],
            false
        ));
        for site in ["same-site", "cross-site", "none"] {
            let pairs = [
                ("sec-fetch-site", site),
                ("origin", "https://cs.example:8443"),
            ];
            assert!(!passes(&pairs, false), "{site}");
        }
    }

    #[test]
    fn only_json_passes() {
        let own = ("sec-fetch-site", "same-origin");
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/jsonx",
        ] {
            assert!(!passes(&[own, ("content-type", kind)], false), "{kind}");
        }
    }
}
