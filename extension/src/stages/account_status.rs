//! Owns the status of an account, which goes with its stage: lost accounts stand in the end stage. Pure.

/// How an account is doing business; the database's `cs.account_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// A customer.
    Active,
    /// A customer for whom everything automatic waits.
    Paused,
    /// A lost customer.
    Churned,
}

impl AccountStatus {
    /// The labels of `cs.account_status`, in its order.
    pub const LABELS: [&'static str; 3] = [
        Self::Active.label(),
        Self::Paused.label(),
        Self::Churned.label(),
    ];

    /// The label of `cs.account_status`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Paused => "Paused",
            Self::Churned => "Churned",
        }
    }

    /// The status that a label of `cs.account_status` names.
    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Active, Self::Paused, Self::Churned]
            .into_iter()
            .find(|status| status.label() == label)
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn each_label_names_its_status() {
        for label in AccountStatus::LABELS {
            let status = AccountStatus::from_label(label);
            assert_eq!(status.map(AccountStatus::label), Some(label));
        }
        assert_eq!(AccountStatus::from_label("churned"), None);
    }
}
