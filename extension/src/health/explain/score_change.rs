//! Owns why a score changed between two moments: the scores in between are computed, one difference at a time.

use crate::health::engine::compute::{Judged, compute_one};
use crate::health::engine::norms;
use crate::health::model::definition::Model;
use crate::health::model::versions;
use crate::health::moment::moment;
use crate::health::score::clock::Moment;
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// A step from the first score to the last.
struct Step {
    cause: &'static str,
    points: Option<i32>,
    score: Option<i32>,
    components: [Option<i32>; 4],
    meaning: &'static str,
}

/// The score an account showed at a moment.
struct Shown {
    score: i32,
    source: String,
}

#[pg_extern(stable)]
fn health_change(
    account_id: Uuid,
    since: TimestampWithTimeZone,
    until: default!(TimestampWithTimeZone, "now()"),
) -> TableIterator<
    'static,
    (
        name!(step, i32),
        name!(cause, &'static str),
        name!(points, Option<i32>),
        name!(score, Option<i32>),
        name!(usage_score, Option<i32>),
        name!(engagement_score, Option<i32>),
        name!(support_score, Option<i32>),
        name!(adoption_score, Option<i32>),
        name!(meaning, &'static str),
    ),
> {
    let _pinned = Pinned::enter();
    let steps = change(account_id, since.into_inner(), until.into_inner()).or_raise();
    TableIterator::new((0..).zip(steps).map(|(number, step)| {
        let [usage, engagement, support, adoption] = step.components;
        (
            number,
            step.cause,
            step.points,
            step.score,
            usage,
            engagement,
            support,
            adoption,
            step.meaning,
        )
    }))
}

fn change(account: Uuid, since: Moment, until: Moment) -> Result<Vec<Step>, Fault> {
    if since >= until {
        return Err(Fault::invalid("since", "since must be before until"));
    }
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let (before, after) = (
        versions::in_force(tenant, Some(since))?.model,
        versions::in_force(tenant, Some(until))?.model,
    );
    let judge = |as_of, known_until, model: &Model| {
        compute_one((tenant, account), (as_of, known_until), norms::LARGE, model)
            .map(|(judged, _)| judged)
    };
    let states = [
        judge(since, since, &before)?,
        judge(until, since, &before)?,
        judge(until, until, &before)?,
        judge(until, until, &after)?,
    ];
    let shown = [
        shown_at(tenant, account, since)?,
        shown_at(tenant, account, until)?,
    ];
    Ok(steps(&states, &shown))
}

fn shown_at(tenant: Uuid, account: Uuid, at: Moment) -> Result<Option<Shown>, Fault> {
    let rows = sql::first(
        include_str!("sql/shown_at.sql"),
        &[tenant.into(), account.into(), moment(at)?.into()],
        |row| {
            Ok(Shown {
                score: row.need("overall_score")?,
                source: row.need("source")?,
            })
        },
    )?;
    Ok(rows)
}

/// What the score would be if each difference came after the one before; the last one is what it is.
fn steps(states: &[Judged; 4], shown: &[Option<Shown>; 2]) -> Vec<Step> {
    let [start, aged, fresh, last] = states;
    let scores = |judged: &Judged| judged.score.components.each_ref().map(|it| it.score);
    let first = shown[0].as_ref().map(|it| it.score).or(start.overall);
    let mut running = first;
    let mut steps = vec![Step {
        cause: "start",
        points: None,
        score: first,
        components: scores(start),
        meaning: "the score it showed at the beginning",
    }];
    let mut add = |cause, points: Option<i32>, state: &Judged, meaning| {
        running = match (running, points) {
            (Some(score), Some(points)) => Some(score + points),
            _ => None,
        };
        steps.push(Step {
            cause,
            points,
            score: running,
            components: scores(state),
            meaning,
        });
    };
    let raw = |judged: &Judged| judged.score.raw;
    let capped = |judged: &Judged| difference(judged.score.raw, judged.overall);
    add(
        "left_window",
        difference(raw(start), raw(aged)),
        aged,
        "time passed: rows left the window, silence grew",
    );
    add(
        "new_data",
        difference(raw(aged), raw(fresh)),
        fresh,
        "rows recorded since",
    );
    add(
        "model",
        difference(raw(fresh), raw(last)),
        last,
        "another version of the health model",
    );
    add(
        "cap",
        difference(capped(start), capped(last)),
        last,
        "caps that came to apply, or ceased to",
    );
    let kept = |shown: &Option<Shown>, judged: &Judged, is_override: bool| match shown {
        Some(shown) if (shown.source == "override") == is_override => {
            difference(judged.overall, Some(shown.score))
        }
        _ => Some(0),
    };
    for (cause, is_override, meaning) in [
        ("override", true, "scores set by a person"),
        (
            "other",
            false,
            "imported scores, rows that came late, or changes not yet computed",
        ),
    ] {
        let at_start = kept(&shown[0], start, is_override);
        let at_end = kept(&shown[1], last, is_override);
        add(cause, difference(at_start, at_end), last, meaning);
    }
    let end = shown[1].as_ref().map(|it| it.score).or(last.overall);
    steps.push(Step {
        cause: "end",
        points: difference(first, end),
        score: end,
        components: scores(last),
        meaning: "the score it showed at the end; points is the whole change",
    });
    steps
}

fn difference(from: Option<i32>, to: Option<i32>) -> Option<i32> {
    Some(to? - from?)
}
