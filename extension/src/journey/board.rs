//! Owns the board: every stage a column with its figures and the first of its cards, and the cards that follow. Runs
//! with the caller's rights.

use super::board_cursor::{LastCard, check_sort, encode_cursor};
use crate::pg::cursor::PageSize;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::Value;

/// How many cards a column or a page of one shows.
const PAGE_SIZE: PageSize = PageSize {
    usual: 50,
    bounds: 1..=500,
};

#[pg_extern(stable)]
fn board(
    criteria: default!(Option<JsonText>, "null"),
    sort: default!(Option<&str>, "'overdue'"),
    per_column: default!(Option<i32>, 50),
) -> JsonB {
    let _pinned = Pinned::enter();
    let size = PAGE_SIZE.check("per_column", per_column);
    size.and_then(|size| read_columns(criteria.as_ref(), check_sort(sort)?, size))
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
    let size = PAGE_SIZE.check("page_size", page_size);
    size.and_then(|size| read_page(stage_id, criteria.as_ref(), check_sort(sort)?, after, size))
        .or_raise()
}

fn read_columns(criteria: Option<&JsonText>, sort: &str, per_column: i32) -> Result<JsonB, Fault> {
    let JsonB(mut board) = sql::one(
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
    let columns = board.get_mut("columns").and_then(Value::as_array_mut);
    for column in columns.into_iter().flatten() {
        encode_next(column, sort)?;
    }
    Ok(JsonB(board))
}

fn read_page(
    stage: Option<Uuid>,
    criteria: Option<&JsonText>,
    sort: &str,
    after: Option<&str>,
    page_size: i32,
) -> Result<JsonB, Fault> {
    let last = after.map(|text| LastCard::decode(text, sort)).transpose()?;
    let known = sql::exists(
        "select from cs.journey_stages where id = $1",
        &[stage.into()],
    )?;
    if !known {
        return Err(Fault::no_such("stage"));
    }
    let JsonB(mut page) = sql::one(
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
            last.as_ref().and_then(|it| it.rank.as_deref()).into(),
            last.as_ref().map(|it| it.name.as_str()).into(),
            last.as_ref().map(|it| it.id.as_str()).into(),
        ],
        |row| row.need::<JsonB>("it"),
    )?;
    encode_next(&mut page, sort)?;
    Ok(JsonB(page))
}

/// Where the queries say which card comes last, as the text of `[rank, name, id]`, callers get a cursor.
fn encode_next(page: &mut Value, sort: &str) -> Result<(), Fault> {
    let Some(Value::String(last)) = page.get("next") else {
        return Ok(());
    };
    let read = serde_json::from_str::<(Option<String>, String, String)>(last);
    let (rank, name, id) =
        read.map_err(|error| Fault::internal(format!("the last card cannot be read: {error}")))?;
    page["next"] = encode_cursor(sort, rank, name, id)?.into();
    Ok(())
}
