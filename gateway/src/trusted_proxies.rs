//! Owns the list of proxies that are trusted to say who a request comes from. Pure.

use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;
use std::str::FromStr;

/// Addresses and networks, in the order they were written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for TrustedProxies {
    type Err = String;

    /// Separated by commas; blanks and empty entries do not count.
    fn from_str(text: &str) -> Result<Self, String> {
        let entries = text.split(',').map(str::trim);
        let networks = entries.filter(|entry| !entry.is_empty()).map(|entry| {
            let refused =
                || format!("{entry:?} is neither an address nor a network such as 10.0.0.0/8");
            network(entry).ok_or_else(refused)
        });
        networks.collect::<Result<_, _>>().map(Self)
    }
}

fn network(entry: &str) -> Option<IpNet> {
    if let Ok(address) = entry.parse::<IpAddr>() {
        return Some(address.to_canonical().into());
    }
    match entry.parse().ok()? {
        IpNet::V6(v6) => Some(as_v4(v6).unwrap_or(IpNet::V6(v6))),
        v4 => Some(v4),
    }
}

/// `::ffff:10.0.0.0/104` is written for `10.0.0.0/8`, and addresses are compared in the shorter form.
fn as_v4(network: ipnet::Ipv6Net) -> Option<IpNet> {
    let v4 = network.addr().to_ipv4_mapped()?;
    let bits = network.prefix_len().checked_sub(96)?;
    Ipv4Net::new(v4, bits).ok().map(IpNet::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusts(list: &str, address: &str) -> bool {
        let list: TrustedProxies = list.parse().unwrap();
        list.contains(address.parse().unwrap())
    }

    #[test]
    fn lists_hold_addresses_and_networks_with_and_without_blanks() {
        for list in [
            "10.0.0.0/8,fd00::/8,192.0.2.7,::1",
            "10.0.0.0/8, fd00::/8 ,192.0.2.7,\t::1,",
            " ,10.1.2.3/8, fd12::1/8,192.0.2.7/32,::1/128, ,",
            "::ffff:10.0.0.0/104,fd00::/8,::ffff:192.0.2.7,::1",
        ] {
            for inside in [
                "10.255.0.1",
                "::ffff:10.0.0.1",
                "fdab::9",
                "192.0.2.7",
                "::1",
            ] {
                assert!(trusts(list, inside), "{list} {inside}");
            }
            for outside in ["11.0.0.1", "fe80::1", "192.0.2.8", "::2", "::ffff:11.0.0.1"] {
                assert!(!trusts(list, outside), "{list} {outside}");
            }
        }
        assert!(!trusts("", "127.0.0.1") && !trusts(" , ", "::1"));
    }

    #[test]
    fn what_is_misspelt_is_refused_by_name() {
        for entry in [
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.256",
            "fd00::/129",
            "proxy.example",
            "10.0.0.1:80",
            "[::1]",
            "10.0.0.0/",
            "/8",
            "10.0.0.1 10.0.0.2",
            "10.0.0.1;10.0.0.2",
            "10.0.0.0-10.0.0.9",
            "*",
            "localhost",
        ] {
            let list = format!("192.0.2.1, {entry}");
            let why = list.parse::<TrustedProxies>().unwrap_err();
            assert!(why.contains(entry) && !why.contains("192.0.2.1,"), "{why}");
        }
    }
}
