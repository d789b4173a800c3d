//! Owns the import of accounts by the ids they have elsewhere: parents before children, then what changes, all faults told.
//! Runs with the caller's rights.

use super::import_rows::{self, Line};
use super::patch::{COLUMNS, CSM, EXTERNAL_ID, NAME, PARENT, Values};
use super::write::{self, Present, Target};
use crate::hierarchy;
use crate::identity::{self, Action};
use crate::people::{find_members, no_such_member};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::rejected_rows::{Rejected, refusal};
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::pg::subtransaction::{Failure, rehearsed};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};

#[pg_extern]
fn import_accounts(
    rows: Option<JsonText>,
    dry_run: default!(Option<bool>, "true"),
    new_fields: default!(Option<bool>, "false"),
    keep_good: default!(Option<bool>, "false"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let rows = rows.as_ref().map_or("null", JsonText::as_str);
    let new_fields = new_fields == Some(true);
    let outcome = match dry_run {
        Some(false) => real(rows, new_fields, keep_good == Some(true)).or_raise(),
        _ => rehearsed(|| run(rows, new_fields)),
    };
    JsonB(json!({
        "inserted": outcome.inserted,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
    }))
}

#[derive(Default)]
struct Outcome {
    rows: usize,
    inserted: usize,
    updated: usize,
    unchanged: usize,
    rejected: Vec<Rejected>,
}

fn real(rows: &str, new_fields: bool, keep_good: bool) -> Result<Outcome, Fault> {
    let outcome = run(rows, new_fields)?;
    match keep_good || outcome.rejected.is_empty() {
        true => Ok(outcome),
        false => Err(refusal(&outcome.rejected, outcome.rows)),
    }
}

fn run(rows: &str, new_fields: bool) -> Result<Outcome, Fault> {
    let tenant = write::own_tenant()?;
    identity::require(Action::AccountEdit, tenant)?;
    let elements = serde_json::from_str::<Vec<&RawValue>>(rows)
        .map_err(|_| Fault::invalid("rows", "rows must be a JSON array"))?;
    let mut outcome = Outcome {
        rows: elements.len(),
        ..Outcome::default()
    };
    let mut lines = import_rows::read(&elements, &mut outcome.rejected);
    settle_csms(tenant, &mut lines, &mut outcome.rejected)?;
    if !new_fields {
        reject_new_fields(tenant, &mut lines, &mut outcome.rejected)?;
    }
    if lines.iter().any(|line| line.parent.is_some()) {
        hierarchy::lock_for_move(tenant);
    }
    let mut import = Import {
        tenant,
        known: Known::look_up(tenant, &lines)?,
        outcome,
    };
    let (existing, new): (Vec<_>, Vec<_>) = lines
        .into_iter()
        .partition(|line| import.known.present.contains_key(&line.external_id));
    import.insert_all(new)?;
    import.update_all(existing);
    import
        .outcome
        .rejected
        .sort_by(|one, other| (one.index, &one.field).cmp(&(other.index, &other.field)));
    Ok(import.outcome)
}

/// Takes the lines away that this says something against.
fn reject(
    lines: &mut Vec<Line>,
    rejected: &mut Vec<Rejected>,
    check: impl Fn(&mut Line) -> Vec<Rejected>,
) {
    lines.retain_mut(|line| {
        let faults = check(line);
        let is_good = faults.is_empty();
        rejected.extend(faults);
        is_good
    });
}

fn settle_csms(
    tenant: Uuid,
    lines: &mut Vec<Line>,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    let given: HashSet<&str> = lines
        .iter()
        .filter_map(|line| line.patch.0[CSM].as_ref()?.as_deref())
        .collect();
    let found = find_members(tenant, &given.into_iter().collect::<Vec<_>>())?;
    reject(lines, rejected, |line| {
        let Some(Some(given)) = &line.patch.0[CSM] else {
            return Vec::new();
        };
        match found.active(given) {
            Some(id) => {
                line.patch.0[CSM] = Some(Some(id.to_string()));
                Vec::new()
            }
            None => {
                let fault = no_such_member("csm");
                vec![Rejected::new(line.index, "csm", fault.message().to_owned())]
            }
        }
    });
    Ok(())
}

fn reject_new_fields(
    tenant: Uuid,
    lines: &mut Vec<Line>,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    if lines.iter().all(|line| line.attribute_keys().is_empty()) {
        return Ok(());
    }
    let known = sql::read(
        include_str!("sql/known_keys.sql"),
        &[tenant.into()],
        |row| row.need::<String>("key"),
    )?;
    let known: HashSet<String> = known.into_iter().collect();
    reject(lines, rejected, |line| {
        let keys = line.attribute_keys().into_iter();
        keys.filter(|key| !known.contains(key))
            .map(|key| {
                let reason = "is no field yet: make it a custom field, or pass new_fields => true";
                Rejected::new(
                    line.index,
                    crate::custom_fields::attributes::path(&key),
                    reason,
                )
            })
            .collect()
    });
    Ok(())
}

/// The accounts that lines are about or name as parents, by external id.
struct Known {
    ids: HashMap<String, Uuid>,
    present: HashMap<String, Present>,
}

impl Known {
    fn look_up(tenant: Uuid, lines: &[Line]) -> Result<Self, Fault> {
        let own: HashSet<&str> = lines.iter().map(|line| line.external_id.as_str()).collect();
        let parents = lines
            .iter()
            .filter_map(|line| line.parent.as_ref()?.as_deref());
        let named = own.iter().copied().chain(parents).collect::<Vec<_>>();
        let found = sql::write(
            "select external_id, id from cs.accounts where tenant_id = $1 and external_id = any ($2)",
            &[tenant.into(), named.into()],
            |row| Ok((row.need::<String>("external_id")?, row.need::<Uuid>("id")?)),
        )?;
        let about = found.iter().filter(|(it, _)| own.contains(it.as_str()));
        let about = about.map(|(_, id)| *id).collect::<Vec<_>>();
        let present = write::locked(tenant, &about)?.into_iter();
        Ok(Self {
            present: present
                .filter_map(|it| Some((it.values[EXTERNAL_ID].clone()?, it)))
                .collect(),
            ids: found.into_iter().collect(),
        })
    }
}

struct Import {
    tenant: Uuid,
    known: Known,
    outcome: Outcome,
}

impl Import {
    fn reject(&mut self, index: usize, field: &'static str, reason: &'static str) {
        self.outcome
            .rejected
            .push(Rejected::new(index, field, reason));
    }

    /// Writes new accounts level by level, so that each finds its parent.
    fn insert_all(&mut self, lines: Vec<Line>) -> Result<(), Fault> {
        let mut waiting = Vec::new();
        for line in lines {
            match line.patch.names(NAME) {
                true => waiting.push(line),
                false => self.reject(line.index, "name", "is missing, and the account is new"),
            }
        }
        // Whatever order they came in: of two that make the same accounts one waits for the other, and never both.
        waiting.sort_by(|one, other| one.external_id.cmp(&other.external_id));
        while !waiting.is_empty() {
            let is_ready = |line: &Line| match &line.parent {
                Some(Some(parent)) => self.known.ids.contains_key(parent),
                _ => true,
            };
            let (ready, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_ready);
            if ready.is_empty() {
                for line in &later {
                    self.reject(line.index, "parent_external_id", NO_PARENT);
                }
                return Ok(());
            }
            self.insert_level(&ready);
            waiting = later;
        }
        Ok(())
    }

    fn insert_level(&mut self, lines: &[Line]) {
        let rows = lines
            .iter()
            .map(|line| (line.index, self.values(line, &Values::default())))
            .collect::<Vec<_>>();
        let mut refused = Vec::new();
        let made: HashMap<String, Uuid> = write::piecemeal(
            &rows.iter().collect::<Vec<_>>(),
            &|part: &[&(usize, Values)]| {
                let values = part.iter().map(|(_, values)| values).collect::<Vec<_>>();
                write::insert(self.tenant, &values)
            },
            &mut |(index, _): &(usize, Values), failure| refused.push(told(*index, &failure)),
        )
        .into_iter()
        .collect();
        let said: HashSet<usize> = refused.iter().map(|it| it.index).collect();
        for line in lines {
            if !made.contains_key(&line.external_id) && !said.contains(&line.index) {
                let reason = "was made by somebody else just now: import the row again";
                self.reject(line.index, "external_id", reason);
            }
        }
        self.outcome.inserted += made.len();
        self.outcome.rejected.extend(refused);
        self.known.ids.extend(made);
    }

    fn update_all(&mut self, lines: Vec<Line>) {
        let mut targets = Vec::new();
        for line in &lines {
            let unknown =
                matches!(&line.parent, Some(Some(it)) if !self.known.ids.contains_key(it));
            match (unknown, self.known.present.get(&line.external_id)) {
                (false, Some(present)) => {
                    let values = self.values(line, &present.values);
                    targets.push((
                        line.index,
                        Target {
                            id: present.id,
                            values,
                        },
                    ));
                }
                _ => self.reject(line.index, "parent_external_id", NO_PARENT),
            }
        }
        let touched = (0..COLUMNS.len()).filter(|place| {
            let says = |line: &Line| match *place {
                PARENT => line.parent.is_some(),
                place => line.patch.names(place),
            };
            lines.iter().any(says)
        });
        let touched = touched.collect::<Vec<_>>();
        let mut refused = Vec::new();
        let updated = write::piecemeal(
            &targets.iter().collect::<Vec<_>>(),
            &|part: &[&(usize, Target)]| {
                let part = part.iter().map(|(_, target)| target).collect::<Vec<_>>();
                write::update(self.tenant, &part, &touched)
            },
            &mut |(index, _): &(usize, Target), failure| refused.push(told(*index, &failure)),
        );
        self.outcome.updated += updated.len();
        self.outcome.unchanged += targets.len() - updated.len() - refused.len();
        self.outcome.rejected.extend(refused);
    }

    /// What a line makes of an account, its parent found.
    fn values(&self, line: &Line, present: &Values) -> Values {
        let mut values = line.patch.applied(present);
        values[EXTERNAL_ID] = Some(line.external_id.clone());
        if let Some(parent) = &line.parent {
            let id = parent.as_ref().and_then(|it| self.known.ids.get(it));
            values[PARENT] = id.map(Uuid::to_string);
        }
        values
    }
}

const NO_PARENT: &str =
    "is no account of this tenant, nor a good row of this import outside of a circle";

/// Why the database refused a row, said of the key it is about.
fn told(index: usize, failure: &Failure) -> Rejected {
    let field = match failure.field().as_deref() {
        Some("parent_id") => "parent_external_id".to_owned(),
        Some("csm_id") => "csm".to_owned(),
        Some(field) => field.to_owned(),
        None => "rows".to_owned(),
    };
    Rejected::new(index, field, failure.message.clone())
}
