//! Owns the marks of accounts whose score may have changed: one insert per statement, whatever the statement's size.

use super::tenant_zone::PgZone;
use crate::accounts::AccountColumn;
use crate::background::board::Duty;
use crate::pg::changed_columns;
use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::types::{BOOL, TEXTS, UUIDS};
use crate::pg::sql::{self, Kept};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::spi::SpiClient;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{PgTrigger, Uuid};

/// What a statement on usage_metrics does to the rows, and the statements that this takes.
struct UsageMarks {
    /// Whether usage arrived.
    by_usage: bool,
    /// The zones of the tenants of the rows.
    zones: Kept,
    /// Marks their accounts, and appends what their days gain or lose.
    marks: Kept,
}

const ADDED: &str =
    "select tenant_id, account_id, metric_type, recorded_at, metric_value from new_rows";
const TAKEN: &str = "select tenant_id, account_id, metric_type, recorded_at, - metric_value as metric_value from old_rows";
const ZONES: &str = "select id, cs.time_zone(settings) as zone from cs.tenants where id in (select tenant_id from (<changed>) as it)";

impl UsageMarks {
    fn of(changed: &str, by_usage: bool) -> Self {
        let fill = |statement: &str| String::leak(statement.replace("<changed>", changed));
        Self {
            by_usage,
            zones: Kept::new(fill(ZONES), &[]),
            marks: Kept::new(
                fill(include_str!("sql/mark_usage.sql")),
                &[UUIDS, TEXTS, BOOL],
            ),
        }
    }
}

thread_local! {
    static INSERTED: UsageMarks = UsageMarks::of(ADDED, true);
    static UPDATED: UsageMarks = UsageMarks::of(&format!("{ADDED} union all {TAKEN}"), true);
    static DELETED: UsageMarks = UsageMarks::of(TAKEN, false);
}

/// AFTER INSERT, UPDATE, DELETE STATEMENT on usage_metrics, over its transition tables.
#[pg_trigger]
fn tg_usage_metrics__mark<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let marks = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => &INSERTED,
            Ok(PgTriggerOperation::Update) => &UPDATED,
            Ok(PgTriggerOperation::Delete) => &DELETED,
            _ => return Err(Fault::internal("a TRUNCATE marks no accounts")),
        };
        marks.with(|it| mark_usage_accounts(trigger, it))
    })
}

/// The columns of accounts that a score or a cap may depend on: what people write, and the level.
fn scored_columns() -> Vec<&'static str> {
    let written = AccountColumn::ALL.iter().map(|column| column.name());
    written.chain(["hierarchy_level"]).collect()
}

/// AFTER UPDATE STATEMENT on accounts, over its transition tables: seats, status, and what caps may ask about.
#[pg_trigger]
fn tg_accounts__mark_health<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if !may_mark(trigger)? {
            return Ok(());
        }
        let _section = System::enter();
        let marked = transition_tables::with_tables(trigger, |client| {
            MARK_ACCOUNTS.with(|it| transition_tables::write(trigger, client, it, &[], |_| Ok(())))
        })?;
        wake_worker(!marked.is_empty());
        Ok(())
    })
}

/// Whether what an UPDATE changed can matter: attributes and the status may, all else only where a cap asks about it.
fn may_mark(trigger: &PgTrigger<'_>) -> Result<bool, Fault> {
    let changed = changed_columns::changed_among(trigger, &scored_columns())?;
    if changed.is_empty() {
        return Ok(false);
    }
    let always = [
        AccountColumn::Attributes.name(),
        AccountColumn::Status.name(),
    ];
    if changed.iter().any(|name| always.contains(&name.as_str())) {
        return Ok(true);
    }
    for tenant in transition_tables::written_tenants(trigger)? {
        if *CAPS_ASK.with(|it| it.get_or_read(tenant, || read_whether_caps_ask(tenant)))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a cap of the tenant's model asks about the account itself, apart from its attributes.
fn read_whether_caps_ask(tenant: Uuid) -> Result<bool, Fault> {
    let _section = System::enter();
    sql::exists(include_str!("sql/caps_ask.sql"), &[tenant.into()])
}

thread_local! {
    static CAPS_ASK: ConfigurationCache<Uuid, bool> = ConfigurationCache::new(&[c"health_models"]);
    static MARK_ACCOUNTS: Kept = Kept::new(String::leak(mark_accounts_statement()), &[]);
}

/// Made once per backend.
fn mark_accounts_statement() -> String {
    let columns_of = |row: &str| {
        let columns = scored_columns().into_iter();
        let columns = columns.filter(|name| *name != AccountColumn::Attributes.name());
        let columns = columns.map(|name| format!("{row}.{name}"));
        columns.collect::<Vec<_>>().join(", ")
    };
    include_str!("sql/mark_accounts.sql")
        .replace("<new>", &columns_of("new"))
        .replace("<old>", &columns_of("old"))
}

fn mark_usage_accounts(trigger: &PgTrigger<'_>, marks: &UsageMarks) -> Result<(), Fault> {
    let _section = System::enter();
    let marked = transition_tables::with_tables(trigger, |client| {
        let (tenants, zones) = read_zones(trigger, client, &marks.zones)?;
        let arguments = [tenants.into(), zones.into(), marks.by_usage.into()];
        transition_tables::write(trigger, client, &marks.marks, &arguments, |_| Ok(()))
    })?;
    wake_worker(!marked.is_empty());
    Ok(())
}

/// The tenants of the rows, and the time zone of each. Where that is not known, rows come in all the same: their sums by day are of
/// UTC, and put right once the tenant has a zone again.
fn read_zones(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    statement: &Kept,
) -> Result<(Vec<Uuid>, Vec<String>), Fault> {
    let known = transition_tables::write(trigger, client, statement, &[], |row| {
        let zone = row.need::<String>("zone")?;
        let zone = if PgZone::exists(&zone) {
            zone
        } else {
            "UTC".to_owned()
        };
        Ok((row.need::<Uuid>("id")?, zone))
    })?;
    Ok(known.into_iter().unzip())
}

fn wake_worker(has_marks: bool) {
    if has_marks {
        crate::background::wake::at_commit(Duty::Chores);
    }
}
