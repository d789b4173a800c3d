//! The pages in a real browser: gateways, each in front of a database of its own, and Playwright against them.

use std::fmt;
use std::process::Command;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::database::Database;
use crate::gateway::Gateway;
use crate::receiver::Receiver;
use crate::tree;

/// The sample's own accounts, without more around them.
pub const FEWEST: i32 = 3;

/// A whole system with the sample data, for one browser at a time.
pub struct Site {
    // Dropped in this order: who uses goes before what is used.
    /// Its gateway.
    pub gateway: Gateway,
    /// Its database.
    pub database: Database,
    /// Where its webhooks arrive.
    pub receiver: Receiver,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("gateway", &self.gateway)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}

impl Site {
    /// The sample with this many accounts, in a database of its own. What it would post waits.
    pub fn with_sample(cluster: &Cluster, accounts: i32) -> Result<Self> {
        let database = Database::clone_template(cluster)?;
        let receiver = Receiver::start(0, None)?;
        database.connect()?.execute(
            "select cs.load_sample_data($1, $2)",
            &[&receiver.url(), &accounts],
        )?;
        Self::of(database, receiver)
    }

    /// A gateway in front of a database that is there.
    pub fn of(database: Database, receiver: Receiver) -> Result<Self> {
        let gateway = Gateway::start(&database)?;
        Ok(Self {
            gateway,
            database,
            receiver,
        })
    }
}

/// The command that runs Playwright over the pages: one worker for each site, and a site with many accounts for those that ask
/// for it.
pub fn playwright(sites: &[Site], crowd: &Site) -> Result<Command> {
    let web = tree::root().join("gateway/web");
    let mut command = Command::new(web.join("node_modules/.bin/playwright"));
    command
        .arg("test")
        .current_dir(&web)
        .env(
            "SITES",
            Value::from_iter(sites.iter().map(address)).to_string(),
        )
        .env("CROWD", address(crowd).to_string())
        .env("PGHOST", "127.0.0.1")
        .env("PGPORT", crowd.database.port.to_string())
        .env("PGUSER", "postgres")
        .env("PSQL", tree::Server::find()?.program("psql"))
        .env("CI", "1");
    Ok(command)
}

fn address(site: &Site) -> Value {
    json!({
        "url": site.gateway.url,
        "database": site.database.name,
        "receiver": site.receiver.url(),
    })
}
