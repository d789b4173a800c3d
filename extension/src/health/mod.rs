//! Owns the health of accounts: computed from usage by formulas that explain themselves, capped, overridden,
//! superseded.
//!
//! usage_metrics -> [`engine::evidence_reader`] -> [`score`] -> [`engine::scored_account`] (with caps) ->
//! [`engine::plan_rows`] (what changes) -> [`engine::write_scores`] -> health_scores. [`engine::refresh`] runs all of
//! it. The formulas are pure: metric, tickets and evidence, measured by clock and yardstick, give parts, components and
//! the overall score.

pub mod engine;
mod explain;
mod model;
mod moment;
mod overrides;
mod publish;
mod score;
mod silences;
mod weekly_scores;

pub use engine::daily_pass::{
    PassProgress, ask_for_pass, begin_pass, begin_pass_by_former_norms, end_pass, find_due_passes,
    run_pass_step, skip_pass_slice, take_norms,
};
pub use engine::marked_accounts::{
    MarkRequest, compute_account, compute_marked, find_marked_tenants, remove_marks,
};
pub use engine::supersede::Engine;
pub use engine::tenant_zone::PgZone;
pub use model::quiet_periods::read_quiet_periods;
pub use moment::{clock_now, now, to_timestamp};
pub use overrides::{end_expired_overrides, find_expired_overrides};
pub use score::calendar::Calendar;
pub use score::metric::KINDS;
pub use score::time::{DAY, Moment};
pub use score::zone::{LocalDay, LocalTime, Zone};

/// When today began for a tenant, in its time zone, or in UTC where that is one that PostgreSQL does not know.
pub fn today_began(
    tenant: pgrx::Uuid,
) -> Result<pgrx::datum::TimestampWithTimeZone, crate::pg::fault::Fault> {
    moment::to_timestamp(engine::tenant_zone::today_began(tenant)?)
}
