//! Owns switching off the playbooks whose receivers answered 410: apart from recording deliveries, one tenant for itself, so that
//! who holds a playbook of their own delays nobody's delivery.

use super::extension;
use crate::pg::sql;
use crate::webhooks::outcomes::{TenantPlaybook, switch_off};
use crate::worker::rest::Rest;
use pgrx::Uuid;
use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

/// The most playbooks of one tenant in one step.
const AT_ONCE: usize = 4;

/// The playbooks that are still to be switched off.
#[derive(Default)]
pub struct SwitchOffs {
    by_tenant: HashMap<Uuid, Waiting>,
}

#[derive(Default)]
struct Waiting {
    playbooks: BTreeSet<Uuid>,
    rest: Rest,
}

impl SwitchOffs {
    /// Remembers these.
    pub fn add(&mut self, gone: Vec<TenantPlaybook>) {
        for (tenant, playbook) in gone {
            let waiting = self.by_tenant.entry(tenant).or_default();
            waiting.playbooks.insert(playbook);
        }
    }

    /// Whether one is still to be switched off.
    pub fn contains(&self, (tenant, playbook): TenantPlaybook) -> bool {
        let waiting = self.by_tenant.get(&tenant);
        waiting.is_some_and(|it| it.playbooks.contains(&playbook))
    }

    /// Switches some off. A tenant for which that fails rests, longer each time.
    pub fn step(&mut self) {
        let now = Instant::now();
        for (tenant, waiting) in &mut self.by_tenant {
            if waiting.rest.is_over(now) {
                waiting.step(*tenant, now);
            }
        }
        self.by_tenant.retain(|_, it| !it.playbooks.is_empty());
    }
}

impl Waiting {
    fn step(&mut self, tenant: Uuid, now: Instant) {
        let some = self.playbooks.iter().copied().take(AT_ONCE);
        for playbook in some.collect::<Vec<_>>() {
            let is_off = extension::run(c"switching off a playbook", || {
                sql::run("set local lock_timeout = '20ms'", &[])?;
                switch_off((tenant, playbook))
            });
            if is_off != Some(true) {
                return self.rest.begin(now, now.elapsed());
            }
            self.playbooks.remove(&playbook);
        }
        self.rest.end();
    }
}
