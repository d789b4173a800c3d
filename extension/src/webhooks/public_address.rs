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
    // Only 2000::/3 is assigned; within it protocol assignments, documentation and 6to4 are no addresses of receivers.
    let global = part[0] & 0xe000 == 0x2000;
    let special = (part[0] == 0x2001 && (part[1] < 0x0200 || part[1] == 0x0db8))
        || part[0] == 0x2002
        || (part[0] == 0x3fff && part[1] < 0x1000);
    global && !special
}
