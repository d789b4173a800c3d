//! Owns what an invitation offers, and how often it tells whether the person it is for has an account.

use crate::database::gateway_sql;
use crate::http::error::ApiError;
use crate::shares::Purpose;
use crate::state::Gateway;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use uuid::Uuid;

const READ: &str = "select pg_catalog.to_json(invitation)::pg_catalog.text \
                    from cs.read_invitation($1::pg_catalog.text) as invitation";

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Offer {
    email: String,
    role: String,
    tenant_name: String,
    /// None where it is not told.
    has_account: Option<bool>,
    #[serde(default, skip_serializing)]
    invited_by: Option<Uuid>,
}

impl Offer {
    /// One that was used, has expired or never existed looks the same: None.
    pub(super) async fn read(gateway: &Gateway, token: &str) -> Result<Option<Self>, ApiError> {
        let pool = &gateway.pool;
        let row = gateway_sql::query_for_caller(pool, Purpose::LogIn, READ, &[&token]).await?;
        let Some(row) = row else { return Ok(None) };
        let text = gateway_sql::text_column(&row, 0)?.unwrap_or_default();
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| ApiError::Internal(format!("an invitation cannot be read: {error}")))
    }

    /// Whoever invites may read the offers too, and could ask after everybody: that many are told, and no more.
    pub(super) fn tell(mut self, gateway: &Gateway) -> Self {
        let told = &gateway.rate_limits.accounts_told;
        let may_tell = |inviter| told.admit(inviter, Instant::now());
        if !self.invited_by.is_none_or(may_tell) {
            self.has_account = None;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_invited_is_not_told() {
        let text = r#"{"email":"a@b.c","role":"Viewer","tenant_name":"T","has_account":true}"#;
        let offer: Offer = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&offer).unwrap(), text);
        let inviter = r#","invited_by":"00000000-0000-0000-0000-000000000001"}"#;
        let more = text.replace('}', inviter);
        let offer: Offer = serde_json::from_str(&more).unwrap();
        assert_eq!(offer.invited_by, Some(Uuid::from_u128(1)));
        assert_eq!(serde_json::to_string(&offer).unwrap(), text);
    }
}
