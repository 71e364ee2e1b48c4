//! Reads every file of a snapshot: which record it holds, typed, with all that is wrong with it.

mod data;
mod media;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub(crate) use self::media::damaged_picture;
use super::examine::nearest;
use super::settings::Settings;
use super::{Data, Id, Kind};
use crate::diagnostic::{Diagnostic, FieldPath, Place, Segment};
use crate::picture::Header;
use crate::source::{Fingerprint, SourcePath, Sources, Span, fingerprint_of};
use crate::syntax::markdown::{self, Outline, Prose};

/// Everything the author wrote, typed: the second of the values at the seams.
#[derive(Debug, Clone)]
pub struct Content {
    /// The settings of the project.
    pub settings: Arc<Settings>,
    /// All records, sorted by kind and id.
    pub entries: Vec<Entry>,
    /// Records that are there but could not be read: they can still be linked to.
    pub broken: BTreeSet<(Kind, Id)>,
    /// Those of them that are drafts, and left out of the site.
    pub drafts: BTreeSet<(Kind, Id)>,
    /// Pictures and other files to publish, by path.
    pub media: BTreeMap<SourcePath, Media>,
}

/// A record with the files it came from.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// The file that holds its data.
    pub path: SourcePath,
    /// Where in that file its data stands: at the root, or below its id.
    pub base: FieldPath,
    /// Its place among the records of that file.
    pub position: u32,
    /// Its data.
    pub data: Arc<Data>,
    /// The fingerprint of its data.
    pub fingerprint: Fingerprint,
    /// Its text.
    pub body: Option<Body>,
}

/// The text of a record.
#[derive(Debug, Clone)]
pub struct Body {
    /// The file.
    pub path: SourcePath,
    /// The byte at which the text starts, after the front matter.
    pub start: u32,
    /// The fingerprint of the whole file.
    pub fingerprint: Fingerprint,
    /// What is in it.
    pub outline: Arc<Outline>,
    /// The fingerprint of what other pages can see of it: its anchors and where it leads.
    pub interface: Fingerprint,
    prose: OnceLock<Arc<Prose>>,
}

/// A file that is published beside the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// Width and height in pixels as it is shown, if it is a picture that says so.
    pub size: Option<(u32, u32)>,
    /// The header of a picture that can be made in other sizes.
    pub picture: Option<Header>,
}

impl Entry {
    /// The place of the value of a field.
    pub fn value(&self, field: FieldPath) -> Place {
        Place::value(&self.path, field.below(&self.base))
    }

    /// The place of the key of a field.
    pub fn key(&self, field: FieldPath) -> Place {
        Place::key(&self.path, field.below(&self.base))
    }

    /// The place of the record: its key in a file of many, the first line of a file of its own.
    pub fn place(&self) -> Place {
        if self.base.segments().is_empty() {
            Place::file(&self.path)
        } else {
            Place::key(&self.path, self.base.clone())
        }
    }

    /// The place of a piece of text inside a field.
    pub fn within(&self, field: FieldPath, text: &str) -> Place {
        Place::within(&self.path, field.below(&self.base), text)
    }
}

impl Body {
    /// The place of a span of the text in its file.
    pub fn place(&self, span: Span) -> Place {
        Place::bytes(&self.path, span.shifted(self.start as usize))
    }

    /// The text as HTML with holes: from the reading, or read again from the snapshot.
    pub fn prose(&self, sources: &Sources) -> Arc<Prose> {
        let parse_again = || {
            let bytes = sources.bytes(&self.path).unwrap_or_else(|| Arc::from(&[][..]));
            let text = crate::syntax::text::decode(&bytes).unwrap_or_default();
            sources.release(&self.path);
            Arc::new(markdown::parse(&text[(self.start as usize).min(text.len())..]).prose)
        };
        self.prose.get_or_init(parse_again).clone()
    }
}

/// What one file holds. A pure function of its path and bytes, so it can be remembered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileContent {
    records: Vec<FileRecord>,
    outline: Option<(u32, Arc<Outline>, Fingerprint)>,
    #[serde(skip)]
    prose: Option<Arc<Prose>>,
    broken: Vec<(Kind, Id)>,
    size: Option<(u32, u32)>,
    picture: Option<Header>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct FileRecord {
    id: Id,
    base: FieldPath,
    data: Arc<Data>,
    fingerprint: Fingerprint,
}

