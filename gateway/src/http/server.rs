//! Owns the accept loop: it takes connections until it has to stop, then finishes what is in progress. Slow clients
//! have their limits.

use super::connections::{ClientConnections, ClientPlace};
use super::head_reader::HeadReader;
use super::head_refusal::HEAD_BYTES;
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
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutWriter;

/// The pause after a failure that is not one client's, such as too many open files.
const PAUSE: Duration = Duration::from_millis(200);

/// More than a head may have, of which all is there before the library sees it.
const BUFFER_BYTES: usize = 4 * HEAD_BYTES;
/// How often the log says that connections are refused.
const TELL_EVERY: Duration = Duration::from_secs(60);

/// What clients may take.
#[derive(Debug, Clone)]
pub struct ClientLimits {
    /// For the headers of a request, and to take some of an answer.
    pub timeout: Duration,
    /// How many there may be.
    pub connections: Arc<ClientConnections>,
}

/// Serves until `stop`; then takes no more connections and gives those it has `grace` to get their answers. False when
/// some did not in that time.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    limits: ClientLimits,
    stop: impl Future<Output = ()>,
    grace: Duration,
) -> bool {
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    let mut told_at = None::<Instant>;
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = limits.connections.place(peer.ip()) else {
                    // closed at once: to answer, it would have to be read
                    if told_at.is_none_or(|at| at.elapsed() > TELL_EVERY) {
                        told_at = Some(Instant::now());
                        tracing::warn!(%peer, "too many connections, or too many from {peer}; \
                            a proxy is to be named in --trusted-proxies");
                    }
                    continue;
                };
                let connection = ClientConnection {
                    stream,
                    peer,
                    timeout: limits.timeout,
                    _place: place,
                };
                tokio::spawn(connection.serve(service.clone(), connections.watcher()));
            }
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot take connections: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // a new client is refused by the system, and tries elsewhere
    drop(listener);
    tokio::time::timeout(grace, connections.shutdown())
        .await
        .is_ok()
}

struct ClientConnection {
    stream: TcpStream,
    peer: SocketAddr,
    timeout: Duration,
    _place: ClientPlace,
}

impl ClientConnection {
    async fn serve(self, service: Router, watcher: Watcher) {
        let (peer, timeout) = (self.peer, self.timeout);
        // otherwise small answers wait for more to send with them; where it cannot be set they do wait
        let _ = self.stream.set_nodelay(true);
        let (stream, refusal) = HeadReader::new(with_write_timeout(self.stream, timeout));
        let routes = TowerToHyperService::new(service);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            if let Some(refusal) = refusal.take() {
                request.extensions_mut().insert(refusal);
            }
            routes.call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(timeout)
            .max_buf_size(BUFFER_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "a connection ended early: {error}");
        }
    }
}

/// A client takes its answer in time or loses it, since what waits for it may hold a database connection.
fn with_write_timeout(stream: TcpStream, timeout: Duration) -> Pin<Box<TimeoutWriter<TcpStream>>> {
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(timeout));
    Box::pin(stream)
}

fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};

    async fn pair(timeout: Duration) -> (Pin<Box<TimeoutWriter<TcpStream>>>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (ours, theirs) = tokio::join!(listener.accept(), TcpStream::connect(address));
        (
            with_write_timeout(ours.unwrap().0, timeout),
            theirs.unwrap(),
        )
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_loses_its_answer() {
        let (mut ours, _theirs) = pair(Duration::from_millis(50)).await;
        let much = vec![0; 64 * 1024 * 1024];
        let error = ours.write_all(&much).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_slow_client_that_goes_on_taking_gets_all() {
        let (mut ours, mut theirs) = pair(Duration::from_millis(500)).await;
        let length = 16 * 1024 * 1024;
        let writing = tokio::spawn(async move {
            let done = ours.write_all(&vec![0; length]).await;
            done.and(ours.shutdown().await)
        });
        let (mut part, mut got) = (vec![0; 1024 * 1024], 0);
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            match theirs.read(&mut part).await.unwrap() {
                0 => break,
                more => got += more,
            }
        }
        assert_eq!(got, length);
        writing.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn headers_and_body_are_still_written_at_once_and_reading_has_no_limit() {
        let (mut ours, mut theirs) = pair(Duration::from_millis(50)).await;
        assert!(ours.is_write_vectored());
        let writing = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(200)).await;
            theirs.write_all(b"late").await.map(|()| theirs)
        });
        let mut read = [0; 4];
        ours.read_exact(&mut read).await.unwrap();
        assert_eq!(&read, b"late");
        drop(writing.await.unwrap().unwrap());
    }
}
