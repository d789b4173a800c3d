//! Owns what is known of a tenant's stages: the one way from a name to a stage, and which stage an account may start in or
//! enter. With the caller's rights.

mod account_status;

use crate::identity::{self, Action};
use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::Fault;
use crate::pg::section::{System, caller_is_narrowed, inside_system};
use crate::pg::sql::Kept;
use crate::pg::sql::types::UUID;
use cs_text::fold_name;
use pgrx::Uuid;
use std::rc::Rc;

pub use account_status::AccountStatus;

/// A stage of the journey; a row of `cs.journey_stages`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub id: Uuid,
    pub name: String,
    pub display_order: i32,
    pub is_side: bool,
    pub is_end: bool,
    pub is_active: bool,
}

impl Stage {
    /// Whether it is on the line from the first stage to the last: neither a side stage nor the end.
    pub const fn is_main(&self) -> bool {
        !self.is_side && !self.is_end
    }
}

thread_local! {
    static ALL: Kept = const { Kept::new(include_str!("sql/stages.sql"), &[UUID]) };
    static KNOWN: ConfigurationCache<Uuid, Vec<Stage>> = ConfigurationCache::new(&[c"journey_stages"]);
}

/// Whether the policies of stages and milestones let a caller read those of this tenant.
pub fn may_read_stages(tenant: Uuid) -> bool {
    !caller_is_narrowed()
        || inside_system()
        || identity::tenant_if_allowed(Action::StageRead) == Some(tenant)
}

/// As [`Stages::of`], as remembered where that has stages of all these names.
pub fn remembered_stages(tenant: Uuid, names: &[&str]) -> Result<Stages, Fault> {
    if !may_read_stages(tenant) {
        return Stages::of(tenant);
    }
    let known = KNOWN.with(|it| {
        it.get_or_read(tenant, || {
            let _section = System::enter();
            Ok(Rc::unwrap_or_clone(Stages::of(tenant)?.0))
        })
    })?;
    let known = Stages(known);
    match names.iter().all(|name| known.named(name).is_some()) {
        true => Ok(known),
        false => Stages::of(tenant),
    }
}

/// All stages of a tenant, in display order.
#[derive(Debug, Clone)]
pub struct Stages(Rc<Vec<Stage>>);

impl Stages {
    /// Those of a tenant, as far as the caller sees them.
    pub fn of(tenant: Uuid) -> Result<Self, Fault> {
        ALL.with(|query| {
            query.read(&[tenant.into()], |row| {
                Ok(Stage {
                    id: row.need("id")?,
                    name: row.need("name")?,
                    display_order: row.need("display_order")?,
                    is_side: row.need("is_side")?,
                    is_end: row.need("is_end")?,
                    is_active: row.need("is_active")?,
                })
            })
        })
        .map(|it| Self(Rc::new(it)))
    }

    /// The stage of exactly this name.
    pub fn named(&self, name: &str) -> Option<&Stage> {
        self.0.iter().find(|it| it.name == name)
    }

    /// The stage with this id, else with this name as names are compared.
    pub fn find(&self, given: &str) -> Option<&Stage> {
        let folded = fold_name(given)?;
        let by_id = self.0.iter().find(|it| it.id.to_string() == folded);
        by_id.or_else(|| {
            let mut all = self.0.iter();
            all.find(|it| fold_name(&it.name).as_ref() == Some(&folded))
        })
    }

    /// The stage of lost customers, where there is one.
    pub fn end(&self) -> Option<&Stage> {
        self.0.iter().find(|it| it.is_end && it.is_active)
    }

    /// The stage a new account starts in: the first active main stage; 22023 where the tenant has none.
    pub fn first(&self) -> Result<&Stage, Fault> {
        let mut all = self.0.iter();
        all.find(|it| it.is_main() && it.is_active).ok_or_else(|| {
            Fault::invalid(
                "current_stage",
                "the tenant has no active main stage for an account to start in",
            )
            .hint("Add a stage to journey_stages, or name one.")
        })
    }

    /// The stage of exactly this name, if accounts may enter it; else 22023.
    pub fn enterable(&self, name: &str) -> Result<&Stage, Fault> {
        match self.named(name) {
            None => Err(
                Fault::invalid("current_stage", format!("there is no stage \"{name}\"")).hint(
                    "See journey_stages for the stages of this tenant; names are compared exactly.",
                ),
            ),
            Some(stage) if !stage.is_active => Err(Fault::invalid(
                "current_stage",
                format!("the stage \"{name}\" is no longer in use"),
            )
            .hint("See journey_stages for the active stages of this tenant.")),
            Some(stage) => Ok(stage),
        }
    }
}
