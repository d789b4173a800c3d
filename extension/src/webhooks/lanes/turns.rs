//! Owns all lanes of a database as the worker reads them: which to read next, tenants in turn, and what is in memory. Pure.

use super::lane::{FEWEST, Lane, LaneName, Position};
use super::shares::Load;
use crate::background::lane_marks::{Told, lane_key};
use pgrx::Uuid;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};

/// The most deliveries in memory.
const MOST_IN_MEMORY: usize = 4_096;
/// The most lanes read, and looked at, in one statement.
const MOST_LANES: usize = 64;
const MOST_LOOKS: usize = 512;
/// The most lanes that are remembered though nothing is in memory of them.
const MOST_REMEMBERED: usize = 20_000;

/// A lane to be read, from where, and how much at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub lane: LaneName,
    /// From here on.
    pub from: Position,
    /// So many rows.
    pub rows: usize,
    /// So many bytes, but one row in any case.
    pub bytes: usize,
}

/// All lanes.
pub struct Lanes {
    lanes: HashMap<LaneName, Lane>,
    by_key: HashMap<u64, LaneName>,
    /// Tenants with lanes that may have something due, in turn.
    tenants: VecDeque<Uuid>,
    due: HashMap<Uuid, VecDeque<LaneName>>,
    listed: HashSet<LaneName>,
    /// Lanes that have something due and no room for it, by tenant.
    parked: HashMap<Uuid, VecDeque<LaneName>>,
    later: BinaryHeap<Reverse<(i64, LaneName)>>,
    /// The next moment of each lane that is in `later`.
    scheduled: HashMap<LaneName, i64>,
    in_memory: HashMap<Uuid, Position>,
    load: Load,
    count_by_lane: HashMap<LaneName, usize>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            lanes: HashMap::new(),
            by_key: HashMap::new(),
            tenants: VecDeque::new(),
            due: HashMap::new(),
            listed: HashSet::new(),
            parked: HashMap::new(),
            later: BinaryHeap::new(),
            scheduled: HashMap::new(),
            in_memory: HashMap::new(),
            load: Load::of(MOST_IN_MEMORY),
            count_by_lane: HashMap::new(),
        }
    }
}

impl Lanes {
    /// Hears what commits told. True where a lane was told of that is not known: then all are to be found anew.
    pub fn hear(&mut self, told: &Told, now: i64) -> bool {
        let mut is_unknown = told.any_lane_from.is_some();
        if let Some(from) = told.any_lane_from {
            let names = self.lanes.keys().cloned().collect::<Vec<_>>();
            names.iter().for_each(|name| self.hear_of(name, from, now));
        }
        for mark in &told.lanes {
            match self.by_key.get(&mark.lane).cloned() {
                Some(name) => self.hear_of(&name, mark.from, now),
                None => is_unknown = true,
            }
        }
        is_unknown
    }

    fn hear_of(&mut self, name: &LaneName, from: i64, now: i64) {
        if let Some(lane) = self.lanes.get_mut(name) {
            lane.hear(from, now);
            self.list(name.clone(), now);
        }
    }

    /// These lanes have something in the queue.
    pub fn find(&mut self, found: Vec<LaneName>, now: i64) {
        self.forget_idle(found.len(), now);
        for name in found {
            self.lane_mut(&name, now);
            self.list(name, now);
        }
    }

    /// A lane, made where it is not known.
    pub fn lane_mut(&mut self, name: &LaneName, now: i64) -> &mut Lane {
        let key = lane_key(name.tenant.as_bytes(), &name.host);
        self.by_key.entry(key).or_insert_with(|| name.clone());
        self.lanes
            .entry(name.clone())
            .or_insert_with(|| Lane::new(now))
    }

    /// To be called once a lane's state has changed: it is read when it may be.
    pub fn list(&mut self, name: LaneName, now: i64) {
        if self.listed.contains(&name) {
            return;
        }
        let Some(lane) = self.lanes.get(&name) else {
            return;
        };
        if lane.is_due(now) && !lane.is_resting(now) {
            self.listed.insert(name.clone());
            let of_tenant = self.due.entry(name.tenant).or_default();
            if of_tenant.is_empty() {
                self.tenants.push_back(name.tenant);
            }
            of_tenant.push_back(name);
        } else if let Some(at) = lane.looks_again_at(now)
            && self.scheduled.get(&name).is_none_or(|known| *known > at)
        {
            self.scheduled.insert(name.clone(), at);
            self.later.push(Reverse((at, name)));
        }
    }

