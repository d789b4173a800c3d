//! Owns which pages of other origins may use the interface for programs, with an API token: none, unless they are named.
//! Cookies are never for them.

use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use std::str::FromStr;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// What PostgREST's and Supabase's clients send.
const REQUEST_HEADERS: [HeaderName; 10] = [
    header::ACCEPT,
    HeaderName::from_static("accept-profile"),
    HeaderName::from_static("apikey"),
    header::AUTHORIZATION,
    HeaderName::from_static("content-profile"),
    header::CONTENT_TYPE,
    HeaderName::from_static("prefer"),
    header::RANGE,
    HeaderName::from_static("range-unit"),
    HeaderName::from_static("x-client-info"),
];
const OWN_REQUEST_HEADERS: [HeaderName; 2] = [
    HeaderName::from_static("x-cs-client"),
    HeaderName::from_static("x-request-id"),
];
const ANSWER_HEADERS: [HeaderName; 5] = [
    header::CONTENT_RANGE,
    HeaderName::from_static("preference-applied"),
    HeaderName::from_static("range-unit"),
    header::RETRY_AFTER,
    HeaderName::from_static("x-request-id"),
];
/// How long a browser may remember what it was told.
const REMEMBER: Duration = Duration::from_secs(600);

/// Where a page comes from, as browsers write it, or `*` for anywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct CorsOrigin(HeaderValue);

impl FromStr for CorsOrigin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let origin = text.trim().trim_end_matches('/').to_ascii_lowercase();
        if origin == "*" {
            return Ok(Self(HeaderValue::from_static("*")));
        }
        let wrong = || {
            format!("{text} is no origin: write scheme, host and port, such as https://app.example")
        };
        let uri: Uri = origin.parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong());
        };
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(wrong()),
        };
        let authority = authority.as_str();
        if authority.contains(['@', '*']) || origin != format!("{scheme}://{authority}") {
            return Err(wrong());
        }
        // browsers leave it out
        let origin = origin.strip_suffix(default_port).unwrap_or(&origin);
        HeaderValue::from_str(origin).map(Self).map_err(|_| wrong())
    }
}

/// The layer for these origins; None where there are none.
pub(crate) fn layer(origins: &[CorsOrigin]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let all = origins.iter().map(|CorsOrigin(origin)| origin.clone());
    let allowed = match origins.iter().any(|CorsOrigin(origin)| origin == "*") {
        true => AllowOrigin::any(),
        false => AllowOrigin::list(all),
    };
    let layer = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(
            REQUEST_HEADERS
                .into_iter()
                .chain(OWN_REQUEST_HEADERS)
                .collect::<Vec<_>>(),
        )
        .expose_headers(ANSWER_HEADERS)
        .max_age(REMEMBER);
    Some(layer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read_as_browsers_write_them() {
        let read = |text: &str| text.parse::<CorsOrigin>().map(|CorsOrigin(origin)| origin);
        for (text, origin) in [
            ("https://app.example", "https://app.example"),
            (" HTTPS://App.Example/ ", "https://app.example"),
            ("https://app.example:443", "https://app.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:80", "http://[::1]"),
            ("*", "*"),
        ] {
            assert_eq!(read(text).unwrap(), origin, "{text}");
        }
        for text in [
            "",
            "null",
            "app.example",
            "https://",
            "https://a/b",
            "https://a?b",
            "ftp://a",
            "https://*.a",
            "https://u@a",
            "https://a b",
            "//a",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn without_origins_there_is_nothing() {
        assert!(layer(&[]).is_none());
    }
}
