//! Owns a lane: the deliveries of one tenant to one host, how far they have been read, and how many at once are worth reading. Pure.
//! Moments are µs since 1970.

use super::breaker::Breaker;
use pgrx::Uuid;

/// A tenant and a host.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LaneName {
    /// Whose.
    pub tenant: Uuid,
    /// `host:port`, as it stands in the queue.
    pub host: String,
}

/// A place in the order of a lane: by moment, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// `run_at`.
    pub run_at: i64,
    /// `id`.
    pub id: Uuid,
}

impl Position {
    /// Before everything of this moment.
    pub fn at(run_at: i64) -> Self {
        Self {
            run_at,
            id: Uuid::from_bytes([0; 16]),
        }
    }

    /// Right behind this one.
    pub fn next(self) -> Self {
        let id = u128::from_be_bytes(*self.id.as_bytes());
        match id.checked_add(1) {
            Some(id) => Self {
                run_at: self.run_at,
                id: Uuid::from_bytes(id.to_be_bytes()),
            },
            None => Self::at(self.run_at.saturating_add(1)),
        }
    }
}

/// What is known of deliveries whose moment is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ahead {
    Unknown,
    /// The next moment, where there is one.
    Next(Option<i64>),
}

/// So many are read at once of a receiver whose pace is not known.
pub const FEWEST: usize = 16;
const MOST: usize = 1_000;
/// As many are kept in memory as leave within this part of a second.
const KEPT_PART: usize = 10;
/// The least time over which a pace is taken.
const PACE_OVER: i64 = 5_000;

/// A lane.
#[derive(Debug)]
pub struct Lane {
    from: Position,
    may_have_due: bool,
    ahead: Ahead,
    window: usize,
    paced_since: i64,
    finished: usize,
    /// Left alone until then, because the receiver asked for it, or nothing of it moves.
    pub rests_until: i64,
    /// Whether the receiver is called at all.
    pub breaker: Breaker,
}

impl Lane {
    /// A lane of which nothing is known, to be read from its beginning.
    pub fn new(now: i64) -> Self {
        Self {
            from: Position::at(0),
            may_have_due: true,
            ahead: Ahead::Unknown,
            window: FEWEST,
            paced_since: now,
            finished: 0,
            rests_until: 0,
            breaker: Breaker::default(),
        }
    }

    /// Where it is to be read from.
    pub const fn from(&self) -> Position {
        self.from
    }

    /// There may be something from this moment on that was not there before.
    pub fn hear(&mut self, from: i64, now: i64) {
        if from > now {
            if let Ahead::Next(next) = &mut self.ahead {
                *next = Some(next.map_or(from, |next| next.min(from)));
            }
            return;
        }
        self.from = self.from.min(Position::at(from.max(0)));
        self.may_have_due = true;
    }

    /// Whether reading may find something due.
    pub fn is_due(&self, now: i64) -> bool {
        self.may_have_due
            || match self.ahead {
                Ahead::Unknown => true,
                Ahead::Next(next) => next.is_some_and(|next| next <= now),
            }
    }

    /// Whether nothing may be read now though it is due.
    pub fn is_resting(&self, now: i64) -> bool {
        self.rests_until > now || self.breaker.is_shut(now)
    }

    /// The next moment at which that may be otherwise; `None`: only once something is heard.
    pub fn looks_again_at(&self, now: i64) -> Option<i64> {
        if self.is_due(now) {
            // While a try decides about the receiver there is no moment to wait for but its end.
            let moments = [Some(self.rests_until), self.breaker.probe_at()];
            return moments.into_iter().flatten().filter(|at| *at > now).max();
        }
        match self.ahead {
            Ahead::Next(next) => next,
            Ahead::Unknown => Some(now),
        }
    }

    /// How many to have in memory at most.
    pub fn window(&self) -> usize {
        match self.breaker.probe_at() {
            Some(_) => 1,
            None => self.window,
        }
    }

    /// It was read up to this one, and there is probably more.
    pub fn read_to(&mut self, last: Position) {
        self.from = last.next();
        self.may_have_due = true;
    }

