//! Owns what the database says about a caller: who, in which tenant, which topics, which accounts. Asked under the
//! caller's own identity, and never relied on for long.

use crate::database::identity::Identity;
use crate::database::pool::ConnectionPool;
use crate::database::transaction::{self, Call, ROLE_GUARD};
use crate::http::error::ApiError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A caller as the database last described them.
#[derive(Debug, Deserialize)]
pub(super) struct CallerAccess {
    pub(super) user: Uuid,
    /// None until a person with several tenants has chosen one.
    pub(super) tenant: Option<Uuid>,
    /// The topics they may receive; true: only with ids of accounts that they may see.
    pub(super) topics: HashMap<String, bool>,
}

impl CallerAccess {
    /// Whether they may see only some accounts.
    pub(super) fn is_narrow(&self) -> bool {
        self.topics.values().any(|by_account| *by_account)
    }

    /// Whether this is the same person in the same tenant.
    pub(super) fn is_same_caller(&self, other: &Self) -> bool {
        self.user == other.user && self.tenant == other.tenant
    }
}

/// Fails with 28000 where the session has ended.
pub(super) async fn read_access(
    pool: &ConnectionPool,
    caller: &Identity,
) -> Result<CallerAccess, ApiError> {
    let topics = "select pg_catalog.json_object_agg(_it.topic, _it.by_account) from cs.event_topics() as _it";
    let sql = format!(
        "select pg_catalog.json_build_object('user', cs.current_user_id(), 'tenant', cs.current_tenant_id(), \
         'topics', coalesce(({topics}), '{{}}'))::pg_catalog.text {ROLE_GUARD}"
    );
    query_json(pool, caller, sql, vec![]).await
}

/// Those of the accounts that the caller may see now.
pub(super) async fn visible_accounts(
    pool: &ConnectionPool,
    caller: &Identity,
    accounts: &HashSet<Uuid>,
) -> Result<HashSet<Uuid>, ApiError> {
    let sql = format!(
        "select coalesce(pg_catalog.json_agg(_id), '[]')::pg_catalog.text \
         from pg_catalog.unnest($1::pg_catalog.text::pg_catalog.uuid[]) as _id {ROLE_GUARD} and cs.may_see_account(_id)"
    );
    let ids: Vec<String> = accounts.iter().map(Uuid::to_string).collect();
    let array = format!("{{{}}}", ids.join(","));
    query_json(pool, caller, sql, vec![Some(array)]).await
}

async fn query_json<T: DeserializeOwned>(
    pool: &ConnectionPool,
    caller: &Identity,
    sql: String,
    params: Vec<Option<String>>,
) -> Result<T, ApiError> {
    let call = Call {
        sql,
        params,
        read_only: true,
    };
    let answer = transaction::run(pool, caller, call).await?;
    serde_json::from_str(answer.as_deref().unwrap_or("null"))
        .map_err(|error| ApiError::Internal(format!("the caller's access cannot be read: {error}")))
}
