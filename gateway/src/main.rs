//! Owns the program: settings, pool, serve, shut down.

use clap::Parser;
use cs_gateway::{ClientConnections, ClientLimits, Config, Gateway, app, serve};
use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// How long requests in progress may take after the signal.
const GRACE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    init_log();
    match run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> Result<(), Box<dyn Error>> {
    let listen = config.listen;
    let limits = ClientLimits {
        timeout: Duration::from_secs(config.client_timeout_seconds),
        connections: ClientConnections::new(
            config.max_connections,
            config.pool_size,
            config.trusted_proxies.clone(),
        ),
    };
    let gateway = Gateway::new(config)?;
    gateway.check_database().await?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    tracing::info!(listen = %listener.local_addr()?, "listening on {}", listener.local_addr()?);

    let (terminate, interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let streaming = gateway.clone();
    let stop = async move {
        wait_for_stop_signal(terminate, interrupt).await;
        streaming.end_streams();
    };
    if !serve(listener, app(gateway.clone()), limits, stop, GRACE).await {
        tracing::warn!("stopping: some requests did not end in time");
    }
    gateway.wait_until_idle(GRACE).await;
    Ok(())
}

async fn wait_for_stop_signal(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping: requests in progress are finished first");
}

/// Statement parameters and headers, which libraries log at debug level, are never logged.
fn init_log() {
    let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    for quiet in ["tokio_postgres=info", "hyper=info", "rustls=info"] {
        if let Ok(quiet) = quiet.parse() {
            filter = filter.add_directive(quiet);
        }
    }
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}
