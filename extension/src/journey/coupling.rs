//! Owns how the end stage and status Churned go together, whichever is set. Pure.

/// The status of lost customers.
pub const CHURNED: &str = "Churned";
/// The status of customers that are back.
pub const ACTIVE: &str = "Active";

/// A change of stage, of status, or of both, as its author wrote it.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Whether the stage changed.
    pub moves: bool,
    /// Whether the stage before is the end stage.
    pub from_end: bool,
    /// Whether the stage after is the end stage.
    pub to_end: bool,
    /// Whether the tenant has an active end stage.
    pub has_end: bool,
    /// The status before.
    pub was: &'a str,
    /// The status after.
    pub wanted: &'a str,
}

/// What a change brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coupled {
    /// Nothing more.
    AsWanted,
    /// This status.
    Status(&'static str),
    /// The end stage.
    Enter,
    /// The stage before the end stage.
    Return,
    /// Both were set, and contradict each other.
    Contradiction,
}

/// What goes with a change.
pub fn couple(change: Change<'_>) -> Coupled {
    let lost = change.wanted == CHURNED;
    match (change.moves, change.was != change.wanted) {
        (false, false) => Coupled::AsWanted,
        (true, false) if change.to_end && !lost => Coupled::Status(CHURNED),
        (true, false) if change.from_end && !change.to_end && lost => Coupled::Status(ACTIVE),
        (true, false) => Coupled::AsWanted,
        (false, true) if lost && change.has_end && !change.from_end => Coupled::Enter,
        (false, true) if change.was == CHURNED && change.from_end => Coupled::Return,
        (false, true) => Coupled::AsWanted,
        (true, true) if change.to_end != lost && change.has_end => Coupled::Contradiction,
        (true, true) => Coupled::AsWanted,
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const QUIET: Change<'static> = Change {
        moves: false,
        from_end: false,
        to_end: false,
        has_end: true,
        was: ACTIVE,
        wanted: ACTIVE,
    };

    #[test]
    fn the_end_stage_brings_the_status_and_the_status_the_stage() {
        let entering = Change {
            moves: true,
            to_end: true,
            ..QUIET
        };
        assert_eq!(couple(entering), Coupled::Status(CHURNED));
        let lost = Change {
            wanted: CHURNED,
            ..QUIET
        };
        assert_eq!(couple(lost), Coupled::Enter);
        assert_eq!(
            couple(Change {
                has_end: false,
                ..lost
            }),
            Coupled::AsWanted
        );
    }

    #[test]
    fn the_way_back_goes_by_either_too() {
        let lost = Change {
            from_end: true,
            to_end: true,
            was: CHURNED,
            wanted: CHURNED,
            ..QUIET
        };
        let moved = Change {
            moves: true,
            to_end: false,
            ..lost
        };
        assert_eq!(couple(moved), Coupled::Status(ACTIVE));
        for wanted in [ACTIVE, "Paused"] {
            assert_eq!(couple(Change { wanted, ..lost }), Coupled::Return);
            assert_eq!(couple(Change { wanted, ..moved }), Coupled::AsWanted);
        }
    }

    #[test]
    fn both_set_must_agree() {
        let both = Change {
            moves: true,
            ..QUIET
        };
        let paused_at_the_end = Change {
            to_end: true,
            wanted: "Paused",
            ..both
        };
        assert_eq!(couple(paused_at_the_end), Coupled::Contradiction);
        let lost_on_the_way = Change {
            wanted: CHURNED,
            ..both
        };
        assert_eq!(couple(lost_on_the_way), Coupled::Contradiction);
        assert_eq!(
            couple(Change {
                has_end: false,
                ..lost_on_the_way
            }),
            Coupled::AsWanted
        );
        assert_eq!(
            couple(Change {
                to_end: true,
                ..lost_on_the_way
            }),
            Coupled::AsWanted
        );
    }

    #[test]
    fn what_has_nothing_to_do_with_the_end_stays_as_it_is() {
        let paused = Change {
            wanted: "Paused",
            ..QUIET
        };
        assert_eq!(couple(paused), Coupled::AsWanted);
        let moved = Change {
            moves: true,
            ..QUIET
        };
        assert_eq!(couple(moved), Coupled::AsWanted);
    }
}
