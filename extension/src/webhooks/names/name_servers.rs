//! Owns asking name servers: those of /etc/resolv.conf, as the file is at present. Each look-up has connections of its own.

use super::hosts_file::SystemFile;
use super::{Found, NEGATIVE, NameFault, lock};
use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RecordType};
use hickory_resolver::{Resolver, TokioResolver};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// The longest that a name is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// The longest that one server is waited for, asked up to three times.
const ONE_SERVER: Duration = Duration::from_millis(2_500);
/// How long addresses of the other family are waited for once there are some.
const OTHER_FAMILY: Duration = Duration::from_millis(250);

/// Where names are asked for.
type Config = (ResolverConfig, ResolverOpts);

/// The name servers of the system.
pub struct NameServers {
    current: Mutex<Current>,
}

struct Current {
    file: Option<SystemFile>,
    config: Config,
    is_new: bool,
}

impl NameServers {
    /// Those of /etc/resolv.conf.
    pub fn of_system() -> Self {
        Self::at("/etc/resolv.conf")
    }

    /// Those of a file like resolv.conf.
    pub fn at(path: impl Into<std::path::PathBuf>) -> Self {
        Self::new(Some(SystemFile::new(path)), parse(""))
    }

    /// These, whatever the system says.
    #[cfg(test)]
    pub fn fixed(config: ResolverConfig) -> Self {
        Self::new(None, (config, bounded(ResolverOpts::default())))
    }

    fn new(file: Option<SystemFile>, config: Config) -> Self {
        Self {
            current: Mutex::new(Current {
                file,
                config,
                is_new: false,
            }),
        }
    }

    /// Whether they are others than when this was asked before.
    pub fn have_changed(&self) -> bool {
        let mut current = lock(&self.current);
        if let Some(text) = current.file.as_mut().and_then(SystemFile::read_if_changed) {
            current.config = parse(&text);
            current.is_new = true;
        }
        std::mem::take(&mut current.is_new)
    }

    /// The addresses of a name, IPv4 first, and how long they may be kept.
    pub async fn ask(&self, name: &str) -> (Found, Duration) {
        let (config, options) = lock(&self.current).config.clone();
        let asked = complete(name, &config, options.ndots);
        let builder = Resolver::builder_with_config(config, TokioRuntimeProvider::default());
        let resolver = match builder.with_options(options).build() {
            Ok(resolver) => resolver,
            Err(error) => return (Err(silent(name, &error.to_string())), NEGATIVE),
        };
        match tokio::time::timeout(LONGEST_WAIT, ask_in_turn(&resolver, &asked, name)).await {
            Ok(answer) => answer,
            Err(_) => (Err(silent(name, "no name server answered")), NEGATIVE),
        }
    }
}

/// The complete names that a name can mean: a short one is looked for in the domains of the file first. The last resort of the C
/// library, a name with dots in those domains, is left out: it would turn silence about the name into its absence.
fn complete(name: &str, config: &ResolverConfig, ndots: usize) -> Vec<String> {
    let mut asked = Vec::new();
    if name.matches('.').count() < ndots {
        for domain in config.search() {
            asked.push(format!("{name}.{}.", domain.to_ascii().trim_matches('.')));
        }
    }
    asked.push(format!("{name}."));
    asked
}

/// The first of these that is known; silence about one ends it.
async fn ask_in_turn(resolver: &TokioResolver, asked: &[String], name: &str) -> (Found, Duration) {
    for complete in asked {
        let (found, keep) = ask_both(resolver, complete, name).await;
        if !matches!(found, Err(NameFault::Missing(_))) {
            return (found, keep);
        }
    }
    (Err(missing(name)), NEGATIVE)
}

