//! Owns the search over everything that has a name. Runs with the caller's rights: what they do not see is not found.

use super::score::Query;
use crate::criteria::fold;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{FLOATS, TEXTS, UUIDS};
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

thread_local! {
    static NAMES: Kept = const { Kept::new(include_str!("sql/names.sql"), &[TEXTS]) };
    static HITS: Kept = const { Kept::new(include_str!("sql/hits.sql"), &[TEXTS, UUIDS, FLOATS]) };
}

/// What goes by a name, in the order in which equals are shown.
const KINDS: [&str; 5] = ["account", "person", "stage", "view", "playbook"];
/// Between the names of one thing, and between things: control characters, which nobody types.
const FIELD: char = '\u{1f}';
const THING: char = '\u{1e}';
/// What is found by another than its first name stands a little lower.
const BY_ANOTHER_NAME: f32 = 0.97;

type Found = (String, Uuid, String, Option<String>, Option<String>, f32);

#[pg_extern(stable)]
fn search_everything(
    query: &str,
    max_results: default!(i32, "20"),
) -> TableIterator<
    'static,
    (
        name!(kind, String),
        name!(id, Uuid),
        name!(title, String),
        name!(subtitle, Option<String>),
        name!(level, Option<String>),
        name!(score, f32),
    ),
> {
    let _pinned = Pinned::enter();
    let most = usize::try_from(max_results.clamp(0, 100)).unwrap_or(0);
    TableIterator::new(search(query, most).or_raise())
}

fn search(typed: &str, most: usize) -> Result<Vec<Found>, Fault> {
    let typed = typed.trim();
    let (kinds, typed): (&[&str], _) = match (typed.strip_prefix('@'), typed.strip_prefix('#')) {
        (Some(person), _) => (&["person"], person),
        (_, Some(stage)) => (&["stage"], stage),
        _ => (&KINDS, typed),
    };
    let Some(query) = Query::new(typed) else {
        return Ok(Vec::new());
    };
    let mut hits = NAMES
        .with(|names| {
            names.read(&[kinds.to_vec().into()], |row| {
                Ok(hits(
                    &query,
                    &row.need::<String>("kind")?,
                    row.need("ids")?,
                    &row.need::<String>("names")?,
                ))
            })
        })?
        .concat();
    hits.sort_by(|left, right| {
        let score = right.score.total_cmp(&left.score);
        score
            .then(left.place.cmp(&right.place))
            .then(left.id.cmp(&right.id))
    });
    hits.truncate(most);
    shown(&hits)
}

/// Something that answers the query.
#[derive(Clone, Copy)]
struct Hit {
    place: usize,
    id: Uuid,
    score: f32,
}

/// The hits among things of one kind, whose names stand in the order of their ids.
fn hits(query: &Query, kind: &str, ids: Vec<Uuid>, names: &str) -> Vec<Hit> {
    let place = KINDS.iter().position(|it| *it == kind).unwrap_or(0);
    ids.into_iter()
        .zip(fold(names).split(THING))
        .filter_map(|(id, names)| {
            let mut names = names.split(FIELD);
            let first = names.next().and_then(|name| query.score(name));
            let other = names
                .filter_map(|name| query.score(name))
                .map(|score| score * BY_ANOTHER_NAME);
            let score = first.into_iter().chain(other).reduce(f32::max)?;
            Some(Hit { place, id, score })
        })
        .collect()
}

fn shown(hits: &[Hit]) -> Result<Vec<Found>, Fault> {
    let kinds: Vec<_> = hits.iter().map(|hit| KINDS[hit.place]).collect();
    let ids: Vec<_> = hits.iter().map(|hit| hit.id).collect();
    let scores: Vec<_> = hits.iter().map(|hit| hit.score).collect();
    HITS.with(|query| {
        query.read(&[kinds.into(), ids.into(), scores.into()], |row| {
            Ok((
                row.need("kind")?,
                row.need("id")?,
                row.need("title")?,
                row.maybe("subtitle")?,
                row.maybe("level")?,
                row.need("score")?,
            ))
        })
    })
}
