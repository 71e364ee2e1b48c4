//! Where a site is published: `[publish.<name>]`, which keys each type of target takes, and what
//! no settings may hold.

use super::Pairs;
use super::declare::{choice, record};
use super::examine::first_sentence;
use super::nearest::nearest;
use super::scalars::Text;
use super::settings::Settings;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::source::SourcePath;

record! {
    /// A place where the site is published.
    PublishTarget {
        must {
            /// What sort of place it is.
            r#type: TargetType,
        }
        may {
            /// The address of the site there, instead of the one of the settings.
            base_url: Option<Text>,
            /// The folder, from the root of the project or of the server.
            path: Option<Text>,
            /// Files that are packed beforehand, beside the others: `br`, `gzip`.
            compress: Vec<Compression>,
            /// The repository: a web address, `git@host:path`, a path, or the name of a remote.
            remote: Option<Text>,
            /// The branch that holds the site.
            branch: Option<Text>,
            /// The domain of the site, for a file `CNAME`.
            domain: Option<Text>,
            /// The server, as `ssh` knows it.
            host: Option<Text>,
            /// The name of the account on the server.
            user: Option<Text>,
            /// The port of the server; without it, as `ssh` knows it.
            port: Option<u32>,
            /// The file that holds the private key; without it, as `ssh` knows it.
            identity_file: Option<Text>,
            /// The program that carries the files; without it, `rsync`.
            with: Option<Carrier>,
            /// The bucket.
            bucket: Option<Text>,
            /// What the names of all objects begin with.
            prefix: Option<Text>,
            /// The address of the storage; without it, that of AWS in the region.
            endpoint: Option<Text>,
            /// The region; without it, that of the environment, or `us-east-1`.
            region: Option<Text>,
            /// Where an address names the bucket; without it, in the host's name on AWS, else in the path.
            addressing: Option<Addressing>,
            /// The profile of the credential files.
            profile: Option<Text>,
            /// The name or the id of the site at Netlify.
            site: Option<Text>,
            /// The name of the project at Cloudflare Pages.
            project: Option<Text>,
            /// Whether redirections are told to the storage, for its own website hosting.
            website: bool,
        }
    }
}

choice! {
    /// What sort of place a site is published at.
    TargetType {
        /// A folder: a mounted drive, the root of a web server.
        Folder = "folder",
        /// A branch of a git repository: GitHub Pages, GitLab Pages, Codeberg.
        Git = "git",
        /// A server that is reached by ssh.
        Ssh = "ssh",
        /// Object storage that speaks S3: AWS, R2, MinIO, Backblaze.
        S3 = "s3",
        /// Netlify, by its own command line.
        Netlify = "netlify",
        /// Cloudflare Pages, by its own command line `wrangler`.
        CloudflarePages = "cloudflare-pages",
    }
}

choice! {
    /// A way of packing files.
    Compression {
        /// Files whose names end in `.br`.
        Brotli = "br",
        /// Files whose names end in `.gz`.
        Gzip = "gzip",
    }
}

choice! {
    /// The program that carries files to a server.
    Carrier {
        /// `rsync`, on both sides.
        Rsync = "rsync",
        /// `sftp`, where a server offers no shell.
        Sftp = "sftp",
    }
}

choice! {
    /// Where the address of an object names its bucket.
    Addressing {
        /// In the path: `https://host/bucket/name`.
        Path = "path",
        /// In the name of the host: `https://bucket.host/name`.
        Virtual = "virtual",
    }
}

impl TargetType {
    /// The keys that a target of this type must have, and those that it may have.
    fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Folder => (&["path"], &["base_url", "compress", "domain"]),
            Self::Git => (&["remote"], &["base_url", "branch", "domain"]),
            Self::Ssh => (
                &["host", "path"],
                &["base_url", "user", "port", "identity_file", "with", "compress"],
            ),
            Self::Netlify => (&["site"], &["base_url"]),
            Self::CloudflarePages => (&["project"], &["base_url", "branch"]),
            Self::S3 => (
                &["bucket"],
                &["base_url", "prefix", "endpoint", "region", "addressing", "profile", "website"],
            ),
        }
    }
}

impl PublishTarget {
    /// The keys that were written, without the type.
    fn written(&self) -> Vec<&'static str> {
        let texts = [
            ("base_url", &self.base_url),
            ("path", &self.path),
            ("remote", &self.remote),
            ("branch", &self.branch),
            ("domain", &self.domain),
            ("host", &self.host),
            ("user", &self.user),
            ("identity_file", &self.identity_file),
            ("bucket", &self.bucket),
            ("prefix", &self.prefix),
            ("endpoint", &self.endpoint),
            ("region", &self.region),
            ("profile", &self.profile),
            ("site", &self.site),
            ("project", &self.project),
        ];
        let others = [
            ("compress", !self.compress.is_empty()),
            ("port", self.port.is_some()),
            ("with", self.with.is_some()),
            ("addressing", self.addressing.is_some()),
            ("website", self.website),
        ];
        let texts = texts.into_iter().map(|(key, text)| (key, text.is_some()));
        texts.chain(others).filter(|(_, is_there)| *is_there).map(|(key, _)| key).collect()
    }
}