    /// What to read now, tenants in turn.
    pub fn plan(&mut self, rows: usize, bytes: usize, now: i64) -> Vec<Reading> {
        self.wake_up(now);
        let (mut planned, mut rows) = (Vec::new(), rows);
        let mut by_tenant = HashMap::<Uuid, usize>::new();
        let mut put_back = Vec::new();
        for _ in 0..MOST_LOOKS {
            if planned.len() == MOST_LANES || rows == 0 {
                break;
            }
            let Some(name) = self.next_listed() else {
                break;
            };
            let Some(lane) = self.lanes.get(&name) else {
                continue;
            };
            if lane.is_resting(now) || !lane.is_due(now) {
                self.list(name, now);
                continue;
            }
            let held = self.count_by_lane.get(&name).copied().unwrap_or(0);
            // One whose receiver is slow leaves the more room, the less there is.
            let window = match lane.window() {
                slow if slow <= FEWEST => slow.min(self.load.most_of_lane()),
                window => window,
            };
            let most = window.saturating_sub(held);
            let taken = by_tenant.entry(name.tenant).or_default();
            let room = self.load.room_of_all(&name.tenant).saturating_sub(*taken);
            let most = most.min(room).min(rows);
            // Few by few costs more than it gains.
            if most > 0 && (held == 0 || most * 2 >= window) {
                rows -= most;
                *taken += most;
                planned.push((name.clone(), lane.from(), most));
                put_back.push(name);
            } else {
                let parked = self.parked.entry(name.tenant).or_default();
                parked.push_back(name);
            }
        }
        put_back.into_iter().for_each(|name| self.list(name, now));
        let share = bytes / planned.len().max(1);
        let reading = |(lane, from, rows)| Reading {
            lane,
            from,
            rows,
            bytes: share,
        };
        planned.into_iter().map(reading).collect()
    }

    fn next_listed(&mut self) -> Option<LaneName> {
        let tenant = self.tenants.pop_front()?;
        let of_tenant = self.due.get_mut(&tenant)?;
        let name = of_tenant.pop_front();
        match of_tenant.is_empty() {
            true => drop(self.due.remove(&tenant)),
            false => self.tenants.push_back(tenant),
        }
        if let Some(name) = &name {
            self.listed.remove(name);
        }
        name
    }

    fn wake_up(&mut self, now: i64) {
        let mut awake = Vec::new();
        while let Some(Reverse((at, _))) = self.later.peek() {
            if *at > now {
                break;
            }
            if let Some(Reverse((at, name))) = self.later.pop()
                && self.scheduled.get(&name) == Some(&at)
            {
                self.scheduled.remove(&name);
                awake.push(name);
            }
        }
        awake.into_iter().for_each(|name| self.list(name, now));
    }

    /// When something becomes due by itself.
    pub fn next_moment(&self) -> Option<i64> {
        self.later.peek().map(|Reverse((at, _))| *at)
    }

    /// Whether something is listed to be read.
    pub fn has_listed(&self) -> bool {
        !self.tenants.is_empty()
    }

    /// Takes a delivery into memory; false where it is there already.
    pub fn admit(&mut self, name: &LaneName, id: Uuid, position: Position, bytes: usize) -> bool {
        if self.in_memory.insert(id, position).is_some() {
            return false;
        }
        self.load.add(name, bytes);
        *self.count_by_lane.entry(name.clone()).or_default() += 1;
        true
    }

    /// It is out of memory again, and makes room for another.
    pub fn dismiss(
        &mut self,
        name: &LaneName,
        id: Uuid,
        bytes: usize,
        now: i64,
    ) -> Option<Position> {
        let position = self.in_memory.remove(&id)?;
        self.load.remove(name, bytes);
        if let Some(count) = self.count_by_lane.get_mut(name) {
            *count -= 1;
            if *count == 0 {
                self.count_by_lane.remove(name);
            }
        }
        self.list(name.clone(), now);
        if let Some(parked) = self.parked.get_mut(&name.tenant) {
            let other = parked.pop_front();
            if parked.is_empty() {
                self.parked.remove(&name.tenant);
            }
            if let Some(other) = other {
                self.list(other, now);
            }
        }
        Some(position)
    }

    /// How many are in memory.
    #[cfg(test)]
    fn in_memory(&self) -> usize {
        self.load.all()
    }

    /// Their bytes.
    pub fn bytes(&self) -> usize {
        self.load.bytes()
    }

