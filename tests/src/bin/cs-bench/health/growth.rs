//! What an account costs in tenants of three sizes, side by side.

use anyhow::Result;
use cs_tests::database::Database;

use super::{Tenant, refresh, settle};
use crate::measure::{Line, Side, compare_all};

const ROUNDS: usize = 5;
/// The smallest, which the others are measured against, first.
const SIZES: [(i32, &str); 3] = [(1_000, "1,000"), (10_000, "10,000"), (100_000, "100,000")];
/// Linear: an account costs as much in any tenant, but for caches.
const REACH: f64 = 1.3;

/// Three tenants with 50 rows of usage per account.
pub fn make(database: &Database) -> Result<Vec<Tenant>> {
    let tenants = SIZES.map(|(accounts, _)| Tenant::make(database, accounts, 50));
    let tenants = tenants.into_iter().collect::<Result<_>>()?;
    settle(database)?;
    Ok(tenants)
}

/// The time of 1,000 accounts in each.
pub fn measure(database: &Database, tenants: Vec<Tenant>) -> Result<Vec<Line>> {
    println!("health: tenants of three sizes …");
    let mut sides = Vec::new();
    for (tenant, (accounts, size)) in tenants.into_iter().zip(SIZES) {
        let mut admin = tenant.admin(database)?;
        tenant.first_scores(&mut admin)?;
        // What is quick is done more often.
        let times = (10_000 / accounts).max(1);
        let side = Side::new(
            format!(
                "health of 1,000 accounts with 50 rows each, in a tenant of {size} against one of 1,000"
            ),
            Some(REACH),
            move || (0..times).try_for_each(|_| refresh(&mut admin)),
        );
        sides.push(side.of(f64::from(times * accounts) / 1_000.0));
    }
    let smallest = sides.remove(0);
    compare_all(ROUNDS, sides, smallest)
}
