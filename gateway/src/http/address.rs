//! Owns the address a request came from, through the proxies we trust.

use super::error::ApiError;
use crate::config::Config;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
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

/// The nearest address that is not a trusted proxy's. What a stranger writes into the header is left of it.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|address| address.trim().parse::<IpAddr>().ok());
    let mut nearest = peer;
    for address in forwarded.rev() {
        match address {
            Some(address) if trusted.contains(&nearest.to_canonical()) => nearest = address,
            _ => break,
        }
    }
    network_of(nearest)
}

/// One household has a whole /64 of IPv6 addresses to choose from.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
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
        let trusted: Vec<IpAddr> = trusted.iter().map(|t| t.parse().unwrap()).collect();
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
    fn neighbours_of_an_ipv6_network_are_one() {
        assert_eq!(found("2001:db8:1:2:3:4:5:6", &[], &[]), "2001:db8:1:2::");
    }
}
