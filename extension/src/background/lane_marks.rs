//! Owns how commits tell the worker which lanes got deliveries: a ring in shared memory, written in commit callbacks by many, read by
//! the one worker of the database.
//!
//! A mark says: in this lane there may be deliveries due from this moment on. The bounded queue of Dmitry Vyukov
//! (<https://www.1024cores.net/home/lock-free-algorithms/queues/bounded-mpmc-queue>), with one reader.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// The board is made on the stack: with many more it would not fit there.
const PLACES: u64 = 128;

/// A lane, by its key, and the earliest moment of what it got, in µs since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneMark {
    /// [`lane_key`] of its tenant and host.
    pub lane: u64,
    /// The earliest `run_at`.
    pub from: i64,
}

/// What the worker has not yet been told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The lanes that were marked.
    pub lanes: Vec<LaneMark>,
    /// There were more than could be kept: any lane may have got something, from this moment on.
    pub any_lane_from: Option<i64>,
    /// A playbook or tenant was switched on, or a playbook deleted.
    pub is_released: bool,
    /// Something that is sent in order was queued or ended.
    pub is_ordered: bool,
}

#[derive(Default)]
struct Place {
    turn: AtomicU64,
    lane: AtomicU64,
    from: AtomicI64,
}

/// The marks of one database.
pub struct LaneMarks {
    read: AtomicU64,
    written: AtomicU64,
    places: [Place; PLACES as usize],
    any_lane_from: AtomicI64,
    is_released: AtomicBool,
    is_ordered: AtomicBool,
}

impl Default for LaneMarks {
    fn default() -> Self {
        Self {
            read: AtomicU64::new(0),
            written: AtomicU64::new(0),
            places: std::array::from_fn(|place| Place {
                turn: AtomicU64::new(place as u64),
                ..Place::default()
            }),
            any_lane_from: AtomicI64::new(i64::MAX),
            is_released: AtomicBool::new(false),
            is_ordered: AtomicBool::new(false),
        }
    }
}

