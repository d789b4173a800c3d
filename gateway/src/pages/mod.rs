//! Owns the pages: files built into the binary, and `index.html` for every address that is a page of theirs.

mod encoding;

use crate::http::error::ApiError;
use crate::http::headers::content_security_policy;
use crate::state::Gateway;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use uuid::Uuid;

/// Prefixes that answer in JSON or not at all.
const NOT_PAGES: [&str; 3] = ["auth", "rest", "events"];
/// Names with a hash of their content in them.
const HASHED: &str = "assets/";
const FOREVER: &str = "public, max-age=31536000, immutable";
const BRIEFLY: &str = "public, max-age=3600";
/// Where the pages were not built.
const WITHOUT_PAGES: &str = include_str!("without_pages.html");

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Dist;

pub(crate) async fn serve(
    State(gateway): State<Gateway>,
    request: Request,
) -> Result<Response, ApiError> {
    let path = request.uri().path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    if NOT_PAGES.contains(&first) {
        return Err(not_found());
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(ApiError::WrongMethod);
    }
    if let Some(response) = file(path, request.headers()) {
        return Ok(response);
    }
    if path.starts_with(HASHED) {
        return Err(not_found());
    }
    Ok(index(gateway.config.demo))
}

fn not_found() -> ApiError {
    ApiError::NotFound {
        code: "P0002",
        message: "There is nothing at this address.".to_owned(),
    }
}

/// A file as it was built. The page itself, compressed twins and the build's own notes are not asked for by name.
fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let private = path
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.'));
    if private || path == "index.html" || encoding::is_twin(path) {
        return None;
    }
    let plain = Dist::get(path)?;
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let twin = encoding::accepted(accepts)
        .find_map(|(ending, name)| Some((Dist::get(&format!("{path}.{ending}"))?, name)));
    let (file, coding) = twin.map_or((plain, None), |(file, name)| (file, Some(name)));
    let mut response = body(file).into_response();
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::try_from(content_type(path)) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let life = if path.starts_with(HASHED) {
        FOREVER
    } else {
        BRIEFLY
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(life));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

fn body(file: EmbeddedFile) -> Body {
    match file.data {
        std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// Never stored: each answer has a nonce of its own.
fn index(demo: bool) -> Response {
    let nonce = Uuid::new_v4().simple().to_string();
    let html = Dist::get("index.html")
        .and_then(|file| String::from_utf8(file.data.into_owned()).ok())
        .unwrap_or_else(|| WITHOUT_PAGES.to_owned());
    let mut response = filled(&html, &nonce, demo).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(Some(&nonce))) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn filled(html: &str, nonce: &str, demo: bool) -> String {
    html.replace("__CSP_NONCE__", nonce)
        .replace("__CS_DEMO__", if demo { "true" } else { "false" })
}

/// The type by the ending of the name. Text is UTF-8.
fn content_type(path: &str) -> String {
    let media_type = mime_guess::from_path(path).first_raw();
    match media_type.unwrap_or("application/octet-stream") {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_filled() {
        let html =
            r#"<meta nonce="__CSP_NONCE__" content="__CS_DEMO__"><script nonce="__CSP_NONCE__">"#;
        assert_eq!(
            filled(html, "n", true),
            r#"<meta nonce="n" content="true"><script nonce="n">"#
        );
        assert!(filled(html, "n", false).contains(r#"content="false""#));
    }

    #[test]
    fn each_page_has_its_own_nonce() {
        let policy = || index(false).headers()[header::CONTENT_SECURITY_POLICY].clone();
        assert_ne!(policy(), policy());
    }

    #[test]
    fn twins_and_notes_of_the_build_are_not_files() {
        for path in [
            "index.html",
            "assets/a.js.br",
            ".vite/manifest.json",
            "a//b",
            "../Cargo.toml",
            "",
        ] {
            assert!(file(path, &HeaderMap::new()).is_none(), "{path}");
        }
    }

    #[test]
    fn the_content_type_follows_from_the_ending() {
        for (path, expected) in [
            ("assets/index-a.b.js", "text/javascript; charset=utf-8"),
            ("assets/index-a.css", "text/css; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("favicon.svg", "image/svg+xml"),
            ("favicon.ico", "image/x-icon"),
            ("logo.png", "image/png"),
            ("site.webmanifest", "application/manifest+json"),
            ("data.json", "application/json"),
            ("assets/inter.woff2", "font/woff2"),
            ("x", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }
}
