//! Owns what accounts paid from when on, told for the past too: rows in, each account's chain of ARR made anew around them. Its last
//! step is the present ARR. Runs with the caller's rights, but for the chain itself.

use super::arr_row::{ArrRow, read_row};
use crate::accounts::{self, AccountColumn, AccountName};
use crate::health::{self, Moment, PgZone, Zone};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::given_rows::GivenRows;
use crate::pg::json_text::JsonText;
use crate::pg::rejected_rows::{Rejected, refusal};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::pg::written_time;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

#[pg_extern]
fn record_arr(rows: JsonText, keep_good: default!(bool, "false")) -> JsonB {
    let _pinned = Pinned::enter();
    record(GivenRows::Jsonb(rows), keep_good).or_raise()
}

#[pg_extern(name = "record_arr")]
fn record_arr_of_text(rows: &str, keep_good: default!(bool, "false")) -> JsonB {
    let _pinned = Pinned::enter();
    record(GivenRows::Text(rows), keep_good).or_raise()
}

/// A step of an account that was found.
struct Step<'a> {
    index: usize,
    account: Uuid,
    row: ArrRow<'a>,
    from: Moment,
}

/// A row of an account's chain.
struct Link {
    account: Uuid,
    arr: String,
    from: TimestampWithTimeZone,
    until: Option<TimestampWithTimeZone>,
}

fn record(rows: GivenRows<'_>, keep_good: bool) -> Result<JsonB, Fault> {
    let tenant = accounts::require_current_tenant()?;
    identity::require(Action::AccountEdit, tenant)?;
    let held = rows.hold()?;
    let rows = held.read()?;
    let mut rejected = rows.rejected;
    let read = rows.sound.iter();
    let read = read.filter_map(|(index, it)| read_row(*index, it.get(), &mut rejected));
    let read = read.collect::<Vec<_>>();
    let mut steps = find_accounts(tenant, read, &mut rejected)?;
    set_moments(tenant, &mut steps, &mut rejected)?;
    let locked = lock(tenant, &mut steps, &mut rejected)?;
    rejected.sort_by_key(|it| it.index);
    if !keep_good && !rejected.is_empty() {
        return Err(refusal(&rejected, rows.all));
    }
    if !steps.is_empty() {
        let chains = read_chains(tenant, &steps)?;
        write_chains(tenant, &steps, &chains)?;
        write_present(tenant, locked, &chains)?;
    }
    Ok(JsonB(
        json!({ "recorded": steps.len(), "rejected": rejected }),
    ))
}

const NO_SUCH_ACCOUNT: &str = "no such account";

fn find_accounts<'a>(
    tenant: Uuid,
    rows: Vec<ArrRow<'a>>,
    rejected: &mut Vec<Rejected>,
) -> Result<Vec<Step<'a>>, Fault> {
    let (mut ids, mut external_ids) = (Vec::new(), Vec::new());
    for row in &rows {
        match &row.account {
            AccountName::Id(id) => ids.push(*id),
            AccountName::External(id) => external_ids.push(id.as_ref()),
        }
    }
    let found = sql::read(
        "select id, external_id from cs.accounts
         where tenant_id = $1 and (id = any ($2) or external_id = any ($3))",
        &[tenant.into(), ids.into(), external_ids.into()],
        |row| Ok((row.need::<Uuid>("id")?, row.maybe::<String>("external_id")?)),
    )?;
    let by_external_id: HashMap<_, _> = found
        .iter()
        .filter_map(|(id, it)| Some((it.clone()?, *id)))
        .collect();
    let mut steps = Vec::new();
    for row in rows {
        let account = match &row.account {
            AccountName::Id(id) => found.iter().any(|(it, _)| it == id).then_some(*id),
            AccountName::External(id) => by_external_id.get(id.as_ref()).copied(),
        };
        match account {
            None => rejected.push(Rejected::new(
                row.index,
                row.account.field(),
                NO_SUCH_ACCOUNT,
            )),
            Some(account) => steps.push(Step {
                index: row.index,
                account,
                row,
                from: 0,
            }),
        }
    }
    Ok(steps)
}

/// A day begins when it does where the tenant is; what is still to come is no history.
fn set_moments(
    tenant: Uuid,
    steps: &mut Vec<Step<'_>>,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    let (zone, now) = (PgZone::of_tenant(tenant)?, health::now());
    steps
        .iter_mut()
        .for_each(|it| it.from = zone.moment_of(it.row.from));
    steps.retain(|it| {
        let reason = match it.from {
            ..0 => written_time::TOO_EARLY,
            from if from > now => "must not be in the future: an ARR counts from its day on",
            _ => return true,
        };
        rejected.push(Rejected::new(it.index, "effective_from", reason));
        false
    });
    Ok(())
}

