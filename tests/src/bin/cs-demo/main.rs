//! `cs-demo`: a whole Customer Success on this machine. Starts, finds again, stops and removes its parts.

/// Prints a line. Whoever reads may have left (`| head`); the work goes on.
macro_rules! say {
    ($($arguments:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($arguments)*);
    }};
}

mod down;
mod folder;
mod gateway;
mod interrupt;
mod receiver;
mod sample;
mod server;
mod up;
mod welcome;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    about = "A whole Customer Success on this machine: server, worker, gateway, pages, webhook receiver"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start what is not running; Ctrl-C stops all, the data stay.
    Up {
        /// Return when all is up and leave it running.
        #[arg(long)]
        detach: bool,
        /// The port of the pages (8080).
        #[arg(long, env = "DEMO_PORT")]
        port: Option<u16>,
    },
    /// Stop all; the data stay.
    Stop,
    /// Stop all and remove the data.
    Clean,
    /// Receive webhooks and log them, a JSON object a line.
    #[command(hide = true)]
    Receiver {
        #[arg(long)]
        port: u16,
        #[arg(long)]
        log: PathBuf,
    },
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Up { detach, port } => up::run(port, detach),
        Command::Stop => down::run(),
        Command::Clean => down::clean(),
        Command::Receiver { port, log } => receiver::serve(port, &log),
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
