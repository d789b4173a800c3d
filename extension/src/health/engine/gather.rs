//! Owns the way from tables to evidence: one pass over the rows of a tenant or of some of its accounts, kept as sums and
//! marks. Reads under whatever rights are in force; whoever calls has entered a system section with a checked tenant.

use super::local_clock::clock;
use super::metadata::Names;
use super::norms;
use super::question::{Question, Subject, places, require_a_year, subjects};
use super::usage_rows::{kinds_by_oid, rows};
use crate::health::model::definition::Model;
use crate::health::moment::moment;
use crate::health::score::clock::{Clock, DEPTH_DAYS, Moment};
use crate::health::score::feeds::{Feed, patience_days};
use crate::health::score::metric::{KINDS, MetricKind, UsageRow};
use crate::health::score::yardstick::Yardstick;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::stream::{Argument, stream};
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Everything the formulas need.
pub struct Gathered {
    /// The accounts, by id.
    pub subjects: Vec<Subject>,
    /// What they are measured by.
    pub yardstick: Yardstick,
    /// What is usual, and from how many rows that was taken; `None` where an earlier look served.
    pub fresh_norms: Option<norms::Taken>,
    /// When that earlier look was.
    pub norms_at: Option<Moment>,
    /// The names of features.
    pub names: Names,
}

/// Reads it all.
pub fn gather(question: &Question<'_>, model: &Model) -> Result<Gathered, Fault> {
    require_a_year(question.as_of)?;
    let feeds = feeds(question)?;
    let usual = clock(question.tenant, question.as_of)?;
    let clocks = clocks(question, &feeds, &usual)?;
    let mut subjects = subjects(question)?;
    let from = clocks
        .iter()
        .map(|clock| clock.ago(DEPTH_DAYS))
        .min()
        .unwrap_or(question.as_of);
    firsts(question, from, &mut subjects)?;
    let mut yardstick = Yardstick {
        is_out: feeds.map(|feed| feed.is_out()),
        clocks,
        targets: model.targets,
        norms: crate::health::score::yardstick::Norms {
            has_tickets: feeds[MetricKind::SupportTickets.index()].last.is_some(),
            ..Default::default()
        },
    };
    let mut names = Names::default();
    let seats_from = usual.ago(DEPTH_DAYS);
    let read = read(
        question,
        (from, seats_from),
        &mut subjects,
        &yardstick,
        &mut names,
    )?;
    let told = norms::tell(question, &subjects, read, &yardstick, &mut names)?;
    yardstick.norms.depth = told.norms.depth;
    yardstick.norms.catalogue = if model.key_features.is_empty() {
        told.norms.catalogue
    } else {
        let key = model.key_features.iter();
        key.map(|name| names.number(name)).collect()
    };
    Ok(Gathered {
        subjects,
        yardstick,
        fresh_norms: told.taken,
        norms_at: told.taken_at,
        names,
    })
}

fn feeds(question: &Question<'_>) -> Result<[Feed; 4], Fault> {
    let labels = KINDS.map(MetricKind::label).to_vec();
    let patience = KINDS.map(patience_days).to_vec();
    let rows = sql::read(
        include_str!("sql/feeds.sql"),
        &[
            question.tenant.into(),
            moment(question.as_of)?.into(),
            labels.into(),
            patience.into(),
        ],
        |row| {
            let feed = Feed {
                last: row
                    .maybe::<TimestampWithTimeZone>("last")?
                    .map(TimestampWithTimeZone::into_inner),
                is_fresh: row.need("is_fresh")?,
                regular_days: row.need("regular_days")?,
            };
            Ok((row.need::<String>("metric_type")?, feed))
        },
    )?;
    let known = rows.into_iter().collect::<HashMap<_, _>>();
    Ok(KINDS.map(|kind| known.get(kind.label()).copied().unwrap_or_default()))
}

fn clocks(question: &Question<'_>, feeds: &[Feed; 4], usual: &Clock) -> Result<[Clock; 4], Fault> {
    let mut clocks = std::array::from_fn(|_| usual.clone());
    for (feed, place) in feeds.iter().zip(&mut clocks) {
        if feed.is_out() {
            *place = clock(question.tenant, feed.reference(question.as_of))?;
        }
    }
    Ok(clocks)
}

fn firsts(question: &Question<'_>, from: Moment, subjects: &mut [Subject]) -> Result<(), Fault> {
    let places = places(subjects);
    let kinds = kinds_by_oid()?;
    stream(
        include_str!("sql/firsts.sql"),
        &[
            Argument::new(question.tenant),
            Argument::new(question.only.map(<[Uuid]>::to_vec)),
            Argument::new(moment(question.known_until)?),
            Argument::new(moment(from)?),
        ],
        &mut |slot| {
            let place = slot.uuid(0).and_then(|id| places.get(&id));
            let kind = slot.value(1).and_then(|oid| kinds.get(&oid));
            let (Some(place), Some(kind), Some(first)) = (place, kind, slot.value(2)) else {
                return;
            };
            let evidence = &mut subjects[*place].evidence;
            evidence.begins(*kind, first);
            let metric = &mut evidence.metrics[kind.index()];
            metric.last = metric.last.max(slot.value::<Moment>(3));
        },
    )
}

/// Reads the rows of the accounts asked for, from a moment on and seats from another; returns how many of them tell of
/// what is usual.
fn read(
    question: &Question<'_>,
    (from, seats_from): (Moment, Moment),
    subjects: &mut [Subject],
    yardstick: &Yardstick,
    names: &mut Names,
) -> Result<u64, Fault> {
    let places = places(subjects);
    let mut told = 0;
    let mut each = |account, mut row: UsageRow<'_>| {
        let Some(place) = places.get(&account) else {
            return;
        };
        told += u64::from(matches!(
            row.kind,
            MetricKind::Logins | MetricKind::FeatureUsage
        ));
        if row.stamp.0 <= seats_from {
            // Tickets are read from the first; seats of long ago are not those of today.
            row.about.seats = None;
        }
        subjects[*place].evidence.add(&row, &yardstick.clocks);
    };
    let mut arguments = vec![
        Argument::new(question.tenant),
        Argument::new(moment(question.known_until)?),
        Argument::new(moment(from)?),
    ];
    let query = match question.only {
        None => include_str!("sql/rows_of_all.sql"),
        Some(only) => {
            arguments.push(Argument::new(only.to_vec()));
            include_str!("sql/rows_of_some.sql")
        }
    };
    rows(query, &arguments, names, &mut each)?;
    Ok(told)
}
