//! One bucket: where it is, and the four calls that are made of it. Each is made again while its
//! trouble may pass.

use std::sync::atomic::{AtomicBool, Ordering};

use ureq::http::{Request, Uri};

use super::answer::Answer;
use super::credentials::Credentials;
use super::sign::{Scope, Unsigned, encoded, signed};
use crate::edge::publish::http;
use crate::edge::publish::retry::{Patience, insist};
use crate::edge::publish::target::Note;
use crate::edge::publish::trouble::{Nature, Trouble};
use crate::model::publish::Addressing;
use crate::source::Fingerprint;

/// The largest note that is read.
const LARGEST_NOTE: u64 = 256 << 20;

/// Where a bucket is.
pub(super) struct Place {
    is_secret: bool,
    host: String,
    /// What the path of an address begins with: `/bucket` where the host does not name it.
    path: String,
    bucket: String,
}

impl Place {
    /// The place of a bucket at an endpoint; without one, at AWS.
    pub(super) fn new(
        bucket: &str,
        endpoint: Option<&str>,
        region: &str,
        addressing: Option<Addressing>,
    ) -> Result<Self, Trouble> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if bucket.is_empty() || !bucket.chars().all(is_name) {
            let message = format!("`{bucket}` is not the name of a bucket");
            return Err(Trouble::new(Nature::Usage, message));
        }
        let aws = format!("https://s3.{region}.amazonaws.com");
        // A certificate for one level of names does not hold for a bucket with a dot.
        let usual = match endpoint {
            None if !bucket.contains('.') => Addressing::Virtual,
            _ => Addressing::Path,
        };
        let endpoint = endpoint.unwrap_or(&aws);
        let bad = || {
            let message = format!("`{endpoint}` is not the address of a storage");
            Trouble::new(Nature::Usage, message).hint("begin it with `https://`")
        };
        let uri: Uri = endpoint.parse().map_err(|_| bad())?;
        let is_secret = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(bad()),
        };
        let authority = uri.authority().filter(|found| !found.as_str().contains('@'));
        let usual_port = if is_secret { ":443" } else { ":80" };
        let host = authority.ok_or_else(bad)?.as_str();
        let host = host.strip_suffix(usual_port).unwrap_or(host);
        let path = uri.path().trim_end_matches('/');
        let (host, path) = match addressing.unwrap_or(usual) {
            Addressing::Virtual => (format!("{bucket}.{host}"), path.to_owned()),
            Addressing::Path => (host.to_owned(), format!("{path}/{bucket}")),
        };
        Ok(Self { is_secret, host, path, bucket: bucket.to_owned() })
    }

    fn url(&self, path: &str) -> String {
        let scheme = if self.is_secret { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host)
    }
}

/// What has to be so for an object to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition<'a> {
    /// Nothing.
    None,
    /// It is not there.
    Absent,
    /// It is the version that was seen.
    Version(&'a str),
}

/// A bucket, and who asks it.
pub(super) struct Bucket {
    agent: ureq::Agent,
    place: Place,
    prefix: String,
    region: String,
    credentials: Credentials,
    patience: Patience,
    /// Whether the storage has said that it does not know conditional writes.
    is_unconditional: AtomicBool,
}

impl Bucket {
    pub(super) fn new(
        agent: ureq::Agent,
        place: Place,
        prefix: String,
        region: String,
        credentials: Credentials,
        patience: Patience,
    ) -> Self {
        let is_unconditional = AtomicBool::new(false);
        Self { agent, place, prefix, region, credentials, patience, is_unconditional }
    }

    /// Reads an object, if it is there.
    pub(super) fn read(&self, name: &str) -> Result<Option<Note>, Trouble> {
        let answer = self.insist("GET", name, &[], b"")?;
        Ok(answer.map(|answer| {
            let version = self.version(&answer, &answer.body);
            Note { version, bytes: answer.body }
        }))
    }

    /// A header of an object, if the object is there; nothing, where it has no such header.
    pub(super) fn header(&self, name: &str, header: &str) -> Result<Option<String>, Trouble> {
        let answer = self.insist("HEAD", name, &[], b"")?;
        Ok(answer.map(|answer| answer.header(header).unwrap_or_default().to_owned()))
    }

    /// Writes an object, and gives its version.
    pub(super) fn write(
        &self,
        name: &str,
        bytes: &[u8],
        headers: &[(String, String)],
        condition: Condition<'_>,
    ) -> Result<String, Trouble> {
        let condition_header = match condition {
            Condition::None => None,
            Condition::Absent => Some(("if-none-match".to_owned(), "*".to_owned())),
            Condition::Version(version) => Some(("if-match".to_owned(), version.to_owned())),
        };
        if !self.is_unconditional.load(Ordering::Relaxed) {
            let mut headers = headers.to_vec();
            headers.extend(condition_header.clone());
            let written = self.insist("PUT", name, &headers, bytes);
            if !self.is_unconditional.load(Ordering::Relaxed) {
                let answer = written?.ok_or_else(|| self.not_found(name))?;
                return Ok(self.version(&answer, bytes));
            }
        }
        // The storage knows no conditions: a look has to do.
        self.look_before(name, condition)?;
        let answer = self.insist("PUT", name, headers, bytes)?;
        Ok(self.version(&answer.ok_or_else(|| self.not_found(name))?, bytes))
    }