    /// It was read whole, as of this moment: what comes next has that moment, where there is any. What commits later with an earlier
    /// one is told of.
    pub fn read_whole(&mut self, now: i64, next: Option<i64>) {
        self.from = self.from.max(Position::at(now.saturating_add(1)));
        self.may_have_due = false;
        self.ahead = Ahead::Next(next);
    }

    /// What was read was not sent: it is to be read again.
    pub fn give_back(&mut self, position: Position) {
        self.from = self.from.min(position);
        self.may_have_due = true;
    }

    /// Something of it is over.
    pub fn note_finished(&mut self, count: usize, now: i64) {
        self.finished += count;
        let elapsed = now - self.paced_since;
        if elapsed >= PACE_OVER {
            let per_second = self.finished.saturating_mul(1_000_000)
                / usize::try_from(elapsed).unwrap_or(usize::MAX);
            self.window = (per_second / KEPT_PART).clamp(FEWEST, MOST);
            self.paced_since = now;
            self.finished = 0;
        }
    }

    /// Nothing of it moved for a while: no more is read than is under way.
    pub fn note_stuck(&mut self, until: i64) {
        self.window = FEWEST;
        self.rests_until = self.rests_until.max(until);
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn position(run_at: i64, last: u8) -> Position {
        let mut id = [0; 16];
        id[15] = last;
        Position {
            run_at,
            id: Uuid::from_bytes(id),
        }
    }

    #[test]
    fn a_place_is_followed_by_the_next_id_and_then_by_the_next_moment() {
        assert_eq!(position(5, 7).next(), position(5, 8));
        let last = Position {
            run_at: 5,
            id: Uuid::from_bytes([255; 16]),
        };
        assert_eq!(last.next(), Position::at(6));
    }

    #[test]
    fn a_new_lane_is_read_from_its_beginning_and_then_waits_to_hear() {
        let mut lane = Lane::new(100);
        assert!(lane.is_due(100));
        assert_eq!(lane.from(), Position::at(0));
        lane.read_to(position(50, 1));
        assert_eq!(lane.from(), position(50, 2));
        lane.read_whole(95, Some(200));
        assert!(!lane.is_due(100) && !lane.is_due(199) && lane.is_due(200));
        assert_eq!(lane.looks_again_at(100), Some(200));
        lane.hear(150, 100);
        assert!(lane.is_due(150));
        lane.read_whole(150, None);
        assert_eq!(lane.looks_again_at(300), None);
        assert_eq!(lane.from(), Position::at(151));
    }

    #[test]
    fn while_one_try_decides_there_is_nothing_to_wait_for_but_its_end() {
        let mut lane = Lane::new(0);
        lane.breaker = Breaker::opened(100, 10);
        assert_eq!(lane.looks_again_at(50), Some(100));
        lane.breaker.note_sent();
        assert!(lane.is_resting(150));
        assert_eq!(lane.looks_again_at(150), None);
        lane.breaker.note_unsent();
        assert!(!lane.is_resting(150));
    }

    #[test]
    fn a_late_commit_lowers_where_it_is_read_from() {
        let mut lane = Lane::new(0);
        lane.read_whole(90, None);
        lane.hear(40, 100);
        assert_eq!(lane.from(), Position::at(40));
        assert!(lane.is_due(100));
        lane.read_whole(100, None);
        lane.hear(i64::MIN, 100);
        assert_eq!(lane.from(), Position::at(0));
    }

    #[test]
    fn the_faster_a_receiver_the_more_is_kept() {
        let mut lane = Lane::new(0);
        assert_eq!(lane.window(), FEWEST);
        lane.note_finished(40, 10_000);
        assert_eq!(lane.window(), 400);
        lane.note_finished(100_000, 20_000);
        assert_eq!(lane.window(), MOST);
        lane.note_finished(1, 2_000_000);
        assert_eq!(lane.window(), FEWEST);
        lane.note_stuck(3_000_000);
        assert!(lane.is_resting(2_500_000) && !lane.is_resting(3_000_000));
    }
}
