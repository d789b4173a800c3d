//! Seventeen customers as one meets them, each a course in time, with the scores that the definition gives them: worked
//! out by hand beside the rows. Each ends with what an experienced head of Customer Success would say of it.
//!
//! Days d are counted back from a Tuesday at noon; a daily row is from nine o'clock. A `healthy` day is 2 logins, one use of
//! each of five features and 20 calls; with the steady neighbour's the usual depth is the mean of 2.5 and the account's own.

mod changes;
mod decline;
mod feeds;
mod people;
mod seasons;
mod silent;
mod tickets;

/// The reason of the cap for use that fell to half.
const HALVED: &str = "Usage is at half or less of what was usual";
