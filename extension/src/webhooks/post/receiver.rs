//! Owns a receiver for tests, which answers byte for byte as it is told.

use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What a receiver does with a connection.
pub enum Step {
    /// Reads a request to its end.
    Read,
    Write(&'static [u8]),
    Wait(Duration),
    /// Closes with a reset.
    Reset,
    /// Keeps the connection, silently.
    Hang,
}

/// A receiver whose connections each follow their own steps; the last ones are for all further connections.
pub struct Receiver {
    pub address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl Receiver {
    /// Follows these steps, connection by connection.
    pub async fn start(connections: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
        };
        let requests = Arc::clone(&receiver.requests);
        let connections = Rc::new(connections);
        tokio::task::spawn_local(async move {
            let mut number = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let index = number.min(connections.len() - 1);
                number += 1;
                let (connections, requests) = (Rc::clone(&connections), Arc::clone(&requests));
                tokio::task::spawn_local(async move {
                    follow(stream, &connections[index], &requests).await
                });
            }
        });
        receiver
    }

    /// How many requests have arrived whole.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("http://{}/hook", self.address)).unwrap()
    }
}

async fn follow(mut stream: TcpStream, steps: &[Step], requests: &AtomicUsize) {
    for step in steps {
        match step {
            Step::Read => match read_request(&mut stream).await {
                true => requests.fetch_add(1, Ordering::SeqCst),
                false => return,
            },
            Step::Write(bytes) => {
                let _ = stream.write_all(bytes).await;
                0
            }
            Step::Wait(time) => {
                tokio::time::sleep(*time).await;
                0
            }
            Step::Reset => {
                let _ = stream.set_zero_linger();
                return;
            }
            Step::Hang => std::future::pending().await,
        };
    }
}

/// Head and body; false where the other side has closed.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|it| it.strip_prefix("content-length: "))
                .map_or(0, |it| it.parse::<usize>().unwrap());
            if body.len() >= length {
                return true;
            }
        }
        match stream.read_buf(&mut read).await {
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}
