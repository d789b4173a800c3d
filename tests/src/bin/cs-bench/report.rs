//! The tables, for people (Markdown, also printed) and for programs (JSON), under target/bench.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;
use cs_tests::tree;

use crate::measure::{Amount, Beside, Line, Ratio, Wait};

/// Prints and writes the lines.
pub fn write(lines: &[Line]) -> Result<()> {
    let folder = tree::root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let table = markdown(lines)?;
    println!("\n{table}");
    fs::write(folder.join("bench.md"), table)?;
    fs::write(
        folder.join("bench.json"),
        serde_json::to_string_pretty(lines)?,
    )?;
    Ok(())
}

/// A table of ratios, one of waits, one of amounts and one of neighbours, where there are any, and then the notes.
fn markdown(lines: &[Line]) -> Result<String> {
    let (mut ratios, mut waits, mut neighbours) = (String::new(), String::new(), String::new());
    let (mut amounts, mut notes) = (String::new(), String::new());
    for line in lines {
        match line {
            Line::Ratio(line) => writeln!(ratios, "{}", ratio(line))?,
            Line::Wait(line) => writeln!(waits, "{}", wait(line))?,
            Line::Beside(line) => writeln!(neighbours, "{}", beside(line))?,
            Line::Amount(line) => writeln!(amounts, "{}", amount(line))?,
            Line::Note(line) => writeln!(notes, "- {}", line.text)?,
        }
    }
    let mut tables = Vec::new();
    if !ratios.is_empty() {
        let head =
            "| what | ours, ms | against, ms | ratio (spread) | reach |\n|---|---|---|---|---|";
        tables.push(format!("{head}\n{ratios}"));
    }
    if !waits.is_empty() {
        let head = "| what | times | p50, ms | p99, ms | reach of p99, ms |\n|---|---|---|---|---|";
        tables.push(format!("{head}\n{waits}"));
    }
    if !amounts.is_empty() {
        tables.push(format!(
            "| what | amount | reach |\n|---|---|---|\n{amounts}"
        ));
    }
    if !neighbours.is_empty() {
        let head = "| what | beside | idle p50, p99, ms | p50, p99, ms | ratio of p50, of p99 |\n|---|---|---|---|---|";
        tables.push(format!("{head}\n{neighbours}"));
    }
    if !notes.is_empty() {
        tables.push(notes);
    }
    Ok(tables.join("\n"))
}

fn ratio(line: &Ratio) -> String {
    let (low, high) = line.spread;
    let reach = or_dash(line.reach.map(|reach| format!("{reach:.2}")));
    format!(
        "| {} | {:.1} | {:.1} | {:.2} ({low:.2} to {high:.2}) | {reach} |",
        line.what, line.ours_ms, line.against_ms, line.ratio
    )
}

fn wait(line: &Wait) -> String {
    let reach = or_dash(line.reach_ms.map(|reach| format!("{reach:.0}")));
    format!(
        "| {} | {} | {:.1} | {:.1} | {reach} |",
        line.what, line.times, line.p50_ms, line.p99_ms
    )
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}

fn beside(line: &Beside) -> String {
    let pair = |(p50, p99): (f64, f64)| format!("{p50:.1}, {p99:.1}");
    let (p50, p99) = line.ratio;
    format!(
        "| {} | {} | {} | {} | {p50:.2}, {p99:.2} |",
        line.what,
        line.neighbour,
        pair(line.idle_ms),
        pair(line.beside_ms)
    )
}

fn amount(line: &Amount) -> String {
    format!("| {} | {:.3} | {} |", line.what, line.value, line.reach)
}
