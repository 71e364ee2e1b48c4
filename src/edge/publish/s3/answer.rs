//! What a storage answers, and what that means for whoever asked.

use crate::edge::publish::trouble::{Nature, Trouble};

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        Self { status, headers, body }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The code of an error, such as `NoSuchBucket`.
    pub(super) fn code(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        let code = code.map_or("", |(code, _)| code);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
        code.chars().filter(|c| is_plain(*c)).take(60).collect()
    }

    /// Whether the storage does not know conditional writes.
    pub(super) fn is_not_implemented(&self) -> bool {
        self.status == 501 || self.code() == "NotImplemented"
    }

    /// The trouble that an answer tells of, if it does.
    pub(super) fn trouble(&self, host: &str, bucket: &str) -> Option<Trouble> {
        if (200..300).contains(&self.status) {
            return None;
        }
        let code = self.code();
        let status = self.status;
        let said = if code.is_empty() { status.to_string() } else { format!("{status} {code}") };
        let usage = |message: String| Trouble::new(Nature::Usage, message);
        Some(match (status, code.as_str()) {
            (412, _) => Trouble::new(Nature::Conflict, format!("`{host}` answered {said}")),
            (_, "NoSuchBucket") => usage(format!("there is no bucket `{bucket}` at `{host}`"))
                .hint(
                    "see `bucket`, `endpoint` and `region` in `site.toml`; sinew makes no buckets",
                ),
            (_, "RequestTimeTooSkewed") => usage("the clock of this machine is wrong".to_owned())
                .hint("set it, and publish again"),
            (_, "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired") => {
                usage("the credentials for the storage have expired".to_owned())
                    .hint("sign in again, and publish again")
            }
            (_, "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken") => {
                usage(format!("`{host}` does not accept the credentials ({said})"))
                    .hint("see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile")
            }
            (301 | 307 | 308, _) | (400, "AuthorizationHeaderMalformed" | "PermanentRedirect") => {
                let region = self.header("x-amz-bucket-region");
                let help = region.map_or_else(
                    || "see `region` and `endpoint` in `site.toml`".to_owned(),
                    |region| format!("set `region = \"{region}\"` in `site.toml`"),
                );
                usage(format!("the bucket `{bucket}` lies elsewhere ({said})")).hint(help)
            }
            (401 | 403, _) => usage(format!("`{host}` refused ({said})"))
                .hint("the key may read, write and delete objects of this bucket"),
            (408 | 409 | 425 | 429 | 500 | 502 | 503 | 504, _) | (400, "RequestTimeout") => {
                let wait = self.header("retry-after").and_then(|seconds| seconds.parse().ok());
                Trouble { wait, ..Trouble::passing(format!("`{host}` answered {said}")) }
            }
            _ => Trouble::lasting(format!("`{host}` answered {said}")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(status: u16, body: &str) -> Trouble {
        let headers = vec![
            ("x-amz-bucket-region".to_owned(), "eu-west-3".to_owned()),
            ("Retry-After".to_owned(), "7".to_owned()),
        ];
        let answer = Answer::new(status, headers, body.as_bytes().to_vec());
        answer.trouble("s3.example", "site").expect("it is trouble")
    }

    #[test]
    fn what_passes_is_told_from_what_has_to_be_mended() {
        for status in [500, 502, 503, 504, 429, 408] {
            let found = trouble(status, "");
            assert_eq!((found.nature, found.wait), (Nature::Passing, Some(7)), "{status}");
        }
        assert_eq!(trouble(412, "").nature, Nature::Conflict);
        let said =
            |status, code: &str| trouble(status, &format!("<Error><Code>{code}</Code></Error>"));
        assert!(said(404, "NoSuchBucket").message.contains("no bucket `site`"));
        assert_eq!(said(403, "AccessDenied").message, "`s3.example` refused (403 AccessDenied)");
        assert!(said(301, "PermanentRedirect").hint.expect("a cure").contains("eu-west-3"));
        assert_eq!(said(400, "Odd\u{1b}[31m<x>").message, "`s3.example` answered 400 Odd31mx");
    }
}
