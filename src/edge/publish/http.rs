//! An agent for HTTP: TLS without a line of C, certificates of the system, and no surprises.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ureq::tls::{PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};

use super::trouble::{Nature, Trouble};

/// Where systems keep the certificates that they trust.
const BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// How long to wait for a connection, and for an answer to begin.
const CONNECT: Duration = Duration::from_secs(15);
const ANSWER: Duration = Duration::from_secs(60);
/// The longest that a whole call may take.
const CALL: Duration = Duration::from_secs(600);
/// The longest that a look at a page may take.
const LOOK: Duration = Duration::from_secs(20);

/// An agent that gives answers of every status as answers, and follows no redirections.
///
/// # Errors
/// If this machine cannot make secret connections.
pub(crate) fn agent(name: &str) -> Result<ureq::Agent, Trouble> {
    agent_within(name, ANSWER, CALL)
}

/// The same for one look at a page of somebody else, which nobody waits long for.
///
/// # Errors
/// If this machine cannot make secret connections.
pub(crate) fn link_agent(name: &str) -> Result<ureq::Agent, Trouble> {
    agent_within(name, LOOK, LOOK)
}

fn agent_within(name: &str, answer: Duration, call: Duration) -> Result<ureq::Agent, Trouble> {
    can_encrypt()?;
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(roots()?)
        .unversioned_rustls_crypto_provider(Arc::new(rustls_graviola::default_provider()))
        .build();
    let config = ureq::Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(answer))
        .timeout_global(Some(call))
        .max_idle_connections_per_host(32)
        .max_idle_connections(64)
        .user_agent(name);
    Ok(config.build().into())
}

/// Whether this processor has what the encryption is written for; it would panic without.
#[cfg(target_arch = "x86_64")]
fn can_encrypt() -> Result<(), Trouble> {
    use std::arch::is_x86_feature_detected as has;
    let has_all = has!("aes")
        && has!("pclmulqdq")
        && has!("bmi1")
        && has!("bmi2")
        && has!("adx")
        && has!("avx")
        && has!("avx2");
    if has_all { Ok(()) } else { Err(too_old()) }
}

/// Whether this processor has what the encryption is written for; it would panic without.
#[cfg(target_arch = "aarch64")]
fn can_encrypt() -> Result<(), Trouble> {
    use std::arch::is_aarch64_feature_detected as has;
    let has_all = has!("neon") && has!("aes") && has!("pmull") && has!("sha2");
    if has_all { Ok(()) } else { Err(too_old()) }
}

fn too_old() -> Trouble {
    Trouble::lasting("this processor is too old for the encryption that sinew brings along")
        .hint("publish from another machine, or to a `folder`, `git` or `ssh` target")
}

/// The certificates that this system trusts: `SSL_CERT_FILE`, or where systems keep them.
fn roots() -> Result<RootCerts, Trouble> {
    let named = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    let bundles = BUNDLES.iter().map(PathBuf::from).filter(|path| path.exists());
    let Some(path) = named.or_else(|| bundles.into_iter().next()) else {
        return Ok(RootCerts::new_with_certs(&[]));
    };
    let pem = std::fs::read(&path).map_err(|error| Trouble::io("read", &path, &error))?;
    let certificates: Vec<_> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(no_certificates(&path));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

fn no_certificates(path: &Path) -> Trouble {
    let message = format!("`{}` holds no certificates", path.display());
    Trouble::new(Nature::Usage, message).hint("`SSL_CERT_FILE` names a file of them")
}

/// The trouble that a call ended in, told of the host only: addresses may be signed.
pub(crate) fn trouble(host: &str, error: &ureq::Error) -> Trouble {
    use ureq::Error;
    match error {
        Error::HostNotFound => unreachable_host(host, "its name is not known"),
        Error::Io(error) if error.to_string().contains("failed to lookup address") => {
            unreachable_host(host, "its name is not known")
        }
        Error::Timeout(_) => Trouble::passing(format!("`{host}` does not answer in time")),
        // What TLS does not accept comes as data that are wrong, and stays so.
        Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            distrusted(host, &error.to_string())
        }
        Error::Io(error) if is_unreachable(error.kind()) => {
            unreachable_host(host, &crate::edge::machine::reason(error))
        }
        Error::Io(error) => {
            let reason = crate::edge::machine::reason(error);
            Trouble::passing(format!("the connection with `{host}` broke: {reason}"))
        }
        Error::Rustls(error) => distrusted(host, &error.to_string()),
        Error::Protocol(_) | Error::ConnectionFailed | Error::BodyStalled => {
            Trouble::passing(format!("the connection with `{host}` broke"))
        }
        other => Trouble::lasting(format!("cannot talk with `{host}`: {other}")),
    }
}

fn is_unreachable(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind;
    matches!(
        kind,
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable
    )
}

fn unreachable_host(host: &str, why: &str) -> Trouble {
    Trouble::passing(format!("cannot reach `{host}`: {why}"))
        .hint("see whether the address is right, and whether there is a network")
}

fn distrusted(host: &str, why: &str) -> Trouble {
    if why.contains("InvalidContentType") {
        return Trouble::new(Nature::Usage, format!("`{host}` does not speak TLS"))
            .hint("if that is meant, begin its address with `http://`");
    }
    Trouble::new(Nature::Usage, format!("no secret connection with `{host}`: {why}"))
        .hint("`SSL_CERT_FILE` names the certificates to trust")
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn what_keeps_a_call_from_its_host_is_told() {
        let told = |error: Error| trouble("s3.example", &ureq::Error::Io(error));
        let lookup = "failed to lookup address information: Name or service not known";
        for (error, message) in [
            (Error::other(lookup), "cannot reach `s3.example`: its name is not known"),
            (ErrorKind::ConnectionRefused.into(), "cannot reach `s3.example`: connection refused"),
        ] {
            let found = told(error);
            assert_eq!((found.nature, &*found.message), (Nature::Passing, message));
            assert!(found.hint.is_some_and(|hint| hint.contains("network")));
        }
        let reset = told(ErrorKind::ConnectionReset.into());
        assert_eq!(reset.message, "the connection with `s3.example` broke: connection reset");
        let plain = "received corrupt message of type InvalidContentType";
        let found = told(Error::new(ErrorKind::InvalidData, plain));
        assert_eq!(
            (found.nature, &*found.message),
            (Nature::Usage, "`s3.example` does not speak TLS")
        );
    }
}
