//! The health engine: the scores of a tenant against one aggregate scan of its usage, how that grows with the accounts,
//! and how long a row of usage takes to become a score.

mod fresh;
mod growth;
mod whole;

use std::thread;

use anyhow::{Result, anyhow, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use postgres::Client;

use crate::measure::Line;

/// All of it.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let large = Database::clone_template(cluster)?;
    let sizes = Database::clone_template(cluster)?;
    // Making rows takes longest, so both databases are filled side by side; nothing is measured meanwhile.
    let (tenant, tenants) = thread::scope(|scope| {
        let tenants = scope.spawn(|| growth::make(&sizes));
        (whole::make(&large), tenants.join())
    });
    let tenant = tenant?;
    let tenants = tenants.map_err(|_| anyhow!("making the tenants panicked"))??;
    let mut lines = whole::measure(&large, &tenant)?;
    lines.extend(growth::measure(&sizes, tenants)?);
    lines.push(fresh::large(&large, &tenant)?);
    lines.push(fresh::small(cluster)?);
    Ok(lines)
}

/// A tenant and its admin.
struct Tenant {
    id: String,
    admin: String,
    accounts: i32,
}

impl Tenant {
    /// Makes a tenant of so many accounts with so many rows of usage each.
    fn make(database: &Database, accounts: i32, rows: i32) -> Result<Self> {
        println!("health: making {accounts} accounts with {rows} rows each …");
        let name = format!("bench-{accounts}");
        let script = include_str!("health/tenant.sql")
            .replace("<name>", &name)
            .replace("<accounts>", &accounts.to_string())
            .replace("<rows>", &rows.to_string());
        database.connect()?.batch_execute(&script)?;
        Self::of(database, &format!("admin@{name}"))
    }

    /// The tenant whose admin has this e-mail address.
    fn of(database: &Database, email: &str) -> Result<Self> {
        let row = database.connect()?.query_one(
            "select
                 profile.tenant_id::text,
                 profile.user_id::text,
                 (select count(*)::integer from cs.accounts where tenant_id = profile.tenant_id)
             from cs.profiles as profile
             join cs.users as person on person.id = profile.user_id
             where person.email = $1",
            &[&email],
        )?;
        Ok(Self {
            id: row.get(0),
            admin: row.get(1),
            accounts: row.get(2),
        })
    }

    /// A connection of its admin.
    fn admin(&self, database: &Database) -> Result<Client> {
        database.connect_member(&self.admin)
    }

    /// Computes the first score of every account; returns the moment they are computed for.
    fn first_scores(&self, admin: &mut Client) -> Result<String> {
        let row = admin.query_one("select cs.refresh_health(), now()::text", &[])?;
        let written: i64 = row.get(0);
        ensure!(
            written == i64::from(self.accounts),
            "refresh_health wrote {written} scores of {} accounts",
            self.accounts
        );
        Ok(row.get(1))
    }
}

/// What the server would do by itself in time.
fn settle(database: &Database) -> Result<()> {
    Ok(database.connect()?.batch_execute("vacuum analyze")?)
}

/// Computes all scores again.
fn refresh(admin: &mut Client) -> Result<()> {
    admin.query_one("select cs.refresh_health()", &[])?;
    Ok(())
}
