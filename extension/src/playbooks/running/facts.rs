//! Owns what is known of accounts, and of the runs before, when playbooks are about to run.

use super::Match;
use super::payload::AccountFacts;
use crate::health;
use crate::pg::fault::Fault;
use crate::pg::sql::{self};
use crate::pg::stream::{Argument, Sight, stream_with};
use crate::stages::AccountStatus;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is known of the accounts of these matches, by account.
pub fn read_account_facts(matches: &[Match]) -> Result<HashMap<Uuid, AccountFacts>, Fault> {
    let pairs = matches
        .iter()
        .map(|it| (it.event.tenant_id, it.event.account_id))
        .collect::<BTreeSet<_>>();
    let (tenants, accounts): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let known = sql::write(
        include_str!("../sql/facts.sql"),
        &[tenants.into(), accounts.into()],
        |row| {
            let facts = AccountFacts {
                account_name: row.need("name")?,
                status: AccountStatus::from_label(&row.need::<String>("status")?)
                    .ok_or_else(|| Fault::internal("an account has no known status"))?,
                stage: row.need("current_stage")?,
                arr: row
                    .maybe::<String>("arr")?
                    .and_then(|text| text.parse().ok()),
                csm_id: row.maybe("csm_id")?,
                csm_email: row.maybe("csm_email")?,
                csm_name: row.maybe("csm_name")?,
                health_score: row.maybe("overall_score")?,
                previous_score: row.maybe("previous_score")?,
                risk_level: row.maybe("risk_level")?,
                is_uncertain: row.need("is_uncertain")?,
                is_stale: row.need("is_stale")?,
                tenant_slug: row.need("tenant_slug")?,
            };
            Ok((row.need("id")?, facts))
        },
    )?;
    Ok(known.into_iter().collect())
}

/// A playbook and an account.
type Pair = (Uuid, Uuid);

/// How often and how lately playbooks ran.
#[derive(Debug, Default)]
pub struct RunHistory {
    minutes_since_last: HashMap<Pair, f64>,
    last_sequence: HashMap<Pair, i64>,
    today: HashMap<Uuid, i64>,
    lately: HashMap<Uuid, i64>,
}

impl RunHistory {
    /// That of the playbooks of these matches, as committed by now and written so far: others may not write any while this
    /// transaction has the lock of the tenant.
    pub fn read(matches: &[Match]) -> Result<Self, Fault> {
        let mut history = Self::default();
        history.read_last_runs(matches)?;
        history.count_runs(matches)?;
        Ok(history)
    }

    fn read_last_runs(&mut self, matches: &[Match]) -> Result<(), Fault> {
        let all =
            |pick: fn(&Match) -> Uuid| Argument::new(matches.iter().map(pick).collect::<Vec<_>>());
        let arguments = [
            all(|it| it.event.tenant_id),
            all(|it| it.playbook.id),
            all(|it| it.event.account_id),
        ];
        let query = include_str!("../sql/last_runs.sql");
        stream_with(Sight::Latest, query, &arguments, &mut |row| {
            if let (Some(playbook), Some(account)) = (row.uuid(0), row.uuid(1)) {
                let pair = (playbook, account);
                if let Some(minutes) = row.value(2) {
                    self.minutes_since_last.insert(pair, minutes);
                }
                if let Some(sequence) = row.value::<i64>(3) {
                    self.last_sequence.insert(pair, sequence);
                }
            }
        })
    }

    fn count_runs(&mut self, matches: &[Match]) -> Result<(), Fault> {
        let mut playbooks = BTreeMap::<Uuid, BTreeSet<Uuid>>::new();
        for it in matches {
            playbooks
                .entry(it.event.tenant_id)
                .or_default()
                .insert(it.playbook.id);
        }
        for (tenant, ids) in playbooks {
            let today: TimestampWithTimeZone = health::today_began(tenant)?;
            let arguments = [
                Argument::new(tenant),
                Argument::new(Vec::from_iter(ids)),
                Argument::new(today),
            ];
            let query = include_str!("../sql/count_runs.sql");
            stream_with(Sight::Latest, query, &arguments, &mut |row| {
                if let Some(playbook) = row.uuid(0) {
                    self.today.insert(playbook, row.value(1).unwrap_or(0));
                    self.lately.insert(playbook, row.value(2).unwrap_or(0));
                }
            })?;
        }
        Ok(())
    }

    /// Minutes since this playbook last ran for this account.
    pub fn minutes_since_last(&self, playbook: Uuid, account: Uuid) -> Option<f64> {
        self.minutes_since_last.get(&(playbook, account)).copied()
    }

    /// Runs of this playbook today.
    pub fn today(&self, playbook: Uuid) -> i64 {
        self.today.get(&playbook).copied().unwrap_or(0)
    }

    /// Runs of this playbook in the last ten minutes.
    pub fn lately(&self, playbook: Uuid) -> i64 {
        self.lately.get(&playbook).copied().unwrap_or(0)
    }

    /// Counts a run that is about to be written, and gives it its place among those of the playbook for this account: in
    /// microseconds of the clock, so that it grows even where runs have been purged.
    pub fn count(&mut self, playbook: Uuid, account: Uuid) -> i64 {
        let pair = (playbook, account);
        self.minutes_since_last.insert(pair, 0.0);
        *self.today.entry(playbook).or_default() += 1;
        *self.lately.entry(playbook).or_default() += 1;
        let last = self.last_sequence.entry(pair).or_default();
        *last = (*last + 1).max(chrono::Utc::now().timestamp_micros());
        *last
    }
}
