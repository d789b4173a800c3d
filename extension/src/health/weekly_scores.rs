//! Owns the way of scores week by week, for many accounts in one call. Runs with the caller's rights: of accounts the caller does not
//! see there is no row.

use crate::pg::fault::{Fault, OrRaise, within};
use crate::pg::section::Pinned;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{INT, UUIDS};
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

const MOST_ACCOUNTS: usize = 1_000;
const MOST_WEEKS: i32 = 104;

thread_local! {
    static SCORES: Kept = const { Kept::new(include_str!("sql/weekly_scores.sql"), &[UUIDS, INT]) };
}

#[pg_extern(stable)]
fn weekly_scores(
    account_ids: Vec<Uuid>,
    weeks: default!(i32, "12"),
) -> TableIterator<'static, (name!(account_id, Uuid), name!(scores, Vec<Option<i32>>))> {
    let _pinned = Pinned::enter();
    TableIterator::new(read(account_ids, weeks).or_raise())
}

fn read(accounts: Vec<Uuid>, weeks: i32) -> Result<Vec<(Uuid, Vec<Option<i32>>)>, Fault> {
    within("weeks", weeks, 1..=MOST_WEEKS)?;
    if accounts.len() > MOST_ACCOUNTS {
        let message = format!(
            "account_ids has {} entries, at most {MOST_ACCOUNTS} are answered at once",
            accounts.len()
        );
        return Err(Fault::invalid("account_ids", message));
    }
    SCORES.with(|scores| {
        scores.read(&[accounts.into(), weeks.into()], |row| {
            Ok((row.need("account_id")?, row.need("scores")?))
        })
    })
}
