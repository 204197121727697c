//! Takes an address of the network, gives why a report must not be read there, if it must not.
//! Invariant: what is not plainly an address of the public internet is refused, in whatever form it is written.
//!
//! The tables follow the special-purpose registries of IANA (RFC 6890 and what came after it).

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// A range of addresses, as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

/// Why a text is no range of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no range of addresses; write one as 127.0.0.1 or 10.1.0.0/16, without bits after the range's length"
)]
pub struct NetworkRefused(String);

impl Network {
    const fn v4(parts: [u8; 4], bits: u8) -> Self {
        let [a, b, c, d] = parts;
        Self { base: IpAddr::V4(Ipv4Addr::new(a, b, c, d)), bits }
    }

    const fn v6(head: [u16; 4], tail: u16, bits: u8) -> Self {
        let [a, b, c, d] = head;
        Self { base: IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, tail)), bits }
    }

    /// Whether the address lies in it; one family never holds an address of the other.
    pub fn holds(&self, address: IpAddr) -> bool {
        self.base.is_ipv4() == address.is_ipv4()
            && (spread(self.base) ^ spread(address)) & mask(self.bits) == 0
    }
}

impl FromStr for Network {
    type Err = NetworkRefused;

    fn from_str(text: &str) -> Result<Self, NetworkRefused> {
        let refused = || NetworkRefused(text.to_owned());
        let (base, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let base: IpAddr = base.parse().map_err(|_| refused())?;
        let bits_max = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => bits_max,
            Some(bits) => bits.parse().map_err(|_| refused())?,
        };
        // `10.1.2.3/8` is more often a slip of the length than meant: too wide a range must not open by one.
        if bits > bits_max || spread(base) & !mask(bits) != 0 {
            return Err(refused());
        }
        Ok(Self { base, bits })
    }
}

/// An address with its first bit first in 128, so that both families share one arithmetic.
fn spread(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn mask(bits: u8) -> u128 {
    u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0)
}

/// What of IPv4 is not the public internet.
const NOT_PUBLIC_V4: [(Network, &str); 18] = [
    (Network::v4([0, 0, 0, 0], 8), "no host (0.0.0.0/8)"),
    (Network::v4([10, 0, 0, 0], 8), "a private network"),
    (Network::v4([100, 64, 0, 0], 10), "a carrier's inner network"),
    (Network::v4([127, 0, 0, 0], 8), "this machine"),
    (Network::v4([168, 63, 129, 16], 32), "a cloud's metadata"),
    (Network::v4([169, 254, 0, 0], 16), "link-local, as a cloud's metadata are"),
    (Network::v4([172, 16, 0, 0], 12), "a private network"),
    (Network::v4([192, 0, 0, 0], 24), "kept for protocols"),
    (Network::v4([192, 0, 2, 0], 24), "kept for documentation"),
    (Network::v4([192, 88, 99, 0], 24), "a relay between protocols"),
    (Network::v4([192, 168, 0, 0], 16), "a private network"),
    (Network::v4([198, 18, 0, 0], 15), "kept for benchmarks"),
    (Network::v4([198, 51, 100, 0], 24), "kept for documentation"),
    (Network::v4([203, 0, 113, 0], 24), "kept for documentation"),
    (Network::v4([224, 0, 0, 0], 4), "multicast"),
    (Network::v4([255, 255, 255, 255], 32), "broadcast"),
    (Network::v4([240, 0, 0, 0], 4), "reserved"),
    // The anycast of AS112 answers for private networks' names.
    (Network::v4([192, 175, 48, 0], 24), "a sink for private networks' questions"),
];

/// What of IPv6 has a name of its own; everything else outside `PUBLIC_V6` is reserved.
const NOT_PUBLIC_V6: [(Network, &str); 12] = [
    (Network::v6([0, 0, 0, 0], 0, 128), "no host (::)"),
    (Network::v6([0, 0, 0, 0], 1, 128), "this machine"),
    (Network::v6([0x64, 0xff9b, 1, 0], 0, 48), "a private translation to IPv4"),
    (Network::v6([0x100, 0, 0, 0], 0, 64), "kept for discarding"),
    (Network::v6([0x2001, 0, 0, 0], 0, 32), "a tunnel to IPv4 (Teredo)"),
    (Network::v6([0x2001, 0, 0, 0], 0, 23), "kept for protocols"),
    (Network::v6([0x2001, 0xdb8, 0, 0], 0, 32), "kept for documentation"),
    (Network::v6([0x3fff, 0, 0, 0], 0, 20), "kept for documentation"),
    (Network::v6([0xfc00, 0, 0, 0], 0, 7), "a private network"),
    (Network::v6([0xfe80, 0, 0, 0], 0, 10), "link-local"),
    (Network::v6([0xfec0, 0, 0, 0], 0, 10), "a private network"),
    (Network::v6([0xff00, 0, 0, 0], 0, 8), "multicast"),
];

