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

/// Something a role may or may not do. A Contributor may act on own accounts only, so wherever an action on an account
/// is checked, `may_see_account` is checked too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    PeopleRead,
    StageRead,
    AccountRead,
    PlaybookRead,
    PlaybookRun,
    StageMove,
    ActivityLog,
    ViewSave,
    ViewShare,
    AccountEdit,
    AccountDelete,
    UsageRecord,
    ScoreOverride,
    ActivityEdit,
    ViewDelete,
    PlaybookEdit,
    StageEdit,
    FieldEdit,
    ScoreImport,
    HealthEdit,
    PeopleEdit,
    TenantEdit,
    AuditRead,
}

/// What is known of an action.
struct Right {
    action: Action,
    /// As policies and pages name it.
    name: &'static str,
    /// What it allows, to follow "your role may not".
    description: &'static str,
    roles: &'static [Role],
}

const fn right(
    action: Action,
    name: &'static str,
    description: &'static str,
    roles: &'static [Role],
) -> Right {
    Right {
        action,
        name,
        description,
        roles,
    }
}

const ALL: &[Role] = &[Viewer, Contributor, Practitioner, TenantAdmin];
const WORKING: &[Role] = &[Contributor, Practitioner, TenantAdmin];
const EDITING: &[Role] = &[Practitioner, TenantAdmin];
const ADMIN: &[Role] = &[TenantAdmin];

/// The matrix: every right is one line of it.
#[rustfmt::skip]
const RIGHTS: [Right; 23] = [
    right(Action::PeopleRead, "people.read", "see the people of this tenant", ALL),
    right(Action::StageRead, "stage.read", "see stages", ALL),
    right(Action::AccountRead, "account.read", "see accounts", ALL),
    right(Action::PlaybookRead, "playbook.read", "see playbooks", WORKING),
    right(Action::PlaybookRun, "playbook.run", "run playbooks by hand, or send their deliveries again", WORKING),
    right(Action::StageMove, "stage.move", "move accounts to another stage, or complete milestones", WORKING),
    right(Action::ActivityLog, "activity.log", "log activities", WORKING),
    right(Action::ViewSave, "view.save", "save views", ALL),
    right(Action::ViewShare, "view.share", "share views", EDITING),
    right(Action::AccountEdit, "account.edit", "edit or share accounts", EDITING),
    right(Action::AccountDelete, "account.delete", "delete or merge accounts", ADMIN),
    right(Action::UsageRecord, "usage.record", "record usage or refresh health scores", EDITING),
    right(Action::ScoreOverride, "score.override", "override health scores", EDITING),
    right(Action::ActivityEdit, "activity.edit", "change what others have logged", ADMIN),
    right(Action::ViewDelete, "view.delete", "delete the views of others", ADMIN),
    right(Action::PlaybookEdit, "playbook.edit", "edit playbooks", ADMIN),
    right(Action::StageEdit, "stage.edit", "edit stages and milestones", ADMIN),
    right(Action::FieldEdit, "field.edit", "define custom fields", ADMIN),
    right(Action::ScoreImport, "score.import", "import health scores", ADMIN),
    right(Action::HealthEdit, "health.edit", "change the health model", ADMIN),
    right(Action::PeopleEdit, "people.edit", "manage people and API tokens", ADMIN),
    right(Action::TenantEdit, "tenant.edit", "change the tenant", ADMIN),
    right(Action::AuditRead, "audit.read", "read the audit log", ADMIN),
];

impl Action {
    /// The action of this name, as `cs.tenant_where` takes it.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = RIGHTS.iter();
        all.find(|it| it.name == name).map(|it| it.action)
    }

    /// Its line of the matrix; a test holds both to one order.
    const fn right(self) -> &'static Right {
        &RIGHTS[self as usize]
    }

    /// Whether a role may do it at all.
    pub fn is_allowed_to(self, role: Role) -> bool {
        self.right().roles.contains(&role)
    }

    /// What it allows, to follow "your role may not".
    pub const fn description(self) -> &'static str {
        self.right().description
    }
}

impl Role {
    /// Whether this role sees every account of its tenant, or only own ones.
    pub const fn sees_all_accounts(self) -> bool {
        !matches!(self, Contributor)
    }
}

/// What is done to one account at a time, for its page.
const ON_ACCOUNTS: [&str; 10] = [
    "account.read",
    "account.edit",
    "account.delete",
    "activity.log",
    "activity.edit",
    "playbook.read",
    "playbook.run",
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
    let allowed = |it: &&Right| role.is_some_and(|role| it.action.is_allowed_to(role));
    RIGHTS.iter().filter(allowed).map(|it| it.name).collect()
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
    fn each_action_finds_its_own_line() {
        for (place, right) in RIGHTS.iter().enumerate() {
            assert_eq!(right.action as usize, place, "{}", right.name);
            assert_eq!(Action::from_name(right.name), Some(right.action));
        }
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
            "playbook.run",
            "stage.move",
            "activity.log",
            "view.save",
        ];
        assert_eq!(actions_of(Some(Contributor)), expected);
        assert!(!Contributor.sees_all_accounts());
    }

    #[test]
    fn an_unknown_caller_may_do_nothing() {
        assert!(actions_of(None).is_empty());
        assert_eq!(Action::from_name("account.burn"), None);
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
