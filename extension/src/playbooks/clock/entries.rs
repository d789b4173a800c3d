//! Owns what playbooks have seen begin: an entry per playbook, account and subject, for as long as it lasts. Each is written in
//! the transaction that runs the playbook for it, so that it begins once whatever becomes of the server.

use crate::pg::fault::Fault;
use crate::pg::sql::{self, Row};
use crate::playbooks::playbook::Playbook;
use crate::playbooks::running::HeldMatch;
use crate::playbooks::standing::{Standing, StandingQuery};
use pgrx::Uuid;

/// An account and what has lasted there.
pub type EntryKey = (Uuid, String);

/// What is otherwise than the entries say.
#[derive(Debug, Default)]
pub struct Changes {
    /// What has begun.
    pub begun: Vec<Standing>,
    /// What lasts and was held back by a gate that may be open now.
    pub held: Vec<(Standing, HeldMatch)>,
    /// What has ended.
    pub ended: Vec<EntryKey>,
    /// The last account looked at, where there may be more after it.
    pub cut_after: Option<Uuid>,
}

enum Change {
    Begun(Standing),
    Held(Standing, HeldMatch),
    Ended(EntryKey),
}

/// The first changes among these accounts or all, at most so many.
pub fn read_changes(
    playbook: &Playbook,
    among: Option<&[Uuid]>,
    is_of_stay: bool,
    most: i64,
) -> Result<Changes, Fault> {
    let query = StandingQuery::of(playbook.tenant_id, &playbook.trigger.event, among)?;
    let mut arguments = query.arguments;
    let mut place = |argument| {
        arguments.push(argument);
        format!("${}", arguments.len())
    };
    let text = include_str!("sql/changes.sql")
        .replace("{playbook}", &place(playbook.id.into()))
        .replace("{is_of_stay}", &place(is_of_stay.into()))
        .replace("{most}", &place(most.into()))
        .replace("{standing}", query.text);
    let mut changes = Changes::default();
    let rows = sql::read(&text, &arguments, change_of_row)?;
    if i64::try_from(rows.len()).is_ok_and(|found| found >= most) {
        changes.cut_after = rows.last().map(Change::account);
    }
    for change in rows {
        match change {
            Change::Begun(standing) => changes.begun.push(standing),
            Change::Held(standing, held) => changes.held.push((standing, held)),
            Change::Ended(key) => changes.ended.push(key),
        }
    }
    Ok(changes)
}

impl Change {
    const fn account(&self) -> Uuid {
        match self {
            Self::Begun(standing) | Self::Held(standing, _) => standing.account_id,
            Self::Ended((account, _)) => *account,
        }
    }
}

fn change_of_row(row: &Row<'_>) -> Result<Change, Fault> {
    let standing = Standing::of_row(row)?;
    if row.need("has_ended")? {
        return Ok(Change::Ended((standing.account_id, standing.subject)));
    }
    Ok(match row.maybe::<Uuid>("held_by")? {
        None => Change::Begun(standing),
        Some(execution_id) => {
            let since = row.need("since")?;
            let held = HeldMatch {
                execution_id,
                since,
            };
            Change::Held(standing, held)
        }
    })
}

/// Writes what has begun; false for what someone else has written meanwhile.
pub fn enter(playbook: &Playbook, begun: Vec<Standing>) -> Result<Vec<Standing>, Fault> {
    let keys = begun.iter().map(|it| (it.account_id, it.subject.clone()));
    let (accounts, subjects): (Vec<_>, Vec<_>) = keys.unzip();
    let written = sql::write(
        "insert into cs.playbook_entries (tenant_id, playbook_id, account_id, subject)
         select $1, $2, * from unnest($3::uuid[], $4::text[]) on conflict do nothing returning account_id, subject",
        &[
            playbook.tenant_id.into(),
            playbook.id.into(),
            accounts.into(),
            subjects.into(),
        ],
        |row| Ok((row.need::<Uuid>("account_id")?, row.need::<String>("subject")?)),
    )?;
    let written = written
        .into_iter()
        .collect::<std::collections::HashSet<_>>();
    let is_written = |it: &Standing| written.contains(&(it.account_id, it.subject.clone()));
    Ok(begun.into_iter().filter(is_written).collect())
}

/// Writes entries for all that is so now, and no others: nothing of it begins.
pub fn enter_all(playbook: &Playbook) -> Result<(), Fault> {
    forget_all(playbook)?;
    let query = StandingQuery::of(playbook.tenant_id, &playbook.trigger.event, None)?;
    let mut arguments = query.arguments;
    arguments.push(playbook.id.into());
    let text = format!(
        "insert into cs.playbook_entries (tenant_id, playbook_id, account_id, subject)
         select $1, ${}, standing.account_id, standing.subject from ({}) as standing on conflict do nothing",
        arguments.len(),
        query.text
    );
    sql::run(&text, &arguments)
}

/// Removes all entries of a playbook.
pub fn forget_all(playbook: &Playbook) -> Result<(), Fault> {
    sql::run(
        "delete from cs.playbook_entries where tenant_id = $1 and playbook_id = $2",
        &[playbook.tenant_id.into(), playbook.id.into()],
    )
}

/// Removes what has ended.
pub fn leave(playbook: &Playbook, ended: Vec<EntryKey>) -> Result<(), Fault> {
    let (accounts, subjects): (Vec<_>, Vec<_>) = ended.into_iter().unzip();
    sql::run(
        "delete from cs.playbook_entries where tenant_id = $1 and playbook_id = $2
            and (account_id, subject) in (select * from unnest($3::uuid[], $4::text[]))",
        &[
            playbook.tenant_id.into(),
            playbook.id.into(),
            accounts.into(),
            subjects.into(),
        ],
    )
}

/// Writes by which run each of these is held back; `None`: by none, whatever was before.
pub fn hold(playbook: &Playbook, held: Vec<(EntryKey, Option<Uuid>)>) -> Result<(), Fault> {
    let (keys, runs): (Vec<_>, Vec<_>) = held.into_iter().unzip();
    let (accounts, subjects): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    sql::run(
        "update cs.playbook_entries as entry set held_by = it.run
         from unnest($3::uuid[], $4::text[], $5::uuid[]) as it (account_id, subject, run)
         where entry.tenant_id = $1 and entry.playbook_id = $2
            and entry.account_id = it.account_id and entry.subject = it.subject",
        &[
            playbook.tenant_id.into(),
            playbook.id.into(),
            accounts.into(),
            subjects.into(),
            runs.into(),
        ],
    )
}
