//! Owns who is calling: the person, the tenant and the role that every policy asks for.
//!
//! In: settings that superusers and the gateway may set, or a database role that was linked to a person. Out: [`current`],
//! looked up once per transaction.

mod cache;
mod caller_name;
mod database_role;
mod planner_support;
mod rights;
mod role_offers;
pub mod settings;
pub mod visible_account;

use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::id;
use crate::pg::section::{System, caller_is_narrowed, inside_system};
use crate::pg::setting;
use crate::pg::sql::types::UUID;
use crate::pg::sql::{self, Kept};
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{JsonB, PgTrigger, Uuid};
use std::cell::Cell;
use std::collections::HashSet;

pub use cache::{forget_caller, register_callbacks};
pub use caller_name::caller_name;
pub use rights::{Action, Role, actions_on_accounts};

/// The caller, as far as known. An unknown caller sees nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Identity {
    /// The active person, if any.
    pub user: Option<Uuid>,
    /// The active tenant that person works in, with the role there.
    pub membership: Option<(Uuid, Role)>,
}

thread_local! {
    static NOBODY: Cell<bool> = const { Cell::new(false) };
    static KNOWN_PEOPLE: ConfigurationCache<Uuid, Option<Memberships>> = ConfigurationCache::new(&[c"users", c"profiles", c"tenants"]);
    static MEMBERSHIPS: Kept = const { Kept::new(include_str!("sql/lookup.sql"), &[UUID]) };
    static OWN_ACCOUNTS: Kept = const { Kept::new(include_str!("sql/own_accounts.sql"), &[UUID, UUID]) };
}

/// The caller of the current statement.
pub fn current() -> Identity {
    match NOBODY.get() {
        true => Identity::default(),
        false => cache::get_or_look_up(|| look_up_caller().or_raise()),
    }
}

/// While alive, what happens is nobody's doing: a playbook's, say, whoever set it off.
pub struct Nobody {
    before: bool,
}

impl Nobody {
    /// Until the guard is dropped, also by a panic.
    pub fn acts() -> Self {
        Self {
            before: NOBODY.replace(true),
        }
    }
}

impl Drop for Nobody {
    fn drop(&mut self) {
        NOBODY.set(self.before);
    }
}

/// The active tenants that a person belongs to, with the role in each.
type Memberships = Vec<(Uuid, Role)>;

/// The person the settings name, else the one this database role was linked to.
fn look_up_caller() -> Result<Identity, Fault> {
    let (user, chosen) = match id::parse(&setting::text(&settings::USER_ID)) {
        Some(user) => (user, id::parse(&setting::text(&settings::TENANT_ID))),
        None => {
            let _section = System::enter();
            match database_role::find_linked_person()? {
                Some((user, tenant)) => (user, Some(tenant)),
                None => return Ok(Identity::default()),
            }
        }
    };
    let known = KNOWN_PEOPLE.with(|it| it.get_or_read(user, || read_memberships(user)))?;
    Ok(match known.as_ref() {
        None => Identity::default(),
        Some(memberships) => Identity {
            user: Some(user),
            membership: choose_membership(memberships, chosen),
        },
    })
}

/// `None` where there is no such person, or they are not active.
fn read_memberships(user: Uuid) -> Result<Option<Memberships>, Fault> {
    let _section = System::enter();
    let rows = MEMBERSHIPS.with(|query| {
        query.read(&[user.into()], |row| {
            Ok((
                row.maybe::<Uuid>("tenant_id")?,
                row.maybe::<String>("role")?,
            ))
        })
    })?;
    if rows.is_empty() {
        return Ok(None);
    }
    let memberships = rows
        .into_iter()
        .filter_map(|(tenant, role)| Some((tenant?, Role::from_label(&role?)?)));
    Ok(Some(memberships.collect()))
}

/// The tenant that the setting names, if the person belongs to it; without the setting, the only one the person has.
fn choose_membership(memberships: &[(Uuid, Role)], chosen: Option<Uuid>) -> Option<(Uuid, Role)> {
    match (chosen, memberships) {
        (Some(chosen), _) => memberships
            .iter()
            .copied()
            .find(|(tenant, _)| *tenant == chosen),
        (None, [only]) => Some(*only),
        (None, _) => None,
    }
}

#[pg_extern(stable, parallel_safe)]
fn current_user_id() -> Option<Uuid> {
    current().user
}

#[pg_extern(stable, parallel_safe)]
fn current_tenant_id() -> Option<Uuid> {
    current().membership.map(|(tenant, _)| tenant)
}

#[pg_extern(stable, parallel_safe)]
fn current_member_role() -> Option<&'static str> {
    current().membership.map(|(_, role)| role.label())
}