impl FileRecord {
    fn new(id: Id, base: FieldPath, data: Data) -> Self {
        let fingerprint = fingerprint_of(&data);
        Self { id, base, data: Arc::new(data), fingerprint }
    }
}

/// What was read before, by path and fingerprint. It only saves work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SourceMemo {
    files: FxHashMap<SourcePath, (Fingerprint, FileContent)>,
}

/// What a file is, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
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

/// Reads all files of a snapshot, those that `memo` does not know. Mistakes are among the
/// diagnostics, with every record that could be read in spite of them.
pub fn read(sources: &Sources, memo: &mut SourceMemo) -> (Content, Vec<Diagnostic>) {
    let files: Vec<(&SourcePath, Fingerprint)> =
        sources.iter().map(|(path, file)| (path, file.fingerprint)).collect();
    let known = &memo.files;
    let fresh: Vec<(SourcePath, (Fingerprint, FileContent))> = files
        .par_iter()
        .filter(|(path, fingerprint)| {
            known.get(*path).is_none_or(|(before, _)| before != fingerprint)
                && !matches!(role(path), Role::Settings | Role::Other)
        })
        .map(|(path, fingerprint)| {
            let bytes = sources.bytes(path).unwrap_or_else(|| Arc::from(&[][..]));
            let content = read_file(path, &bytes);
            sources.release(path);
            ((*path).clone(), (*fingerprint, content))
        })
        .collect();
    memo.files.extend(fresh);
    memo.files.retain(|path, _| sources.get(path).is_some());
    assemble(sources, memo)
}

/// Reads the settings of a project, and nothing else.
pub fn settings(sources: &Sources) -> (Settings, Vec<Diagnostic>) {
    data::read_settings(sources)
}

fn read_file(path: &SourcePath, bytes: &[u8]) -> FileContent {
    let mut file = FileContent {
        records: Vec::new(),
        outline: None,
        prose: None,
        broken: Vec::new(),
        size: None,
        picture: None,
        diagnostics: Vec::new(),
    };
    match role(path) {
        Role::Record(kind, id) => data::read_record(path, kind, id, bytes, &mut file),
        Role::Kind(kind) => data::read_kind(path, kind, bytes, &mut file),
        Role::Text(kind, id) => text::read_text(path, kind, id, bytes, &mut file),
        Role::Media => media::read_media(path, bytes, &mut file),
        Role::Misplaced => file.diagnostics.push(misplaced(path)),
        Role::Settings | Role::Other => {}
    }
    file
}

fn role(path: &SourcePath) -> Role {
    if path.as_str() == "site.toml" {
        return Role::Settings;
    }
    let Some(below) = path.below("content") else { return Role::Other };
    let Some((folder, rest)) = below.split_once('/') else {
        return match (Kind::from_folder(path.stem()), path.extension()) {
            (Some(kind), "yaml" | "yml") => Role::Kind(kind),
            _ => Role::Misplaced,
        };
    };
    if folder == "media" {
        return Role::Media;
    }
    // A folder inside a kind's folder only sorts files; a record may bring its pictures along.
    let _ = rest;
    match (Kind::from_folder(folder), path.extension()) {
        (Some(kind), "yaml" | "yml") => Role::Record(kind, Id::new(path.stem())),
        (Some(kind), "md") => Role::Text(kind, Id::new(path.stem())),
        (Some(_), extension) if is_picture(extension) => Role::Media,
        _ => Role::Misplaced,
    }
}

fn is_picture(extension: &str) -> bool {
    matches!(
        extension.to_ascii_lowercase().as_str(),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg"
    )
}

fn misplaced(path: &SourcePath) -> Diagnostic {
    let below = path.below("content").unwrap_or_default();
    let first = below.split('/').next().unwrap_or_default();
    let stem = first.split('.').next().unwrap_or_default();
    let known = Kind::ALL.iter().map(|kind| kind.folder()).chain(["media"]);
    let diagnostic = Diagnostic::error(
        "unknown-kind",
        Place::file(path),
        format!("`{below}` is not a file of any kind"),
    );
    if Kind::from_folder(stem).is_some() {
        return diagnostic.help("records are written in `.yaml` files, texts in `.md` files");
    }
    match nearest(stem, known.clone()) {
        Some(name) => diagnostic.help(format!("a kind with a similar name exists: `{name}`")),
        None => diagnostic
            .help(format!("kinds are {}", known.collect::<Vec<_>>().join(", ")))
            .help("pictures and other files belong below `content/media/`"),
    }
}