/// Asks for both families at once. Where one has addresses, the other has little time left: some name servers never say that
/// they have no IPv6.
async fn ask_both(resolver: &TokioResolver, complete: &str, name: &str) -> (Found, Duration) {
    // Names of URLs are ASCII already; read as such they may hold an underscore.
    let Ok(complete) = Name::from_ascii(complete) else {
        return (Err(missing(name)), NEGATIVE);
    };
    let mut asked = JoinSet::new();
    for family in [RecordType::A, RecordType::AAAA] {
        let (resolver, complete) = (resolver.clone(), complete.clone());
        asked.spawn(async move { resolver.lookup(complete, family).await });
    }
    let mut addresses = Vec::new();
    let mut keep = Duration::MAX;
    let mut faults = Vec::new();
    loop {
        let next = asked.join_next();
        let next = match addresses.is_empty() {
            true => next.await,
            false => tokio::time::timeout(OTHER_FAMILY, next)
                .await
                .ok()
                .flatten(),
        };
        match next {
            None => break,
            Some(Err(error)) => faults.push(silent(name, &error.to_string())),
            Some(Ok(Ok(found))) => {
                keep = keep.min(
                    found
                        .valid_until()
                        .saturating_duration_since(Instant::now()),
                );
                addresses.extend(addresses_of(&found));
            }
            // A name that does not exist has no addresses of the other family either.
            Some(Ok(Err(error))) if error.is_nx_domain() && addresses.is_empty() => {
                return (Err(missing(name)), NEGATIVE);
            }
            Some(Ok(Err(error))) => faults.push(read_error(name, &error)),
        }
    }
    if !addresses.is_empty() {
        addresses.sort_by_key(IpAddr::is_ipv6);
        return (Ok(addresses), keep);
    }
    // Silence about one family says nothing of the name, whatever is known of the other.
    let is_silent = |it: &NameFault| matches!(it, NameFault::Silent(_));
    let silence = faults.iter().find(|it| is_silent(it)).cloned();
    let fault = silence
        .or_else(|| faults.pop())
        .unwrap_or_else(|| missing(name));
    (Err(fault), NEGATIVE)
}

fn addresses_of(found: &Lookup) -> impl Iterator<Item = IpAddr> {
    found.answers().iter().filter_map(|it| it.data.ip_addr())
}

fn read_error(name: &str, error: &NetError) -> NameFault {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain | ResponseCode::NoError => missing(name),
            code => silent(name, &format!("the name server answered \"{code}\"")),
        },
        // A name that cannot be asked for.
        NetError::Proto(_) => missing(name),
        NetError::Timeout => silent(name, "no name server answered"),
        other => silent(name, &other.to_string()),
    }
}

fn missing(name: &str) -> NameFault {
    NameFault::Missing(format!("there is no address for the name {name}"))
}

fn silent(name: &str, why: &str) -> NameFault {
    NameFault::Silent(format!(
        "the address of {name} could not be looked up: {why}"
    ))
}

/// What a resolv.conf says; as the C library, the name server of this machine where it names none.
fn parse(text: &str) -> Config {
    let read = hickory_resolver::system_conf::parse_resolv_conf(text);
    let (config, options) = read.unwrap_or_else(|_| {
        let here = NameServerConfig::udp_and_tcp(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![here]);
        (config, ResolverOpts::default())
    });
    (config, bounded(options))
}

fn bounded(mut options: ResolverOpts) -> ResolverOpts {
    options.timeout = options.timeout.min(ONE_SERVER);
    options.attempts = options.attempts.clamp(1, 2);
    // What is known is kept here; /etc/hosts is read here.
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    options
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn the_name_servers_are_those_of_the_file() {
        let servers = |text: &str| {
            let (config, options) = parse(text);
            assert!(options.timeout <= ONE_SERVER);
            let all = config.name_servers().iter().map(|it| it.ip.to_string());
            all.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            servers("nameserver 192.0.2.1\nnameserver 192.0.2.2\n"),
            "192.0.2.1 192.0.2.2"
        );
        assert_eq!(
            servers("nameserver 192.0.2.1\noptions timeout:30 attempts:9\n"),
            "192.0.2.1"
        );
        assert_eq!(servers("nonsense\n\nnameserver ::1\n"), "::1");
        for none in ["", "# nothing\n", "search example.com\n"] {
            assert_eq!(servers(none), "127.0.0.1", "{none}");
        }
    }

    #[test]
    fn a_short_name_is_looked_for_in_the_domains_of_the_file() {
        let asked = |name: &str, text: &str| {
            let (config, options) = parse(text);
            complete(name, &config, options.ndots).join(" ")
        };
        let plain = "nameserver 192.0.2.1\nsearch lan example.com\n";
        assert_eq!(asked("n8n", plain), "n8n.lan. n8n.example.com. n8n.");
        assert_eq!(asked("hooks.example.org", plain), "hooks.example.org.");
        let pod = "nameserver 192.0.2.1\nsearch svc.cluster.local\noptions ndots:5\n";
        assert_eq!(
            asked("n8n.tools", pod),
            "n8n.tools.svc.cluster.local. n8n.tools."
        );
        assert_eq!(asked("n8n", "nameserver 192.0.2.1\n"), "n8n.");
    }
}
