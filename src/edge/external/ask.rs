//! Asks one address: for its head, and where a host does not like that, for all of it; and goes on
//! where it is led.

use std::time::Duration;

use super::{Answer, Turn};
use crate::edge::publish::{Nature, link_trouble};
use crate::syntax::address;

/// How often to be led on.
const MOST_HOPS: usize = 10;

/// The host of a web address, with its port.
pub(super) fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Asks what is at an address.
pub(super) fn ask(agent: &ureq::Agent, address: &str, turn: &mut Turn) -> Answer {
    let mut at = address.to_owned();
    let mut is_for_good = true;
    for _ in 0..MOST_HOPS {
        let reply = match reply(agent, &at, turn) {
            Ok(reply) => reply,
            Err(answer) => return answer,
        };
        match (reply.status, reply.location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                is_for_good &= matches!(reply.status, 301 | 308);
                at = joined(&at, &location);
            }
            (200..=299, _) if at == address || !is_for_good => return Answer::There,
            (200..=299, _) => return Answer::Moved(at),
            (status @ (404 | 410), _) => return Answer::Gone(format!("the answer is {status}")),
            (status, _) => return Answer::Unclear(format!("the answer is {status}")),
        }
    }
    Answer::Gone("it leads on without an end".to_owned())
}

struct Reply {
    status: u16,
    location: Option<String>,
    wait: Option<u64>,
}

/// What is answered; a host that asks for patience is given it once.
fn reply(agent: &ureq::Agent, address: &str, turn: &mut Turn) -> Result<Reply, Answer> {
    turn.wait();
    let mut reply = call(agent, "HEAD", address);
    let is_settled = matches!(&reply, Ok(Reply { status: 200..=399 | 410 | 429, .. }));
    // Some hosts know nothing of heads, and say so in many ways.
    let is_unknown = matches!(&reply, Err((Nature::Lasting | Nature::Usage, _)));
    if !is_settled && !is_unknown {
        turn.wait();
        reply = call(agent, "GET", address);
    }
    if let Ok(Reply { status: 429 | 503, wait: Some(seconds), .. }) = &reply {
        let wait = Duration::from_secs(*seconds);
        if wait > turn.manners.longest {
            return Err(Answer::Unclear(format!("the host asks to wait {seconds} s")));
        }
        std::thread::sleep(wait);
        turn.wait();
        reply = call(agent, "GET", address);
    }
    reply.map_err(|(_, message)| Answer::Unclear(message))
}

fn call(agent: &ureq::Agent, method: &str, address: &str) -> Result<Reply, (Nature, String)> {
    let request = ureq::http::Request::builder().method(method).uri(encoded(address)).body(());
    let request = request.map_err(|_| (Nature::Lasting, "it is no web address".to_owned()))?;
    let response = agent.run(request).map_err(|error| {
        let trouble = link_trouble(host_of(address), &error);
        (trouble.nature, trouble.message)
    })?;
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let wait = header("retry-after").and_then(|seconds| seconds.trim().parse().ok());
    Ok(Reply { status: response.status().as_u16(), location: header("location"), wait })
}

/// An address with what browsers would encode: letters of other scripts, quotes and spaces.
fn encoded(address: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const ODD: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'|');
    utf8_percent_encode(address, ODD).to_string()
}

/// Where a `Location` leads from an address; no server is told of a place within a page.
fn joined(from: &str, location: &str) -> String {
    let whole = |address: &str| address.split('#').next().unwrap_or_default().to_owned();
    let (from, location) = (whole(from), whole(location));
    // Another one may stand whole in its query.
    if location.contains("://") && address::scheme(&location).is_some() {
        return location;
    }
    if location.is_empty() {
        return from;
    }
    let (scheme, rest) = from.split_once("://").unwrap_or(("https", &from));
    if location.starts_with("//") {
        return format!("{scheme}:{location}");
    }
    let host = host_of(&from);
    if location.starts_with('/') {
        return format!("{scheme}://{host}{location}");
    }
    let path = rest[host.len()..].split('?').next().unwrap_or_default();
    if location.starts_with('?') {
        let path = if path.is_empty() { "/" } else { path };
        return format!("{scheme}://{host}{path}{location}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{scheme}://{host}{folder}/{location}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_taken_from_where_it_was_said() {
        for (from, location, to) in [
            ("https://a.org/x/y?z", "https://b.org/", "https://b.org/"),
            ("http://a.org:81/x", "//b.org/y", "http://b.org/y"),
            ("https://a.org/x/y?z/1", "/w", "https://a.org/w"),
            ("https://a.org/x/y?z/1", "w", "https://a.org/x/w"),
            ("https://a.org", "w", "https://a.org/w"),
            ("https://a.org/x/y?z", "?page=2", "https://a.org/x/y?page=2"),
            ("https://a.org?z", "?page=2", "https://a.org/?page=2"),
            ("https://a.org/x", "/y?next=http://b.org/z", "https://a.org/y?next=http://b.org/z"),
            ("https://a.org/x/y", "w?next=http://b.org/z", "https://a.org/x/w?next=http://b.org/z"),
            ("https://a.org/x#y/z", "w", "https://a.org/w"),
            ("https://a.org/x", "HTTPS://b.org/y#z", "HTTPS://b.org/y"),
            ("https://a.org/x?y#z", "#w", "https://a.org/x?y"),
        ] {
            assert_eq!(joined(from, location), to);
        }
        assert_eq!(host_of("https://a.org:81?x"), "a.org:81");
        assert_eq!(host_of("https://a.org#x"), "a.org");
        assert_eq!(encoded("https://a.org/ä?\"b\""), "https://a.org/%C3%A4?%22b%22");
    }
}
