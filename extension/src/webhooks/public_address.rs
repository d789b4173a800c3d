//! Owns which addresses are public unicast. Sources: the IANA special-purpose registries for IPv4 and IPv6. Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is public unicast.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || (a == 100 && (64..128).contains(&b))
        || a == 127
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && (18..20).contains(&b))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224;
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let part = address.segments();
    // IPv4 in disguise counts as what it carries: mapped (::ffff:a.b.c.d) and NAT64 (64:ff9b::a.b.c.d).
    let carried = address.to_ipv4_mapped().or_else(|| {
        let [.., a, b, c, d] = address.octets();
        (part[..6] == [0x64, 0xff9b, 0, 0, 0, 0]).then_some(Ipv4Addr::new(a, b, c, d))
    });
    if let Some(v4) = carried {
        return is_public_v4(v4);
    }
    // ISATAP: the last half says which IPv4 address is meant, whatever the prefix (RFC 5214).
    if part[4] & !0x0200 == 0 && part[5] == 0x5efe {
        return false;
    }
    // Only 2000::/3 is assigned; within it protocol assignments, documentation and 6to4 are no addresses of receivers.
    let global = part[0] & 0xe000 == 0x2000;
    let special = (part[0] == 0x2001 && (part[1] < 0x0200 || part[1] == 0x0db8))
        || part[0] == 0x2002
        || (part[0] == 0x3fff && part[1] < 0x1000);
    global && !special
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    /// This network, private, shared, loopback, link-local, protocols, documentation, benchmarks, multicast.
    const INNER_V4: &str = "0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 \
        127.255.255.255 169.254.0.1 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 \
        192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 \
        239.255.255.255 240.0.0.1 255.255.255.255";
    /// Unspecified, loopback, IPv4 inside, NAT64, discard, Teredo, ORCHID, documentation, 6to4, local, multicast.
    const INNER_V6: &str = ":: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 \
        64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b:1::8.8.8.8 100::1 2001::1 \
        2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:1ff::1 2001:db8::1 2002::1 \
        2002:7f00:1:: 2002:808:808::1 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1 fd00::1 fdff::1 fe80::1 febf::1 \
        fec0::1 ff02::1 ff0e::1";
    /// By either mark, in any prefix.
    const ISATAP: &str = "2001:db8::5efe:7f00:1 2600:1234::5efe:7f00:1 2600:1234::5efe:808:808 \
        2600:1234::200:5efe:7f00:1 2a00:1450:4001:80b:0:5efe:a00:1 fe80::5efe:a00:1";
    const PUBLIC_V4: &str = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 \
        128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255 192.169.0.0 \
        198.17.255.255 198.20.0.0 203.0.112.255 223.255.255.255";
    /// The last two as a network that has IPv6 only writes IPv4.
    const PUBLIC_V6: &str = "2001:200::1 2001:4860:4860::8888 2003::1 2400::1 2600::1 2606:4700:4700::1111 \
        2a00:1450:4001:80b::200e 2600:1234::5eff:808:808 64:ff9b::8.8.8.8 ::ffff:8.8.8.8";

    #[test]
    fn what_only_the_server_may_reach_is_not_public() {
        for address in [INNER_V4, INNER_V6, ISATAP].join(" ").split_whitespace() {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn receivers_of_the_internet_are_public() {
        for address in [PUBLIC_V4, PUBLIC_V6].join(" ").split_whitespace() {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
