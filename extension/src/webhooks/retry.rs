//! Owns what comes of an attempt to send a delivery: completed, tried again and when, or given up. Pure.

use std::ffi::CStr;
use std::time::Duration;

/// What is known of an attempt once it is over.
#[derive(Debug, Clone, Default)]
pub struct DeliveryAttempt {
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The first 2 kB of the answer.
    pub body: String,
    /// Why there was no answer, or none that could be used.
    pub error: Option<String>,
    /// Whether it was given up for taking too long.
    pub timed_out: bool,
    /// Whether another attempt is pointless whatever came back: the address or the playbook itself is at fault.
    pub is_hopeless: bool,
    /// `Retry-After` of the answer.
    pub retry_after: Option<Duration>,
    /// How long it took.
    pub took: Duration,
}

/// What comes of an attempt for the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// Received.
    Completed,
    /// To be tried again after this long.
    Again(Duration),
    /// Given up.
    Failed,
    /// Given up, and the receiver wants nothing more from this playbook (410).
    Gone,
}

impl DeliveryOutcome {
    /// The label of `cs.webhook_status` that the delivery gets.
    pub const fn status(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Again(_) => "pending",
            Self::Failed | Self::Gone => "failed",
        }
    }
}

const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
const SHORTEST_WAIT_UNDER_PRESSURE: Duration = Duration::from_secs(60);

/// Decides what comes of the attempt with this number, counted from 1. `jitter` is from 0 to 1.
pub fn decide_outcome(
    attempt: &DeliveryAttempt,
    number: i32,
    max_attempts: i32,
    delays: &Delays,
    jitter: f64,
) -> DeliveryOutcome {
    match attempt.status {
        Some(200..=299) => return DeliveryOutcome::Completed,
        Some(410) => return DeliveryOutcome::Gone,
        _ => {}
    }
    if number >= max_attempts || !is_worth_another_attempt(attempt) {
        return DeliveryOutcome::Failed;
    }
    let under_pressure = attempt.timed_out || attempt.status == Some(429);
    let least = if under_pressure {
        SHORTEST_WAIT_UNDER_PRESSURE
    } else {
        Duration::ZERO
    };
    let asked_for = attempt.retry_after.unwrap_or_default().min(LONGEST_WAIT);
    DeliveryOutcome::Again(delays.after(number, jitter).max(least).max(asked_for))
}

fn is_worth_another_attempt(attempt: &DeliveryAttempt) -> bool {
    match attempt.status {
        _ if attempt.is_hopeless => false,
        None => true,
        Some(status) => matches!(status, 404 | 408 | 425 | 429 | 500..=599),
    }
}

/// The waits of `customer_success.webhook_retry_delays`, one after each attempt; the last one repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct Delays(Vec<Duration>);

impl Default for Delays {
    fn default() -> Self {
        let text = Self::DEFAULT.to_str().unwrap_or_default();
        // A test holds the default to be readable.
        Self::parse(text).unwrap_or_else(|_| Self(vec![LONGEST_WAIT]))
    }
}

impl Delays {
    /// The default of the setting; written nowhere else.
    pub const DEFAULT: &'static CStr = c"5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h";

    /// Reads comma-separated numbers with a unit; the error is a sentence for the administrator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let delays = text
            .split(',')
            .map(|entry| parse_delay(entry.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self(delays))
    }

    /// The wait after the attempt with this number, counted from 1; varied by 20 %, so that what failed together does not
    /// return together.
    pub fn after(&self, number: i32, jitter: f64) -> Duration {
        let index = usize::try_from(number - 1).unwrap_or(0);
        let wait = self
            .0
            .get(index)
            .or(self.0.last())
            .copied()
            .unwrap_or_default();
        wait.mul_f64(0.4f64.mul_add(jitter.clamp(0.0, 1.0), 0.8))
    }
}

