//! What tests of the journey share.

mod auto_complete;
mod board;
mod boundaries;
mod milestones;
mod moves;

mod stages;
mod undo;
mod velocity;

use super::{run, text};

/// The account that tests move, as SQL.
pub const FIRST: &str = "(select id from cs.accounts where name = 'First')";

/// Moves it by a bare update.
pub fn move_to(stage: &str) {
    run(&format!(
        "update cs.accounts set current_stage = '{stage}' where name = 'First'"
    ));
}

/// A required milestone of a stage.
pub fn milestone(stage: &str, title: &str) {
    run(&format!(
        "insert into cs.stage_milestones (tenant_id, stage_id, title)
         select tenant_id, id, '{title}' from cs.journey_stages as stage
         where name = '{stage}' and tenant_id = (select id from cs.tenants where slug = 'one')"
    ));
}

/// A milestone's id, as SQL.
pub fn id_of(title: &str) -> String {
    format!("(select id from cs.stage_milestones where title = '{title}')")
}

/// The stage and status of the account.
pub fn stage_and_status() -> String {
    text("select current_stage || ' ' || status from cs.accounts where name = 'First'").unwrap()
}
