//! Owns the address a request came from, through the proxies we trust.

use super::error::ApiError;
use crate::config::Config;
use crate::trusted_proxies::TrustedProxies;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// Clients whose attempts are counted together.
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl<S> FromRequestParts<S> for ClientAddress
where
    S: Send + Sync,
    Arc<Config>: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let ConnectInfo(peer) = ConnectInfo::<SocketAddr>::from_request_parts(parts, state)
            .await
            .map_err(|missing| ApiError::Internal(missing.to_string()))?;
        let config = Arc::<Config>::from_ref(state);
        let trusted = &config.trusted_proxies;
        Ok(Self(client_address(peer.ip(), &parts.headers, trusted)))
    }
}

/// The nearest address that is not a trusted proxy's. What a stranger writes into the header is left of it. `Forwarded`
/// is not read: a proxy that writes only `X-Forwarded-For` passes on a stranger's `Forwarded` unchanged.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter();
    let parts = lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .filter(|part| !part.is_empty());
    let mut nearest = peer;
    for part in parts.rev() {
        match parse_address(part) {
            Some(address) if trusted.contains(nearest) => nearest = address,
            _ => break,
        }
    }
    network_of(nearest)
}

/// An address as proxies write it: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`,
/// with or without double quotes, with or without a zone. None for `unknown` and the like.
fn parse_address(part: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(part).ok()?;
    let unquoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    let text = unquoted.unwrap_or(text);
    let address = match text.strip_prefix('[') {
        Some(bracketed) => {
            let (address, port) = bracketed.split_once(']')?;
            let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
            return is_port
                .then(|| without_zone(address).parse::<Ipv6Addr>().ok())
                .flatten()
                .map(IpAddr::V6);
        }
        None => without_zone(text),
    };
    match address.parse() {
        Ok(address) => Some(address),
        Err(_) => {
            let (address, port) = address.split_once(':')?;
            let v4 = address.parse::<Ipv4Addr>().ok();
            v4.filter(|_| is_port(port)).map(IpAddr::V4)
        }
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// `fe80::1%eth0` without the name of the interface.
fn without_zone(address: &str) -> &str {
    address
        .split_once('%')
        .map_or(address, |(address, _)| address)
}

/// `64:ff9b::/96`: what a translator makes of IPv4 addresses (RFC 6052).
const TRANSLATED: u128 = 0x0064_ff9b << 96;

/// One household has a whole /64 of IPv6 addresses to choose from; translated IPv4 addresses share one.
pub(super) fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if v6.to_bits() >> 32 == TRANSLATED >> 32 => {
            let [.., a, b, c, d] = v6.octets();
            IpAddr::from([a, b, c, d])
        }
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted = trusted.join(",").parse().unwrap();
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn header_of_a_stranger_is_not_believed() {
        assert_eq!(found("198.51.100.7", &["203.0.113.9"], &[]), "198.51.100.7");
        assert_eq!(
            found("198.51.100.7", &["203.0.113.9"], &["10.0.0.1"]),
            "198.51.100.7"
        );
    }

    #[test]
    fn header_is_read_from_the_right_through_trusted_proxies() {
        let trusted = ["10.0.0.1", "10.0.0.2"];
        assert_eq!(
            found("10.0.0.1", &["1.2.3.4, 203.0.113.9"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(
            found("10.0.0.1", &["1.2.3.4", "203.0.113.9, 10.0.0.2"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(
            found("::ffff:10.0.0.1", &["203.0.113.9"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(found("10.0.0.1", &["1.2.3.4, junk"], &trusted), "10.0.0.1");
    }

    #[test]
    fn every_form_that_proxies_write_is_read() {
        for (written, read) in [
            ("203.0.113.9", "203.0.113.9"),
            ("203.0.113.9:4711", "203.0.113.9"),
            ("\"203.0.113.9:4711\"", "203.0.113.9"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("[::ffff:203.0.113.9]:80", "203.0.113.9"),
            ("2001:db8:1:2:3::4", "2001:db8:1:2::"),
            ("[2001:db8:1:2:3::4]", "2001:db8:1:2::"),
            ("[2001:db8:1:2:3::4]:443", "2001:db8:1:2::"),
            ("\"[2001:db8:1:2:3::4]:443\"", "2001:db8:1:2::"),
            ("2001:DB8:1:2:3::4", "2001:db8:1:2::"),
            ("fe80::1%eth0", "fe80::"),
            ("[fe80::1%25eth0]:80", "fe80::"),
            ("1.2.3.4,203.0.113.9", "203.0.113.9"),
            ("1.2.3.4 ,  203.0.113.9:1", "203.0.113.9"),
            (
                "203.0.113.9, 10.0.0.2:80, [::ffff:10.0.0.3]:80",
                "203.0.113.9",
            ),
            ("203.0.113.9,", "203.0.113.9"),
            (",203.0.113.9, ,", "203.0.113.9"),
            ("999.1.2.3, \"x, \t203.0.113.9\t ", "203.0.113.9"),
            ("203.0.113.9:65535, 10.0.0.3:0", "203.0.113.9"),
            ("::ffff:cb00:7109", "203.0.113.9"),
            ("2001:DB8:1:2:0:0:0:4", "2001:db8:1:2::"),
            ("64:ff9b::203.0.113.9", "203.0.113.9"),
            ("[64:ff9b::cb00:7109]:443", "203.0.113.9"),
            ("64:ff9b:1::203.0.113.9", "64:ff9b:1::"),
            // every hop is trusted: the first of them
            ("10.0.0.9, 10.0.0.2", "10.0.0.9"),
        ] {
            assert_eq!(
                found("10.0.0.1", &[written], &["10.0.0.0/8"]),
                read,
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_address_ends_the_way_back() {
        for written in [
            "unknown",
            "_hidden",
            "203.0.113.9:",
            "203.0.113.9:x",
            "203.0.113.9:99999",
            "203.0.113.9:+1",
            "[203.0.113.9]:80",
            "[2001:db8::1",
            "2001:db8::1]",
            "[2001:db8::1]443",
            "203.0.113",
            "for=203.0.113.9",
            "\"",
            "[203.0.113.9]",
            "203.000.113.009",
            "3405803785",
            "203.0.113.9/32",
            "203.0.113.9; 10.0.0.2",
        ] {
            let proxy = found("10.0.0.1", &[written], &["10.0.0.0/8"]);
            assert_eq!(proxy, "10.0.0.1", "{written}");
            let line = format!("1.2.3.4, {written}, 10.0.0.2");
            let proxy = found("10.0.0.1", &["5.6.7.8", &line], &["10.0.0.0/8"]);
            assert_eq!(proxy, "10.0.0.2", "{line}");
        }
    }

    #[test]
    fn a_line_that_is_not_text_is_not_passed_over() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "1.2.3.4".parse().unwrap());
        let bytes = axum::http::HeaderValue::from_bytes(b"\xff, 203.0.113.9").unwrap();
        headers.append("x-forwarded-for", bytes);
        headers.append("forwarded", "for=1.2.3.4".parse().unwrap());
        let trusted = "10.0.0.0/8, 203.0.113.0/24".parse().unwrap();
        let found = client_address([10, 0, 0, 1].into(), &headers, &trusted);
        assert_eq!(found.to_string(), "203.0.113.9");
    }

    #[test]
    fn neighbours_of_an_ipv6_network_are_one() {
        assert_eq!(found("2001:db8:1:2:3:4:5:6", &[], &[]), "2001:db8:1:2::");
    }
}