/// The same in every process.
pub fn lane_key(tenant: &[u8], host: &str) -> u64 {
    // FNV-1a; two lanes that met would only be found later.
    tenant
        .iter()
        .chain(host.as_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |key, byte| {
            (key ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

impl LaneMarks {
    /// Marks a lane; where there is no room, all lanes.
    pub fn mark(&self, mark: LaneMark) {
        if !self.push(mark) {
            self.mark_any(mark.from);
        }
    }

    /// Marks all lanes.
    pub fn mark_any(&self, from: i64) {
        self.any_lane_from.fetch_min(from, Ordering::AcqRel);
    }

    /// Notes that something held may now be sent, or cancelled.
    pub fn note_released(&self) {
        self.is_released.store(true, Ordering::Release);
    }

    /// Notes that a line of ordered deliveries has changed.
    pub fn note_ordered(&self) {
        self.is_ordered.store(true, Ordering::Release);
    }

    /// Whether there is nothing to take.
    pub fn is_quiet(&self) -> bool {
        self.read.load(Ordering::Relaxed) == self.written.load(Ordering::Acquire)
            && self.any_lane_from.load(Ordering::Acquire) == i64::MAX
            && !self.is_released.load(Ordering::Acquire)
            && !self.is_ordered.load(Ordering::Acquire)
    }

    fn push(&self, mark: LaneMark) -> bool {
        let mut at = self.written.load(Ordering::Relaxed);
        loop {
            let place = self.place(at);
            let turn = place.turn.load(Ordering::Acquire);
            if turn < at {
                return false;
            }
            if turn > at {
                at = self.written.load(Ordering::Relaxed);
                continue;
            }
            match self.written.compare_exchange_weak(
                at,
                at + 1,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => {
                    place.lane.store(mark.lane, Ordering::Relaxed);
                    place.from.store(mark.from, Ordering::Relaxed);
                    place.turn.store(at + 1, Ordering::Release);
                    return true;
                }
                Err(now) => at = now,
            }
        }
    }

    fn pop(&self) -> Option<LaneMark> {
        let at = self.read.load(Ordering::Relaxed);
        let place = self.place(at);
        if place.turn.load(Ordering::Acquire) != at + 1 {
            return None;
        }
        let mark = LaneMark {
            lane: place.lane.load(Ordering::Relaxed),
            from: place.from.load(Ordering::Relaxed),
        };
        place.turn.store(at + PLACES, Ordering::Release);
        self.read.store(at + 1, Ordering::Relaxed);
        Some(mark)
    }

    fn place(&self, at: u64) -> &Place {
        &self.places[(at % PLACES) as usize]
    }

    /// Takes what was told since. Only by the worker of the database, and before it takes the snapshot that it reads with: who
    /// tells later is heard the next time.
    pub fn take(&self) -> Told {
        let any = self.any_lane_from.swap(i64::MAX, Ordering::AcqRel);
        Told {
            lanes: std::iter::from_fn(|| self.pop()).collect(),
            any_lane_from: (any != i64::MAX).then_some(any),
            is_released: self.is_released.swap(false, Ordering::AcqRel),
            is_ordered: self.is_ordered.swap(false, Ordering::AcqRel),
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use std::collections::HashMap;
    use std::sync::Arc;

    #[test]
    fn what_is_marked_is_told_once_and_in_order() {
        let marks = LaneMarks::default();
        assert_eq!(marks.take(), Told::default());
        for lane in 0..3 {
            marks.mark(LaneMark { lane, from: 7 });
        }
        marks.note_ordered();
        let told = marks.take();
        assert_eq!(
            told.lanes.iter().map(|it| it.lane).collect::<Vec<_>>(),
            [0, 1, 2]
        );
        assert!(told.is_ordered && !told.is_released);
        assert_eq!(marks.take(), Told::default());
    }

    #[test]
    fn what_has_no_room_marks_all_lanes_from_its_earliest_moment() {
        let marks = LaneMarks::default();
        for number in 0..PLACES + 100 {
            let from = 10_000 - i64::try_from(number).unwrap();
            marks.mark(LaneMark { lane: number, from });
        }
        let told = marks.take();
        assert_eq!(told.lanes.len() as u64, PLACES);
        assert_eq!(
            told.any_lane_from,
            Some(10_000 - i64::try_from(PLACES + 99).unwrap())
        );
        marks.mark(LaneMark { lane: 1, from: 1 });
        assert_eq!(marks.take().lanes.len(), 1);
    }

    #[test]
    fn many_writers_lose_nothing() {
        const EACH: u64 = 20_000;
        let marks = Arc::new(LaneMarks::default());
        let writers = (0..4).map(|writer: u64| {
            let marks = Arc::clone(&marks);
            std::thread::spawn(move || {
                for number in 0..EACH {
                    let from = i64::try_from(number).unwrap();
                    marks.mark(LaneMark { lane: writer, from });
                }
            })
        });
        let writers = writers.collect::<Vec<_>>();
        // A lane that was told of, or any lane, from a moment on.
        let (mut latest, mut told_any) = (HashMap::<u64, i64>::new(), false);
        let mut hear = |told: Told| {
            for mark in told.lanes {
                let last = latest.insert(mark.lane, mark.from).unwrap_or(-1);
                assert!(mark.from > last, "a writer's marks keep their order");
            }
            told_any |= told.any_lane_from.is_some();
        };
        while !writers.iter().all(std::thread::JoinHandle::is_finished) {
            hear(marks.take());
        }
        hear(marks.take());
        let last = i64::try_from(EACH - 1).unwrap();
        assert!(told_any || (0..4).all(|writer| latest.get(&writer) == Some(&last)));
    }

    #[test]
    fn lanes_have_keys_of_their_own() {
        let keys = (0..1_000_u32).map(|it| lane_key(&it.to_le_bytes(), "a:1"));
        let mut keys = keys.collect::<Vec<_>>();
        keys.push(lane_key(&0_u32.to_le_bytes(), "a:2"));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 1_001);
    }
}
