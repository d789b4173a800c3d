//! The session cookie: its name, its attributes, and how it is found in a request.

use super::token::LIFETIME_SECONDS;
use axum::http::{HeaderMap, header};

/// Browsers keep a `__Host-` cookie only over TLS; over plain http, in development, it needs another name.
pub(crate) fn name(insecure: bool) -> &'static str {
    if insecure {
        "cs_session"
    } else {
        "__Host-cs_session"
    }
}

/// The value of `Set-Cookie` that signs in.
pub(crate) fn issued(insecure: bool, token: &str) -> String {
    written(insecure, token, LIFETIME_SECONDS)
}

/// The value of `Set-Cookie` that takes the cookie away.
pub(crate) fn cleared(insecure: bool) -> String {
    written(insecure, "", 0)
}

fn written(insecure: bool, value: &str, max_age_seconds: u64) -> String {
    let name = name(insecure);
    let secure = if insecure { "" } else { "; Secure" };
    format!("{name}={value}; Max-Age={max_age_seconds}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// The session token of a request, from any of its `Cookie` headers.
pub(crate) fn token(headers: &HeaderMap, insecure: bool) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name(insecure) && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str], insecure: bool) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, line.parse().unwrap());
        }
        token(&headers, insecure).map(str::to_owned)
    }

    #[test]
    fn cookie_is_found_among_others() {
        let line = "theme=dark; __Host-cs_session=a.b.c;x=y";
        assert_eq!(found(&[line], false).as_deref(), Some("a.b.c"));
        assert_eq!(
            found(&["theme=dark", "__Host-cs_session=t"], false).as_deref(),
            Some("t")
        );
    }

    #[test]
    fn other_names_are_not_ours() {
        assert_eq!(
            found(&["xcs_session=t; cs_sessio=t; cs_session"], true),
            None
        );
        assert_eq!(found(&["cs_session=t"], false), None);
        assert_eq!(found(&["cs_session="], true), None);
        assert_eq!(found(&[], true), None);
    }

    #[test]
    fn attributes_are_strict() {
        assert_eq!(
            issued(false, "t"),
            "__Host-cs_session=t; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            cleared(true),
            "cs_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
        );
    }
}
