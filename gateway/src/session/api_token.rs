//! Owns API tokens: where a request carries one, and the hash by which the database knows it. The token itself is not
//! passed on. Pure.

use crate::http::error::ApiError;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

/// Where Supabase's clients put it, in addition to or instead of `Authorization`.
const APIKEY: &str = "apikey";

/// The hash of the request's API token: SHA-256 in hexadecimal. None where it carries none; another scheme of
/// `Authorization` is left to a proxy. A session's own token is not an API token: it is valid only in the cookie.
pub(super) fn hash(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(after_scheme);
    let apikey = || headers.get(APIKEY).map(HeaderValue::as_bytes);
    match authorization.or_else(apikey).map(<[u8]>::trim_ascii) {
        None => Ok(None),
        Some(b"") => Err(ApiError::NoSession),
        Some(token) => Ok(Some(sha256_hex(token))),
    }
}

fn after_scheme(value: &HeaderValue) -> Option<&[u8]> {
    let bytes = value.as_bytes();
    let (scheme, rest) = bytes.split_at_checked("bearer".len())?;
    let is_whole_word = rest.first().is_none_or(|byte| *byte == b' ');
    (scheme.eq_ignore_ascii_case(b"bearer") && is_whole_word).then_some(rest)
}

fn sha256_hex(token: &[u8]) -> String {
    let digest = Sha256::digest(token);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of "abc", as published.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn found(pairs: &[(&'static str, &str)]) -> Result<Option<String>, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        hash(&headers).map_err(|error| error.to_string())
    }

    #[test]
    fn both_headers_carry_it() {
        for pair in [
            ("authorization", "Bearer abc"),
            ("authorization", "bearer  abc "),
            ("apikey", "abc"),
        ] {
            assert_eq!(found(&[pair]), Ok(Some(ABC.to_owned())), "{pair:?}");
        }
    }

    #[test]
    fn authorization_wins_and_other_schemes_are_not_ours() {
        let both = [("authorization", "Bearer abc"), ("apikey", "other")];
        assert_eq!(found(&both), Ok(Some(ABC.to_owned())));
        let proxys = [("authorization", "Basic YTpi"), ("apikey", "abc")];
        assert_eq!(found(&proxys), Ok(Some(ABC.to_owned())));
        assert_eq!(found(&[("authorization", "Basic YTpi")]), Ok(None));
        assert_eq!(found(&[("authorization", "Bearerabc")]), Ok(None));
        assert_eq!(found(&[]), Ok(None));
    }

    #[test]
    fn an_empty_one_is_wrong_and_not_absent() {
        for pair in [
            ("authorization", "Bearer"),
            ("authorization", "Bearer  "),
            ("apikey", ""),
        ] {
            assert!(found(&[pair]).is_err(), "{pair:?}");
        }
    }
}