/// Puts the files' records together: data and text of the same stem are one record.
fn assemble(sources: &Sources, memo: &SourceMemo) -> (Content, Vec<Diagnostic>) {
    let (settings, mut diagnostics) = data::read_settings(sources);
    let mut entries: BTreeMap<(Kind, Id), Entry> = BTreeMap::new();
    let mut broken = BTreeSet::new();
    let mut media = BTreeMap::new();
    let mut bodies: Vec<(Kind, Id, Body)> = Vec::new();
    for (path, source) in sources.iter() {
        let Some((fingerprint, file)) = memo.files.get(path) else { continue };
        diagnostics.extend(file.diagnostics.iter().cloned());
        broken.extend(file.broken.iter().cloned());
        let (kind, text_id) = match role(path) {
            Role::Media => {
                let (size, picture) = (file.size, file.picture);
                let item = Media { fingerprint: source.fingerprint, size, picture };
                media.insert(path.clone(), item);
                continue;
            }
            Role::Record(kind, _) | Role::Kind(kind) => (kind, None),
            Role::Text(kind, id) => (kind, Some(id)),
            Role::Settings | Role::Other | Role::Misplaced => continue,
        };
        for (position, record) in file.records.iter().enumerate() {
            let entry = Entry {
                position: u32::try_from(position).unwrap_or(u32::MAX),
                kind,
                id: record.id.clone(),
                path: path.clone(),
                base: record.base.clone(),
                data: Arc::clone(&record.data),
                fingerprint: record.fingerprint,
                body: None,
            };
            match entries.entry((kind, record.id.clone())) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(entry);
                }
                std::collections::btree_map::Entry::Occupied(first) => {
                    diagnostics.push(twice(&entry, first.get()));
                }
            }
        }
        if let (Some(id), Some((start, outline, interface))) = (text_id, &file.outline) {
            let prose = OnceLock::new();
            if let Some(known) = &file.prose {
                let _ = prose.set(Arc::clone(known));
            }
            let body = Body {
                path: path.clone(),
                start: *start,
                fingerprint: *fingerprint,
                outline: Arc::clone(outline),
                interface: *interface,
                prose,
            };
            bodies.push((kind, id, body));
        }
    }
    for (kind, id, body) in bodies {
        match entries.get_mut(&(kind, id.clone())) {
            Some(entry) => match &entry.body {
                None => entry.body = Some(body),
                Some(first) => diagnostics.push(
                    Diagnostic::error(
                        "duplicate-record",
                        Place::file(&body.path),
                        format!("the {} `{id}` has two texts", kind.word()),
                    )
                    .related(Place::file(&first.path), "the first one"),
                ),
            },
            None if broken.contains(&(kind, id.clone())) => {}
            None => diagnostics.push(text::without_record(kind, &id, &body.path)),
        }
    }
    let entries = entries.into_values().collect();
    let drafts = BTreeSet::new();
    (Content { settings: Arc::new(settings), entries, broken, drafts, media }, diagnostics)
}

fn twice(entry: &Entry, first: &Entry) -> Diagnostic {
    let message = format!("the {} `{}` is defined a second time", entry.kind.word(), entry.id);
    Diagnostic::error("duplicate-record", entry.place(), message)
        .related(first.place(), "first defined here")
        .help("give one of the two another id, or join them")
}

/// Says that an id cannot stand in an address.
fn check_id(path: &SourcePath, base: &FieldPath, id: &Id, file: &mut FileContent) {
    if id.is_well_formed() {
        return;
    }
    let place = match base.segments() {
        [Segment::Key(_), ..] => Place::key(path, base.clone()),
        _ => Place::file(path),
    };
    let shown: String = id.chars().take(60).collect();
    let slug: String = crate::syntax::slug::slug(id).chars().take(100).collect();
    file.diagnostics.push(
        Diagnostic::error("invalid-id", place, format!("`{shown}` cannot be an id"))
            .note("an id is made of lower-case letters a to z, digits and single hyphens, at most 100 of them")
            .help(format!("call it `{}`", slug.trim_end_matches('-'))),
    );
}
