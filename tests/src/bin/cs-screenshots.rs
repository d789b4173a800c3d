//! `cs-screenshots`: photographs the pages in all their states, with the sample, with 10,000 accounts, without any, with hard
//! cases, into target/screenshots. With a word it takes only the pictures whose test is called so.

use std::{env, fs};

use anyhow::{Result, ensure};
use cs_tests::pages::{FEWEST, Site, playwright};
use cs_tests::{stack, tree};

const CROWD: i32 = 10_000;

fn main() -> Result<()> {
    let cluster = stack::own_cluster(&[("shared_buffers".to_owned(), "256MB".to_owned())])?;
    let wanted = env::args().nth(1);
    // Many take long to make.
    let accounts = match &wanted {
        Some(word) if !"many accounts".contains(word.as_str()) => FEWEST,
        _ => CROWD,
    };
    println!("screenshots: making the accounts …");
    let sites = [
        Site::with_sample(&cluster, FEWEST)?,
        Site::with_sample(&cluster, FEWEST)?,
    ];
    let crowd = Site::with_sample(&cluster, accounts)?;
    crowd.database.connect()?.batch_execute("vacuum analyze")?;
    let folder = tree::target("screenshots")?;
    if wanted.is_none() {
        fs::remove_dir_all(&folder)?;
    }
    let status = playwright(&sites, &crowd)?
        .arg("--config=screenshots.config.ts")
        .args(wanted.map(|word| format!("--grep={word}")))
        .env("SCREENSHOTS", &folder)
        .status()?;
    println!("screenshots: in {}", folder.display());
    ensure!(status.success(), "some pictures could not be taken");
    Ok(())
}
