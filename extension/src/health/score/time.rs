//! Owns moments and lengths of time, as PostgreSQL keeps them. Pure.

/// Microseconds since 2000.
pub type Moment = i64;

/// 24 hours.
pub const DAY: i64 = 86_400_000_000;

/// A time in fractional days of 24 hours.
#[expect(
    clippy::cast_precision_loss,
    reason = "a microsecond in some centuries is nothing"
)]
pub fn days(time: i64) -> f64 {
    time as f64 / DAY as f64
}
