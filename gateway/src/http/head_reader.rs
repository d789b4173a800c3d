//! Owns the bytes of a connection on their way to the library: heads are judged first, bodies pass as they are. In the
//! place of a head that is refused the library gets a request that leads to the refusal's answer.

use super::body_length::BodyLength;
use super::head_refusal::RefusalSlot;
use super::request_head::{Head, read_head};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// Leads to the answer, after which the connection is closed.
const STAND_IN: &[u8] = b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n";
const CHUNK: usize = 16 * 1024;
/// How long what a refused client still sends is read and thrown away: closed at once, it would not get the answer.
const LINGER: Duration = Duration::from_secs(1);

enum State {
    /// So much of a head was there when it was last incomplete.
    Head {
        seen: usize,
    },
    Body(u64),
    /// All else is read by the library alone.
    Unjudged,
    Refused,
}

/// A connection, read as its heads are judged.
pub(super) struct HeadReader<S> {
    stream: S,
    state: State,
    /// What has come and has not been judged.
    raw: Vec<u8>,
    /// What is ready for the library.
    ready: Vec<u8>,
    slot: RefusalSlot,
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + Unpin> HeadReader<S> {
    pub(super) fn new(stream: S) -> (Self, RefusalSlot) {
        let slot = RefusalSlot::default();
        let reader = Self {
            stream,
            state: State::Head { seen: 0 },
            raw: Vec::new(),
            ready: Vec::new(),
            slot: slot.clone(),
            linger: None,
        };
        (reader, slot)
    }

    /// Judges what is there of a head. True where more of it is needed.
    fn judge(&mut self, seen: usize) -> bool {
        match read_head(&self.raw, seen) {
            Head::Incomplete => {
                self.state = State::Head {
                    seen: self.raw.len(),
                };
                return true;
            }
            Head::Complete { taken, bytes, body } => {
                self.raw.drain(..taken);
                self.ready = bytes;
                self.state = match body {
                    BodyLength::Bytes(0) => State::Head { seen: 0 },
                    BodyLength::Bytes(length) => State::Body(length),
                    BodyLength::Unknown => State::Unjudged,
                };
            }
            Head::Refused(refusal) => {
                self.slot.put(refusal);
                self.raw = Vec::new();
                self.ready = STAND_IN.to_vec();
                self.state = State::Refused;
            }
        }
        false
    }

    /// Reads more of a head. False at the end of the connection.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut chunk = [std::mem::MaybeUninit::uninit(); CHUNK];
        let mut chunk = ReadBuf::uninit(&mut chunk);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut chunk))?;
        self.raw.extend_from_slice(chunk.filled());
        Poll::Ready(Ok(!chunk.filled().is_empty()))
    }

    /// Body that came together with its head, or comes now.
    fn poll_body(
        &mut self,
        most: u64,
        cx: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<usize>> {
        let most = usize::try_from(most)
            .unwrap_or(usize::MAX)
            .min(out.remaining());
        if !self.raw.is_empty() {
            return Poll::Ready(Ok(move_bytes(&mut self.raw, out, most)));
        }
        let mut part = ReadBuf::new(out.initialize_unfilled_to(most));
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut part))?;
        let read = part.filled().len();
        out.advance(read);
        Poll::Ready(Ok(read))
    }

    /// Reads on and forgets it. Ready at the end of the connection.
    fn poll_forget(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let more = ready!(self.poll_more(cx))?;
            self.raw.clear();
            if !more {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// Moves at most that many, and as many as there is room for.
fn move_bytes(from: &mut Vec<u8>, to: &mut ReadBuf<'_>, most: usize) -> usize {
    let count = from.len().min(to.remaining()).min(most);
    to.put_slice(&from[..count]);
    from.drain(..count);
    count
}

impl<S: AsyncRead + Unpin> AsyncRead for HeadReader<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            if !this.ready.is_empty() {
                move_bytes(&mut this.ready, out, usize::MAX);
                return Poll::Ready(Ok(()));
            }
            match this.state {
                State::Head { seen } => {
                    let is_new = this.raw.len() > seen;
                    if is_new && !this.judge(seen) {
                        continue;
                    }
                    if !ready!(this.poll_more(cx))? {
                        // part of a head, or nothing: it is over for the library too
                        this.state = State::Unjudged;
                    }
                }
                State::Body(left) => {
                    let read = ready!(this.poll_body(left, cx, out))?;
                    this.state = match left - read as u64 {
                        0 => State::Head { seen: 0 },
                        left => State::Body(left),
                    };
                    return Poll::Ready(Ok(()));
                }
                State::Unjudged => {
                    return this.poll_body(u64::MAX, cx, out).map_ok(drop);
                }
                State::Refused => {
                    // the end would keep the library from answering
                    return match this.poll_forget(cx) {
                        Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                        _ => Poll::Pending,
                    };
                }
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for HeadReader<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
        if !matches!(this.state, State::Refused) {
            return Poll::Ready(Ok(()));
        }
        let over = this.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        if over.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Ok(()));
        }
        this.poll_forget(cx).map(|_| Ok(()))
    }
}

#[cfg(test)]
#[path = "head_reader_tests.rs"]
mod tests;
