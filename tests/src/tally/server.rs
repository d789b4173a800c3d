//! What the process does: as little as HTTP/1.1 with keep-alive asks for.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::io::Write as _;
use std::rc::Rc;

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinSet, LocalSet};
use uuid::Uuid;

use super::{Arrival, now};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// What all connections share, on one thread.
#[derive(Default)]
struct Kept {
    arrivals: RefCell<Vec<Arrival>>,
    hanging: Cell<usize>,
}

/// Listens on that many ports, names them on the standard output, and serves until it is killed.
pub fn run(ports: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, async {
        let mut listeners = Vec::with_capacity(ports);
        for _ in 0..ports {
            listeners.push(TcpListener::bind("127.0.0.1:0").await?);
        }
        let mut names = String::new();
        for listener in &listeners {
            write!(names, "{} ", listener.local_addr()?.port())?;
        }
        let mut out = std::io::stdout();
        writeln!(out, "{names}")?;
        out.flush()?;
        let kept = Rc::new(Kept::default());
        let mut all = JoinSet::new();
        for listener in listeners {
            all.spawn_local(accept(listener, Rc::clone(&kept)));
        }
        all.join_all().await;
        Ok(())
    })
}

async fn accept(listener: TcpListener, kept: Rc<Kept>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::task::spawn_local(serve(stream, Rc::clone(&kept)));
        }
    }
}

/// A connection that fails has ended; who sent on it sees that.
async fn serve(mut stream: TcpStream, kept: Rc<Kept>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(8192);
    while stream.read_buf(&mut buffer).await? > 0 {
        while let Some(request) = Request::parse(&buffer)? {
            let length = request.length;
            if request.is_get {
                let answer = kept.answer(&request.path);
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
                    answer.len()
                );
                stream.write_all((head + &answer).as_bytes()).await?;
                return Ok(());
            }
            if request.path.starts_with("/hang") {
                return hang(stream, &kept).await;
            }
            if !request.path.starts_with("/aside") {
                let id = request.id;
                kept.arrivals.borrow_mut().push(Arrival { id, at: now() });
            }
            stream.write_all(OK).await?;
            buffer.drain(..length);
        }
    }
    Ok(())
}

/// Holds the connection until the other side closes it.
async fn hang(mut stream: TcpStream, kept: &Kept) -> Result<()> {
    kept.hanging.set(kept.hanging.get() + 1);
    let mut rest = [0; 4096];
    while matches!(stream.read(&mut rest).await, Ok(read) if read > 0) {}
    kept.hanging.set(kept.hanging.get() - 1);
    Ok(())
}

impl Kept {
    fn answer(&self, path: &str) -> String {
        match path {
            "/count" => self.arrivals.borrow().len().to_string(),
            "/hanging" => self.hanging.get().to_string(),
            _ => {
                let taken = self.arrivals.take();
                taken.iter().fold(String::new(), |mut text, it| {
                    // Writing to a String does not fail.
                    let _ = writeln!(text, "{} {}", it.id, it.at);
                    text
                })
            }
        }
    }
}

/// A request whose body has arrived too.
struct Request {
    is_get: bool,
    path: String,
    id: Uuid,
    /// Bytes of head and body.
    length: usize,
}

impl Request {
    /// Nothing while some of it is still to come.
    fn parse(buffer: &[u8]) -> Result<Option<Self>> {
        let Some(end) = buffer.windows(4).position(|it| it == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = std::str::from_utf8(&buffer[..end])?;
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, path) = (first.next(), first.next().unwrap_or_default());
        let (mut id, mut body) = (Uuid::nil(), 0);
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            if name.eq_ignore_ascii_case("webhook-id") {
                id = value.trim().parse().unwrap_or_default();
            } else if name.eq_ignore_ascii_case("content-length") {
                body = value.trim().parse()?;
            } else {
                let is_chunked = name.eq_ignore_ascii_case("transfer-encoding");
                ensure!(!is_chunked, "a body without a length");
            }
        }
        let length = end + 4 + body;
        let request = Self {
            is_get: method == Some("GET"),
            path: path.to_owned(),
            id,
            length,
        };
        Ok((buffer.len() >= length).then_some(request))
    }
}
