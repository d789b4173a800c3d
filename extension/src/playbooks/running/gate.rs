//! Owns what holds a matched playbook back, in order: the account's status, a feed that is out, an uncertain score, the length
//! of the chain, cooldown, daily cap, burst. Pure.

use crate::stages::AccountStatus;

/// What is known when a playbook is about to run for an account.
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    /// The account's status.
    pub status: AccountStatus,
    /// Whether the score behind the event is computed as of the last row of a feed that is out.
    pub stale_feed: bool,
    /// Whether the score behind the event is too uncertain.
    pub uncertain: bool,
    /// Whether the chain of playbooks that led here is too long, or has run this one for the account before.
    pub ends_chain: bool,
    /// Minutes since this playbook last ran for this account.
    pub minutes_since_last: Option<f64>,
    /// The least minutes between two runs.
    pub cooldown_minutes: i32,
    /// Runs of this playbook today, in the tenant's time zone.
    pub fired_today: i64,
    /// The most runs a day; `None` is any number.
    pub daily_cap: Option<i32>,
    /// Runs of this playbook in the last ten minutes.
    pub fired_lately: i64,
    /// The most runs in ten minutes.
    pub burst: i64,
}

/// What came of a match; the database's `playbook_executions.result`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunResult {
    /// Nothing holds it back.
    Fired,
    /// The account is paused.
    Paused,
    /// The account is lost.
    Churned,
    /// A feed of the tenant is out: what looks like silence may be the sender's.
    StaleFeed,
    /// The score rests on too little data.
    LowConfidence,
    /// Playbooks have set each other off for too long.
    Chain,
    /// It ran for this account a short while ago.
    Cooldown,
    /// It ran often enough today.
    DailyCap,
    /// It ran for too many accounts at once: a person decides about the rest.
    Burst,
    /// It ran, but one of its actions was refused.
    Failed,
    /// A burst held it back, and a person dropped that.
    Dropped,
}

impl RunResult {
    /// The value of `playbook_executions.result`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fired => "fired",
            Self::Paused => "paused",
            Self::Churned => "churned",
            Self::StaleFeed => "stale_feed",
            Self::LowConfidence => "low_confidence",
            Self::Chain => "chain",
            Self::Cooldown => "cooldown",
            Self::DailyCap => "daily_cap",
            Self::Burst => "burst",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    /// The result of this label.
    pub fn from_label(label: &str) -> Option<Self> {
        const ALL: [RunResult; 11] = [
            RunResult::Fired,
            RunResult::Paused,
            RunResult::Churned,
            RunResult::StaleFeed,
            RunResult::LowConfidence,
            RunResult::Chain,
            RunResult::Cooldown,
            RunResult::DailyCap,
            RunResult::Burst,
            RunResult::Failed,
            RunResult::Dropped,
        ];
        ALL.into_iter().find(|it| it.label() == label)
    }

    /// Why, as a sentence for the reader.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Fired => "nothing held it back",
            Self::Paused => "the account is paused",
            Self::Churned => "the account is lost",
            Self::StaleFeed => {
                "a feed of usage is out, so what looks like silence may be the sender's"
            }
            Self::LowConfidence => "the score rests on too little data",
            Self::Chain => {
                "playbooks have set each other off for too long, or this one ran before in the same chain"
            }
            Self::Cooldown => "it ran for this account a short while ago",
            Self::DailyCap => "it ran often enough today",
            Self::Burst => {
                "it ran for too many accounts at once; somebody has to release or drop the rest"
            }
            Self::Failed => "it ran, but one of its actions was refused",
            Self::Dropped => "it ran for too many accounts at once, and somebody dropped the rest",
        }
    }

    /// Whether it may run once the gate opens, so that it is decided anew then.
    pub const fn may_open(self) -> bool {
        matches!(self, Self::Paused | Self::StaleFeed | Self::LowConfidence)
    }
}

/// The result at the first closed gate, or `Fired` where all are open.
pub fn decide(situation: &Situation) -> RunResult {
    let cooling = |minutes: f64| minutes < f64::from(situation.cooldown_minutes);
    match situation.status {
        AccountStatus::Paused => RunResult::Paused,
        AccountStatus::Churned => RunResult::Churned,
        _ if situation.stale_feed => RunResult::StaleFeed,
        _ if situation.uncertain => RunResult::LowConfidence,
        _ if situation.ends_chain => RunResult::Chain,
        _ if situation.minutes_since_last.is_some_and(cooling) => RunResult::Cooldown,
        _ if situation
            .daily_cap
            .is_some_and(|cap| situation.fired_today >= i64::from(cap)) =>
        {
            RunResult::DailyCap
        }
        _ if situation.fired_lately >= situation.burst => RunResult::Burst,
        _ => RunResult::Fired,
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn open() -> Situation {
        Situation {
            status: AccountStatus::Active,
            stale_feed: false,
            uncertain: false,
            ends_chain: false,
            minutes_since_last: None,
            cooldown_minutes: 60,
            fired_today: 0,
            daily_cap: Some(2),
            fired_lately: 0,
            burst: 1_000,
        }
    }

    #[test]
    fn nothing_in_the_way_fires() {
        assert_eq!(decide(&open()), RunResult::Fired);
        assert_eq!(
            decide(&Situation {
                daily_cap: None,
                fired_today: 1_000,
                ..open()
            }),
            RunResult::Fired
        );
    }

    #[test]
    fn a_gate_opens_exactly_at_its_bound() {
        assert_eq!(
            decide(&Situation {
                minutes_since_last: Some(59.99),
                ..open()
            }),
            RunResult::Cooldown
        );
        assert_eq!(
            decide(&Situation {
                minutes_since_last: Some(60.0),
                ..open()
            }),
            RunResult::Fired
        );
        assert_eq!(
            decide(&Situation {
                fired_today: 1,
                ..open()
            }),
            RunResult::Fired
        );
        assert_eq!(
            decide(&Situation {
                fired_today: 2,
                ..open()
            }),
            RunResult::DailyCap
        );
        assert_eq!(
            decide(&Situation {
                minutes_since_last: Some(0.0),
                cooldown_minutes: 0,
                ..open()
            }),
            RunResult::Fired
        );
    }

    #[test]
    fn the_first_gate_in_order_is_named() {
        let closed = Situation {
            stale_feed: true,
            uncertain: true,
            ends_chain: true,
            fired_lately: 1_000,
            minutes_since_last: Some(1.0),
            fired_today: 9,
            ..open()
        };
        assert_eq!(
            decide(&Situation {
                status: AccountStatus::Paused,
                ..closed
            }),
            RunResult::Paused
        );
        assert_eq!(
            decide(&Situation {
                status: AccountStatus::Churned,
                ..closed
            }),
            RunResult::Churned
        );
        assert_eq!(decide(&closed), RunResult::StaleFeed);
        let closed = Situation {
            stale_feed: false,
            ..closed
        };
        assert_eq!(decide(&closed), RunResult::LowConfidence);
        let closed = Situation {
            uncertain: false,
            ..closed
        };
        assert_eq!(decide(&closed), RunResult::Chain);
        let closed = Situation {
            ends_chain: false,
            ..closed
        };
        assert_eq!(decide(&closed), RunResult::Cooldown);
        let closed = Situation {
            minutes_since_last: Some(60.0),
            ..closed
        };
        assert_eq!(decide(&closed), RunResult::DailyCap);
        let closed = Situation {
            daily_cap: None,
            ..closed
        };
        assert_eq!(decide(&closed), RunResult::Burst);
    }
}
