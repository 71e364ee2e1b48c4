//! Closed doors: which requests are answered at all.
//!
//! A web page that an author visits can send requests to this machine, by a name that it lets lead
//! here. It must not be able to read a draft.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};

/// The longest address that is answered.
const LONGEST_ADDRESS: usize = 8 << 10;
/// How large the headers of a request may be. All servers of this machine share their cookies.
const LARGEST_HEADERS: usize = 32 << 10;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The hosts under which the site may be asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hosts {
    /// The address that the server listens on.
    pub(super) interface: IpAddr,
}

impl Hosts {
    /// Whether a `Host` is one of this machine's own: never a name that somebody else gives out.
    fn admits(self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
        let Ok(address) = bare.parse::<IpAddr>() else { return false };
        address == Ipv4Addr::LOCALHOST
            || address == Ipv6Addr::LOCALHOST
            || address == self.interface
            // Whoever listens everywhere is reached by any number, and still by no foreign name.
            || self.interface.is_unspecified()
    }
}

/// A host without its port; `None` if it is neither.
fn without_port(host: &str) -> Option<&str> {
    let end = match host.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => host.find(':').unwrap_or(host.len()),
    };
    let (name, port) = host.split_at(end);
    let is_port = port.strip_prefix(':').is_none_or(|port| {
        !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit())
    });
    (is_port && (port.is_empty() || port.starts_with(':'))).then_some(name)
}

/// Why a request is not answered, if so.
pub(super) fn refusal(request: &Parts, hosts: Hosts) -> Option<StatusCode> {
    if request.method != Method::GET && request.method != Method::HEAD {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    if request.uri.to_string().len() > LONGEST_ADDRESS {
        return Some(StatusCode::URI_TOO_LONG);
    }
    let headers = request.headers.iter();
    let size: usize = headers.map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if size > LARGEST_HEADERS {
        return Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    let is_admitted = host(&request.headers).is_some_and(|host| hosts.admits(host));
    let is_named_so = request.uri.host().is_none_or(|host| hosts.admits(host));
    (!is_admitted || !is_named_so).then_some(StatusCode::FORBIDDEN)
}

/// The one `Host` of a request.
fn host(headers: &HeaderMap) -> Option<&str> {
    one(headers, &header::HOST)
}

/// The value of a header that is there exactly once.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)?.to_str().ok()
}

/// Whether a request comes from a page of this very server.
///
/// Browsers say so in `Sec-Fetch-Site`, but only on hosts that they trust; for another interface,
/// where a page lies is in `Referer`. Without a word of either, nobody is let in.
pub(super) fn is_from_own_page(headers: &HeaderMap) -> bool {
    let Some(host) = host(headers) else { return false };
    let own = format!("http://{host}");
    let is_own = |name: &HeaderName, test: &dyn Fn(&str) -> bool| {
        headers.contains_key(name).then(|| one(headers, name).is_some_and(test))
    };
    let claims = [
        is_own(&header::ORIGIN, &|origin| origin.eq_ignore_ascii_case(&own)),
        is_own(&SEC_FETCH_SITE, &|site| site == "same-origin"),
        is_own(&header::REFERER, &|page| {
            page.strip_prefix(&own).is_some_and(|rest| rest.starts_with('/'))
        }),
    ];
    claims.contains(&Some(true)) && !claims.contains(&Some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in all {
            headers.append(*name, value.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn only_this_machines_own_hosts_are_admitted() {
        let loopback = Hosts { interface: Ipv4Addr::LOCALHOST.into() };
        for own in ["127.0.0.1", "127.0.0.1:80", "LocalHost:1313", "[::1]:1313", "[::1]"] {
            assert!(loopback.admits(own), "{own}");
        }
        for foreign in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:1313",
            "localhost:1313:1",
            "localhost:",
            "127.0.0.1@evil",
            "192.168.1.5",
            "[::1]evil",
            "[::1",
            "127.1",
        ] {
            assert!(!loopback.admits(foreign), "{foreign}");
        }
        let everywhere = Hosts { interface: Ipv4Addr::UNSPECIFIED.into() };
        assert!(everywhere.admits("192.168.1.5:1313"));
        assert!(!everywhere.admits("evil.example"));
    }

    #[test]
    fn two_hosts_are_none() {
        assert_eq!(host(&headers(&[("host", "localhost"), ("host", "evil.example")])), None);
    }

    #[test]
    fn the_channel_is_for_pages_of_the_same_host() {
        const HOST: (&str, &str) = ("host", "127.0.0.1:1313");
        for own in [
            ("origin", "http://127.0.0.1:1313"),
            ("sec-fetch-site", "same-origin"),
            ("referer", "http://127.0.0.1:1313/muscles/"),
        ] {
            assert!(is_from_own_page(&headers(&[HOST, own])), "{own:?}");
        }
        for foreign in [
            ("origin", "http://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "cross-site"),
            ("referer", "http://127.0.0.1:13130/"),
            ("accept", "*/*"),
        ] {
            assert!(!is_from_own_page(&headers(&[HOST, foreign])), "{foreign:?}");
        }
        let both = headers(&[HOST, ("sec-fetch-site", "same-origin"), ("origin", "null")]);
        assert!(!is_from_own_page(&both));
    }
}
