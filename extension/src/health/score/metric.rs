//! Owns a row of usage as the formulas take it: its type, moment, quantity and the metadata they use. Pure.

use super::clock::Moment;
use super::quantity::Quantity;

/// `cs.metric_type`, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricKind {
    /// People signing in.
    Logins,
    /// Features used.
    FeatureUsage,
    /// Programs calling.
    ApiCalls,
    /// Requests for help.
    SupportTickets,
}

/// All kinds. The first three are usage.
pub const KINDS: [MetricKind; 4] = [
    MetricKind::Logins,
    MetricKind::FeatureUsage,
    MetricKind::ApiCalls,
    MetricKind::SupportTickets,
];

impl MetricKind {
    /// The label of `cs.metric_type`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Logins => "logins",
            Self::FeatureUsage => "feature_usage",
            Self::ApiCalls => "api_calls",
            Self::SupportTickets => "support_tickets",
        }
    }

    /// Its place in an array by kind.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// When, and which row: of two rows with the same moment the one with the larger id is the later.
pub type Stamp = (Moment, u128);

/// A row of `usage_metrics`.
#[derive(Debug, Clone)]
pub struct UsageRow<'a> {
    /// Its type.
    pub kind: MetricKind,
    /// `recorded_at` and `id`.
    pub stamp: Stamp,
    /// `metric_value`.
    pub value: Quantity,
    /// The metadata that the formulas use.
    pub metadata: UsageMetadata<'a>,
}

/// Metadata of a row; what is missing or malformed is `None`.
#[derive(Debug, Clone, Default)]
pub struct UsageMetadata<'a> {
    /// Fingerprint of the person.
    pub user: Option<u64>,
    /// People in that period, where they are counted elsewhere.
    pub active_users: Option<f64>,
    /// Seats bought.
    pub seats: Option<f64>,
    /// Number of the feature's name.
    pub feature: Option<u32>,
    /// Fingerprint of the ticket.
    pub ticket: Option<u64>,
    /// Its severity.
    pub severity: Option<&'a str>,
    /// Its status.
    pub status: Option<&'a str>,
    /// When the ticket was opened.
    pub opened_at: Option<Moment>,
    /// When it was resolved.
    pub resolved_at: Option<Moment>,
    /// Satisfaction from 1 to 5.
    pub csat: Option<Quantity>,
}
