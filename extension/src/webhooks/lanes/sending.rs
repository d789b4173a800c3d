//! Owns whose turn it is to leave, among deliveries that the network thread has been given: lanes in turn, each within its share. What
//! has waited for its turn too long goes back to the queue. Pure.

use super::lane::LaneName;
use super::shares::{Load, Obstacle};
use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// The most deliveries under way.
const MOST_UNDER_WAY: usize = 2_048;
/// What waits longer is read again later, as it is then.
pub const PATIENCE: Duration = Duration::from_secs(1);

struct Waiting<T> {
    since: Instant,
    bytes: usize,
    what: T,
}

/// A delivery whose turn it is.
pub struct Turn<T> {
    /// Its lane.
    pub lane: LaneName,
    /// Its size.
    pub bytes: usize,
    /// Itself.
    pub what: T,
}

/// All that wait, and the load of what is under way.
pub struct Sending<T> {
    load: Load,
    waiting: HashMap<LaneName, VecDeque<Waiting<T>>>,
    /// Lanes that may have room, in turn.
    turns: VecDeque<LaneName>,
    blocked_by_host: HashMap<String, VecDeque<LaneName>>,
    blocked_by_all: VecDeque<LaneName>,
}

impl<T> Default for Sending<T> {
    fn default() -> Self {
        Self {
            load: Load::of(MOST_UNDER_WAY),
            waiting: HashMap::new(),
            turns: VecDeque::new(),
            blocked_by_host: HashMap::new(),
            blocked_by_all: VecDeque::new(),
        }
    }
}

impl<T> Sending<T> {
    /// A delivery waits for its turn.
    pub fn add(&mut self, lane: LaneName, bytes: usize, what: T, since: Instant) {
        let of_lane = self.waiting.entry(lane.clone()).or_default();
        if of_lane.is_empty() {
            self.turns.push_back(lane);
        }
        of_lane.push_back(Waiting { since, bytes, what });
    }

    /// The next whose turn it is; it counts as under way.
    pub fn next(&mut self) -> Option<Turn<T>> {
        while let Some(lane) = self.turns.pop_front() {
            let Some(of_lane) = self.waiting.get_mut(&lane) else {
                continue;
            };
            match self.load.obstacle(&lane) {
                Some(Obstacle::Host) => {
                    let host = self.blocked_by_host.entry(lane.host.clone());
                    host.or_default().push_back(lane);
                }
                Some(Obstacle::All) => self.blocked_by_all.push_back(lane),
                None => {
                    let first = of_lane.pop_front();
                    match of_lane.is_empty() {
                        true => drop(self.waiting.remove(&lane)),
                        false => self.turns.push_back(lane.clone()),
                    }
                    if let Some(Waiting { bytes, what, .. }) = first {
                        self.load.add(&lane, bytes);
                        return Some(Turn { lane, bytes, what });
                    }
                }
            }
        }
        None
    }

    /// What was under way is over; who waited for the room may go.
    pub fn done(&mut self, lane: &LaneName, bytes: usize) {
        self.load.remove(lane, bytes);
        if let Some(blocked) = self.blocked_by_host.get_mut(&lane.host) {
            // All of the host's: whose share has grown depends on who has how much.
            self.turns.extend(blocked.drain(..));
            self.blocked_by_host.remove(&lane.host);
        }
        self.turns.extend(self.blocked_by_all.pop_front());
    }

    /// Takes out what has waited too long.
    pub fn take_late(&mut self, now: Instant) -> Vec<T> {
        self.take_where(|it| now.saturating_duration_since(it.since) >= PATIENCE)
    }

    /// Takes out all that waits.
    pub fn take_all(&mut self) -> Vec<T> {
        self.take_where(|_| true)
    }

    /// In a lane what came first has waited longest.
    fn take_where(&mut self, is_out: impl Fn(&Waiting<T>) -> bool) -> Vec<T> {
        let mut taken = Vec::new();
        for of_lane in self.waiting.values_mut() {
            while let Some(first) = of_lane.pop_front_if(|it| is_out(it)) {
                taken.push(first.what);
            }
        }
        self.waiting.retain(|_, of_lane| !of_lane.is_empty());
        let waiting = &self.waiting;
        self.turns.retain(|it| waiting.contains_key(it));
        self.blocked_by_all.retain(|it| waiting.contains_key(it));
        for blocked in self.blocked_by_host.values_mut() {
            blocked.retain(|it| waiting.contains_key(it));
        }
        self.blocked_by_host.retain(|_, it| !it.is_empty());
        taken
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// How many wait.
    #[cfg(test)]
    fn waiting(&self) -> usize {
        self.waiting.values().map(VecDeque::len).sum()
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use pgrx::Uuid;

    fn lane(tenant: u8, host: usize) -> LaneName {
        LaneName {
            tenant: Uuid::from_bytes([tenant; 16]),
            host: format!("h{host}:1"),
        }
    }

    fn fill(sending: &mut Sending<usize>, name: &LaneName, count: usize, since: Instant) {
        (0..count).for_each(|number| sending.add(name.clone(), 1, number, since));
    }

    fn leave(sending: &mut Sending<usize>) -> Vec<LaneName> {
        std::iter::from_fn(|| sending.next().map(|it| it.lane)).collect()
    }

    #[test]
    fn a_host_has_its_permits_and_what_ends_makes_room() {
        let (mut sending, now) = (Sending::default(), Instant::now());
        fill(&mut sending, &lane(1, 1), 100, now);
        assert_eq!(leave(&mut sending).len(), 12);
        for _ in 0..88 {
            sending.done(&lane(1, 1), 1);
            assert_eq!(leave(&mut sending).len(), 1);
        }
        assert_eq!(sending.waiting(), 0);
    }

    #[test]
    fn who_waits_behind_a_full_host_has_the_rest_of_it() {
        let (mut sending, now) = (Sending::default(), Instant::now());
        fill(&mut sending, &lane(1, 1), 48, now);
        leave(&mut sending);
        fill(&mut sending, &lane(2, 1), 1, now);
        assert_eq!(leave(&mut sending), [lane(2, 1)]);
    }

    #[test]
    fn thousands_of_hosts_of_one_tenant_leave_room_for_the_next() {
        let (mut sending, now) = (Sending::default(), Instant::now());
        (0..2_000).for_each(|host| fill(&mut sending, &lane(1, host), 2, now));
        assert_eq!(leave(&mut sending).len(), MOST_UNDER_WAY / 2);
        fill(&mut sending, &lane(2, 5_000), 1, now);
        assert_eq!(leave(&mut sending), [lane(2, 5_000)]);
        sending.done(&lane(1, 0), 1);
        assert_eq!(leave(&mut sending).len(), 1);
    }

    #[test]
    fn what_waits_too_long_is_taken_out_and_nothing_else() {
        let (mut sending, now) = (Sending::default(), Instant::now());
        fill(&mut sending, &lane(1, 1), 20, now);
        leave(&mut sending);
        let later = now + PATIENCE;
        fill(&mut sending, &lane(1, 1), 3, later);
        assert_eq!(sending.take_late(later).len(), 8);
        assert_eq!(sending.take_all().len(), 3);
        sending.done(&lane(1, 1), 1);
        assert!(sending.next().is_none());
        fill(&mut sending, &lane(1, 1), 1, later);
        assert_eq!(leave(&mut sending).len(), 1);
    }
}
