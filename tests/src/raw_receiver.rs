//! A receiver below HTTP: answers each request with bytes as they are written down, then keeps, closes, resets or hangs.

use std::io::{BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::wait;

mod wire;

/// What becomes of the connection after the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It waits for another request.
    Keep,
    /// It is closed.
    Close,
    /// It is reset: what is under way is lost.
    Reset,
    /// Nothing more comes, and it stays open.
    Hang,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    bytes: Vec<u8>,
    delay: Duration,
    then: Then,
}

impl Reply {
    /// These bytes, then that.
    pub fn new(bytes: impl AsRef<[u8]>, then: Then) -> Self {
        Self {
            bytes: bytes.as_ref().to_vec(),
            delay: Duration::ZERO,
            then,
        }
    }

    /// A whole answer of this status, with further header lines, each ended by CR LF.
    pub fn status(status: u16, headers: &str) -> Self {
        let head =
            format!("HTTP/1.1 {status} Some Reason\r\n{headers}Content-Length: 2\r\n\r\n{{}}");
        Self::new(head, Then::Keep)
    }

    /// The same answer, later.
    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct RawRequest {
    /// The first line and the headers.
    pub head: String,
    /// The body, byte for byte.
    pub body: Vec<u8>,
    /// Which connection brought it, from 0 on.
    pub connection: usize,
    /// When it was whole.
    pub at: Instant,
    /// How many requests were under way then, this one included.
    pub under_way: usize,
}

impl RawRequest {
    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(it, _)| it.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value.trim())
    }
}

type Script = Box<dyn Fn(usize, &RawRequest) -> Reply + Send + Sync>;

struct Shared {
    requests: Mutex<Vec<RawRequest>>,
    script: Script,
    under_way: AtomicUsize,
    is_over: AtomicBool,
}

/// A running receiver; it ends with its value.
pub struct RawReceiver {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

impl RawReceiver {
    /// Starts on any port of 127.0.0.1. The script is asked with the number of the request, from 0 on.
    pub fn start(
        script: impl Fn(usize, &RawRequest) -> Reply + Send + Sync + 'static,
    ) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            requests: Mutex::default(),
            script: Box::new(script),
            under_way: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
        });
        let all = Arc::clone(&shared);
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                if all.is_over.load(Ordering::Acquire) {
                    return;
                }
                let shared = Arc::clone(&all);
                // A connection that fails has ended; who sent on it sees that.
                thread::spawn(move || stream.map(|it| shared.serve(it, connection)));
            }
        });
        Ok(Self { address, shared })
    }

    /// One that answers always the same.
    pub fn always(reply: Reply) -> Result<Self> {
        Self::start(move |_, _| reply.clone())
    }

    /// One that answers these in turn, and then 200.
    pub fn in_turn(replies: impl IntoIterator<Item = Reply>) -> Result<Self> {
        let replies: Vec<_> = replies.into_iter().collect();
        let good = Reply::status(200, "");
        Self::start(move |number, _| replies.get(number).unwrap_or(&good).clone())
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All that arrived so far.
    pub fn requests(&self) -> Vec<RawRequest> {
        self.shared.kept().clone()
    }

    /// Waits until that many have arrived.
    pub fn wait(&self, count: usize, within: Duration) -> Result<Vec<RawRequest>> {
        wait::until(&format!("{count} requests"), within, || {
            let all = self.requests();
            Ok((all.len() >= count).then_some(all))
        })
    }
}

impl Drop for RawReceiver {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Release);
        // Wakes the thread that accepts; when it has ended there is nobody to wake.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn kept(&self) -> MutexGuard<'_, Vec<RawRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, mut stream: TcpStream, connection: usize) -> Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        while let Some((head, body)) = wire::read(&mut reader)? {
            let request = RawRequest {
                head,
                body,
                connection,
                at: Instant::now(),
                under_way: self.under_way.fetch_add(1, Ordering::AcqRel) + 1,
            };
            let number = {
                let mut kept = self.kept();
                kept.push(request.clone());
                kept.len() - 1
            };
            let reply = (self.script)(number, &request);
            thread::sleep(reply.delay);
            // Before the answer, since the next may come at once after it.
            self.under_way.fetch_sub(1, Ordering::AcqRel);
            stream.write_all(&reply.bytes)?;
            match reply.then {
                Then::Keep => (),
                Then::Close => return Ok(stream.shutdown(Shutdown::Both)?),
                Then::Reset => return wire::reset(&stream),
                Then::Hang => self.hang(&mut reader)?,
            }
        }
        Ok(())
    }

    /// Until the other side closes, or we end.
    fn hang(&self, reader: &mut BufReader<TcpStream>) -> Result<()> {
        let step = Some(Duration::from_millis(100));
        reader.get_ref().set_read_timeout(step)?;
        while !self.is_over.load(Ordering::Acquire) {
            match reader.read(&mut [0; 64]) {
                Ok(0) => return Ok(()),
                Err(error) if error.kind() != std::io::ErrorKind::WouldBlock => return Ok(()),
                Ok(_) | Err(_) => (),
            }
        }
        Ok(())
    }
}
