//! Which address a request comes from, with or without a proxy in front.

use http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The client's address: the peer's, unless the peer is a trusted proxy. Then `X-Forwarded-For` is read from the
/// right, where the nearest proxy wrote, and the first address that is no trusted proxy is the client. Whatever a
/// client writes itself stands further left and is never reached. Anything that is no address ends the reading at
/// the peer, so that nobody is taken for somebody else.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let mut hops = Vec::new();
    for value in headers.get_all("x-forwarded-for") {
        let Ok(text) = value.to_str() else { return peer };
        for hop in text.split(',') {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { return peer };
            hops.push(address.to_canonical());
        }
    }
    hops.into_iter().rev().find(|hop| !is_trusted(hop)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_trusted_proxies_are_believed_and_nonsense_leads_to_the_peer() {
        let proxies = ["127.0.0.1/32", "10.1.0.0/16", "fd00::/8"];
        // (peer, lines of X-Forwarded-For, trusted, client)
        let cases: &[(&str, &[&str], &[&str], &str)] = &[
            ("192.0.2.7", &[], &proxies, "192.0.2.7"),
            ("192.0.2.7", &["198.51.100.1"], &proxies, "192.0.2.7"),
            ("127.0.0.1", &["198.51.100.1"], &[], "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1"], &proxies, "198.51.100.1"),
            ("127.0.0.1", &[], &proxies, "127.0.0.1"),
            ("127.0.0.1", &["203.0.113.9, 198.51.100.1"], &proxies, "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1, 10.1.2.3"], &proxies, "198.51.100.1"),
            ("127.0.0.1", &["203.0.113.9", "198.51.100.1,10.1.2.3"], &proxies, "198.51.100.1"),
            ("127.0.0.1", &["10.1.2.3"], &proxies, "127.0.0.1"),
            ("127.0.0.1", &["unknown"], &proxies, "127.0.0.1"),
            ("127.0.0.1", &["evil, 198.51.100.1"], &proxies, "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1:4711"], &proxies, "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1,"], &proxies, "127.0.0.1"),
            ("127.0.0.1", &[""], &proxies, "127.0.0.1"),
            ("::ffff:127.0.0.1", &["198.51.100.1"], &proxies, "198.51.100.1"),
            ("127.0.0.1", &["::ffff:10.1.0.5, ::ffff:10.1.2.3"], &proxies, "127.0.0.1"),
            ("fd00::1", &["2001:db8::7"], &proxies, "2001:db8::7"),
        ];
        for (peer, lines, trusted, client) in cases {
            let mut headers = HeaderMap::new();
            for line in *lines {
                headers.append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
            }
            let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
            let found = client_address(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(found.to_string(), *client, "{peer} {lines:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_lead_to_the_peer() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_bytes(b"198.51.100.1\xff").unwrap());
        let trusted = ["127.0.0.1/32".parse().unwrap()];
        let peer = "127.0.0.1".parse().unwrap();
        assert_eq!(client_address(peer, &headers, &trusted), peer);
    }
}
