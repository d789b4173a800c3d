//! Owns the history of stages: however an account is moved, one row closes and the next opens at the same moment.

use super::move_context::MoveContext;
use crate::identity;
use crate::pg::changed_columns;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::single_update::SingleUpdate;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{BOOL, TEXT, TIME, UUID, UUIDS};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use crate::stages;
use pgrx::datum::DatumWithOid;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{PgTrigger, Spi, Uuid, pg_sys};

thread_local! {
    static OPEN_FIRST_STAY: Kept = const { Kept::new(include_str!("sql/open_first_stay.sql"), &[UUID]) };
    static RECORD_MOVE: Kept = const { Kept::new(include_str!("sql/record_move.sql"), &[UUID, UUID, TEXT, TEXT, TIME, UUID, TEXT, TEXT, UUIDS]) };
    static RECORD_MOVES: Kept = const { Kept::new(include_str!("sql/record_moves.sql"), &[UUID, UUID, TEXT, TEXT, UUIDS, BOOL]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_stage<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let mover = identity::current().user;
        let mut arguments = vec![mover.into()];
        let statement = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => &OPEN_FIRST_STAY,
            Ok(PgTriggerOperation::Update) => {
                // Before it is taken: an update within this one may only have put the tree right.
                if !changed_columns::changed(trigger, &["current_stage"])? {
                    return Ok(());
                }
                let context = MoveContext::take();
                if let Some(plain) = PlainMove::of(trigger, &context)? {
                    return record_plain_move(plain, mover, context);
                }
                arguments.extend([
                    context.account.into(),
                    context.note.into(),
                    context.waive_reason.into(),
                    context.waived.into(),
                    context.is_undo.into(),
                ]);
                &RECORD_MOVES
            }
            _ => {
                return Err(Fault::internal(
                    "this trigger is for INSERT and UPDATE only",
                ));
            }
        };
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            statement
                .with(|it| transition_tables::write(trigger, client, it, &arguments, |_| Ok(())))
        })
        .map(drop)
    })
}

/// The move of one account that changes nothing but its stage and takes nothing back, as most do: recorded without a query over
/// the transition tables.
struct PlainMove {
    tenant: Uuid,
    account: Uuid,
    from: String,
    to: String,
}

impl PlainMove {
    fn of(trigger: &PgTrigger<'_>, context: &MoveContext) -> Result<Option<Self>, Fault> {
        let Some(row) = SingleUpdate::of(trigger).filter(|_| !context.is_undo) else {
            return Ok(None);
        };
        let status = row.column("status")?;
        let (from, to) = row.column("current_stage")?.values::<String>();
        let (_, tenant) = row.column("tenant_id")?.values::<Uuid>();
        let (_, account) = row.column("id")?.values::<Uuid>();
        // A label of an enum is a number.
        let keeps_status = status.before.map(|it| it.value()) == status.after.map(|it| it.value());
        Ok(match (tenant, account, from, to) {
            (Some(tenant), Some(account), Some(from), Some(to)) if keeps_status => Some(Self {
                tenant,
                account,
                from,
                to,
            }),
            _ => None,
        })
    }
}

fn record_plain_move(
    plain: PlainMove,
    mover: Option<Uuid>,
    context: MoveContext,
) -> Result<(), Fault> {
    let _section = System::enter_for_kept_plans();
    // A rename cascades to here too; its old name no longer exists, and it is not a move.
    let stages = stages::remembered_stages(plain.tenant, &[&plain.from])?;
    if stages.named(&plain.from).is_none() || plain.from == plain.to {
        return Ok(());
    }
    let context = match context.account == Some(plain.account) {
        true => context,
        false => MoveContext::default(),
    };
    // SAFETY: a moment, as PostgreSQL counts it.
    let now = unsafe { DatumWithOid::new(pg_sys::GetCurrentTimestamp(), pg_sys::TIMESTAMPTZOID) };
    let arguments = [
        plain.tenant.into(),
        plain.account.into(),
        plain.from.into(),
        plain.to.into(),
        now,
        mover.into(),
        context.note.into(),
        context.waive_reason.into(),
        context.waived.into(),
    ];
    Spi::connect_mut(|client| RECORD_MOVE.with(|it| it.write_on(client, &arguments, |_| Ok(()))))
        .map(drop)
}
