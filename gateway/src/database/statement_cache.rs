//! Owns the statements that a connection keeps prepared for calls of members: up to a size in bytes, the least recently
//! used go first and are closed on the server.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio_postgres::Statement;

/// What a connection's statements may take on the server.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Longer ones are not kept: they are rarely sent twice.
pub(crate) const MAX_TEXT_BYTES: usize = 8 * 1024;

/// What a kept statement takes on the server besides its text: it is analysed, rewritten and planned. Measured with
/// `pg_backend_memory_contexts`: calls take 10 kB, reads 100 kB of a table to 1,200 kB of the largest view, most of
/// them 400 to 500 kB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum StatementKind {
    /// A call of one function.
    Call,
    /// Rows of a view or function.
    Read,
}

/// What each byte of a text adds, measured with filters and with paths: 45 to 75 bytes.
const BYTES_PER_TEXT_BYTE: usize = 64;

fn estimated_bytes(kind: StatementKind, sql: &str) -> usize {
    let plan = match kind {
        StatementKind::Call => 16 * 1024,
        StatementKind::Read => 512 * 1024,
    };
    plan + sql.len() * BYTES_PER_TEXT_BYTE
}

/// The statements of one connection. A statement that is removed is closed on the server once nothing uses it.
pub(crate) struct StatementCache(Mutex<RecentlyUsed<Statement>>);

impl StatementCache {
    pub(super) fn new() -> Self {
        Self(Mutex::new(RecentlyUsed::new(MAX_BYTES)))
    }

    pub(super) fn get(&self, sql: &str) -> Option<Statement> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(sql).cloned()
    }

    pub(super) fn keep(&self, kind: StatementKind, sql: &str, statement: &Statement) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.keep(sql, estimated_bytes(kind, sql), statement.clone());
    }
}

struct Kept<T> {
    value: T,
    bytes: usize,
    used_at: u64,
}

/// Values up to a size in bytes, by text.
struct RecentlyUsed<T> {
    max_bytes: usize,
    bytes: usize,
    /// Counts uses, to tell which was the least recent.
    uses: u64,
    by_text: HashMap<String, Kept<T>>,
}

impl<T> RecentlyUsed<T> {
    fn new(max_bytes: usize) -> Self {
        Self {
            max_bytes,
            bytes: 0,
            uses: 0,
            by_text: HashMap::new(),
        }
    }

    fn get(&mut self, text: &str) -> Option<&T> {
        self.uses += 1;
        let kept = self.by_text.get_mut(text)?;
        kept.used_at = self.uses;
        Some(&kept.value)
    }

    fn keep(&mut self, text: &str, bytes: usize, value: T) {
        self.uses += 1;
        let kept = Kept {
            value,
            bytes,
            used_at: self.uses,
        };
        self.bytes += bytes;
        if let Some(before) = self.by_text.insert(text.to_owned(), kept) {
            self.bytes -= before.bytes;
        }
        while self.bytes > self.max_bytes {
            let least_recent = self.by_text.iter().min_by_key(|(_, kept)| kept.used_at);
            let Some(text) = least_recent.map(|(text, _)| text.clone()) else {
                return;
            };
            let removed = self.by_text.remove(&text);
            self.bytes -= removed.map_or(0, |kept| kept.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_go_first() {
        let mut kept = RecentlyUsed::new(30);
        for text in ["a", "b", "c"] {
            kept.keep(text, 10, text);
        }
        assert!(kept.get("a").is_some());
        kept.keep("d", 20, "d");
        let left: Vec<bool> = ["a", "b", "c", "d"]
            .iter()
            .map(|text| kept.get(text).is_some())
            .collect();
        assert_eq!(left, [true, false, false, true]);
        assert_eq!(kept.bytes, 30);
    }

    #[test]
    fn the_size_is_bounded_whatever_comes() {
        let mut kept = RecentlyUsed::new(1000);
        for number in 0..500 {
            kept.keep(&format!("{}", number % 70), number, number);
            let total: usize = kept.by_text.values().map(|kept| kept.bytes).sum();
            assert_eq!(total, kept.bytes);
            assert!(total <= 1000);
        }
        kept.keep("larger than all", 1001, 0);
        assert_eq!((kept.bytes, kept.by_text.len()), (0, 0));
        kept.keep("same", 400, 1);
        kept.keep("same", 500, 2);
        assert_eq!((kept.bytes, kept.get("same")), (500, Some(&2)));
    }

    #[test]
    fn a_connection_keeps_many_calls_and_some_reads() {
        let fits = |kind| MAX_BYTES / estimated_bytes(kind, &"x".repeat(300));
        assert_eq!(fits(StatementKind::Call), 471);
        assert_eq!(fits(StatementKind::Read), 30);
    }
}
