//! Owns the statement that checks who is calling and states it to the transaction. Pure.

use crate::shares::{Holder, Purpose};
use uuid::Uuid;

const SESSION_SQL: &str = include_str!("sql/identity.sql");
const TOKEN_SQL: &str = include_str!("sql/identity_of_token.sql");

/// The statement with its parameters: settings are given as text, local to the transaction.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(super) sql: &'static str,
    pub(super) params: Vec<String>,
    /// What its connections are counted against.
    purpose: Purpose,
    is_token: bool,
}

impl Identity {
    /// The person who signed in with that session.
    pub(crate) fn of_session(
        session: Uuid,
        user: Uuid,
        tenant: Option<Uuid>,
        client: Option<Uuid>,
        statement_timeout_ms: u32,
    ) -> Self {
        let mut params = vec![session.to_string(), user.to_string(), text(tenant)];
        params.extend([text(client), statement_timeout_ms.to_string()]);
        Self {
            sql: SESSION_SQL,
            params,
            purpose: Purpose::Call(Holder::of_session(user, tenant)),
            is_token: false,
        }
    }

    /// The owner of the API token with that hash.
    pub(crate) fn of_token(
        hash: &str,
        holder: Holder,
        client: Option<Uuid>,
        statement_timeout_ms: u32,
    ) -> Self {
        let params = vec![
            hash.to_owned(),
            text(client),
            statement_timeout_ms.to_string(),
        ];
        Self {
            sql: TOKEN_SQL,
            params,
            purpose: Purpose::Call(holder),
            is_token: true,
        }
    }

    /// The same caller, with connections counted against another share.
    pub(crate) fn with_purpose(&self, purpose: Purpose) -> Self {
        Self {
            purpose,
            ..self.clone()
        }
    }

    pub(crate) fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub(super) fn token_hash(&self) -> Option<&str> {
        self.params
            .first()
            .filter(|_| self.is_token)
            .map(String::as_str)
    }
}

/// A setting cannot be null, so no id is the empty string.
fn text(id: Option<Uuid>) -> String {
    id.map_or_else(String::new, |id| id.to_string())
}
