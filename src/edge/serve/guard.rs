//! Closed doors: which requests are answered at all.
//!
//! A web page that an author visits can send requests to this machine, by a name that it lets lead
//! here. It must not be able to read a draft.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};

use super::key::Key;

/// The longest address that is answered.
const LONGEST_ADDRESS: usize = 8 << 10;
/// How large the headers of a request may be. All servers of this machine share their cookies.
const LARGEST_HEADERS: usize = 32 << 10;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Who is let in.
#[derive(Debug)]
pub(super) struct Doors {
    /// The address that the server listens on.
    pub(super) interface: IpAddr,
    /// The names under which it may be asked for, beside this machine's own.
    pub(super) hosts: Vec<String>,
    /// What everybody has to know, if not only this machine reaches it.
    pub(super) key: Option<Key>,
}

impl Doors {
    /// Whether a `Host` is one of this machine's own: never a name that somebody else gives out.
    fn admits(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        let is_name = |own: &str| name.eq_ignore_ascii_case(own);
        if is_name("localhost") || self.hosts.iter().any(|own| is_name(own)) {
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
pub(super) fn refusal(request: &Parts, doors: &Doors) -> Option<StatusCode> {
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
    let is_admitted = host(&request.headers).is_some_and(|host| doors.admits(host));
    let is_named_so = request.uri.host().is_none_or(|host| doors.admits(host));
    let is_welcome = is_admitted && is_named_so && !is_part_of_foreign_page(&request.headers);
    (!is_welcome).then_some(StatusCode::FORBIDDEN)
}

/// Whether a page of another server wants to use the answer: as a picture, a script, by `fetch`. It
/// could not read it anyway; so it cannot even see how long it takes. Links may lead here.
fn is_part_of_foreign_page(headers: &HeaderMap) -> bool {
    let is_foreign = |site: &str| site == "cross-site" || site == "same-site";
    one(headers, &SEC_FETCH_SITE).is_some_and(is_foreign)
        && one(headers, &SEC_FETCH_MODE) != Some("navigate")
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
        let doors = |interface: Ipv4Addr| Doors {
            interface: interface.into(),
            hosts: vec!["studio.test".to_owned()],
            key: None,
        };
        let loopback = doors(Ipv4Addr::LOCALHOST);
        for own in
            ["127.0.0.1", "127.0.0.1:80", "LocalHost:1313", "[::1]:1313", "[::1]", "Studio.test:80"]
        {
            assert!(loopback.admits(own), "{own}");
        }
        for foreign in [
            "",
            "evil.example",
            "a.studio.test",
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
        let everywhere = doors(Ipv4Addr::UNSPECIFIED);
        assert!(everywhere.admits("192.168.1.5:1313"));
        assert!(!everywhere.admits("evil.example"));
    }

    #[test]
    fn pages_of_other_servers_may_lead_here_and_use_nothing() {
        let is_refused = |site, mode| {
            is_part_of_foreign_page(&headers(&[("sec-fetch-site", site), ("sec-fetch-mode", mode)]))
        };
        assert!(is_refused("cross-site", "no-cors") && is_refused("same-site", "cors"));
        assert!(!is_refused("cross-site", "navigate") && !is_refused("same-origin", "cors"));
        assert!(!is_refused("none", "navigate"));
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
