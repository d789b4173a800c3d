//! The program: settings, pool, serve, shut down.

use clap::Parser;
use cs_gateway::{Config, Gateway, app, drained, end_streams};
use std::error::Error;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tracing_subscriber::EnvFilter;

/// How long requests under way may take after the signal.
const GRACE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    log();
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
    let gateway = Gateway::new(config)?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    tracing::info!(listen = %listener.local_addr()?, "listening on {}", listener.local_addr()?);

    let stop = Arc::new(Notify::new());
    let stopping = stop.clone();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let streaming = gateway.clone();
    let service = app(gateway.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: what is under way is finished first");
        end_streams(&streaming);
        stopping.notify_one();
    });
    tokio::select! {
        served = server.into_future() => served?,
        () = overdue(&stop) => tracing::warn!("stopping: some requests did not end in time"),
    }
    drained(&gateway, GRACE).await;
    Ok(())
}

async fn overdue(stop: &Notify) {
    stop.notified().await;
    tokio::time::sleep(GRACE).await;
}

/// Statement parameters, which the database driver logs at debug level, never get into the log.
fn log() {
    let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    if let Ok(quiet) = "tokio_postgres=info".parse() {
        filter = filter.add_directive(quiet);
    }
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}
