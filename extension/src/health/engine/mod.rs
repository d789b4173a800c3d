//! Owns the way from usage rows to scores: evidence is gathered, scored and written, when marked, daily or asked for.

pub mod cap_facts;
pub mod compute;
pub mod daily_pass;
pub mod gather;
pub mod local_clock;
pub mod marked_accounts;
mod marks;
mod metadata;
pub mod next_row;
pub mod norms;
pub mod question;
pub mod refresh;
pub mod supersede;
mod usage_rows;
pub mod write;
