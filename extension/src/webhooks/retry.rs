//! Owns what comes of an attempt to send a delivery: completed, tried again and when, or given up. Pure.

use std::ffi::CStr;
use std::time::Duration;

/// What is known of an attempt once it is over.
#[derive(Debug, Clone, Default)]
pub struct DeliveryAttempt {
    /// HTTP status or SMTP code, where there was an answer.
    pub status: Option<u16>,
    /// The first 2 kB of the answer.
    pub body: String,
    /// Why there was no answer, or none that could be used.
    pub error: Option<String>,
    /// Whether it was given up for taking too long.
    pub timed_out: bool,
    /// Whether it says nothing of how the receiver is: it was refused here, or an answer was about this delivery alone.
    pub spares_receiver: bool,
    /// Whether nothing could ever mend it, as it is the stored payload that cannot be sent.
    pub is_hopeless: bool,
    /// Whether the name server did not answer, so that nothing is known of the receiver.
    pub is_unresolved: bool,
    /// `Retry-After` of the answer.
    pub retry_after: Option<Duration>,
    /// How long it took.
    pub took: Duration,
}

impl DeliveryAttempt {
    /// Refused here, before anything was sent.
    pub fn refused(why: impl Into<String>) -> Self {
        Self {
            error: Some(why.into()),
            spares_receiver: true,
            ..Self::default()
        }
    }

    /// Refused here, and never to be sent as it is.
    pub fn hopeless(why: impl Into<String>) -> Self {
        Self {
            is_hopeless: true,
            ..Self::refused(why)
        }
    }

    /// Whether it counts when a receiver that keeps failing is to be left alone: no answer, too late, 429 or 5xx.
    pub const fn is_receivers_failure(&self) -> bool {
        if self.spares_receiver || self.is_unresolved {
            return false;
        }
        self.timed_out || matches!(self.status, None | Some(429 | 500..=599))
    }
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
        // Whatever else came may pass: a wrong secret, a sign-in page, a firewall's rule.
        _ if attempt.is_hopeless || number >= max_attempts => return DeliveryOutcome::Failed,
        _ => {}
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
    fn all_but_success_and_gone_is_tried_again() {
        let again = DeliveryOutcome::Again(Duration::from_secs(5));
        let others = [
            100, 101, 199, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406,
            407, 408, 409, 411, 413, 415, 418, 421, 422, 423, 424, 425, 428, 431, 451, 499, 500,
            501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 530, 550, 599, 600, 700, 999,
        ];
        for status in others {
            assert_eq!(outcome_of(&answered(status)), again, "{status}");
        }
        assert_eq!(outcome_of(&DeliveryAttempt::default()), again);
        assert_eq!(outcome_of(&DeliveryAttempt::refused("no secret")), again);
        let unresolved = DeliveryAttempt {
            is_unresolved: true,
            ..DeliveryAttempt::default()
        };
        assert_eq!(outcome_of(&unresolved), again);
    }

    #[test]
    fn gone_and_what_can_never_be_sent_end_it() {
        assert_eq!(outcome_of(&answered(410)), DeliveryOutcome::Gone);
        assert_eq!(
            outcome_of(&DeliveryAttempt::hopeless("too large")),
            DeliveryOutcome::Failed
        );
    }

    #[test]
    fn a_broken_body_takes_nothing_from_the_status() {
        let broken = |status| DeliveryAttempt {
            error: Some("the answer broke off".to_owned()),
            ..answered(status)
        };
        for status in [200, 204, 299] {
            assert_eq!(outcome_of(&broken(status)), DeliveryOutcome::Completed);
        }
        assert_eq!(outcome_of(&broken(410)), DeliveryOutcome::Gone);
    }

    #[test]
    fn a_receiver_fails_by_silence_429_and_5xx_alone() {
        let is_counted = |attempt: DeliveryAttempt| attempt.is_receivers_failure();
        for status in [429, 500, 503, 599] {
            assert!(is_counted(answered(status)), "{status}");
        }
        for status in [200, 302, 400, 401, 404, 410, 600] {
            assert!(!is_counted(answered(status)), "{status}");
        }
        assert!(is_counted(DeliveryAttempt::default()));
        assert!(!is_counted(DeliveryAttempt::refused("no secret")));
        assert!(!is_counted(DeliveryAttempt::hopeless("too large")));
        assert!(!is_counted(DeliveryAttempt {
            is_unresolved: true,
            ..DeliveryAttempt::default()
        }));
        assert!(!is_counted(DeliveryAttempt {
            spares_receiver: true,
            ..answered(550)
        }));
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
