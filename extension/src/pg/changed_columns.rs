//! Owns which columns an UPDATE changed, by their bytes and without a query.

use super::fault::Fault;
use super::single_update::SingleUpdate;
use super::transition_tables::{Side, Walk};
use super::trigger_row::has_same_bytes;
use pgrx::{PgTrigger, pg_sys};
use std::ffi::c_int;

/// Whether an UPDATE changed any of these columns in any row: where it did not, no query has anything to look for.
pub fn changed(trigger: &PgTrigger<'_>, columns: &[&str]) -> Result<bool, Fault> {
    if let Some(found) = changed_in_single(trigger, |name| columns.contains(&name)) {
        return Ok(!found.is_empty());
    }
    let wanted = columns_of(trigger, |name| columns.contains(&name))?;
    if wanted.len() != columns.len() {
        return Err(Fault::internal(format!(
            "the trigger's table does not have all of the columns {}",
            columns.join(", ")
        )));
    }
    Ok(!differing(trigger, wanted, 1).is_empty())
}

/// Those of these columns that an UPDATE changed in any row.
pub fn changed_among(trigger: &PgTrigger<'_>, columns: &[&str]) -> Result<Vec<String>, Fault> {
    changed_where(trigger, |name| columns.contains(&name))
}

/// The columns, apart from these, that an UPDATE changed in any row.
pub fn changed_beside(trigger: &PgTrigger<'_>, apart: &[&str]) -> Result<Vec<String>, Fault> {
    changed_where(trigger, |name| !apart.contains(&name))
}

fn changed_where(
    trigger: &PgTrigger<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<String>, Fault> {
    if let Some(found) = changed_in_single(trigger, &wanted) {
        return Ok(found);
    }
    let wanted = columns_of(trigger, wanted)?;
    let all = wanted.len();
    let found = differing(trigger, wanted, all);
    Ok(found.iter().map(|it| it.name().to_owned()).collect())
}

fn columns_of(
    trigger: &PgTrigger<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<pg_sys::FormData_pg_attribute>, Fault> {
    let table = trigger
        .relation()
        .map_err(|error| Fault::internal(error.to_string()))?;
    let columns = table.tuple_desc();
    let wanted = |it: &&pg_sys::FormData_pg_attribute| !it.is_dropped() && wanted(it.name());
    Ok(columns.iter().filter(wanted).copied().collect())
}

/// Those of the wanted columns that an UPDATE of one row changed; `None` where it wrote several.
fn changed_in_single(
    trigger: &PgTrigger<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Option<Vec<String>> {
    let row = SingleUpdate::of(trigger)?;
    let changed = row.changed_columns();
    Some(
        changed
            .filter(|name| wanted(name))
            .map(str::to_owned)
            .collect(),
    )
}

/// Those of the columns that do not hold the same bytes before and after in every row; stops once that many are found.
fn differing(
    trigger: &PgTrigger<'_>,
    mut same: Vec<pg_sys::FormData_pg_attribute>,
    enough: usize,
) -> Vec<pg_sys::FormData_pg_attribute> {
    let mut found = Vec::new();
    let (Some(mut old), Some(mut new)) = (
        Walk::over(trigger, Side::Old),
        Walk::over(trigger, Side::New),
    ) else {
        return found;
    };
    // Both tables have one order: PostgreSQL stores the two sides of a row together.
    while found.len() < enough
        && let Some(last) = same.iter().map(|it| c_int::from(it.attnum)).max()
        && old.step(last)
        && new.step(last)
    {
        let differs = |it: &mut pg_sys::FormData_pg_attribute| {
            let number = c_int::from(it.attnum);
            // SAFETY: both tables have the columns of the trigger's table.
            !unsafe { has_same_bytes(it, old.value(number), new.value(number)) }
        };
        found.extend(same.extract_if(.., differs));
    }
    found
}