fn parse_delay(entry: &str) -> Result<Duration, String> {
    let split = entry
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(entry.len());
    let (number, unit) = entry.split_at(split);
    let unclear = || format!("\"{entry}\" is not a delay such as 500ms, 5s, 5min, 2h or 1d.");
    let number: u64 = number.parse().map_err(|_| unclear())?;
    let millis = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(unclear()),
    };
    number
        .checked_mul(millis)
        .map(Duration::from_millis)
        .filter(|it| *it <= 30 * LONGEST_WAIT)
        .ok_or_else(unclear)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn delays() -> Delays {
        Delays::parse("5s, 5min,2h").unwrap()
    }

    fn answered(status: u16) -> DeliveryAttempt {
        DeliveryAttempt {
            status: Some(status),
            ..DeliveryAttempt::default()
        }
    }

    fn outcome_of(attempt: &DeliveryAttempt) -> DeliveryOutcome {
        decide_outcome(attempt, 1, 5, &delays(), 0.5)
    }

    #[test]
    fn success_is_any_2xx() {
        for status in [200, 201, 204, 299] {
            assert_eq!(outcome_of(&answered(status)), DeliveryOutcome::Completed);
        }
    }

    #[test]
    fn passing_faults_are_tried_again_and_lasting_ones_are_not() {
        for status in [404, 408, 425, 500, 502, 503, 504] {
            assert_eq!(
                outcome_of(&answered(status)),
                DeliveryOutcome::Again(Duration::from_secs(5)),
                "{status}"
            );
        }
        for status in [301, 302, 307, 400, 401, 403, 405, 422] {
            assert_eq!(
                outcome_of(&answered(status)),
                DeliveryOutcome::Failed,
                "{status}"
            );
        }
        assert_eq!(outcome_of(&answered(410)), DeliveryOutcome::Gone);
        assert_eq!(
            outcome_of(&DeliveryAttempt::default()),
            DeliveryOutcome::Again(Duration::from_secs(5))
        );
        assert_eq!(
            outcome_of(&DeliveryAttempt {
                is_hopeless: true,
                ..DeliveryAttempt::default()
            }),
            DeliveryOutcome::Failed
        );
    }

    #[test]
    fn the_last_try_ends_it() {
        assert_eq!(
            decide_outcome(&answered(500), 4, 5, &delays(), 0.5),
            DeliveryOutcome::Again(Duration::from_secs(7_200))
        );
        assert_eq!(
            decide_outcome(&answered(500), 5, 5, &delays(), 0.5),
            DeliveryOutcome::Failed
        );
    }

    #[test]
    fn a_receiver_under_pressure_gets_a_minute_and_what_it_asks_for() {
        let minute = DeliveryOutcome::Again(Duration::from_secs(60));
        assert_eq!(outcome_of(&answered(429)), minute);
        assert_eq!(
            outcome_of(&DeliveryAttempt {
                timed_out: true,
                ..DeliveryAttempt::default()
            }),
            minute
        );
        let asking = |seconds| DeliveryAttempt {
            retry_after: Some(Duration::from_secs(seconds)),
            ..answered(503)
        };
        assert_eq!(
            outcome_of(&asking(120)),
            DeliveryOutcome::Again(Duration::from_secs(120))
        );
        assert_eq!(
            outcome_of(&asking(1)),
            DeliveryOutcome::Again(Duration::from_secs(5))
        );
        assert_eq!(
            outcome_of(&asking(u64::MAX)),
            DeliveryOutcome::Again(LONGEST_WAIT)
        );
    }

    #[test]
    fn waits_vary_by_a_fifth_and_the_last_repeats() {
        assert_eq!(delays().after(1, 0.0), Duration::from_secs(4));
        assert_eq!(delays().after(1, 1.0), Duration::from_secs(6));
        assert_eq!(delays().after(9, 0.5), Duration::from_secs(7_200));
    }

    #[test]
    fn the_default_is_nine_growing_waits_within_a_day() {
        let Delays(waits) = Delays::default();
        assert_eq!(waits.len(), 9);
        assert!(waits.is_sorted());
        assert_eq!(waits.last(), Some(&LONGEST_WAIT));
        let text = Delays::DEFAULT.to_str().unwrap();
        assert_eq!(Delays::parse(text), Ok(Delays(waits)));
    }

    #[test]
    fn what_is_no_delay_is_refused() {
        for bad in [
            "",
            "5",
            "5 parsecs",
            "s",
            "-5s",
            "5s,,5s",
            "99999999999999999999s",
            "31d",
        ] {
            assert!(Delays::parse(bad).is_err(), "{bad}");
        }
    }
}
