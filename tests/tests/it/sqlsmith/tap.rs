//! A listener between a client and the server: passes everything on, and looks for markers in what the server says,
//! be it rows, errors or notices. What a client does not print is seen all the same.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// Longer than any marker: kept from one reading to the next, so that none is cut in two unseen.
const OVERLAP: usize = 32;

#[derive(Debug)]
struct Watch {
    own: &'static [u8],
    foreign: &'static [u8],
    own_seen: AtomicU64,
    foreign_seen: Mutex<Option<String>>,
}

#[derive(Debug)]
pub struct Tap {
    pub port: u16,
    watch: Arc<Watch>,
}

impl Tap {
    /// Listens on a free port, for the server at `server`, until the program ends.
    pub fn start(server: u16, own: &'static str, foreign: &'static str) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let watch = Arc::new(Watch {
            own: own.as_bytes(),
            foreign: foreign.as_bytes(),
            own_seen: AtomicU64::new(0),
            foreign_seen: Mutex::new(None),
        });
        let shared = Arc::clone(&watch);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                    continue;
                };
                let _ = carry(client, server, &shared);
            }
        });
        Ok(Self { port, watch })
    }

    /// How many markers of the client's own went by.
    pub fn own(&self) -> u64 {
        self.watch.own_seen.load(Ordering::Relaxed)
    }

    /// The first foreign marker, with what stood around it.
    pub fn foreign(&self) -> Option<String> {
        self.watch.foreign_seen.lock().unwrap().clone()
    }
}

fn carry(mut client: TcpStream, mut server: TcpStream, watch: &Arc<Watch>) -> io::Result<()> {
    let (mut asked, mut asking) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut asked, &mut asking);
        let _ = asking.shutdown(Shutdown::Both);
    });
    let watch = Arc::clone(watch);
    thread::spawn(move || {
        let _ = pass_on(&mut server, &mut client, &watch);
        let _ = client.shutdown(Shutdown::Both);
    });
    Ok(())
}

fn pass_on(server: &mut TcpStream, client: &mut TcpStream, watch: &Watch) -> io::Result<()> {
    let mut buffer = vec![0_u8; OVERLAP + 64 * 1024];
    let mut kept = 0;
    loop {
        let read = server.read(&mut buffer[kept..])?;
        if read == 0 {
            return Ok(());
        }
        client.write_all(&buffer[kept..kept + read])?;
        let end = kept + read;
        watch.look(&buffer[..end], kept);
        kept = end.min(OVERLAP);
        buffer.copy_within(end - kept..end, 0);
    }
}

impl Watch {
    /// Looks for markers that end behind the first `known` bytes.
    fn look(&self, bytes: &[u8], known: usize) {
        for start in 0..bytes.len() {
            let rest = &bytes[start..];
            if marker_length(rest, self.own).is_some_and(|length| start + length > known) {
                self.own_seen.fetch_add(1, Ordering::Relaxed);
            }
            if marker_length(rest, self.foreign).is_some() {
                let around = &bytes[start.saturating_sub(200)..bytes.len().min(start + 200)];
                let mut seen = self.foreign_seen.lock().unwrap();
                seen.get_or_insert_with(|| String::from_utf8_lossy(around).into_owned());
            }
        }
    }
}

/// How long the marker is that the bytes begin with: `lqz17z`.
fn marker_length(bytes: &[u8], marker: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(marker)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0 && rest.get(digits) == Some(&b'z')).then_some(marker.len() + digits + 1)
}

#[test]
fn markers_are_found_across_readings_and_counted_once() {
    let watch = Watch {
        own: b"lqz",
        foreign: b"rqz",
        own_seen: AtomicU64::new(0),
        foreign_seen: Mutex::new(None),
    };
    watch.look(b"a lqz1z, analyst_rqz_7, rqz", 0);
    assert!(watch.foreign_seen.lock().unwrap().is_none());
    watch.look(b"lqz1z, analyst_rqz_7, rqz12z", 25);
    assert_eq!(watch.own_seen.load(Ordering::Relaxed), 1);
    assert!(watch.foreign_seen.lock().unwrap().is_some());
}
