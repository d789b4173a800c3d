//! Owns the pages: files built into the binary, and `index.html` for every address that is a page.

mod encoding;
mod settings;

use crate::http::error::ApiError;
use crate::http::headers::content_security_policy;
use crate::state::Gateway;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use settings::PageSettings;
use uuid::Uuid;

/// Prefixes that answer in JSON or not at all.
const NOT_PAGES: [&str; 3] = ["auth", "rest", "events"];
/// Files here have a hash of their content in their names.
const HASHED_FILES: &str = "assets/";
const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";
const CACHE_BRIEFLY: &str = "public, max-age=3600";
/// The page if the gateway was built without its pages.
const WITHOUT_PAGES: &str = include_str!("without_pages.html");

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct BuiltPages;

pub(crate) async fn serve(
    State(gateway): State<Gateway>,
    request: Request,
) -> Result<Response, ApiError> {
    let path = request.uri().path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    if NOT_PAGES.contains(&first) {
        return Err(no_such_address());
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(ApiError::WrongMethod);
    }
    if let Some(response) = find_file(path, request.headers()) {
        return Ok(response);
    }
    if path.starts_with(HASHED_FILES) {
        return Err(no_such_address());
    }
    Ok(index_page(PageSettings::of(&gateway.config)))
}

fn no_such_address() -> ApiError {
    ApiError::NotFound {
        code: "P0002",
        message: "There is nothing at this address.".to_owned(),
    }
}

/// A file as it was built. The page itself, compressed variants and the build's own notes cannot be requested by name.
fn find_file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let is_private = path
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.'));
    if is_private || path == "index.html" || encoding::is_variant(path) {
        return None;
    }
    let plain = BuiltPages::get(path)?;
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let variant = encoding::accepted_variants(accepts)
        .find_map(|(ending, name)| Some((BuiltPages::get(&format!("{path}.{ending}"))?, name)));
    let (file, coding) = variant.map_or((plain, None), |(file, name)| (file, Some(name)));
    let mut response = file_body(file).into_response();
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::try_from(content_type(path)) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let cache_control = if path.starts_with(HASHED_FILES) {
        CACHE_FOREVER
    } else {
        CACHE_BRIEFLY
    };
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(cache_control),
    );
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

fn file_body(file: EmbeddedFile) -> Body {
    match file.data {
        std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// Never cached: each answer has its own nonce.
fn index_page(settings: PageSettings) -> Response {
    let nonce = Uuid::new_v4().simple().to_string();
    let html = BuiltPages::get("index.html")
        .and_then(|file| String::from_utf8(file.data.into_owned()).ok())
        .unwrap_or_else(|| WITHOUT_PAGES.to_owned());
    let mut response = settings.fill_in(&html, &nonce).into_response();
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
    fn each_page_has_its_own_nonce() {
        let settings = PageSettings {
            demo: false,
            sign_up: true,
        };
        let policy = || index_page(settings).headers()[header::CONTENT_SECURITY_POLICY].clone();
        assert_ne!(policy(), policy());
    }

    #[test]
    fn variants_and_notes_of_the_build_are_not_files() {
        for path in [
            "index.html",
            "assets/a.js.br",
            ".vite/manifest.json",
            "a//b",
            "../Cargo.toml",
            "",
        ] {
            assert!(find_file(path, &HeaderMap::new()).is_none(), "{path}");
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
