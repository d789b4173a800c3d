//! Owns where a webhook may go: the reading of a URL, the hosts an administrator allows, and the rule for all others. Pure.
//!
//! A tenant's URL must not reach what only the server can reach (its own services, a cloud's metadata), so everything but
//! public unicast is refused unless it is allowed.

use super::host_name;
use super::public_address::is_public;
use std::net::{IpAddr, Ipv6Addr};
use url::{Host, Url};

/// A URL that a webhook can be posted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    host: String,
    port: u16,
}

impl Endpoint {
    /// Reads an http or https URL; the error is a sentence for the reader.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url =
            Url::parse(text).map_err(|error| format!("\"{text}\" is not a valid URL: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!(
                "a webhook is sent by http or https, not by {}",
                url.scheme()
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                "a URL must not hold a user name or password; use headers instead".to_owned(),
            );
        }
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or("the URL has no host")?
            .to_lowercase();
        if let Some(Host::Domain(name)) = url.host() {
            host_name::check(name)?;
        }
        let port = url
            .port_or_known_default()
            .filter(|port| *port != 0)
            .ok_or("the URL has no port that can be called")?;
        Ok(Self { host, port, url })
    }

    /// The URL as it is requested.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// `host:port`, by which deliveries are claimed and counted.
    pub fn key(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Which addresses it may be sent to, decided before its host is resolved; the error is a sentence for the reader.
    pub fn allowed_addresses(&self, allowed: &AllowedHosts) -> Result<AllowedAddresses, String> {
        self.admit(allowed).map_err(|why| {
            format!(
                "{why}; an administrator can allow it in customer_success.webhook_allowed_hosts"
            )
        })
    }

    /// Refuses, with a sentence and apart from [`HOW_TO_ALLOW`], what could not be called as the settings are.
    pub fn admit(&self, allowed: &AllowedHosts) -> Result<AllowedAddresses, String> {
        if allowed.contains(&self.host, self.port) {
            return Ok(AllowedAddresses::Any);
        }
        if self.url.scheme() != "https" {
            return Err(format!("{} cannot be called without TLS", self.key()));
        }
        let is_inner = match self.url.host() {
            Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => is_localhost(name),
            None => true,
        };
        match is_inner {
            true => Err(not_public(&self.key())),
            false => Ok(AllowedAddresses::Public),
        }
    }
}

/// Whether a name always means this machine (RFC 6761, 6.3).
pub fn is_localhost(name: &str) -> bool {
    let complete = name.strip_suffix('.').unwrap_or(name);
    complete == "localhost" || complete.ends_with(".localhost")
}

/// Which addresses a host may resolve to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AllowedAddresses {
    /// Any: an administrator allows the host.
    Any,
    /// Public unicast only.
    Public,
}

/// How a host can be called all the same.
pub const HOW_TO_ALLOW: &str =
    "An administrator of the server can name it in customer_success.webhook_allowed_hosts.";

fn not_public(host: &str) -> String {
    format!("{host} is not a public address")
}

/// Why a host whose addresses are not public is not called.
pub fn refusal(host: &str) -> String {
    format!(
        "{}; an administrator can allow it in customer_success.webhook_allowed_hosts",
        not_public(host)
    )
}

/// The hosts of `customer_success.webhook_allowed_hosts`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<(String, Option<u16>)>);

impl AllowedHosts {
    /// Reads comma-separated `host` or `host:port`; the error is a sentence for the administrator.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(parse_entry)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn contains(&self, host: &str, port: u16) -> bool {
        self.0
            .iter()
            .any(|(named, only)| named == host && only.is_none_or(|only| only == port))
    }
}

