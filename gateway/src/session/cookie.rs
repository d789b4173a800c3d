//! Owns the session cookie: its name, its attributes, and how it is found in a request. Pure.

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
pub(crate) fn sign_in_value(insecure: bool, token: &str) -> String {
    set_cookie_value(insecure, token, LIFETIME_SECONDS)
}

/// The value of `Set-Cookie` that removes the cookie.
pub(crate) fn removal_value(insecure: bool) -> String {
    set_cookie_value(insecure, "", 0)
}

// Not by crate `cookie`: it writes the attributes in another order than clients have seen so far, and reading alone
// would not be shorter with it.
fn set_cookie_value(insecure: bool, value: &str, max_age_seconds: u64) -> String {
    let name = name(insecure);
    let secure = if insecure { "" } else { "; Secure" };
    format!("{name}={value}; Max-Age={max_age_seconds}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// The session token of a request, from any of its `Cookie` headers; of several the first that is not empty. Other
/// cookies of the host may hold any bytes, so only the token itself is read as text.
pub(crate) fn token(headers: &HeaderMap, insecure: bool) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| {
            let value = pair.trim_ascii().strip_prefix(name(insecure).as_bytes())?;
            std::str::from_utf8(value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii()).ok()
        })
        .find(|value| !value.is_empty())
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
    fn values_are_read_as_they_are_whatever_stands_around_them() {
        for (line, expected) in [
            ("cs_session=a=b=c", "a=b=c"),
            ("cs_session=\"a.b.c\"", "\"a.b.c\""),
            ("cs_session=a%20b", "a%20b"),
            (";; =x; =; cs_session=t;", "t"),
            ("  cs_session=t  ", "t"),
            ("a=\"x; cs_session=t\"; b=1", "t\""),
        ] {
            assert_eq!(found(&[line], true).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn cookies_of_others_hold_any_bytes() {
        for line in [
            "ui=Jürgen; cs_session=t".as_bytes(),
            "cs_session=t; ui=Jürgen".as_bytes(),
            b"ui=J\xfcrgen; cs_session=t",
            b"cs_session=\xff; cs_session=t",
            b"cs_session=t;\xff=\xfe;\xa0",
        ] {
            let mut headers = HeaderMap::new();
            let line = axum::http::HeaderValue::from_bytes(line).unwrap();
            headers.append(header::COOKIE, line);
            assert_eq!(token(&headers, true), Some("t"));
        }
    }

    #[test]
    fn of_several_the_first_that_is_not_empty_counts() {
        let lines = ["cs_session=; cs_session=one", "cs_session=two"];
        assert_eq!(found(&lines, true).as_deref(), Some("one"));
    }

    #[test]
    fn attributes_are_strict() {
        assert_eq!(
            sign_in_value(false, "t"),
            "__Host-cs_session=t; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            removal_value(true),
            "cs_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
        );
    }
}
