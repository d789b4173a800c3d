//! Owns the query string: its pairs, in the order they were sent, and how they were written.

use crate::http::error::ApiError;
use percent_encoding::percent_decode_str;

pub(super) type Pairs = Vec<(String, String)>;

/// The pairs; what they are decoded to must be text.
pub(super) fn pairs(query: Option<&str>) -> Result<Pairs, ApiError> {
    let query = query.unwrap_or_default();
    for pair in query.split('&') {
        if percent_decode_str(pair).decode_utf8().is_err() {
            let key = pair.split('=').next().unwrap_or_default();
            return Err(ApiError::invalid(
                format!("{key}: its percent codes are not text in UTF-8, as ü is %C3%BC."),
                key,
            ));
        }
    }
    Ok(form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_and_must_be_text() {
        let read = pairs(Some("a=b+c%2B&d=%C3%BC&e&=f&a=2")).unwrap();
        let expected = [("a", "b c+"), ("d", "ü"), ("e", ""), ("", "f"), ("a", "2")];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(read, expected);
        assert!(pairs(None).unwrap().is_empty());
        for (query, named) in [("a=1&b=%FF", "b"), ("b=%C3", "b"), ("%FC=x", "%FC")] {
            let refused = pairs(Some(query)).unwrap_err().to_string();
            assert!(refused.starts_with(&format!("{named}: ")), "{refused}");
        }
    }
}
