//! Owns the way from usage rows to scores: evidence is gathered, accounts are scored and scores are written, when
//! marked, daily or when asked for.

mod account_fields;
mod counted_time;
pub mod daily_pass;
mod daily_sums;
mod earlier_usage;
mod earlier_weeks;
pub mod evidence_reader;
pub mod evidence_request;
mod feature_names;
pub mod feed_reader;
pub mod marked_accounts;
mod marks;
pub mod next_row;
pub mod norms;
mod outages;
mod pauses;
pub mod plan_rows;
pub mod refresh;
mod row_groups;
mod score_columns;
pub mod score_row;
pub mod scored_account;
mod stored_metadata;
pub mod supersede;
pub mod tenant_time;
pub mod tenant_zone;
mod usage_rows;
mod write_scores;
