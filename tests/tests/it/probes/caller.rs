//! The kinds of caller: people stated by settings, a linked role, the gateway, and a role that is nobody.

use super::dice::Dice;
use crate::world::{MEMBER_ROLES, World};

/// Settings come before the database role, so who is known by the role alone must find none.
const NOBODY: &str = "set local app.current_user_id = ''; set local app.current_tenant_id = ''";

pub struct Caller {
    pub name: &'static str,
    /// The tenant that it belongs to; of who belongs to none, the one not named in its probes.
    pub side: usize,
    /// The tenants that it must not see.
    pub foreign: Vec<usize>,
    /// Statements that make a superuser's transaction this caller's.
    pub enter: String,
}

impl Caller {
    pub fn draw(dice: &mut Dice<'_>, world: &World) -> Self {
        let side = dice.below(2);
        let tenant = &world.tenants[side];
        let person = dice.below(MEMBER_ROLES.len());
        let (name, enter) = match dice.below(8) {
            0..=3 => (
                MEMBER_ROLES[person],
                format!("{}; set local role cs_member", tenant.identity(person)),
            ),
            4 | 5 => (
                "analyst",
                format!(
                    "{NOBODY}; set local session authorization {}",
                    tenant.analyst
                ),
            ),
            6 => (
                "gateway",
                format!(
                    "set local session authorization cs_web; {}; set local role cs_member",
                    tenant.identity(person)
                ),
            ),
            _ => (
                "bare role",
                format!("{NOBODY}; set local session authorization {}", world.bare),
            ),
        };
        let foreign = if name == "bare role" {
            vec![0, 1]
        } else {
            vec![1 - side]
        };
        Self {
            name,
            side,
            foreign,
            enter,
        }
    }
}
