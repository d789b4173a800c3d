//! `cs-tally [ports]`: the receiver that costs next to nothing (see `cs_tests::tally`).

use anyhow::Result;

fn main() -> Result<()> {
    let ports = std::env::args().nth(1).map_or(Ok(1), |it| it.parse())?;
    cs_tests::tally::server::run(ports)
}
