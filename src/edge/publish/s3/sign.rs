//! Signs requests as S3 wants them: AWS Signature Version 4, with the hash of the body in it, so
//! that a server takes nothing that was changed on the way.

use graviola::hashing::hmac::Hmac;
use graviola::hashing::{Hash, Sha256};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::credentials::Credentials;

/// What stands in the path of an address as it is.
const IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// The path of an address, encoded as it is signed and sent.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, IN_PATHS).to_string()
}

/// A request that waits for its signature.
pub(super) struct Unsigned<'a> {
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    /// Encoded, from the root of the host.
    pub(super) path: &'a str,
    /// Further headers that are signed, with lower-case names.
    pub(super) headers: &'a [(String, String)],
    pub(super) body: &'a [u8],
}

/// When and where a signature holds.
pub(super) struct Scope<'a> {
    /// Such as `20261125T120000Z`.
    pub(super) time: &'a str,
    pub(super) region: &'a str,
}

/// All headers of a request but `host`, with its signature.
pub(super) fn signed(
    request: &Unsigned<'_>,
    scope: &Scope<'_>,
    credentials: &Credentials,
) -> Vec<(String, String)> {
    let body_hash = hex(Sha256::hash(request.body).as_ref());
    let mut headers = request.headers.to_vec();
    headers.push(("x-amz-content-sha256".to_owned(), body_hash.clone()));
    headers.push(("x-amz-date".to_owned(), scope.time.to_owned()));
    if let Some(token) = &credentials.session_token {
        headers.push(("x-amz-security-token".to_owned(), token.reveal().to_owned()));
    }
    let mut all = headers.clone();
    all.push(("host".to_owned(), request.host.to_owned()));
    all.sort();
    let names = all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let lines: String =
        all.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let Unsigned { method, path, .. } = request;
    let canonical = format!("{method}\n{path}\n\n{lines}\n{names}\n{body_hash}");
    let day = &scope.time[..8];
    let within = format!("{day}/{}/s3/aws4_request", scope.region);
    let hash = hex(Sha256::hash(canonical.as_bytes()).as_ref());
    let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{within}\n{hash}", scope.time);
    let signature = hex(&hmac(&key(day, scope.region, credentials), &to_sign));
    let id = &credentials.key_id;
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={id}/{within}, SignedHeaders={names}, Signature={signature}"
    );
    headers.push(("authorization".to_owned(), authorization));
    headers
}

fn key(day: &str, region: &str, credentials: &Credentials) -> Vec<u8> {
    let secret = format!("AWS4{}", credentials.secret_key.reveal());
    let of_day = hmac(secret.as_bytes(), day);
    hmac(&hmac(&hmac(&of_day, region), "s3"), "aws4_request")
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new(key);
    hmac.update(text.as_bytes());
    hmac.finish().as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::credentials::Secret;
    use super::*;

    /// The example of a PUT in the documentation of AWS, "Authenticating Requests: Using the
    /// Authorization Header".
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let credentials = Credentials {
            key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            session_token: None,
        };
        let headers = [
            ("date".to_owned(), "Fri, 24 May 2013 00:00:00 GMT".to_owned()),
            ("x-amz-storage-class".to_owned(), "REDUCED_REDUNDANCY".to_owned()),
        ];
        let request = Unsigned {
            method: "PUT",
            host: "examplebucket.s3.amazonaws.com",
            path: &encoded("/test$file.text"),
            headers: &headers,
            body: b"Welcome to Amazon S3.",
        };
        let scope = Scope { time: "20130524T000000Z", region: "us-east-1" };
        let signed = signed(&request, &scope, &credentials);
        let (_, authorization) = signed.last().expect("it is signed");
        assert!(
            authorization.ends_with(
                "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
            ),
            "{authorization}"
        );
    }
}