/// Global unicast: all of IPv6 that has been given out for the public internet.
const PUBLIC_V6: Network = Network::v6([0x2000, 0, 0, 0], 0, 3);

/// What the address is, if it is not of the public internet.
pub fn not_public(address: IpAddr) -> Option<&'static str> {
    let table: &[(Network, &'static str)] = match address {
        IpAddr::V4(_) => &NOT_PUBLIC_V4,
        IpAddr::V6(address) => match embedded(address) {
            // Whoever reaches the IPv6 form reaches the IPv4 address in it.
            Some(inner) => return not_public(IpAddr::V4(inner)),
            None => &NOT_PUBLIC_V6,
        },
    };
    let named = table.iter().find(|(network, _)| network.holds(address)).map(|(_, what)| *what);
    let reserved = address.is_ipv6() && !PUBLIC_V6.holds(address);
    named.or(reserved.then_some("reserved"))
}

/// The IPv4 address that an IPv6 address stands for: mapped, translated (NAT64) or tunnelled (6to4).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => Some(of(g, h)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each address of the text is of this kind; `None` where it is public.
    #[track_caller]
    fn check(addresses: &str, expectation: Option<&str>) {
        for address in addresses.split_whitespace() {
            let found = not_public(address.parse().unwrap());
            match (found, expectation) {
                (Some(found), Some(part)) => assert!(found.contains(part), "{address}: {found}"),
                (found, expectation) => assert_eq!(found, expectation, "{address}"),
            }
        }
    }

    #[test]
    fn only_the_public_internet_is_public() {
        check("1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0", None);
        check("126.255.255.255 128.0.0.0 169.253.255.255 172.15.255.255 172.32.0.0", None);
        check("192.0.1.0 192.167.255.255 198.17.255.255 198.20.0.0 223.255.255.255", None);
        check("2606:4700::1111 2a00:1450::1 2001:200::1 2001:4860:4860::8888 2400::1", None);
    }

    #[test]
    fn each_inner_range_is_known_to_its_borders() {
        check("0.0.0.0 0.255.255.255 ::", Some("no host"));
        check("10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255", Some("private"));
        check("192.168.0.1 192.168.255.255 fc00::1 fdff::1 fd00:ec2::254 fec0::1", Some("private"));
        check("100.64.0.0 100.127.255.255 100.100.100.200", Some("carrier"));
        check("127.0.0.1 127.255.255.255 ::1", Some("this machine"));
        check("169.254.0.1 169.254.169.254 fe80::1 febf::1", Some("link-local"));
        check("168.63.129.16", Some("metadata"));
        check("192.0.0.1 192.0.0.192 2001:1ff::1 2001:2::1 2001:10::1", Some("protocols"));
        check("192.0.2.1 198.51.100.1 203.0.113.9 2001:db8::1 3fff:fff::1", Some("documentation"));
        check("198.18.0.0 198.19.255.255", Some("benchmarks"));
        check("224.0.0.1 239.255.255.255 ff02::1", Some("multicast"));
        check("240.0.0.1 255.255.255.254 4000::1 5f00::1 ::2 e000::1", Some("reserved"));
        check("255.255.255.255", Some("broadcast"));
        check("192.88.99.1", Some("relay"));
        check("192.175.48.1", Some("sink"));
        check("100::1", Some("discarding"));
    }

    #[test]
    fn an_inner_address_is_found_inside_an_outer_one() {
        check("::ffff:127.0.0.1 64:ff9b::127.0.0.1 2002:7f00:1::", Some("this machine"));
        check("::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1", Some("link-local"));
        check("::ffff:10.0.0.1 64:ff9b::10.0.0.1 2002:a00:1::", Some("private"));
        check("64:ff9b:1::8.8.8.8", Some("private translation"));
        check("2001:0:4136:e378:8000:63bf:f5ff:fffe", Some("Teredo"));
        check("::127.0.0.1 ::8.8.8.8 ::ffff:0:8.8.8.8", Some("reserved"));
        check("::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1", None);
    }

    #[test]
    fn a_range_holds_its_own_addresses_alone() {
        let holds = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().holds(address.parse().unwrap())
        };
        assert!(holds("127.0.0.1", "127.0.0.1") && !holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("10.1.0.0/16", "10.1.255.255") && !holds("10.1.0.0/16", "10.2.0.0"));
        assert!(holds("::1", "::1") && !holds("::1", "127.0.0.1"));
        assert!(holds("0.0.0.0/0", "9.9.9.9") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("fd00::/8", "fdff::1") && !holds("fd00::/8", "fc00::1"));
        for bad in ["", "localhost", "10.0.0.0/33", "10.1.2.3/8", "::1/129", "127.1", "10.0.0.0/"] {
            assert_eq!(bad.parse::<Network>(), Err(NetworkRefused(bad.to_owned())), "{bad}");
        }
    }
}
