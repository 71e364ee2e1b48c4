//! The key of a server that others can reach: whoever has the address that was printed gets in, and
//! the browser keeps the key as a cookie, so that it stands in no address from then on.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

/// The name of the key in an address.
const PARAMETER: &str = "key";

/// What everybody has to know who asks.
#[derive(Debug)]
pub(super) struct Key {
    secret: String,
    /// Servers of one machine share their cookies: each port has its own.
    cookie: String,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// It is answered.
    Open,
    /// It brought the key: it is led to the same address without it, and keeps this cookie.
    Keep {
        /// The address.
        location: String,
        /// The cookie.
        cookie: String,
    },
    /// It is refused.
    Shut,
}

impl Key {
    /// The key of the server at a port.
    pub(super) fn new(secret: String, port: u16) -> Self {
        Self { secret, cookie: format!("sinew-{port}") }
    }

    /// The address that lets in, for the address of a page without a query.
    pub(super) fn address(&self, page: &str) -> String {
        format!("{page}?{PARAMETER}={}", self.secret)
    }

    /// Whether a request is let in.
    pub(super) fn entry(&self, request: &Parts) -> Entry {
        if self.cookies(&request.headers).any(|value| self.fits(value)) {
            return Entry::Open;
        }
        let query = request.uri.query().unwrap_or_default();
        let is_key = |pair: &&str| {
            let value = pair.strip_prefix(PARAMETER).and_then(|rest| rest.strip_prefix('='));
            value.is_some_and(|value| self.fits(value))
        };
        if !query.split('&').any(|pair| is_key(&pair)) {
            return Entry::Shut;
        }
        let rest: Vec<&str> = query.split('&').filter(|pair| !is_key(pair)).collect();
        let query = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
        // Two slashes at the front would lead to another host.
        let path = request.uri.path().trim_start_matches('/');
        let secret = &self.secret;
        Entry::Keep {
            location: format!("/{path}{query}"),
            cookie: format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax", self.cookie),
        }
    }

    fn cookies<'a>(&'a self, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> {
        let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|value| value.split(';')).filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == self.cookie).then_some(value)
        })
    }

    /// Compares all bytes, so that time tells nothing.
    fn fits(&self, value: &str) -> bool {
        let differences =
            self.secret.bytes().zip(value.bytes()).filter(|(one, other)| one != other);
        self.secret.len() == value.len() && differences.count() == 0
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn entry(address: &str, cookie: &str) -> Entry {
        let request = Request::get(address).header("cookie", cookie).body(()).expect("a request");
        Key::new("abc".to_owned(), 80).entry(&request.into_parts().0)
    }

    #[test]
    fn the_key_opens_and_is_taken_out_of_the_address() {
        let kept = |location: &str| Entry::Keep {
            location: location.to_owned(),
            cookie: "sinew-80=abc; Path=/; HttpOnly; SameSite=Lax".to_owned(),
        };
        assert_eq!(entry("/a/?key=abc", ""), kept("/a/"));
        assert_eq!(entry("/?x=1&key=abc&y", ""), kept("/?x=1&y"));
        assert_eq!(entry("//evil.example/?key=abc", ""), kept("/evil.example/"));
        assert_eq!(entry("/", "a=b; sinew-80=abc"), Entry::Open);
    }

    #[test]
    fn nothing_else_opens() {
        for (address, cookie) in [
            ("/", ""),
            ("/?key=", ""),
            ("/?key=abd", ""),
            ("/?key=abcd", ""),
            ("/?token=abc", ""),
            ("/abc", ""),
            ("/", "sinew-80=ab"),
            ("/", "sinew-81=abc"),
            ("/", "sinew-80=abcd"),
        ] {
            assert_eq!(entry(address, cookie), Entry::Shut, "{address} {cookie}");
        }
    }
}
