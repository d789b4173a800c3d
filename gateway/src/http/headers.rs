//! Owns the headers that every answer carries, the content security policy among them. Pure.

use axum::http::{HeaderName, HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;

pub(super) type SetHeader = SetResponseHeaderLayer<Option<HeaderValue>>;

pub(super) fn no_sniffing() -> SetHeader {
    always(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
}

pub(super) fn no_framing() -> SetHeader {
    always(header::X_FRAME_OPTIONS, "DENY")
}

pub(super) fn referrer_policy() -> SetHeader {
    always(header::REFERRER_POLICY, "same-origin")
}

/// A year of TLS only; not in development, over plain http.
pub(super) fn transport_security(insecure: bool) -> SetHeader {
    let year = (!insecure).then(|| HeaderValue::from_static("max-age=31536000"));
    SetResponseHeaderLayer::overriding(header::STRICT_TRANSPORT_SECURITY, year)
}

/// The pages set their own, with a nonce.
pub(super) fn default_content_policy() -> SetHeader {
    let policy = HeaderValue::try_from(content_security_policy(None)).ok();
    SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, policy)
}

/// The files of the pages set their own, with a longer life.
pub(super) fn default_cache_control() -> SetHeader {
    let value = Some(HeaderValue::from_static("no-store"));
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, value)
}

fn always(name: HeaderName, value: &'static str) -> SetHeader {
    SetResponseHeaderLayer::overriding(name, Some(HeaderValue::from_static(value)))
}

/// The strict policy; scripts and styles written into a page itself need the nonce of this one answer.
pub(crate) fn content_security_policy(nonce: Option<&str>) -> String {
    let own = nonce.map_or_else(
        || "'self'".to_owned(),
        |nonce| format!("'self' 'nonce-{nonce}'"),
    );
    format!(
        "default-src 'self'; script-src {own}; style-src {own}; img-src 'self' data:; connect-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_carries_the_nonce_for_scripts_and_styles_alone() {
        let policy = content_security_policy(Some("abc"));
        assert_eq!(policy.matches("'nonce-abc'").count(), 2);
        assert!(policy.contains("script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc';"));
        assert!(!content_security_policy(None).contains("nonce"));
    }
}
