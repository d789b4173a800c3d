//! Taking connections until told to stop, then finishing what is under way. Slow clients have their limits.

use super::write_timeout::Patient;
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// After a failure that is not one client's, such as too many open files.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves until `stop`; then takes no more connections and gives those it has `grace` to get their answers. False when
/// some did not in that time.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    patience: Duration,
    stop: impl Future<Output = ()>,
    grace: Duration,
) -> bool {
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = talk(stream, peer, service.clone(), patience, open.watcher());
                tokio::spawn(connection);
            }
            Err(error) if of_one_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot take connections: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // whoever comes now is refused by the system, and tries elsewhere
    drop(listener);
    tokio::time::timeout(grace, open.shutdown()).await.is_ok()
}

async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    service: Router,
    patience: Duration,
    open: Watcher,
) {
    // without it small answers wait for more to send with them; where it cannot be set they do wait
    let _ = stream.set_nodelay(true);
    let routes = TowerToHyperService::new(service);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .serve_connection(TokioIo::new(Patient::new(stream, patience)), service);
    if let Err(error) = open.watch(connection).await {
        tracing::debug!(%error, "a connection ended early: {error}");
    }
}

fn of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