/// Reads an entry as the authority of a URL, so that every spelling of a host is normalized as it is in URLs.
fn parse_entry(entry: &str) -> Result<(String, Option<u16>), String> {
    let unclear = || format!("\"{entry}\" is neither host nor host:port.");
    let bare_ipv6 = entry.parse::<Ipv6Addr>().is_ok();
    let authority = if bare_ipv6 {
        format!("[{entry}]")
    } else {
        entry.to_owned()
    };
    if authority.contains(['/', '@', '*', '?', '#', ' ']) {
        return Err(unclear());
    }
    // A scheme without a default port, so that ":80" is not taken for granted; http's rules for the host.
    let url = Url::parse(&format!("http://{authority}/")).map_err(|_| unclear())?;
    let explicit = authority
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse::<u16>().ok())
        .filter(|_| !bare_ipv6);
    let host = url.host_str().ok_or_else(unclear)?.to_lowercase();
    let port = if authority.ends_with(']') {
        None
    } else {
        explicit
    };
    Ok((host, port))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn admit(url: &str, allowed: &str) -> Result<AllowedAddresses, String> {
        Endpoint::parse(url)
            .unwrap()
            .allowed_addresses(&AllowedHosts::parse(allowed).unwrap())
    }

    #[test]
    fn inner_addresses_are_refused_however_they_are_spelt() {
        for host in [
            "127.0.0.1",
            "127.1",
            "0x7f.1",
            "2130706433",
            "017700000001",
            "0.0.0.0",
            "10.0.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::ffff:10.0.0.1]",
            "[::ffff:7f00:1]",
            "[fe80::1]",
            "[fd00::1]",
            "[ff02::1]",
            "[64:ff9b::10.0.0.1]",
            "[2002:7f00:1::]",
            "[2001:db8::1]",
            "[::127.0.0.1]",
            "[2600:1234::5efe:7f00:1]",
            "[2600:1234::200:5efe:7f00:1]",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.b.localhost",
        ] {
            assert!(admit(&format!("https://{host}/"), "").is_err(), "{host}");
        }
    }

    #[test]
    fn public_addresses_and_names_pass_by_tls_only() {
        for host in ["8.8.8.8", "[2606:4700::1111]", "hooks.example.com"] {
            assert_eq!(
                admit(&format!("https://{host}/x"), ""),
                Ok(AllowedAddresses::Public),
                "{host}"
            );
            assert!(admit(&format!("http://{host}/x"), "").is_err(), "{host}");
        }
    }

    #[test]
    fn a_named_host_may_be_anywhere() {
        assert_eq!(
            admit("http://localhost:5678/webhook", "localhost"),
            Ok(AllowedAddresses::Any)
        );
        assert_eq!(
            admit("http://LocalHost:5678/webhook", "other, LOCALHOST:5678"),
            Ok(AllowedAddresses::Any)
        );
        assert_eq!(
            admit("http://[::1]:5678/", "::1"),
            Ok(AllowedAddresses::Any)
        );
        assert_eq!(
            admit("http://[::1]:5678/", "[::1]:5678"),
            Ok(AllowedAddresses::Any)
        );
        assert_eq!(
            admit("http://127.0.0.1/", "127.0.0.1:80"),
            Ok(AllowedAddresses::Any)
        );
    }

    #[test]
    fn another_port_or_name_is_not_named() {
        assert!(admit("http://localhost:5678/", "localhost:5679").is_err());
        assert!(admit("http://127.0.0.1:5678/", "localhost:5678").is_err());
        assert!(admit("http://sub.localhost:5678/", "localhost").is_err());
    }

    #[test]
    fn what_is_no_list_of_hosts_is_refused() {
        for bad in [
            "http://x",
            "*.example.com",
            "a b",
            "x:99999",
            "user@host",
            "host/path",
        ] {
            assert!(AllowedHosts::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(AllowedHosts::parse(" , "), Ok(AllowedHosts::default()));
    }

    #[test]
    fn what_is_no_webhook_url_is_refused() {
        for bad in [
            "",
            "hooks.example.com",
            "ftp://example.com/",
            "https://",
            "https://example.com:0/",
            "http://127.0.0.1:0/",
            "https://[2606:4700::1111]:0/",
            "https://example.com:65536/",
            "https://example.com:443x/",
            "https://a..b/",
            "https://.example.com/",
            "https://-a.example.com/",
            "https://a-.example.com/",
            "https://a!b.example.com/",
            "https://example.com,/",
            "https://example.1/",
            "https://u:p@example.com/",
            "javascript:1",
        ] {
            assert!(Endpoint::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            Endpoint::parse("https://Hooks.Example.com/a")
                .unwrap()
                .key(),
            "hooks.example.com:443"
        );
    }
}