    fn look_before(&self, name: &str, condition: Condition<'_>) -> Result<(), Trouble> {
        let is_as_seen = match condition {
            Condition::None => true,
            Condition::Absent => self.insist("HEAD", name, &[], b"")?.is_none(),
            Condition::Version(version) => {
                self.read(name)?.is_some_and(|note| note.version == version)
            }
        };
        let conflict = || Trouble::new(Nature::Conflict, format!("`{name}` is another one by now"));
        if is_as_seen { Ok(()) } else { Err(conflict()) }
    }

    /// Removes an object. One that is not there is removed.
    pub(super) fn remove(&self, name: &str) -> Result<(), Trouble> {
        self.insist("DELETE", name, &[], b"").map(drop)
    }

    /// The storage's own name of a version; where it has none, the hash of the bytes.
    fn version(&self, answer: &Answer, bytes: &[u8]) -> String {
        match answer.header("etag") {
            Some(tag) => tag.to_owned(),
            None => {
                self.is_unconditional.store(true, Ordering::Relaxed);
                Fingerprint::of(bytes).to_string()
            }
        }
    }

    fn not_found(&self, name: &str) -> Trouble {
        Trouble::lasting(format!("`{}` does not take `{name}` (404)", self.place.host))
    }

    /// `None` if there is no such object.
    fn insist(
        &self,
        method: &str,
        name: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Result<Option<Answer>, Trouble> {
        let has_condition = headers.iter().any(|(name, _)| name.starts_with("if-"));
        insist(self.patience, || {
            let answer = self.call(method, name, headers, body)?;
            if has_condition && answer.is_not_implemented() {
                self.is_unconditional.store(true, Ordering::Relaxed);
            }
            let is_absent = answer.status == 404 && answer.code() != "NoSuchBucket";
            if is_absent {
                return Ok(None);
            }
            answer.trouble(&self.place.host, &self.place.bucket).map_or(Ok(Some(answer)), Err)
        })
    }

    fn call(
        &self,
        method: &str,
        name: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Result<Answer, Trouble> {
        let Place { host, path, .. } = &self.place;
        let path = encoded(&format!("{path}/{}{name}", self.prefix));
        let time = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let scope = Scope { time: &time, region: &self.region };
        let request = Unsigned { method, host, path: &path, headers, body };
        let mut builder = Request::builder().method(method).uri(self.place.url(&path));
        for (name, value) in signed(&request, &scope, &self.credentials) {
            builder = builder.header(name, value);
        }
        let odd = |_| Trouble::lasting(format!("`{name}` cannot be asked for"));
        let sent = match method {
            "PUT" => self.agent.run(builder.body(body).map_err(odd)?),
            _ => self.agent.run(builder.body(()).map_err(odd)?),
        };
        let mut answer = sent.map_err(|error| http::trouble(host, &error))?;
        let headers = answer.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let headers = headers.collect();
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(LARGEST_NOTE).read_to_vec();
        let body = body.map_err(|error| http::trouble(host, &error))?;
        Ok(Answer::new(status, headers, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(endpoint: Option<&str>, addressing: Option<Addressing>) -> (String, String) {
        let place = Place::new("site", endpoint, "eu-west-1", addressing).expect("an address");
        (place.url(""), place.path)
    }

    #[test]
    fn a_bucket_is_named_by_the_host_on_aws_and_by_the_path_elsewhere() {
        let of = |url: &str, path: &str| (url.to_owned(), path.to_owned());
        assert_eq!(place(None, None), of("https://site.s3.eu-west-1.amazonaws.com", ""));
        let local = Some("http://localhost:9000/");
        assert_eq!(place(local, None), of("http://localhost:9000", "/site"));
        let minio = Some("https://s3.example:443/base");
        assert_eq!(place(minio, None), of("https://s3.example", "/base/site"));
        assert_eq!(place(minio, Some(Addressing::Virtual)), of("https://site.s3.example", "/base"));
        assert_eq!(
            place(None, Some(Addressing::Path)),
            of("https://s3.eu-west-1.amazonaws.com", "/site"),
        );
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for bad in ["s3.example", "ftp://x", "https://", "https://me:pw@x"] {
            assert!(Place::new("site", Some(bad), "r", None).is_err(), "{bad}");
        }
        assert!(Place::new("a/b", None, "r", None).is_err());
        let dotted = Place::new("www.x.org", None, "r", None).expect("an address");
        assert_eq!(dotted.url(&dotted.path), "https://s3.r.amazonaws.com/www.x.org");
    }
}
