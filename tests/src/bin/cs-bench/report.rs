//! The table, for people (Markdown, also printed) and for programs (JSON), under target/bench.

use std::fs;

use anyhow::Result;
use cs_tests::tree;

use crate::measure::Line;

/// Prints and writes the lines.
pub fn write(lines: &[Line]) -> Result<()> {
    let folder = tree::root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let table = markdown(lines);
    println!("\n{table}");
    fs::write(folder.join("bench.md"), table)?;
    fs::write(
        folder.join("bench.json"),
        serde_json::to_string_pretty(lines)?,
    )?;
    Ok(())
}

fn markdown(lines: &[Line]) -> String {
    let mut table =
        "| what | ours, ms | against, ms | ratio (spread) | reach |\n|---|---|---|---|---|\n"
            .to_owned();
    for line in lines {
        let (low, high) = line.spread;
        table.push_str(&format!(
            "| {} | {:.1} | {:.1} | {:.2} ({low:.2} to {high:.2}) | {:.2} |\n",
            line.what, line.ours_ms, line.against_ms, line.ratio, line.reach
        ));
    }
    table
}
