//! Owns the answer to "whom would this have hit", over the tenant's own history.

use super::preview_playbook::as_criteria;
use crate::health::{DAY, clock_now, to_timestamp};
use crate::identity::{self, Action};
use crate::pg::document::must_be;
use crate::pg::fault::{Fault, OrRaise, within};
use crate::pg::json_text::JsonText;
use crate::pg::object_reader::ObjectReader;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::definition::{AwaitedEvent, PlaybookTrigger};
use crate::playbooks::past::{BackTest, BackTestRow, Limits, back_test};
use crate::playbooks::running::settings::PLAYBOOK_BURST;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::Value;
use std::collections::HashMap;

/// What a playbook has unless it says otherwise.
const USUAL_COOLDOWN: i32 = 60;
/// The days that are looked at unless told otherwise.
const USUAL_DAYS: i32 = 90;
/// The longest time looked at.
const MOST_DAYS: i32 = 365;

type Row = (TimestampWithTimeZone, Uuid, String, &'static str, JsonB);

#[pg_extern]
fn backtest_playbook(
    criteria: Option<JsonText>,
    event: Option<JsonText>,
    limits: default!(Option<JsonText>, "null"),
    days: default!(Option<i32>, "90"),
) -> TableIterator<
    'static,
    (
        name!(at, TimestampWithTimeZone),
        name!(account_id, Uuid),
        name!(account_name, String),
        name!(result, &'static str),
        name!(event, JsonB),
    ),
> {
    let _pinned = Pinned::enter();
    let read = |it: Option<JsonText>| it.and_then(|it| it.read());
    let found = find_firings(read(criteria), read(event), read(limits), days);
    TableIterator::new(found.or_raise())
}

fn find_firings(
    when: Option<Value>,
    event: Option<Value>,
    limits: Option<Value>,
    days: Option<i32>,
) -> Result<Vec<Row>, Fault> {
    let tenant = identity::require_current(Action::PlaybookEdit)?;
    let trigger = PlaybookTrigger::resolve(tenant, &as_criteria(when, event))?;
    if trigger.event == AwaitedEvent::Manual {
        let message = "what people run by hand has no past to be tested over";
        return Err(Fault::invalid("trigger_criteria.event.kind", message));
    }
    let limits = read_limits(limits.as_ref())?;
    let days = within("days", days.unwrap_or(USUAL_DAYS), 1..=MOST_DAYS)?;
    let until = clock_now();
    let _section = System::enter();
    let rows = back_test(&BackTest {
        tenant,
        trigger: &trigger,
        limits,
        among: None,
        since: until - i64::from(days) * DAY,
        until,
    })?;
    let names = read_names(tenant)?;
    let named = rows.into_iter().filter_map(|row| name_row(&names, row));
    named.collect()
}

/// `{"cooldown_minutes", "max_executions_per_day"}`, as a playbook has them.
fn read_limits(limits: Option<&Value>) -> Result<Limits, Fault> {
    let empty = serde_json::Map::new();
    let object = match limits {
        None | Some(Value::Null) => &empty,
        Some(Value::Object(object)) => object,
        Some(_) => return Err(must_be("limits", "an object")),
    };
    let known = ["cooldown_minutes", "max_executions_per_day"];
    let read = ObjectReader::at("limits".to_owned(), object, &known)?;
    let cap = match read.get("max_executions_per_day") {
        Some(Value::Null) => None,
        _ => read.whole_number("max_executions_per_day", 1..=i32::MAX)?,
    };
    Ok(Limits {
        cooldown_minutes: read
            .whole_number("cooldown_minutes", 0..=i32::MAX)?
            .unwrap_or(USUAL_COOLDOWN),
        daily_cap: cap,
        burst: i64::from(PLAYBOOK_BURST.get()),
    })
}

fn read_names(tenant: Uuid) -> Result<HashMap<Uuid, String>, Fault> {
    let names = sql::read(
        "select id, name from cs.accounts where tenant_id = $1",
        &[tenant.into()],
        |row| Ok((row.need("id")?, row.need("name")?)),
    )?;
    Ok(names.into_iter().collect())
}

fn name_row(names: &HashMap<Uuid, String>, row: BackTestRow) -> Option<Result<Row, Fault>> {
    let name = names.get(&row.account)?.clone();
    let label = row.result.label();
    Some(to_timestamp(row.at).map(|at| (at, row.account, name, label, JsonB(row.event))))
}