/// Locks the accounts in their order; those that the caller may not change, and steps after an account was lost, are rejected.
fn lock(
    tenant: Uuid,
    steps: &mut Vec<Step<'_>>,
    rejected: &mut Vec<Rejected>,
) -> Result<Vec<accounts::LockedAccount>, Fault> {
    let ids = steps.iter().map(|it| it.account).collect::<Vec<_>>();
    let locked = accounts::lock_accounts(tenant, &ids)?;
    let lost = sql::write(
        include_str!("sql/lost_since.sql"),
        &[tenant.into(), ids.into()],
        |row| {
            let since = row.need::<TimestampWithTimeZone>("valid_from")?;
            Ok((row.need::<Uuid>("id")?, i64::from(since)))
        },
    )?;
    let lost: HashMap<Uuid, Moment> = lost.into_iter().collect();
    steps.retain(|it| {
        let (field, reason) = if locked.iter().all(|known| known.id != it.account) {
            (it.row.account.field(), NO_SUCH_ACCOUNT)
        } else if lost.get(&it.account).is_some_and(|since| it.from >= *since) {
            (
                "effective_from",
                "is after the account was lost: it pays nothing since",
            )
        } else {
            return true;
        };
        rejected.push(Rejected::new(it.index, field, reason));
        false
    });
    Ok(locked)
}

fn read_chains(tenant: Uuid, steps: &[Step<'_>]) -> Result<Vec<Link>, Fault> {
    let moments = steps.iter().map(|it| health::to_timestamp(it.from));
    let amounts = steps.iter().map(|it| Some(it.row.amount.as_str()));
    let _section = System::enter();
    sql::write(
        include_str!("sql/arr_chains.sql"),
        &[
            tenant.into(),
            steps.iter().map(|it| it.account).collect::<Vec<_>>().into(),
            amounts.collect::<Vec<_>>().into(),
            steps
                .iter()
                .map(|it| it.row.times)
                .collect::<Vec<_>>()
                .into(),
            moments.collect::<Result<Vec<_>, _>>()?.into(),
        ],
        |row| {
            Ok(Link {
                account: row.need("account_id")?,
                arr: row.need("arr")?,
                from: row.need("valid_from")?,
                until: row.maybe("valid_until")?,
            })
        },
    )
}

fn write_chains(tenant: Uuid, steps: &[Step<'_>], chains: &[Link]) -> Result<(), Fault> {
    let ids = steps.iter().map(|it| it.account).collect::<Vec<_>>();
    let _section = System::enter();
    sql::run(
        "delete from cs.arr_history where tenant_id = $1 and account_id = any ($2)",
        &[tenant.into(), ids.into()],
    )?;
    sql::run(
        "insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
         select $1, unnest($2), unnest($3)::numeric, unnest($4), unnest($5)",
        &[
            tenant.into(),
            chains
                .iter()
                .map(|it| it.account)
                .collect::<Vec<_>>()
                .into(),
            chains
                .iter()
                .map(|it| it.arr.as_str())
                .collect::<Vec<_>>()
                .into(),
            chains.iter().map(|it| it.from).collect::<Vec<_>>().into(),
            chains.iter().map(|it| it.until).collect::<Vec<_>>().into(),
        ],
    )
}

/// The last step of each account that is not lost is what it pays now. The chain has it already, so that no step is added.
fn write_present(
    tenant: Uuid,
    locked: Vec<accounts::LockedAccount>,
    chains: &[Link],
) -> Result<(), Fault> {
    let last: BTreeMap<Uuid, &str> = chains
        .iter()
        .map(|it| (it.account, it.arr.as_str()))
        .collect();
    let updates = locked.into_iter().filter_map(|account| {
        let arr = last.get(&account.id)?;
        let is_lost = account.values[AccountColumn::Status].as_deref() == Some("Churned");
        (!is_lost).then(|| account.with_attributes(&format!("{{\"arr\": {arr}}}")))
    });
    let updates = updates.collect::<Vec<_>>();
    accounts::update_accounts(
        tenant,
        &updates.iter().collect::<Vec<_>>(),
        &[AccountColumn::Attributes],
    )
    .map(drop)
}
