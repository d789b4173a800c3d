//! The pages, driven by Playwright against real gateways with the sample data, two browsers at a time.

use cs_tests::pages::{FEWEST, Site, playwright};
use cs_tests::stack;

/// Enough that segments differ.
const CROWD: i32 = 150;

#[test]
fn the_pages_pass_their_playwright_tests() {
    let site =
        |accounts| stack::with_cluster(|cluster| Site::with_sample(cluster, accounts)).unwrap();
    let sites = [site(FEWEST), site(FEWEST)];
    for site in &sites {
        site.database.confirm_webhooks().unwrap();
    }
    let output = playwright(&sites, &site(CROWD))
        .unwrap()
        .output()
        .expect("playwright: run make build");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
