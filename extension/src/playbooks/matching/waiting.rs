//! Owns which playbooks wait for events of a table.

use super::source::Source;
use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXTS, UUID};
use crate::pg::transition_tables::{self, Side, Walk};
use crate::playbooks::playbook::{Playbook, Wanted, read_playbooks};
use crate::stages;
use pgrx::spi::SpiClient;
use pgrx::{FromDatum, PgTrigger, Uuid};
use std::rc::Rc;

// One per table, since the plans know the columns of its transition tables.
thread_local! {
    static FOR_STAGES: Kept = const { Kept::new(include_str!("../sql/waiting_for_stages.sql"), &[TEXTS]) };
    static FOR_SCORES: Kept = const { Kept::new(include_str!("../sql/waiting.sql"), &[TEXTS]) };
    static FOR_ACCOUNTS: Kept = const { Kept::new(include_str!("../sql/waiting.sql"), &[TEXTS]) };
}

/// What a playbook waits for: the kind of event, and the stage where it names one.
struct WaitingFor {
    kind: String,
    stage: Option<Uuid>,
}

thread_local! {
    static IN_TENANT: Kept = const { Kept::new(include_str!("../sql/waiting_in_tenant.sql"), &[UUID]) };
    static KNOWN: ConfigurationCache<Uuid, Vec<WaitingFor>> = ConfigurationCache::new(&[c"playbooks", c"tenants"]);
}

/// Those of the tenants in `new_rows`.
pub fn read_waiting(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    source: Source,
) -> Result<Vec<Rc<Playbook>>, Fault> {
    let query = match source {
        Source::Stages => &FOR_STAGES,
        Source::Scores => &FOR_SCORES,
        Source::Accounts => &FOR_ACCOUNTS,
    };
    let kinds = source.kinds().to_vec();
    let wanted = query.with(|it| {
        transition_tables::write(trigger, client, it, &[kinds.into()], Wanted::of_row)
    })?;
    read_playbooks(&wanted)
}

/// Whether, as far as is remembered, any playbook waits for what the rows may be.
pub fn may_wait(trigger: &PgTrigger<'_>, source: Source) -> Result<bool, Fault> {
    for tenant in transition_tables::written_tenants(trigger)? {
        let known = KNOWN.with(|it| it.get_or_read(tenant, || read_in_tenant(tenant)))?;
        let of_source = known
            .iter()
            .filter(|it| source.kinds().contains(&it.kind.as_str()));
        let of_source = of_source.collect::<Vec<_>>();
        let any = match source {
            _ if of_source.is_empty() => false,
            Source::Scores | Source::Accounts => true,
            Source::Stages => {
                let touched = touched_stages(trigger, tenant)?;
                let concerns = |it: &Uuid| touched.as_ref().is_none_or(|ids| ids.contains(it));
                of_source
                    .iter()
                    .any(|it| it.stage.as_ref().is_none_or(concerns))
            }
        };
        if any {
            return Ok(true);
        }
    }
    Ok(false)
}

fn read_in_tenant(tenant: Uuid) -> Result<Vec<WaitingFor>, Fault> {
    let _section = System::enter();
    IN_TENANT.with(|query| {
        query.read(&[tenant.into()], |row| {
            Ok(WaitingFor {
                kind: row.need("event_kind")?,
                stage: row
                    .maybe::<String>("event_stage")?
                    .as_deref()
                    .and_then(id::parse),
            })
        })
    })
}

/// The stages that rows of journey_history leave or enter; `None` where one is not known.
fn touched_stages(trigger: &PgTrigger<'_>, tenant: Uuid) -> Result<Option<Vec<Uuid>>, Fault> {
    let mut names = Vec::<String>::new();
    for name in ["from_stage", "to_stage"] {
        let column = transition_tables::find_column(trigger, name)
            .ok_or_else(|| Fault::internal("only journey_history has stages"))?;
        let Some(mut walk) = Walk::over(trigger, Side::New) else {
            return Ok(None);
        };
        while walk.step(column) {
            let value = walk.value(column);
            // SAFETY: both columns are text.
            let name = value.and_then(|it| unsafe { String::from_datum(it, false) });
            names.extend(name.filter(|it| !names.contains(it)));
        }
    }
    let names = names.iter().map(String::as_str).collect::<Vec<_>>();
    let stages = stages::remembered_stages(tenant, &names)?;
    let ids = names.iter().map(|name| Some(stages.named(name)?.id));
    Ok(ids.collect())
}
