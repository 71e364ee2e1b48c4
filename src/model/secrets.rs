//! Finds what looks like a secret in the settings, which everybody who has the project can read.
//! The findings never show it: they have no line, and name the key only.

use crate::diagnostic::{Diagnostic, FieldPath, Place, Segment};
use crate::source::SourcePath;
use crate::syntax::node::{Node, Value};

/// Parts of the names of keys that hold secrets.
const IN_KEYS: [&str; 11] = [
    "secret",
    "password",
    "passwd",
    "passphrase",
    "token",
    "credential",
    "api_key",
    "apikey",
    "access_key",
    "accesskey",
    "private_key",
];

/// What keys and tokens of well known services begin with.
const IN_VALUES: [&str; 9] =
    ["AKIA", "ASIA", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "nfp_", "-----BEGIN"];

/// Everything in `node` that looks like a secret.
pub(super) fn secrets(file: &SourcePath, node: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    look(file, &mut FieldPath::root(), node, &mut found);
    found
}

fn look(file: &SourcePath, path: &mut FieldPath, node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                path.push(Segment::Key(entry.key.clone().into()));
                if is_secret_key(&entry.key) && matches!(entry.node.value, Value::Text(_)) {
                    found.push(finding(file, path, "is no place for a secret"));
                } else {
                    look(file, path, &entry.node, found);
                }
                path.pop();
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Segment::Index(index));
                look(file, path, item, found);
                path.pop();
            }
        }
        Value::Text(text) if is_secret_value(text) => {
            found.push(finding(file, path, "holds what looks like a secret"));
        }
        _ => {}
    }
}

fn is_secret_key(key: &str) -> bool {
    let key = key.to_lowercase().replace('-', "_");
    IN_KEYS.iter().any(|part| key.contains(part))
}

fn is_secret_value(text: &str) -> bool {
    let is_long = text.len() >= 16 && !text.contains(' ');
    let begins = |start: &str| text.starts_with(start) && (is_long || start.starts_with('-'));
    IN_VALUES.iter().any(|start| begins(start)) || has_password(text)
}

/// Whether an address carries a password: `https://name:password@host`.
fn has_password(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let Some((account, _)) = authority.rsplit_once('@') else { return false };
    account.split_once(':').is_some_and(|(_, password)| !password.is_empty())
}

fn finding(file: &SourcePath, path: &FieldPath, what: &str) -> Diagnostic {
    // The whole file as the place: a snippet would show the secret.
    let message = format!("`{path}` {what}");
    Diagnostic::error("secret-in-settings", Place::file(file), message)
        .note("whoever can read the project can read it, and so can its history")
        .help("take it out, and let the service make a new one if the file was ever shared")
        .help("secrets come from the environment or the credential files of the service")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::toml;

    fn found(settings: &str) -> Vec<String> {
        let (node, _) = toml::parse(settings);
        let found = secrets(&SourcePath::new("site.toml"), &node);
        found.into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn keys_and_values_that_look_like_secrets_are_found_wherever_they_stand() {
        let settings = "\
            [publish.live]\n\
            type = \"s3\"\n\
            secret_access_key = \"abc\"\n\
            remote = \"https://me:hunter2@host.example/x.git\"\n\
            list = [\"ghp_0123456789abcdef\"]\n\
            [studio]\n\
            API-Key = \"x\"\n";
        assert_eq!(
            found(settings),
            [
                "`publish.live.secret_access_key` is no place for a secret",
                "`publish.live.remote` holds what looks like a secret",
                "`publish.live.list[0]` holds what looks like a secret",
                "`studio.API-Key` is no place for a secret",
            ],
        );
    }

    #[test]
    fn plain_settings_are_no_secrets() {
        let settings = "\
            title = \"Akia and her tokens\"\n\
            base_url = \"https://x.org\"\n\
            [publish.live]\n\
            remote = \"git@host.example:me/site.git\"\n\
            other = \"ssh://git@host.example/x\"\n\
            identity_file = \"~/.ssh/id\"\n";
        assert_eq!(found(settings), Vec::<String>::new());
    }
}
