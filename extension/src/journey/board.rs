//! Owns the board: every stage a column with its figures and the first of its cards, and the cards that follow. Runs with the
//! caller's rights.

use super::cursor::{Cursor, check_sort};
use crate::pg::fault::{Fault, OrRaise, within};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

/// How many cards a column shows at most.
const MOST: i32 = 500;
/// How many it shows unless told.
const USUAL: i32 = 50;

#[pg_extern(stable)]
fn board(
    criteria: default!(Option<JsonText>, "null"),
    sort: default!(Option<&str>, "'overdue'"),
    per_column: default!(Option<i32>, 50),
) -> JsonB {
    let _pinned = Pinned::enter();
    let count = checked_count("per_column", per_column);
    count
        .and_then(|count| columns(criteria.as_ref(), check_sort(sort)?, count))
        .or_raise()
}

#[pg_extern(stable)]
fn board_cards(
    stage_id: Option<Uuid>,
    criteria: default!(Option<JsonText>, "null"),
    sort: default!(Option<&str>, "'overdue'"),
    after: default!(Option<&str>, "null"),
    page_size: default!(Option<i32>, 50),
) -> JsonB {
    let _pinned = Pinned::enter();
    let count = checked_count("page_size", page_size);
    count
        .and_then(|count| cards(stage_id, criteria.as_ref(), check_sort(sort)?, after, count))
        .or_raise()
}

fn checked_count(field: &str, count: Option<i32>) -> Result<i32, Fault> {
    within(field, count.unwrap_or(USUAL), 1..=MOST)
}

fn columns(criteria: Option<&JsonText>, sort: &str, per_column: i32) -> Result<JsonB, Fault> {
    let board = sql::read(
        concat!(
            include_str!("sql/board_sorted.sql"),
            include_str!("sql/board_first.sql"),
            include_str!("sql/board_card.sql"),
            include_str!("sql/board_columns.sql"),
        ),
        &[
            criteria.map(JsonText::as_str).into(),
            sort.into(),
            per_column.into(),
            None::<Uuid>.into(),
        ],
        |row| row.need::<JsonB>("it"),
    )?;
    only(board)
}

fn cards(
    stage: Option<Uuid>,
    criteria: Option<&JsonText>,
    sort: &str,
    after: Option<&str>,
    page_size: i32,
) -> Result<JsonB, Fault> {
    let after = after.map(|text| Cursor::read(text, sort)).transpose()?;
    let (rank, name, id) = after.map(|it| (it.rank, it.name, it.id)).map_or_else(
        || (None, None, None),
        |(rank, name, id)| (Some(rank), Some(name), Some(id)),
    );
    let known = sql::exists(
        "select from cs.journey_stages where id = $1",
        &[stage.into()],
    )?;
    if !known {
        return Err(Fault::no_such("stage"));
    }
    let page = sql::read(
        concat!(
            include_str!("sql/board_sorted.sql"),
            include_str!("sql/board_next.sql"),
            include_str!("sql/board_card.sql"),
            include_str!("sql/board_page.sql"),
        ),
        &[
            criteria.map(JsonText::as_str).into(),
            sort.into(),
            page_size.into(),
            stage.into(),
            rank.into(),
            name.into(),
            id.into(),
        ],
        |row| row.need::<JsonB>("it"),
    )?;
    only(page)
}

fn only(rows: Vec<JsonB>) -> Result<JsonB, Fault> {
    rows.into_iter()
        .next()
        .ok_or_else(|| Fault::internal("the board cannot be read"))
}
