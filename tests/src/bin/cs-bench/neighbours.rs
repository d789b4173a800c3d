//! What one tenant, or a stranger, at its worst costs another: log-in, board, score and delivery of the quiet one, beside each way
//! to be loud, against the same while nothing else happens.

mod loud;
mod quiet;

use std::time::Duration;

use anyhow::Result;
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::gateway::Gateway;

use crate::measure::{Line, beside};
use loud::{Loud, WAYS};
use quiet::Quiet;

/// How long a loud neighbour is loud before the quiet one is looked at.
const WARM_UP: Duration = Duration::from_secs(2);
/// How long its work needs to come to an end afterwards.
const PATIENCE: Duration = Duration::from_secs(120);

/// Four lines for each way.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    database.confirm_webhooks()?;
    println!("neighbours: making 10,000 accounts of one tenant and 2,000 of another …");
    let mut admin = database.connect()?;
    database.load_sample_data("http://127.0.0.1:9")?;
    admin.batch_execute(include_str!("neighbours.sql"))?;
    let gateway = Gateway::start(&database)?;
    let mut quiet = Quiet::new(&database, &gateway)?;
    let loud = Loud::new(&database, &gateway)?;
    quiet.measure()?;
    let mut lines = Vec::new();
    for (name, way) in WAYS {
        println!("neighbours: {name} …");
        let idle = quiet.measure()?;
        let noise = loud.begin(*way)?;
        std::thread::sleep(WARM_UP);
        let disturbed = quiet.measure()?;
        noise.end()?;
        loud.wait_until_done(&mut admin, PATIENCE)?;
        for ((what, idle), (_, disturbed)) in idle.iter().zip(&disturbed) {
            lines.push(beside(what, name, idle, disturbed));
        }
    }
    Ok(lines)
}
