//! Owns what is known of a tenant's stages while an account moves between them.

mod account_status;

use crate::pg::fault::Fault;
use crate::pg::sql::Kept;
use crate::pg::sql::types::TEXT;
use pgrx::Uuid;

pub use account_status::AccountStatus;

/// A stage of the journey.
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
    /// On the line from the first stage to the last: neither beside it nor the end.
    pub const fn is_main(&self) -> bool {
        !self.is_side && !self.is_end
    }
}

thread_local! {
    static ALL: Kept = const { Kept::new(include_str!("sql/stages.sql"), &[TEXT]) };
}

/// All stages of a tenant, in display order.
#[derive(Debug, Clone)]
pub struct Stages(Vec<Stage>);

impl Stages {
    /// Of the tenant with this id.
    pub fn of(tenant: &str) -> Result<Self, Fault> {
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
        .map(Self)
    }

    /// The stage of exactly this name.
    pub fn named(&self, name: &str) -> Option<&Stage> {
        self.0.iter().find(|it| it.name == name)
    }

    /// The stage a caller means by its id, or by its name in whatever case.
    pub fn meant(&self, given: &str) -> Option<&Stage> {
        let lowered = given.trim().to_lowercase();
        let by_id = self.0.iter().find(|it| it.id.to_string() == lowered);
        by_id.or_else(|| {
            let mut all = self.0.iter();
            all.find(|it| it.name.trim().to_lowercase() == lowered)
        })
    }

    /// The stage of lost customers, where there is one.
    pub fn end(&self) -> Option<&Stage> {
        self.0.iter().find(|it| it.is_end && it.is_active)
    }

    /// Where a new account starts.
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

    /// The stage of exactly this name, if accounts may enter it.
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
