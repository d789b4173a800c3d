//! Owns whose `when` holds: the accounts' values are read once for all playbooks of a tenant, and conditions evaluated natively.

use crate::criteria::account_values::{FieldValues, read_values};
use crate::criteria::{self, Criteria};
use crate::pg::fault::Fault;
use crate::pg::stream::Sight;
use crate::playbooks::running::Match;
use pgrx::Uuid;
use std::collections::{BTreeSet, HashMap};

/// The matches whose playbook asks for nothing more, or for what is true of the account now.
pub fn meeting_when(matches: Vec<Match>) -> Result<Vec<Match>, Fault> {
    if matches.iter().all(|it| it.playbook.trigger.when.is_none()) {
        return Ok(matches);
    }
    let values = read_all_values(&matches)?;
    let is_met = |it: &Match| match &it.playbook.trigger.when {
        None => true,
        Some(when) => values
            .get(&it.event.account_id)
            .is_some_and(|values| criteria::evaluate(when, values)),
    };
    Ok(matches.into_iter().filter(is_met).collect())
}

fn read_all_values(matches: &[Match]) -> Result<HashMap<Uuid, FieldValues>, Fault> {
    let tenants = matches.iter().map(|it| it.playbook.tenant_id);
    let mut values = HashMap::new();
    for tenant in tenants.collect::<BTreeSet<_>>() {
        let mut asked = HashMap::new();
        let mut accounts = BTreeSet::new();
        for it in matches.iter().filter(|it| it.playbook.tenant_id == tenant) {
            if let Some(when) = &it.playbook.trigger.when {
                asked.insert(it.playbook.id, when.clone());
                accounts.insert(it.event.account_id);
            }
        }
        if accounts.is_empty() {
            continue;
        }
        let together = Criteria::All(asked.into_values().collect());
        let accounts = Vec::from_iter(accounts);
        values.extend(read_values(
            Some(tenant),
            &accounts,
            &together,
            Sight::Transaction,
        )?);
    }
    Ok(values)
}
