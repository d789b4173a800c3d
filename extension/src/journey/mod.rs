//! Owns the journey of accounts through the stages: moves and what holds them back, their history, milestones, the
//! board, and the editing of stages.

mod account_stage;
mod auto_complete;
mod board;
mod board_cursor;
mod check_milestone;
mod check_stage;
mod complete_milestone;
mod delete_stage;
mod gate;
mod history;
mod move_account;
mod move_context;
mod period;
mod save_milestones;
mod save_stages;
mod status_coupling;
mod undo_move;

pub use account_stage::{apply_stage_change, set_first_stage};
pub use auto_complete::auto_complete_milestones;
