//! Owns how much may be under way: to one host, for one tenant, and in all. Who already has much gets only a part of what is left, so
//! that something is always left for who has nothing. Pure.

use super::lane::LaneName;
use pgrx::Uuid;
use std::collections::HashMap;

/// The most deliveries under way to one host.
pub const PER_HOST: usize = 16;
/// A tenant has at most three quarters of what the others have left of a host.
const OF_HOST: (usize, usize) = (3, 4);
/// A tenant has at most half of what the others have left of all.
const OF_ALL: (usize, usize) = (1, 2);

/// Why nothing more may leave in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Its host has enough.
    Host,
    /// Its tenant has enough, or all have.
    All,
}

/// What is under way.
#[derive(Debug)]
pub struct Load {
    most: usize,
    all: usize,
    bytes: usize,
    by_host: HashMap<String, usize>,
    by_tenant: HashMap<Uuid, usize>,
    by_lane: HashMap<LaneName, usize>,
}

impl Load {
    /// Nothing, of at most so many.
    pub fn of(most: usize) -> Self {
        Self {
            most,
            all: 0,
            bytes: 0,
            by_host: HashMap::new(),
            by_tenant: HashMap::new(),
            by_lane: HashMap::new(),
        }
    }

    /// How many are under way.
    #[cfg(test)]
    pub const fn all(&self) -> usize {
        self.all
    }

    /// Their bytes.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many of a tenant are under way.
    pub fn of_tenant(&self, tenant: &Uuid) -> usize {
        self.by_tenant.get(tenant).copied().unwrap_or(0)
    }

    /// How many more may leave in this lane.
    #[cfg(test)]
    fn room(&self, lane: &LaneName) -> usize {
        self.room_of_host(lane).min(self.room_of_all(&lane.tenant))
    }

    /// What stands in the way of another.
    pub fn obstacle(&self, lane: &LaneName) -> Option<Obstacle> {
        if self.room_of_host(lane) == 0 {
            return Some(Obstacle::Host);
        }
        (self.room_of_all(&lane.tenant) == 0).then_some(Obstacle::All)
    }

    /// How many a lane may have at most: the fuller it gets, the fewer, so that many that hang leave room for the next.
    pub const fn most_of_lane(&self) -> usize {
        match self.all * 4 / self.most {
            0 | 1 => PER_HOST,
            2 => 4,
            _ => 1,
        }
    }

    fn room_of_host(&self, lane: &LaneName) -> usize {
        let own = self.by_lane.get(lane).copied().unwrap_or(0);
        let host = self.by_host.get(&lane.host).copied().unwrap_or(0);
        let share = share(OF_HOST, PER_HOST.saturating_sub(host - own));
        let left = PER_HOST.saturating_sub(host);
        share.min(self.most_of_lane()).saturating_sub(own).min(left)
    }

    /// How many more of a tenant there may be.
    pub fn room_of_all(&self, tenant: &Uuid) -> usize {
        let own = self.of_tenant(tenant);
        let share = share(OF_ALL, self.most.saturating_sub(self.all - own));
        share.saturating_sub(own)
    }

    /// A delivery leaves.
    pub fn add(&mut self, lane: &LaneName, bytes: usize) {
        self.all += 1;
        self.bytes += bytes;
        *self.by_host.entry(lane.host.clone()).or_default() += 1;
        *self.by_tenant.entry(lane.tenant).or_default() += 1;
        *self.by_lane.entry(lane.clone()).or_default() += 1;
    }

    /// It is over.
    pub fn remove(&mut self, lane: &LaneName, bytes: usize) {
        self.all = self.all.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
        lower(&mut self.by_host, &lane.host);
        lower(&mut self.by_tenant, &lane.tenant);
        lower(&mut self.by_lane, lane);
    }
}

/// A part of what is left, rounded up: of one, one.
const fn share((part, whole): (usize, usize), left: usize) -> usize {
    (left * part).div_ceil(whole)
}

fn lower<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn lane(tenant: u8, host: &str) -> LaneName {
        LaneName {
            tenant: Uuid::from_bytes([tenant; 16]),
            host: host.to_owned(),
        }
    }

    fn fill(load: &mut Load, lane: &LaneName) -> usize {
        let room = load.room(lane);
        (0..room).for_each(|_| load.add(lane, 10));
        room
    }

    #[test]
    fn tenants_share_a_host_and_something_is_left_for_the_next() {
        let mut load = Load::of(1_000);
        let taken = (1..=4).map(|tenant| fill(&mut load, &lane(tenant, "one:1")));
        assert_eq!(taken.collect::<Vec<_>>(), [12, 3, 1, 0]);
        load.remove(&lane(1, "one:1"), 10);
        assert_eq!(load.room(&lane(1, "one:1")), 0, "the others wait too");
        assert_eq!(load.room(&lane(4, "one:1")), 1);
    }

    #[test]
    fn a_tenant_with_thousands_of_hosts_leaves_half() {
        let mut load = Load::of(1_024);
        let all = (0..2_000).map(|host| fill(&mut load, &lane(1, &format!("{host}:1"))));
        assert_eq!(all.sum::<usize>(), 512);
        let all = (0..2_000).map(|host| fill(&mut load, &lane(2, &format!("{host}:1"))));
        assert_eq!(all.sum::<usize>(), 256);
        assert_eq!(load.room(&lane(3, "mine:1")), 1);
    }

    #[test]
    fn hundreds_of_tenants_that_hang_leave_room_for_the_next() {
        let mut load = Load::of(2_048);
        let lane = |number: u32| LaneName {
            tenant: Uuid::from_bytes(u128::from(number).to_be_bytes()),
            host: format!("{number}:1"),
        };
        for number in 0..600 {
            assert!(fill(&mut load, &lane(number)) > 0, "{number}");
        }
    }

    #[test]
    fn what_leaves_comes_back() {
        let mut load = Load::of(100);
        let it = lane(1, "a:1");
        fill(&mut load, &it);
        assert_eq!((load.all(), load.bytes()), (12, 120));
        (0..12).for_each(|_| load.remove(&it, 10));
        assert_eq!((load.all(), load.bytes(), load.room(&it)), (0, 0, 12));
        assert!(load.by_host.is_empty() && load.by_lane.is_empty() && load.by_tenant.is_empty());
    }
}
