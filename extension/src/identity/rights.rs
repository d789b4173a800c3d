//! Owns which member role may do what. Pure; the database asks through `cs.tenant_where(action)`.

/// What a person may do in a tenant; the database's `cs.member_role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Works on own accounts.
    Contributor,
    /// Works on all accounts.
    Practitioner,
    /// Also configures.
    TenantAdmin,
}

use Role::{Contributor, Practitioner, TenantAdmin, Viewer};

impl Role {
    /// The label of `cs.member_role`.
    pub const fn label(self) -> &'static str {
        match self {
            Viewer => "Viewer",
            Contributor => "Contributor",
            Practitioner => "Practitioner",
            TenantAdmin => "Tenant Admin",
        }
    }

    /// The role a label of `cs.member_role` names.
    pub fn from_label(label: &str) -> Option<Self> {
        [Viewer, Contributor, Practitioner, TenantAdmin]
            .into_iter()
            .find(|role| role.label() == label)
    }
}

/// Which roles may do what at all. What hangs on an account a Contributor may do on own accounts only, so wherever one of
/// these actions is asked for, `may_see_account` is asked too.
const RIGHTS: &[(&str, &[Role])] = &[
    (
        "people.read",
        &[Viewer, Contributor, Practitioner, TenantAdmin],
    ),
    (
        "stage.read",
        &[Viewer, Contributor, Practitioner, TenantAdmin],
    ),
    (
        "account.read",
        &[Viewer, Contributor, Practitioner, TenantAdmin],
    ),
    ("playbook.read", &[Contributor, Practitioner, TenantAdmin]),
    ("stage.move", &[Contributor, Practitioner, TenantAdmin]),
    ("activity.log", &[Contributor, Practitioner, TenantAdmin]),
    (
        "view.save",
        &[Viewer, Contributor, Practitioner, TenantAdmin],
    ),
    ("view.share", &[Practitioner, TenantAdmin]),
    ("account.edit", &[Practitioner, TenantAdmin]),
    ("usage.record", &[Practitioner, TenantAdmin]),
    ("score.override", &[Practitioner, TenantAdmin]),
    ("activity.edit", &[TenantAdmin]),
    ("view.delete", &[TenantAdmin]),
    ("playbook.edit", &[TenantAdmin]),
    ("stage.edit", &[TenantAdmin]),
    ("field.edit", &[TenantAdmin]),
    ("score.import", &[TenantAdmin]),
    ("health.edit", &[TenantAdmin]),
    ("people.edit", &[TenantAdmin]),
    ("tenant.edit", &[TenantAdmin]),
    ("audit.read", &[TenantAdmin]),
];

impl Role {
    /// Whether this role sees every account of its tenant, or only own ones.
    pub const fn sees_all_accounts(self) -> bool {
        !matches!(self, Contributor)
    }
}

/// The roles that may do an action; `None` where there is no such action.
pub fn roles_for(action: &str) -> Option<&'static [Role]> {
    RIGHTS
        .iter()
        .find(|(name, _)| *name == action)
        .map(|(_, roles)| *roles)
}

/// What is done to one account at a time, for its page.
const ON_ACCOUNTS: [&str; 8] = [
    "account.read",
    "account.edit",
    "activity.log",
    "activity.edit",
    "playbook.read",
    "score.override",
    "stage.move",
    "usage.record",
];

/// Those of a role's actions that are done to accounts.
pub fn actions_on_accounts(role: Option<Role>) -> Vec<&'static str> {
    let mut actions = actions_of(role);
    actions.retain(|action| ON_ACCOUNTS.contains(action));
    actions
}

/// All actions a role may do.
pub fn actions_of(role: Option<Role>) -> Vec<&'static str> {
    let allowed = |roles: &[Role]| role.is_some_and(|role| roles.contains(&role));
    RIGHTS
        .iter()
        .filter(|(_, roles)| allowed(roles))
        .map(|(name, _)| *name)
        .collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for role in [Viewer, Contributor, Practitioner, TenantAdmin] {
            assert_eq!(Role::from_label(role.label()), Some(role));
        }
        assert_eq!(Role::from_label("viewer"), None);
    }

    #[test]
    fn a_viewer_changes_nothing() {
        assert_eq!(
            actions_of(Some(Viewer)),
            ["people.read", "stage.read", "account.read", "view.save"]
        );
    }

    #[test]
    fn a_contributor_works_but_neither_edits_nor_configures() {
        let expected = [
            "people.read",
            "stage.read",
            "account.read",
            "playbook.read",
            "stage.move",
            "activity.log",
            "view.save",
        ];
        assert_eq!(actions_of(Some(Contributor)), expected);
        assert!(!Contributor.sees_all_accounts());
    }

    #[test]
    fn nobody_may_do_nothing() {
        assert!(actions_of(None).is_empty());
        assert_eq!(roles_for("account.burn"), None);
    }

    #[test]
    fn every_action_on_accounts_is_a_right() {
        let all = actions_on_accounts(Some(TenantAdmin));
        assert_eq!(all.len(), ON_ACCOUNTS.len());
        assert_eq!(actions_on_accounts(Some(Viewer)), ["account.read"]);
    }

    #[test]
    fn an_admin_may_do_everything() {
        assert_eq!(actions_of(Some(TenantAdmin)).len(), RIGHTS.len());
    }
}
