//! Owns what becomes of a delivery after a try: done, tried again and when, or given up. Pure.

use std::ffi::CStr;
use std::time::Duration;

/// What a try came to.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The first 2 kB of the answer.
    pub body: String,
    /// Why there was no answer, or none that could be used.
    pub error: Option<String>,
    /// Whether it was given up for taking too long.
    pub timed_out: bool,
    /// Whether trying again is pointless whatever came back: the address or playbook itself is at fault.
    pub hopeless: bool,
    /// `Retry-After` of the answer.
    pub retry_after: Option<Duration>,
    /// How long it took.
    pub took: Duration,
}

/// What becomes of the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Received.
    Completed,
    /// To be tried again after this long.
    Again(Duration),
    /// Given up.
    Failed,
    /// Given up, and the receiver wants no more of this playbook (410).
    Gone,
}

const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
const SHORTEST_WAIT_UNDER_PRESSURE: Duration = Duration::from_secs(60);

/// Decides a try, counted from 1. `jitter` is from 0 to 1.
pub fn settle(
    sent: &Sent,
    attempt: i32,
    max_attempts: i32,
    delays: &Delays,
    jitter: f64,
) -> Settlement {
    match sent.status {
        Some(200..=299) => return Settlement::Completed,
        Some(410) => return Settlement::Gone,
        _ => {}
    }
    if attempt >= max_attempts || !is_worth_another_try(sent) {
        return Settlement::Failed;
    }
    let pressed = sent.timed_out || sent.status == Some(429);
    let least = if pressed {
        SHORTEST_WAIT_UNDER_PRESSURE
    } else {
        Duration::ZERO
    };
    let asked = sent.retry_after.unwrap_or_default().min(LONGEST_WAIT);
    Settlement::Again(delays.after(attempt, jitter).max(least).max(asked))
}

fn is_worth_another_try(sent: &Sent) -> bool {
    match sent.status {
        _ if sent.hopeless => false,
        None => true,
        Some(status) => matches!(status, 404 | 408 | 425 | 429 | 500..=599),
    }
}

/// The waits of `customer_success.webhook_retry_delays`.
#[derive(Debug, Clone, PartialEq)]
pub struct Delays(Vec<Duration>);

impl Default for Delays {
    fn default() -> Self {
        Self::DEFAULT
            .to_str()
            .ok()
            .and_then(|text| Self::parse(text).ok())
            .unwrap_or_else(|| Self(vec![Duration::from_secs(5)]))
    }
}

impl Delays {
    /// The waits where the setting says nothing else.
    pub const DEFAULT: &'static CStr = c"5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h";

    /// Reads comma-separated numbers with a unit; the error is a sentence for the administrator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let delays = text
            .split(',')
            .map(|entry| parse_delay(entry.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self(delays))
    }

    /// The wait after the try of this number, varied by 20 % so that what failed together does not return together.
    pub fn after(&self, attempt: i32, jitter: f64) -> Duration {
        let index = usize::try_from(attempt - 1).unwrap_or(0);
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
    let unclear = || format!("\"{entry}\" is no delay such as 500ms, 5s, 5min, 2h or 1d.");
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

    fn answered(status: u16) -> Sent {
        Sent {
            status: Some(status),
            ..Sent::default()
        }
    }

    fn settled(sent: &Sent) -> Settlement {
        settle(sent, 1, 5, &delays(), 0.5)
    }

    #[test]
    fn success_is_any_2xx() {
        for status in [200, 201, 204, 299] {
            assert_eq!(settled(&answered(status)), Settlement::Completed);
        }
    }

    #[test]
    fn passing_faults_are_tried_again_and_lasting_ones_are_not() {
        for status in [404, 408, 425, 500, 502, 503, 504] {
            assert_eq!(
                settled(&answered(status)),
                Settlement::Again(Duration::from_secs(5)),
                "{status}"
            );
        }
        for status in [301, 302, 307, 400, 401, 403, 405, 422] {
            assert_eq!(settled(&answered(status)), Settlement::Failed, "{status}");
        }
        assert_eq!(settled(&answered(410)), Settlement::Gone);
        assert_eq!(
            settled(&Sent::default()),
            Settlement::Again(Duration::from_secs(5))
        );
        assert_eq!(
            settled(&Sent {
                hopeless: true,
                ..Sent::default()
            }),
            Settlement::Failed
        );
    }

    #[test]
    fn the_last_try_ends_it() {
        assert_eq!(
            settle(&answered(500), 4, 5, &delays(), 0.5),
            Settlement::Again(Duration::from_secs(7_200))
        );
        assert_eq!(
            settle(&answered(500), 5, 5, &delays(), 0.5),
            Settlement::Failed
        );
    }

    #[test]
    fn a_receiver_under_pressure_gets_a_minute_and_what_it_asks_for() {
        let minute = Settlement::Again(Duration::from_secs(60));
        assert_eq!(settled(&answered(429)), minute);
        assert_eq!(
            settled(&Sent {
                timed_out: true,
                ..Sent::default()
            }),
            minute
        );
        let asking = |seconds| Sent {
            retry_after: Some(Duration::from_secs(seconds)),
            ..answered(503)
        };
        assert_eq!(
            settled(&asking(120)),
            Settlement::Again(Duration::from_secs(120))
        );
        assert_eq!(
            settled(&asking(1)),
            Settlement::Again(Duration::from_secs(5))
        );
        assert_eq!(settled(&asking(u64::MAX)), Settlement::Again(LONGEST_WAIT));
    }

    #[test]
    fn waits_vary_by_a_fifth_and_the_last_repeats() {
        assert_eq!(delays().after(1, 0.0), Duration::from_secs(4));
        assert_eq!(delays().after(1, 1.0), Duration::from_secs(6));
        assert_eq!(delays().after(9, 0.5), Duration::from_secs(7_200));
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
