//! Owns the way from tables to evidence: one pass over the rows of a tenant or of some of its accounts, kept as sums and
//! marks. Reads under whatever rights are in force; whoever calls has entered a system section with a checked tenant.

use super::metadata::{self, Names};
use super::norms;
use crate::health::model::definition::Model;
use crate::health::score::clock::{Clock, DAY, DEPTH_DAYS, Moment};
use crate::health::score::evidence::{Evidence, KINDS, Kind, Row};
use crate::health::score::feeds::{Feed, patience_days};
use crate::health::score::yardstick::Yardstick;
use crate::pg::fault::Fault;
use crate::pg::sql::{self, Row as _};
use crate::pg::stream::{Argument, Slot, stream};
use pgrx::datum::TimestampWithTimeZone;
use pgrx::{Uuid, pg_sys};
use std::collections::HashMap;

/// What to compute.
pub struct Question<'a> {
    /// The tenant.
    pub tenant: Uuid,
    /// Its accounts to compute; `None` is all.
    pub only: Option<&'a [Uuid]>,
    /// The moment everything is seen from.
    pub as_of: Moment,
    /// Rows after this are not known yet; `as_of` unless one asks what they changed.
    pub known_until: Moment,
    /// An earlier look at what is usual serves where it read more rows than this.
    pub norm_rows: i64,
}

/// An account with what is known of it.
pub struct Subject {
    /// Its id.
    pub id: Uuid,
    /// Since when it is known.
    pub created_at: Moment,
    /// Seats by its own attributes.
    pub seats: Option<f64>,
    /// What its rows left.
    pub evidence: Evidence,
}

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
            has_tickets: feeds[Kind::SupportTickets.index()].last.is_some(),
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

/// Years that every calendar step of the formulas stays within what PostgreSQL can hold.
const YEARS: std::ops::Range<Moment> = -1_999 * 366 * DAY..7_999 * 365 * DAY;

fn require_a_year(as_of: Moment) -> Result<(), Fault> {
    match YEARS.contains(&as_of) {
        true => Ok(()),
        false => Err(Fault::invalid(
            "as_of",
            "health is computed for moments between the years 1 and 9999",
        )),
    }
}

/// As PostgreSQL takes it.
pub fn moment(at: Moment) -> Result<TimestampWithTimeZone, Fault> {
    TimestampWithTimeZone::try_from(at)
        .map_err(|_| Fault::invalid("as_of", "this moment is outside of all calendars"))
}

fn feeds(question: &Question<'_>) -> Result<[Feed; 4], Fault> {
    let labels = KINDS.map(Kind::label).to_vec();
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

/// The boundaries that hang on a moment, in the tenant's zone.
pub fn clock(tenant: Uuid, reference: Moment) -> Result<Clock, Fault> {
    let depth = i32::try_from(DEPTH_DAYS).unwrap_or(i32::MAX);
    let boundaries = sql::read(
        include_str!("sql/clock.sql"),
        &[tenant.into(), moment(reference)?.into(), depth.into()],
        |row| {
            let moments = |column| {
                let all = row.need::<Vec<TimestampWithTimeZone>>(column)?;
                Ok::<_, Fault>(
                    all.into_iter()
                        .map(TimestampWithTimeZone::into_inner)
                        .collect(),
                )
            };
            Ok(Clock::new(moments("ago")?, moments("midnights")?))
        },
    )?;
    boundaries
        .into_iter()
        .next()
        .ok_or_else(|| Fault::no_such("tenant"))
}

fn subjects(question: &Question<'_>) -> Result<Vec<Subject>, Fault> {
    sql::read(
        include_str!("sql/subjects.sql"),
        &[
            question.tenant.into(),
            question.only.map(<[Uuid]>::to_vec).into(),
        ],
        |row| {
            Ok(Subject {
                id: row.need("id")?,
                created_at: row
                    .need::<TimestampWithTimeZone>("created_at")?
                    .into_inner(),
                seats: row.maybe::<f64>("seats")?.filter(|seats| *seats > 0.0),
                evidence: Evidence::default(),
            })
        },
    )
}

/// The number that the bytes of a uuid are.
pub fn key(id: Uuid) -> u128 {
    u128::from_be_bytes(*id.as_bytes())
}

fn places(subjects: &[Subject]) -> HashMap<u128, usize> {
    let numbered = subjects.iter().enumerate();
    numbered.map(|(place, it)| (key(it.id), place)).collect()
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

/// The kind each member of `cs.metric_type` stands for.
fn kinds_by_oid() -> Result<HashMap<pg_sys::Oid, Kind>, Fault> {
    let members = sql::read(
        "select oid, enumlabel::text as label from pg_enum where enumtypid = 'cs.metric_type'::regtype",
        &[],
        |row| {
            Ok((
                row.need::<pg_sys::Oid>("oid")?,
                row.need::<String>("label")?,
            ))
        },
    )?;
    Ok(members
        .into_iter()
        .filter_map(|(oid, label)| Some((oid, *KINDS.iter().find(|it| it.label() == label)?)))
        .collect())
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
    let mut each = |account, mut row: Row<'_>| {
        let Some(place) = places.get(&account) else {
            return;
        };
        told += u64::from(matches!(row.kind, Kind::Logins | Kind::FeatureUsage));
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

/// Reads usage rows (account_id, metric_type, recorded_at, id, metric_value, metadata) one by one.
pub fn rows(
    query: &str,
    arguments: &[Argument],
    names: &mut Names,
    each: &mut dyn FnMut(u128, Row<'_>),
) -> Result<(), Fault> {
    let kinds = kinds_by_oid()?;
    stream(query, arguments, &mut |slot| {
        if let Some((account, row)) = row_of(slot, &kinds, names) {
            each(account, row);
        }
    })
}

fn row_of<'a>(
    slot: &'a Slot,
    kinds: &HashMap<pg_sys::Oid, Kind>,
    names: &mut Names,
) -> Option<(u128, Row<'a>)> {
    let kind = *kinds.get(&slot.value(1)?)?;
    // SAFETY: the queries give these columns these types; what is borrowed lives as long as the slot's row.
    let (value, about) = unsafe {
        (
            metadata::quantity(slot.datum(4)?)?,
            metadata::about(slot.datum(5)?, kind, names),
        )
    };
    let row = Row {
        kind,
        stamp: (slot.value(2)?, slot.uuid(3)?),
        value,
        about,
    };
    Some((slot.uuid(0)?, row))
}