#[pg_extern(stable, parallel_safe)]
fn tenant_where(action: &str) -> Option<Uuid> {
    let known = Action::from_name(action)
        .ok_or_else(|| Fault::invalid("action", format!("there is no action \"{action}\"")));
    tenant_if_allowed(known.or_raise())
}

/// The current tenant if the caller may do this there.
pub fn tenant_if_allowed(action: Action) -> Option<Uuid> {
    current()
        .membership
        .filter(|(_, role)| action.is_allowed_to(*role))
        .map(|(tenant, _)| tenant)
}

/// Refuses a caller who may not do this in this tenant (42501). Row security narrows neither superusers nor those who
/// bypass it, and neither does this.
pub fn require(action: Action, tenant: Uuid) -> Result<(), Fault> {
    match !caller_is_narrowed() || tenant_if_allowed(action) == Some(tenant) {
        true => Ok(()),
        false => Err(refuse(action)),
    }
}

/// As [`require`], in a trigger: what a system section writes has been checked before.
pub fn require_in_trigger(action: Action, tenant: Uuid) -> Result<(), Fault> {
    match inside_system() {
        true => Ok(()),
        false => require(action, tenant),
    }
}

/// As [`require`], before it is known which tenant it is about: in the caller's tenant, whichever it is.
pub fn require_somewhere(action: Action) -> Result<(), Fault> {
    match !caller_is_narrowed() || tenant_if_allowed(action).is_some() {
        true => Ok(()),
        false => Err(refuse(action)),
    }
}

/// The caller's tenant. Errors: 42501 where the caller may not do this there.
pub fn require_current(action: Action) -> Result<Uuid, Fault> {
    tenant_if_allowed(action).ok_or_else(|| refuse(action))
}

fn refuse(action: Action) -> Fault {
    Fault::forbidden(format!("your role may not {}", action.description()))
}

#[pg_extern(stable, parallel_safe)]
fn may_see_account(account_id: Uuid) -> bool {
    caller_sees_account(account_id).or_raise()
}

/// Whether the caller's role lets them see this account, if it belongs to their tenant: the fence decides on the tenant.
fn caller_sees_account(account: Uuid) -> Result<bool, Fault> {
    match current() {
        Identity {
            user: Some(user),
            membership: Some((tenant, role)),
        } => {
            if role.sees_all_accounts() {
                return Ok(true);
            }
            cache::owns_account(account, || find_own_accounts(tenant, user))
        }
        _ => Ok(false),
    }
}

fn find_own_accounts(tenant: Uuid, user: Uuid) -> Result<HashSet<Uuid>, Fault> {
    let _section = System::enter();
    let own = OWN_ACCOUNTS
        .with(|query| query.read(&[tenant.into(), user.into()], |row| row.need("id")))?;
    Ok(own.into_iter().collect())
}

#[pg_extern(stable, parallel_safe)]
fn may_see_user(user_id: Uuid) -> bool {
    let caller = current();
    if caller.user == Some(user_id) {
        return true;
    }
    let Some((tenant, _)) = caller.membership else {
        return false;
    };
    let _section = System::enter();
    sql::exists(
        "select from cs.profiles where tenant_id = $1 and user_id = $2",
        &[tenant.into(), user_id.into()],
    )
    .or_raise()
}

#[pg_extern(stable)]
fn me() -> Option<JsonB> {
    let caller = current();
    let user = caller.user?;
    let (tenant, role) = caller.membership.unzip();
    let permissions = rights::actions_of(role);
    let _section = System::enter();
    sql::first(
        include_str!("sql/me.sql"),
        &[
            user.into(),
            tenant.into(),
            role.map(Role::label).into(),
            permissions.into(),
        ],
        |row| row.need::<JsonB>("me"),
    )
    .or_raise()
}

/// AFTER STATEMENT on people, profiles and tenants: changes count at once in this transaction.
#[pg_trigger]
fn tg_people__forget<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        forget_caller();
        Ok(())
    })
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn tenant(byte: u8) -> Uuid {
        Uuid::from_bytes([byte; 16])
    }

    #[test]
    fn the_only_tenant_is_taken_when_none_is_chosen() {
        assert_eq!(
            choose_membership(&[(tenant(1), Role::Viewer)], None),
            Some((tenant(1), Role::Viewer))
        );
    }

    #[test]
    fn without_a_choice_among_several_tenants_there_is_none() {
        assert_eq!(
            choose_membership(
                &[(tenant(1), Role::Viewer), (tenant(2), Role::Viewer)],
                None
            ),
            None
        );
    }

    #[test]
    fn a_chosen_tenant_must_be_ones_own() {
        let mine = [(tenant(1), Role::Viewer)];
        assert_eq!(choose_membership(&mine, Some(tenant(2))), None);
        assert_eq!(choose_membership(&mine, Some(tenant(1))), Some(mine[0]));
    }
}