    fn forget_idle(&mut self, coming: usize, now: i64) {
        if self.lanes.len() + coming <= MOST_REMEMBERED {
            return;
        }
        let (held, listed) = (&self.count_by_lane, &self.listed);
        self.lanes.retain(|name, lane| {
            held.contains_key(name)
                || listed.contains(name)
                || lane.breaker.probe_at().is_some()
                || lane.looks_again_at(now).is_some()
        });
        let lanes = &self.lanes;
        self.by_key.retain(|_, name| lanes.contains_key(name));
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::background::lane_marks::LaneMark;

    fn name(tenant: u8, host: usize) -> LaneName {
        LaneName {
            tenant: Uuid::from_bytes([tenant; 16]),
            host: format!("h{host}:1"),
        }
    }

    fn told(lanes: &[&LaneName], from: i64) -> Told {
        let mark = |it: &&LaneName| LaneMark {
            lane: lane_key(it.tenant.as_bytes(), &it.host),
            from,
        };
        Told {
            lanes: lanes.iter().map(mark).collect(),
            ..Told::default()
        }
    }

    #[test]
    fn a_lane_that_waits_is_remembered_once() {
        let mut lanes = Lanes::default();
        lanes.find(vec![name(1, 1)], 0);
        lanes.plan(10, 10, 0);
        lanes.lane_mut(&name(1, 1), 0).read_whole(0, Some(500));
        for now in 1..400 {
            lanes.list(name(1, 1), now);
            lanes.plan(10, 10, now);
        }
        assert_eq!(lanes.later.len(), 1);
        lanes.hear(&told(&[&name(1, 1)], 450), 400);
        assert_eq!(lanes.next_moment(), Some(450));
        assert_eq!(lanes.plan(10, 10, 450).len(), 1);
    }

    fn read_nothing(lanes: &mut Lanes, now: i64) -> Vec<LaneName> {
        let read = lanes.plan(1_000, 1_000_000, now);
        let names = read.into_iter().map(|it| it.lane).collect::<Vec<_>>();
        for name in &names {
            lanes.lane_mut(name, now).read_whole(now, None);
            lanes.list(name.clone(), now);
        }
        names
    }

    #[test]
    fn a_lane_is_read_when_it_is_told_of_and_not_before() {
        let mut lanes = Lanes::default();
        assert!(lanes.hear(&told(&[&name(1, 1)], 5), 10), "not yet known");
        lanes.find(vec![name(1, 1), name(2, 1)], 10);
        assert_eq!(read_nothing(&mut lanes, 10).len(), 2);
        assert!(lanes.plan(1_000, 1_000, 11).is_empty());
        assert!(!lanes.hear(&told(&[&name(2, 1)], 8), 12));
        let planned = lanes.plan(1_000, 1_000, 12);
        assert_eq!(planned.len(), 1);
        assert_eq!(
            (planned[0].lane.clone(), planned[0].from),
            (name(2, 1), Position::at(8))
        );
    }

    #[test]
    fn tenants_are_read_in_turn_however_many_lanes_one_has() {
        let mut lanes = Lanes::default();
        lanes.find((0..2_000).map(|host| name(1, host)).collect(), 0);
        lanes.find(vec![name(2, 7)], 0);
        let planned = lanes.plan(1_000, 1_000_000, 0);
        assert!(planned.iter().take(2).any(|it| it.lane == name(2, 7)));
    }

    #[test]
    fn one_tenant_never_fills_the_memory() {
        let mut lanes = Lanes::default();
        lanes.find((0..2_000).map(|host| name(1, host)).collect(), 0);
        let mut number = 0_u128;
        for _ in 0..1_000 {
            for it in lanes.plan(1_000, 1_000_000, 0) {
                for _ in 0..it.rows {
                    number += 1;
                    let id = Uuid::from_bytes(number.to_be_bytes());
                    assert!(lanes.admit(&it.lane, id, Position::at(0), 1));
                }
            }
        }
        assert_eq!(lanes.in_memory(), MOST_IN_MEMORY / 2);
        lanes.find(vec![name(2, 1)], 0);
        let planned = lanes.plan(1_000, 1_000, 0);
        assert_eq!(planned.iter().map(|it| it.rows).sum::<usize>(), 4);
    }

    #[test]
    fn what_comes_later_is_read_then() {
        let mut lanes = Lanes::default();
        lanes.find(vec![name(1, 1)], 0);
        lanes.plan(10, 10, 0);
        lanes.lane_mut(&name(1, 1), 0).read_whole(0, Some(50));
        lanes.list(name(1, 1), 0);
        // What plan has put back is found to be not due.
        assert!(lanes.plan(10, 10, 1).is_empty());
        assert_eq!(lanes.next_moment(), Some(50));
        assert_eq!(lanes.plan(10, 10, 50).len(), 1);
    }

    #[test]
    fn nothing_is_taken_twice() {
        let mut lanes = Lanes::default();
        let id = Uuid::from_bytes([9; 16]);
        assert!(lanes.admit(&name(1, 1), id, Position::at(3), 10));
        assert!(!lanes.admit(&name(1, 1), id, Position::at(3), 10));
        assert_eq!(lanes.dismiss(&name(1, 1), id, 10, 0), Some(Position::at(3)));
        assert_eq!(lanes.dismiss(&name(1, 1), id, 10, 0), None);
        assert_eq!((lanes.in_memory(), lanes.bytes()), (0, 0));
    }
}
