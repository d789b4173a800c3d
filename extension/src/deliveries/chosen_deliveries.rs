//! Owns which deliveries a call is about, read with the caller's rights: by id, or by criteria.

use super::MOST;
use super::criteria::DeliveryCriteria;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, given};
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::BTreeSet;

/// A delivery as it is before the call changes it.
#[derive(Debug, Clone)]
pub struct ChosenDelivery {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub playbook_id: Uuid,
    pub account_id: Uuid,
    pub event_id: Uuid,
    pub action: i32,
    pub channel: String,
    /// The label of `cs.webhook_status`.
    pub status: String,
    pub playbook_name: String,
    /// Why nothing of its playbook is sent, to follow its name: "is paused"; `None` where it is on.
    pub playbook_idles: Option<String>,
    /// Keys of its payload that say what happened, which no look at the account tells.
    pub event_type: Option<String>,
    pub previous_stage: Option<String>,
    pub triggered_at: Option<String>,
    pub sequence: Option<i64>,
    pub chain: Option<i32>,
}

/// The deliveries with these ids. Errors: P0002 where there is none or the caller does not see it, 42501 where they may not run
/// playbooks, 22023 for too many.
pub fn choose_by_id(ids: Option<Vec<Option<Uuid>>>) -> Result<Vec<ChosenDelivery>, Fault> {
    let no_such = || Fault::no_such("delivery");
    let ids = given("ids", ids)?;
    let ids = ids.into_iter().collect::<Option<BTreeSet<_>>>();
    let ids = ids.ok_or_else(no_such)?;
    if ids.len() > usize::try_from(MOST).unwrap_or(usize::MAX) {
        let message = format!("ids can hold at most {MOST} values");
        return Err(Fault::invalid("ids", message));
    }
    let chosen = read_chosen(ids.iter().copied().collect())?;
    if chosen.len() < ids.len() {
        return Err(no_such());
    }
    for tenant in chosen
        .iter()
        .map(|it| it.tenant_id)
        .collect::<BTreeSet<_>>()
    {
        identity::require(Action::PlaybookRun, tenant)?;
    }
    Ok(chosen)
}

/// Deliveries found by criteria, and what was left out.
#[derive(Debug)]
pub struct FoundDeliveries {
    pub tenant: Uuid,
    pub ids: Vec<Uuid>,
    /// More that match, beyond what one call changes.
    pub left: i64,
    /// Those that match, but whose playbook is off, paused or deleted.
    pub idle: i64,
}

/// Deliveries of the caller's tenant in these states, the oldest first. `is_wanted` is a condition on `delivery`; with
/// `of_active_playbooks` those of other playbooks are only counted. Errors: 42501 for all but Tenant Admins.
pub fn find_by_criteria(
    criteria: &DeliveryCriteria,
    is_wanted: &str,
    of_active_playbooks: bool,
) -> Result<FoundDeliveries, Fault> {
    let tenant = identity::require_current(Action::PlaybookEdit)?;
    let query = include_str!("sql/find_deliveries.sql").replace("<wanted>", is_wanted);
    let mut arguments = criteria.arguments(tenant);
    arguments.extend([of_active_playbooks.into(), MOST.into()]);
    sql::one(&query, &arguments, |row| {
        let ids = row.need::<Vec<Uuid>>("ids")?;
        let taken = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        Ok(FoundDeliveries {
            tenant,
            ids,
            left: row.need::<i64>("matching")? - taken,
            idle: row.need("idle")?,
        })
    })
}

/// Those of these deliveries that the caller sees.
pub fn read_chosen(ids: Vec<Uuid>) -> Result<Vec<ChosenDelivery>, Fault> {
    sql::read(
        include_str!("sql/chosen_deliveries.sql"),
        &[ids.into()],
        |row| {
            Ok(ChosenDelivery {
                tenant_id: row.need("tenant_id")?,
                id: row.need("id")?,
                playbook_id: row.need("playbook_id")?,
                account_id: row.need("account_id")?,
                event_id: row.need("event_id")?,
                action: row.need("action")?,
                channel: row.need("channel")?,
                status: row.need("status")?,
                playbook_name: row.need("playbook_name")?,
                playbook_idles: row.maybe("playbook_idles")?,
                event_type: row.maybe("event_type")?,
                previous_stage: row.maybe("previous_stage")?,
                triggered_at: row.maybe("triggered_at")?,
                sequence: row.maybe("sequence")?,
                chain: row.maybe("chain")?,
            })
        },
    )
}
