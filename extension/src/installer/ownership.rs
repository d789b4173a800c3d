//! Owns putting right what a restore has left out: tables that belong to whoever restored them, or privileges that nobody has.

use crate::background::footing::{self, Obstacle};
use crate::pg::fault::Fault;
use crate::pg::sql;

/// Gives the tables and types of these files to their owner where something is missing; true where it was.
pub fn mend<'a>(files: impl Iterator<Item = &'a str>) -> Result<bool, Fault> {
    if footing::find_obstacle()? != Some(Obstacle::Incomplete) {
        return Ok(false);
    }
    for text in files {
        for statement in text.lines().filter(|line| is_about_owner(line)) {
            sql::run(statement, &[])?;
        }
    }
    Ok(true)
}

fn is_about_owner(line: &str) -> bool {
    line.starts_with("alter ") && line.ends_with(" owner to cs_owner;")
}
