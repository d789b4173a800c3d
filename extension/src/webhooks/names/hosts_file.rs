//! Owns the names of /etc/hosts, read again when the file changes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

/// How often it is looked whether a file has changed.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// A small file of the system, and when it changed.
pub struct SystemFile {
    path: PathBuf,
    stamp: Option<(SystemTime, u64)>,
    looked_at: Option<Instant>,
}

impl SystemFile {
    /// The file of this path, not read yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            stamp: None,
            looked_at: None,
        }
    }

    /// Its text, the first time and whenever it has changed; empty where it cannot be read.
    pub fn read_if_changed(&mut self) -> Option<String> {
        let now = Instant::now();
        let is_first = self.looked_at.is_none();
        if self.looked_at.is_some_and(|at| now - at < LOOK_AGAIN_AFTER) {
            return None;
        }
        self.looked_at = Some(now);
        let stamp = std::fs::metadata(&self.path)
            .ok()
            .and_then(|it| Some((it.modified().ok()?, it.len())));
        if stamp == self.stamp && !is_first {
            return None;
        }
        self.stamp = stamp;
        let bytes = std::fs::read(&self.path).unwrap_or_default();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The names of a hosts file.
pub struct HostsFile {
    file: SystemFile,
    names: HashMap<String, Vec<IpAddr>>,
}

impl HostsFile {
    /// Of /etc/hosts.
    pub fn of_system() -> Self {
        Self::at("/etc/hosts")
    }

    /// Of this path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            file: SystemFile::new(path),
            names: HashMap::new(),
        }
    }

    /// The addresses of a name in lower case, IPv4 first.
    pub fn find(&mut self, name: &str) -> Option<Vec<IpAddr>> {
        if let Some(text) = self.file.read_if_changed() {
            self.names = parse(&text);
        }
        self.names.get(name).cloned()
    }
}

fn parse(text: &str) -> HashMap<String, Vec<IpAddr>> {
    let mut names = HashMap::<String, Vec<IpAddr>>::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        // With a zone (fe80::1%lo0) it is an address of a link, to which nothing is posted.
        let Some(Ok(address)) = words.next().map(str::parse::<IpAddr>) else {
            continue;
        };
        for name in words {
            let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
            let addresses = names.entry(name).or_default();
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
    }
    for addresses in names.values_mut() {
        addresses.sort_by_key(IpAddr::is_ipv6);
    }
    names
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_hosts_file_is_read_as_the_system_reads_it() {
        let names = parse(
            "# comment\n127.0.0.1\tlocalhost\n::1 localhost ip6-localhost\n\n10.1.2.3 Inner.Test inner # inner too\n\
             2001:db8::1 both.test\n192.0.2.1 both.test both.test.\nbroken line\nfe80::1%lo0 link\n10.0.0.1\n",
        );
        let found = |name: &str| {
            names.get(name).map(|it| {
                let all = it.iter().map(ToString::to_string);
                all.collect::<Vec<_>>().join(" ")
            })
        };
        assert_eq!(found("localhost").as_deref(), Some("127.0.0.1 ::1"));
        assert_eq!(found("ip6-localhost").as_deref(), Some("::1"));
        assert_eq!(found("inner.test").as_deref(), Some("10.1.2.3"));
        assert_eq!(found("inner").as_deref(), Some("10.1.2.3"));
        assert_eq!(found("both.test").as_deref(), Some("192.0.2.1 2001:db8::1"));
        for absent in ["too", "line", "link", "#", "comment", "10.0.0.1"] {
            assert_eq!(found(absent), None, "{absent}");
        }
    }
}
