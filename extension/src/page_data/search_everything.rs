//! Owns the search over everything that has a name. Runs with the caller's rights: what the caller does not see is not
//! found.

use super::name_match::NameQuery;
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

/// What has a name, in the order in which equally good matches are shown.
const KINDS: [&str; 5] = ["account", "person", "stage", "view", "playbook"];
/// Between the names of one thing, and between things: control characters, which no one types.
const NAME_SEPARATOR: char = '\u{1f}';
const THING_SEPARATOR: char = '\u{1e}';
/// What is found by another than its first name scores a little lower.
const OTHER_NAME_FACTOR: f32 = 0.97;

type SearchResult = (String, Uuid, String, Option<String>, Option<String>, f32);

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
    TableIterator::new(find(query, most).or_raise())
}

fn find(typed: &str, most: usize) -> Result<Vec<SearchResult>, Fault> {
    let typed = typed.trim();
    let (kinds, typed): (&[&str], _) = match (typed.strip_prefix('@'), typed.strip_prefix('#')) {
        (Some(person), _) => (&["person"], person),
        (_, Some(stage)) => (&["stage"], stage),
        _ => (&KINDS, typed),
    };
    let Some(query) = NameQuery::new(typed) else {
        return Ok(Vec::new());
    };
    let mut hits = NAMES
        .with(|names| {
            names.read(&[kinds.to_vec().into()], |row| {
                Ok(find_hits(
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
    describe_hits(&hits)
}

/// Something that matches the query.
#[derive(Clone, Copy)]
struct SearchHit {
    place: usize,
    id: Uuid,
    score: f32,
}

/// The hits among things of one kind, whose names are in the order of their ids.
fn find_hits(query: &NameQuery, kind: &str, ids: Vec<Uuid>, names: &str) -> Vec<SearchHit> {
    let place = KINDS.iter().position(|it| *it == kind).unwrap_or(0);
    ids.into_iter()
        .zip(fold(names).split(THING_SEPARATOR))
        .filter_map(|(id, names)| {
            let mut names = names.split(NAME_SEPARATOR);
            let first = names.next().and_then(|name| query.match_score(name));
            let other = names
                .filter_map(|name| query.match_score(name))
                .map(|score| score * OTHER_NAME_FACTOR);
            let score = first.into_iter().chain(other).reduce(f32::max)?;
            Some(SearchHit { place, id, score })
        })
        .collect()
}

fn describe_hits(hits: &[SearchHit]) -> Result<Vec<SearchResult>, Fault> {
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
