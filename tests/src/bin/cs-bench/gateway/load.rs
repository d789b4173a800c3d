//! The same request over and over on 16 connections, with as little of a client as there can be.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};

/// Threads, each with a connection of its own.
pub const CONNECTIONS: u32 = 16;

/// A request, and where it goes.
pub struct Load {
    port: u16,
    request: String,
}

impl Load {
    /// A GET with these header lines.
    pub fn get(port: u16, path: &str, headers: &str) -> Self {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n");
        Self { port, request }
    }

    /// A POST of JSON with these header lines.
    pub fn post(port: u16, path: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        Self { port, request }
    }

    /// Whether the answer is what is expected.
    pub fn check(&self, expected: &str) -> Result<()> {
        let body = Connection::open(self.port)?.send(&self.request)?;
        let body = String::from_utf8_lossy(&body);
        ensure!(
            body.contains(expected) && !body.contains("\"errors\""),
            "not {expected}: {body}"
        );
        Ok(())
    }

    /// Sends it so many times in all.
    pub fn run(&self, requests: u32) -> Result<()> {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    scope.spawn(|| {
                        let mut connection = Connection::open(self.port)?;
                        for _ in 0..requests / CONNECTIONS {
                            connection.send(&self.request)?;
                        }
                        Ok::<(), anyhow::Error>(())
                    })
                })
                .collect();
            threads
                .into_iter()
                .try_for_each(|it| it.join().map_err(|_| anyhow!("a connection panicked"))?)
        })
    }
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// The body of a good answer, whole or in chunks.
    fn send(&mut self, request: &str) -> Result<Vec<u8>> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", value)) => length = value.parse()?,
                Some(("transfer-encoding", value)) => chunked = value == "chunked",
                _ if line.is_empty() => break,
                _ => {}
            }
        }
        let mut body = Vec::new();
        while chunked {
            let size = usize::from_str_radix(&self.line()?, 16)?;
            self.take(size, &mut body)?;
            self.line()?;
            chunked = size > 0;
        }
        self.take(length, &mut body)?;
        ensure!(
            status.contains(" 200 "),
            "{status}: {}",
            String::from_utf8_lossy(&body)
        );
        Ok(body)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line)?;
        ensure!(read > 0, "the server closed the connection");
        Ok(line.trim_end().to_owned())
    }

    fn take(&mut self, bytes: usize, body: &mut Vec<u8>) -> Result<()> {
        let start = body.len();
        body.resize(start + bytes, 0);
        let part = body.get_mut(start..).context("no room")?;
        self.0.read_exact(part)?;
        Ok(())
    }
}
