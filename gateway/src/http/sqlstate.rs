//! Owns the table from SQLSTATE to HTTP status, and what is passed on of a refusal by the database. Pure.

use axum::http::StatusCode;
use serde_json::Value;
use tokio_postgres::error::DbError;

/// What the database refused a statement with.
#[derive(Debug)]
pub(crate) struct DatabaseRefusal {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) details: Value,
    pub(crate) hint: Option<String>,
}

/// The message where all a caller can do is try again.
pub(crate) const UNAVAILABLE: &str =
    "The server is busy or its database is unavailable. Please try again.";

impl DatabaseRefusal {
    pub(crate) fn new(status: StatusCode, error: &DbError) -> Self {
        let code = error.code().code();
        let message = |message: &str| Self {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
            details: Value::Null,
            hint: None,
        };
        if status == StatusCode::SERVICE_UNAVAILABLE {
            return message(UNAVAILABLE);
        }
        if let Some(sentence) = public_message(code, error) {
            return message(&sentence);
        }
        Self {
            details: details_of(code, error.detail()),
            hint: error.hint().map(str::to_owned),
            ..message(error.message())
        }
    }
}

/// PostgreSQL's own messages quote names of tables, constraints and policies; these take their place.
fn public_message(code: &str, error: &DbError) -> Option<String> {
    let by_constraint = error.constraint().is_some();
    let by_rights = matches!(
        error.routine(),
        Some("aclcheck_error" | "ExecWithCheckOptions")
    );
    let sentence = match code {
        "42883" | "42P01" => "There is no such function or view.",
        "54001" => "This is too deeply nested or too complex.",
        "57014" => "This took too long and was stopped.",
        "40001" | "40P01" => {
            "Someone else changed the same data at the same time. Please try again."
        }
        "23505" if by_constraint => "This already exists.",
        "23503" if by_constraint => {
            "Something this refers to does not exist, or something else still refers to this."
        }
        "23514" if by_constraint => "A value is not allowed.",
        "23502" => match error.column() {
            Some(column) => return Some(format!("{column} must be given.")),
            None => "A value must be given.",
        },
        "42501" if by_rights => "Your role may not do this.",
        _ => return None,
    };
    Some(sentence.to_owned())
}

/// The status of a SQLSTATE; one that is not listed is our failure.
pub(crate) fn status_of(code: &str) -> StatusCode {
    match code {
        "23502" | "23514" | "P0001" => StatusCode::BAD_REQUEST,
        // a value requested as a type that it cannot be cast to
        "42846" => StatusCode::BAD_REQUEST,
        "28000" => StatusCode::UNAUTHORIZED,
        "42501" => StatusCode::FORBIDDEN,
        "42883" | "42P01" | "P0002" => StatusCode::NOT_FOUND,
        "23503" | "23505" | "27000" | "40001" | "40P01" => StatusCode::CONFLICT,
        "55000" => StatusCode::UNPROCESSABLE_ENTITY,
        "57014" => StatusCode::GATEWAY_TIMEOUT,
        // the server is stopping, crashed or starting
        "57P01" | "57P02" | "57P03" => StatusCode::SERVICE_UNAVAILABLE,
        _ => match code.get(..2) {
            // 54: larger or deeper than the database takes
            Some("22" | "54") => StatusCode::BAD_REQUEST,
            Some("08" | "53") => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        },
    }
}

/// Some refusals carry an object for the page to work with; all others carry a sentence.
fn details_of(code: &str, detail: Option<&str>) -> Value {
    let Some(detail) = detail else {
        return Value::Null;
    };
    let promised = code.starts_with("22") || code == "27000" || code == "55000";
    match serde_json::from_str(detail) {
        Ok(object @ Value::Object(_)) if promised => object,
        _ => Value::String(detail.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sqlstates_have_their_status() {
        let table = [
            (
                400,
                "22P02 22023 22000 23502 23514 42846 54000 54001 54011 P0001",
            ),
            (401, "28000"),
            (403, "42501"),
            (404, "42883 42P01 P0002"),
            (409, "27000 23505 23503 40001 40P01"),
            (422, "55000"),
            (504, "57014"),
            (503, "53300 53200 08006 08P01 57P01 57P03"),
            (500, "XX000 42601 25P02 28P01 x"),
        ];
        for (status, codes) in table {
            for code in codes.split(' ') {
                assert_eq!(status_of(code).as_u16(), status, "{code}");
            }
        }
    }

    #[test]
    fn details_are_an_object_only_where_promised() {
        let object = r#"{"field": "arr"}"#;
        for code in ["22023", "27000", "55000"] {
            assert_eq!(
                details_of(code, Some(object)),
                json!({"field": "arr"}),
                "{code}"
            );
        }
        assert_eq!(details_of("23505", Some(object)), json!(object));
        assert_eq!(details_of("22023", Some("[1]")), json!("[1]"));
        assert_eq!(
            details_of("22023", Some("plain words")),
            json!("plain words")
        );
        assert_eq!(details_of("22023", None), Value::Null);
    }
}
