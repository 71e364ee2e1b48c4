//! What a file of the project is: its path says it all.

use crate::diagnostic::{Diagnostic, Place};
use crate::model::nearest::similar;
use crate::model::{Id, Kind};
use crate::picture::is_shown;
use crate::source::SourcePath;

/// The folder below `content/` whose files are published at the top of the site.
pub const STATIC: &str = "static";

/// The path from the top of the site of a file that is published there.
pub fn at_the_top(path: &SourcePath) -> Option<&str> {
    path.below("content")?.strip_prefix(STATIC)?.strip_prefix('/')
}

/// What a file is, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Settings,
    /// One record's data: `muscles/infraspinatus.yaml`.
    Record(Kind, Id),
    /// Many records' data: `regions.yaml`.
    Kind(Kind),
    /// A record's text: `muscles/infraspinatus.md`.
    Text(Kind, Id),
    Media,
    /// Not ours: a theme's file, say.
    Other,
    /// Below `content/`, but nothing that is known.
    Misplaced,
}

/// What the file of a path is.
pub(super) fn role(path: &SourcePath) -> Role {
    if path.as_str() == "site.toml" {
        return Role::Settings;
    }
    let Some(below) = path.below("content") else { return Role::Other };
    let Some((folder, _)) = below.split_once('/') else {
        return match (Kind::from_folder(path.stem()), path.extension()) {
            (Some(kind), "yaml" | "yml") => Role::Kind(kind),
            _ => Role::Misplaced,
        };
    };
    if folder == "media" || folder == STATIC {
        return Role::Media;
    }
    // A folder inside a kind's folder only sorts files; a record may bring its pictures along.
    match (Kind::from_folder(folder), path.extension()) {
        (Some(kind), "yaml" | "yml") => Role::Record(kind, Id::new(path.stem())),
        (Some(kind), "md") => Role::Text(kind, Id::new(path.stem())),
        (Some(_), extension) if is_shown(extension) => Role::Media,
        _ => Role::Misplaced,
    }
}

/// The kinds of which a folder that cannot be read may hold records.
pub(super) fn kinds_in(folder: &SourcePath) -> Vec<Kind> {
    match folder.below("content").and_then(|below| below.split('/').next()) {
        Some(first) => Kind::from_folder(first).into_iter().collect(),
        None if folder.as_str() == "content" => Kind::ALL.to_vec(),
        None => Vec::new(),
    }
}

/// Says that nothing is known of a file, and what is.
pub(super) fn misplaced(path: &SourcePath) -> Diagnostic {
    let below = path.below("content").unwrap_or_default();
    let first = below.split('/').next().unwrap_or_default();
    let stem = first.split('.').next().unwrap_or_default();
    let known = Kind::ALL.iter().map(|kind| kind.folder()).chain(["media", STATIC]);
    let diagnostic = Diagnostic::error(
        "unknown-kind",
        Place::file(path),
        format!("`{below}` is not a file of any kind"),
    );
    if Kind::from_folder(stem).is_some() {
        return diagnostic.help("records are written in `.yaml` files, texts in `.md` files");
    }
    match similar("a kind", stem, known.clone()) {
        Some(help) => diagnostic.help(help),
        None => diagnostic
            .help(format!("kinds are {}", known.collect::<Vec<_>>().join(", ")))
            .help("pictures and other files belong below `content/media/`, those for the top of the site below `content/static/`"),
    }
}
