//! What the database says about a caller: who, where, which topics, which accounts. Asked under the caller's own identity,
//! and never believed for long.

use crate::Gateway;
use crate::error::ApiError;
use crate::session::Session;
use crate::transaction::{self, Call, GATE};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A caller as the database last described them.
#[derive(Debug, Deserialize)]
pub(super) struct Look {
    pub(super) user: Uuid,
    /// None until a person with several has chosen one.
    pub(super) tenant: Option<Uuid>,
    /// Those that they may hear; true: only with ids of accounts that they may see.
    pub(super) topics: HashMap<String, bool>,
}

impl Look {
    /// Whether they see some accounts only.
    pub(super) fn is_narrow(&self) -> bool {
        self.topics.values().any(|by_account| *by_account)
    }

    /// Whether this is the same person in the same tenant.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.user == other.user && self.tenant == other.tenant
    }
}

/// Fails with 28000 where the session has ended.
pub(super) async fn take(gateway: &Gateway, session: &Session) -> Result<Look, ApiError> {
    let topics = "select pg_catalog.json_object_agg(_it.topic, _it.by_account) from cs.event_topics() as _it";
    let sql = format!(
        "select pg_catalog.json_build_object('user', cs.current_user_id(), 'tenant', cs.current_tenant_id(), \
         'topics', coalesce(({topics}), '{{}}'))::pg_catalog.text {GATE}"
    );
    ask(gateway, session, sql, vec![]).await
}

/// Those of the accounts that the caller may see now.
pub(super) async fn seen(
    gateway: &Gateway,
    session: &Session,
    accounts: &HashSet<Uuid>,
) -> Result<HashSet<Uuid>, ApiError> {
    let sql = format!(
        "select coalesce(pg_catalog.json_agg(_id), '[]')::pg_catalog.text \
         from pg_catalog.unnest($1::pg_catalog.text::pg_catalog.uuid[]) as _id {GATE} and cs.may_see_account(_id)"
    );
    let ids: Vec<String> = accounts.iter().map(Uuid::to_string).collect();
    let array = format!("{{{}}}", ids.join(","));
    ask(gateway, session, sql, vec![Some(array)]).await
}

async fn ask<T: DeserializeOwned>(
    gateway: &Gateway,
    session: &Session,
    sql: String,
    params: Vec<Option<String>>,
) -> Result<T, ApiError> {
    let call = Call {
        sql,
        params,
        read_only: true,
        keep: true,
    };
    let answer = transaction::run(gateway, session, call).await?;
    serde_json::from_str(answer.as_deref().unwrap_or("null"))
        .map_err(|error| ApiError::Internal(format!("a look at the caller: {error}")))
}