/// What is wrong with targets, beyond their declaration: keys of another type, and missing ones.
pub(super) fn mistakes(settings: &Settings) -> Vec<Diagnostic> {
    let Pairs(targets) = &settings.publish;
    targets.iter().flat_map(|(name, target)| mistakes_of(name, target)).collect()
}

fn mistakes_of(name: &str, target: &PublishTarget) -> Vec<Diagnostic> {
    let file = SourcePath::new("site.toml");
    let base = FieldPath::key("publish").then(name);
    let word = target.r#type.word();
    let (must, may) = target.r#type.keys();
    let known = || must.iter().chain(may).copied();
    let written = target.written();
    let mut found = Vec::new();
    for key in written.iter().filter(|key| !known().any(|known| known == **key)) {
        let help = match nearest(key, known()) {
            Some(near) => format!("a similar key exists: `{near}`"),
            None => format!("its keys: {}", known().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("a target of type `{word}` has no key `{key}`");
        let place = Place::key(&file, base.then(*key));
        found.push(Diagnostic::error("unknown-key", place, message).help(help));
    }
    for key in must.iter().filter(|key| !written.contains(*key)) {
        let message = format!("a target of type `{word}` needs `{key}`");
        let place = Place::key(&file, base.clone());
        let help = format!("add `{key}`: {}", doc(key));
        found.push(Diagnostic::error("missing-field", place, message).help(help));
    }
    found
}

/// What a key means.
fn doc(key: &str) -> String {
    use super::declare::{Declared, Shape};
    let Shape::Record(record) = PublishTarget::SHAPE else { return String::new() };
    let field = record.fields.iter().find(|field| field.name == key);
    field.map(|field| first_sentence(field.doc)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::model::{self, SourceMemo};
    use crate::source::Sources;

    fn findings(settings: &str) -> Vec<String> {
        let mut sources = Sources::default();
        sources.insert("site.toml".into(), settings.as_bytes());
        let (_, found) = model::read(&sources, &mut SourceMemo::default());
        found.into_iter().map(|one| format!("{}: {}", one.code, one.message)).collect()
    }

    #[test]
    fn a_target_takes_the_keys_of_its_type_and_no_others() {
        assert_eq!(
            findings("[publish.live]\ntype = \"folder\"\npath = \"x\""),
            Vec::<String>::new()
        );
        assert_eq!(
            findings("[publish.live]\ntype = \"folder\"\nbucket = \"x\""),
            [
                "unknown-key: a target of type `folder` has no key `bucket`",
                "missing-field: a target of type `folder` needs `path`",
            ],
        );
        assert_eq!(
            findings("[publish.live]\ntype = \"ftp\""),
            [
                "unknown-choice: expected one of `folder`, `git`, `ssh`, `s3`, `netlify`, `cloudflare-pages`, found `ftp`"
            ],
        );
        assert_eq!(
            findings("[publish.live]\npath = \"x\""),
            ["missing-field: missing field `type`"]
        );
    }

    #[test]
    fn every_key_that_is_declared_belongs_to_a_type_and_is_seen_when_it_is_written() {
        use crate::model::declare::{Declared, Shape};
        let Shape::Record(record) = super::PublishTarget::SHAPE else { panic!("it is a record") };
        for field in record.fields.iter().filter(|field| field.name != "type") {
            let takes = |kind: &super::TargetType| {
                let (must, may) = kind.keys();
                must.contains(&field.name) || may.contains(&field.name)
            };
            let other = super::TargetType::ALL.iter().find(|kind| !takes(kind));
            assert!(super::TargetType::ALL.iter().any(takes), "{} is of no use", field.name);
            let Some(other) = other else { continue };
            let value = match field.shape {
                Shape::Count => "22".to_owned(),
                Shape::Flag => "true".to_owned(),
                Shape::List(_) => "[\"gzip\"]".to_owned(),
                Shape::Choice(choices) => format!("{:?}", choices[0].word),
                _ => "\"x\"".to_owned(),
            };
            let settings =
                format!("[publish.live]\ntype = {:?}\n{} = {value}\n", other.word(), field.name);
            let expected = format!("has no key `{}`", field.name);
            let found = findings(&settings);
            assert!(found.iter().any(|line| line.contains(&expected)), "{settings}{found:?}");
        }
    }
}
