//! Owns what is usual among a tenant's accounts: taken from the rows at hand, from a look at all accounts, or, for a large
//! tenant, from an earlier look that is recent enough.

use super::question::{Question, Subject};
use super::usage_rows::rows;
use crate::health::moment::moment;

use super::metadata::Names;
use crate::health::score::clock::Moment;
use crate::health::score::evidence::Evidence;
use crate::health::score::yardstick::{Norms, Yardstick, catalogue, usual_depth};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::stream::Argument;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// With more rows than this, norms serve for a day and a half; with fewer they are taken anew for every score.
pub const LARGE: i64 = 50_000;
/// With more rows than this, the norms of the daily pass serve whoever wants a quick answer; with fewer a look is quick.
pub const FAIR: i64 = 10_000;

/// A catalogue is taken over so many days.
const CATALOGUE_DAYS: usize = 90;

/// Norms that were just taken.
pub struct Taken {
    /// The features of the catalogue.
    pub catalogue: Vec<String>,
    /// The usual depth.
    pub depth: Option<f64>,
    /// From so many rows.
    pub rows: u64,
}

/// What is usual, and where that comes from.
pub struct Told {
    /// The norms; tickets are not theirs to tell.
    pub norms: Norms,
    /// Where they were taken now.
    pub taken: Option<Taken>,
    /// When they were taken earlier.
    pub taken_at: Option<Moment>,
}

/// What is usual as of the question. `read` is how many rows were read for its subjects.
pub fn tell(
    question: &Question<'_>,
    subjects: &[Subject],
    read: u64,
    yardstick: &Yardstick,
    names: &mut Names,
) -> Result<Told, Fault> {
    if question.only.is_none() {
        let evidences = || subjects.iter().map(|it| &it.evidence);
        return Ok(taken(evidences, subjects.len(), read, names));
    }
    if let Some(told) = earlier(question, names)? {
        return Ok(told);
    }
    let mut all = HashMap::<Uuid, Evidence>::new();
    let mut read = 0;
    let arguments = [
        Argument::new(question.tenant),
        Argument::new(moment(question.known_until)?),
        Argument::new(moment(from(yardstick))?),
    ];
    rows(
        include_str!("sql/rows_of_norms.sql"),
        &arguments,
        names,
        &mut |account, row| {
            read += 1;
            all.entry(account).or_default().add(&row, &yardstick.clocks);
        },
    )?;
    let accounts = sql::read(
        "select count(*) as it from cs.accounts where tenant_id = $1",
        &[question.tenant.into()],
        |row| row.need::<i64>("it"),
    )?;
    let accounts = accounts
        .first()
        .and_then(|count| usize::try_from(*count).ok())
        .unwrap_or_default();
    Ok(taken(|| all.values(), accounts, read, names))
}

fn from(yardstick: &Yardstick) -> Moment {
    let clocks = yardstick.clocks.iter();
    clocks
        .map(|clock| clock.ago(CATALOGUE_DAYS))
        .min()
        .unwrap_or(Moment::MIN)
}

fn taken<'a, I: Iterator<Item = &'a Evidence>>(
    evidences: impl Fn() -> I,
    accounts: usize,
    rows: u64,
    names: &Names,
) -> Told {
    let norms = Norms {
        catalogue: catalogue(evidences(), accounts),
        depth: usual_depth(evidences()),
        has_tickets: false,
    };
    let features = names.of(|number| norms.catalogue.contains(&number));
    Told {
        taken: Some(Taken {
            catalogue: features.into_iter().map(str::to_owned).collect(),
            depth: norms.depth,
            rows,
        }),
        norms,
        taken_at: None,
    }
}

/// An earlier look that was large enough.
fn earlier(question: &Question<'_>, names: &mut Names) -> Result<Option<Told>, Fault> {
    let kept = sql::first(
        include_str!("sql/norms.sql"),
        &[
            question.tenant.into(),
            moment(question.as_of)?.into(),
            question.norm_rows.into(),
        ],
        |row| {
            Ok((
                row.maybe::<Vec<String>>("catalogue")?.unwrap_or_default(),
                row.maybe::<f64>("usual_depth")?,
                row.need::<TimestampWithTimeZone>("norms_at")?,
            ))
        },
    )?;
    Ok(kept.map(|(features, depth, at)| Told {
        norms: Norms {
            catalogue: features.iter().map(|name| names.number(name)).collect(),
            depth,
            has_tickets: false,
        },
        taken: None,
        taken_at: Some(at.into_inner()),
    }))
}

/// Remembers a look at all accounts of a tenant for those that follow, if it read more rows than `least`.
pub fn keep(tenant: Uuid, as_of: Moment, taken: &Taken, least: i64) -> Result<(), Fault> {
    let rows = i64::try_from(taken.rows).unwrap_or(i64::MAX);
    if rows <= least {
        return Ok(());
    }
    sql::run(
        include_str!("sql/keep_norms.sql"),
        &[
            tenant.into(),
            moment(as_of)?.into(),
            rows.into(),
            taken.catalogue.clone().into(),
            taken.depth.into(),
        ],
    )
}
