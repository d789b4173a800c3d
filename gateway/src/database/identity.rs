//! Owns the statement that checks who is calling and states it to the transaction. Pure.

use uuid::Uuid;

const SESSION_SQL: &str = include_str!("sql/identity.sql");
const TOKEN_SQL: &str = include_str!("sql/identity_of_token.sql");

/// The statement with its parameters: settings are given as text, local to the transaction.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(super) sql: &'static str,
    pub(super) params: Vec<String>,
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
        let caller = vec![session.to_string(), user.to_string(), text(tenant)];
        Self::new(SESSION_SQL, caller, client, statement_timeout_ms)
    }

    /// The owner of the API token with that hash.
    pub(crate) fn of_token(hash: &str, client: Option<Uuid>, statement_timeout_ms: u32) -> Self {
        Self::new(
            TOKEN_SQL,
            vec![hash.to_owned()],
            client,
            statement_timeout_ms,
        )
    }

    fn new(
        sql: &'static str,
        caller: Vec<String>,
        client: Option<Uuid>,
        statement_timeout_ms: u32,
    ) -> Self {
        let mut params = caller;
        params.extend([text(client), statement_timeout_ms.to_string()]);
        Self { sql, params }
    }
}

/// A setting cannot be null, so no id is the empty string.
fn text(id: Option<Uuid>) -> String {
    id.map_or_else(String::new, |id| id.to_string())
}
