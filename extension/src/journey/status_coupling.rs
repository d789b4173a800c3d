//! Owns how the end stage and status Churned go together, whichever is set. Pure.

use crate::stages::AccountStatus::{self, Active, Churned};

/// A change of stage, of status, or of both, as the caller wrote it.
#[derive(Debug, Clone, Copy)]
pub struct WrittenChange {
    /// Whether the stage changed.
    pub moves: bool,
    /// Whether the stage before is the end stage.
    pub from_end: bool,
    /// Whether the stage after is the end stage.
    pub to_end: bool,
    /// Whether the tenant has an active end stage.
    pub has_end: bool,
    /// The status before.
    pub old_status: AccountStatus,
    /// The status after.
    pub new_status: AccountStatus,
}

/// What a change brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoupledChange {
    /// Nothing more.
    Nothing,
    /// This status.
    Status(AccountStatus),
    /// The end stage.
    EnterEndStage,
    /// The stage before the end stage.
    LeaveEndStage,
    /// Both were set, and contradict each other.
    Contradiction,
}

/// What goes with a change.
pub fn couple_status(change: WrittenChange) -> CoupledChange {
    let lost = change.new_status == Churned;
    match (change.moves, change.old_status != change.new_status) {
        (false, false) => CoupledChange::Nothing,
        (true, false) if change.to_end && !lost => CoupledChange::Status(Churned),
        (true, false) if change.from_end && !change.to_end && lost => CoupledChange::Status(Active),
        (true, false) => CoupledChange::Nothing,
        (false, true) if lost && change.has_end && !change.from_end => CoupledChange::EnterEndStage,
        (false, true) if change.old_status == Churned && change.from_end => {
            CoupledChange::LeaveEndStage
        }
        (false, true) => CoupledChange::Nothing,
        (true, true) if change.to_end != lost && change.has_end => CoupledChange::Contradiction,
        (true, true) => CoupledChange::Nothing,
    }
}

#[cfg(test)]
mod plain_tests {
    use super::AccountStatus::Paused;
    use super::*;

    const UNCHANGED: WrittenChange = WrittenChange {
        moves: false,
        from_end: false,
        to_end: false,
        has_end: true,
        old_status: Active,
        new_status: Active,
    };

    #[test]
    fn the_end_stage_brings_the_status_and_the_status_the_stage() {
        let entering = WrittenChange {
            moves: true,
            to_end: true,
            ..UNCHANGED
        };
        assert_eq!(couple_status(entering), CoupledChange::Status(Churned));
        let lost = WrittenChange {
            new_status: Churned,
            ..UNCHANGED
        };
        assert_eq!(couple_status(lost), CoupledChange::EnterEndStage);
        let without_end = WrittenChange {
            has_end: false,
            ..lost
        };
        assert_eq!(couple_status(without_end), CoupledChange::Nothing);
    }

    #[test]
    fn an_account_comes_back_by_stage_or_by_status() {
        let lost = WrittenChange {
            from_end: true,
            to_end: true,
            old_status: Churned,
            new_status: Churned,
            ..UNCHANGED
        };
        let moved = WrittenChange {
            moves: true,
            to_end: false,
            ..lost
        };
        assert_eq!(couple_status(moved), CoupledChange::Status(Active));
        for new_status in [Active, Paused] {
            let back = WrittenChange { new_status, ..lost };
            assert_eq!(couple_status(back), CoupledChange::LeaveEndStage);
            let both = WrittenChange {
                new_status,
                ..moved
            };
            assert_eq!(couple_status(both), CoupledChange::Nothing);
        }
    }

    #[test]
    fn both_set_must_agree() {
        let both = WrittenChange {
            moves: true,
            ..UNCHANGED
        };
        let paused_at_the_end = WrittenChange {
            to_end: true,
            new_status: Paused,
            ..both
        };
        assert_eq!(
            couple_status(paused_at_the_end),
            CoupledChange::Contradiction
        );
        let lost_on_the_way = WrittenChange {
            new_status: Churned,
            ..both
        };
        assert_eq!(couple_status(lost_on_the_way), CoupledChange::Contradiction);
        let without_end = WrittenChange {
            has_end: false,
            ..lost_on_the_way
        };
        assert_eq!(couple_status(without_end), CoupledChange::Nothing);
        let lost_at_the_end = WrittenChange {
            to_end: true,
            ..lost_on_the_way
        };
        assert_eq!(couple_status(lost_at_the_end), CoupledChange::Nothing);
    }

    #[test]
    fn a_change_away_from_the_end_stays_as_it_is() {
        let paused = WrittenChange {
            new_status: Paused,
            ..UNCHANGED
        };
        assert_eq!(couple_status(paused), CoupledChange::Nothing);
        let moved = WrittenChange {
            moves: true,
            ..UNCHANGED
        };
        assert_eq!(couple_status(moved), CoupledChange::Nothing);
    }
}
