//! Owns the answer to "whom would this hit now".

use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::clock::match_of;
use crate::playbooks::definition::PlaybookTrigger;
use crate::playbooks::matching::meeting_when;
use crate::playbooks::playbook::Playbook;
use crate::playbooks::standing;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{AnyNumeric, JsonB, Uuid};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;

type PreviewRow = (
    Uuid,
    String,
    Option<AnyNumeric>,
    Option<i32>,
    Option<String>,
    String,
    Option<String>,
    JsonB,
);

#[pg_extern(stable)]
fn preview_playbook(
    criteria: Option<JsonText>,
    event: Option<JsonText>,
) -> TableIterator<
    'static,
    (
        name!(account_id, Uuid),
        name!(account_name, String),
        name!(arr, Option<AnyNumeric>),
        name!(health_score, Option<i32>),
        name!(risk_level, Option<String>),
        name!(stage, String),
        name!(csm_name, Option<String>),
        name!(event, JsonB),
    ),
> {
    let _pinned = Pinned::enter();
    let read = |it: Option<JsonText>| it.and_then(|it| it.read());
    TableIterator::new(preview(read(criteria), read(event)).or_raise())
}

fn preview(when: Option<Value>, event: Option<Value>) -> Result<Vec<PreviewRow>, Fault> {
    let tenant = identity::require_current(Action::PlaybookEdit)?;
    let playbook = Rc::new(Playbook {
        is_ordered: false,
        tenant_id: tenant,
        id: tenant,
        name: String::new(),
        version: 0,
        trigger: PlaybookTrigger::resolve(tenant, &as_criteria(when, event))?,
        has_own_webhook: false,
        actions: Vec::new(),
        cooldown_minutes: 0,
        daily_cap: None,
    });
    let _section = System::enter();
    let present = standing::find(tenant, &playbook.trigger.event, None)?;
    let matches = present.into_iter().map(|it| match_of(&playbook, it));
    let found = meeting_when(matches.collect())?;
    let mut events = HashMap::new();
    for it in found {
        let event = it.event.describe(&playbook.trigger.event);
        // An account may be in the state for several things; the first stands for all.
        events.entry(it.event.account_id).or_insert(event);
    }
    let accounts = events.keys().copied().collect::<Vec<_>>();
    sql::read(
        include_str!("../sql/preview.sql"),
        &[tenant.into(), accounts.into()],
        |row| {
            let account = row.need::<Uuid>("id")?;
            let mut event = events.get(&account).cloned().unwrap_or_default();
            // It has not happened.
            event.as_object_mut().map(|it| it.remove("event_id"));
            Ok((
                account,
                row.need("name")?,
                row.maybe("arr")?,
                row.maybe("overall_score")?,
                row.maybe("risk_level")?,
                row.need("current_stage")?,
                row.maybe("csm_name")?,
                JsonB(event),
            ))
        },
    )
}

/// The two halves of `trigger_criteria` put together.
pub fn as_criteria(when: Option<Value>, event: Option<Value>) -> Map<String, Value> {
    let halves = [("event", event), ("when", when)];
    let given = halves
        .into_iter()
        .filter_map(|(key, half)| Some((key.to_owned(), half?)));
    given.collect()
}
