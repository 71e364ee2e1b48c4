//! Puts what the files hold together: data and text of the same stem are one record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::role::{Role, kinds_in, role};
use super::settings::{SettingsFile, read_settings};
use super::unfinished::drafts;
use super::{Body, Content, Entry, Media, SourceMemo, text};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Id, Kind};
use crate::source::{Fingerprint, SourcePath, Sources, fingerprint_of};

/// Puts the files' records together: data and text of the same stem are one record.
pub(super) fn assemble(sources: &Sources, memo: &SourceMemo) -> (Content, Vec<Diagnostic>) {
    let SettingsFile { settings, unread: unread_settings, found: mut diagnostics } =
        read_settings(sources);
    let mut entries = Records::default();
    let (mut broken, mut unread) = (BTreeSet::new(), BTreeSet::new());
    let mut media = BTreeMap::new();
    let mut again: BTreeSet<&SourcePath> = BTreeSet::new();
    let mut bodies: Vec<(Kind, Id, Body)> = Vec::new();
    let mut unfinished = Vec::new();
    let mut broken_fronts = Vec::new();
    for (path, source) in sources.iter() {
        let Some((fingerprint, file)) = memo.files.get(path) else { continue };
        let role = role(path);
        match &role {
            Role::Text(kind, id) if !file.broken.is_empty() => {
                broken_fronts.push((*kind, id.clone(), path, file));
            }
            _ => diagnostics.extend(file.diagnostics.iter().cloned()),
        }
        broken.extend(file.broken.iter().cloned());
        let (kind, text_id) = match role {
            Role::Media => {
                let (size, picture) = (file.size, file.picture);
                let item = Media { fingerprint: source.fingerprint, size, picture };
                media.insert(path.clone(), item);
                continue;
            }
            Role::Record(kind, _) => (kind, None),
            Role::Kind(kind) => {
                unread.extend(file.is_unread.then_some(kind));
                (kind, None)
            }
            Role::Text(kind, id) => (kind, Some(id)),
            Role::Settings | Role::Other | Role::Misplaced => continue,
        };
        for (position, record) in file.records.iter().enumerate() {
            let entry = record.entry(path, kind, position);
            match entries.get(kind, &entry.id) {
                None => entries.add(entry),
                Some(first) => {
                    diagnostics.push(twice(&entry, first));
                    again.insert(path);
                }
            }
        }
        unfinished.extend(file.unfinished.iter().map(|draft| (path, draft)));
        if let Some(id) = text_id
            && let Some(body) = Body::new(path, *fingerprint, file)
        {
            bodies.push((kind, id, body));
        }
    }
    for path in sources.refused() {
        match role(path) {
            Role::Record(kind, id) | Role::Text(kind, id) => drop(broken.insert((kind, id))),
            Role::Kind(kind) => drop(unread.insert(kind)),
            Role::Settings | Role::Media => {}
            Role::Other | Role::Misplaced => unread.extend(kinds_in(path)),
        }
    }
    for (kind, id, path, file) in broken_fronts {
        let is_missing = |one: &&Diagnostic| one.code == "missing-field";
        // What it lacks, the record has where it stands.
        let first = entries.get(kind, &id);
        let first = first.filter(|_| file.diagnostics.iter().any(|one| is_missing(&one)));
        let said = file.diagnostics.iter().filter(|one| first.is_none() || !is_missing(one));
        diagnostics.extend(said.cloned());
        diagnostics.extend(first.map(|first| beside(first, path)));
    }
    let ((unfinished, found_in_unfinished), found) = drafts(&unfinished, &entries, twice);
    diagnostics.extend(found);
    let is_unfinished = |kind: Kind, id: &Id| {
        unfinished.binary_search_by(|one| (one.kind, &one.id).cmp(&(kind, id))).is_ok()
    };
    for (kind, id, body) in bodies {
        match entries.get_mut(kind, &id) {
            Some(entry) => match &entry.body {
                None => entry.body = Some(body),
                // It was reported as a record already.
                Some(_) if again.contains(&body.path) => {}
                Some(first) => diagnostics.push(
                    Diagnostic::error(
                        "duplicate-record",
                        Place::file(&body.path),
                        format!("the {} `{id}` has two texts", kind.word()),
                    )
                    .related(Place::file(&first.path), "the first one"),
                ),
            },
            None if unread.contains(&kind) || broken.contains(&(kind, id.clone())) => {}
            None if is_unfinished(kind, &id) => {}
            None => diagnostics.push(text::without_record(kind, &id, &body.path)),
        }
    }
    let entries = entries.into_sorted();
    let shown = entries.par_iter().map(|entry| shown(entry)).collect();
    let content = Content {
        settings: Arc::new(settings),
        unread_settings,
        entries,
        broken,
        unread,
        refused: sources.refused().clone(),
        drafts: BTreeSet::new(),
        unfinished,
        found_in_unfinished,
        media,
        shown,
        lexicon: Arc::clone(&memo.lexicon),
    };
    (content, diagnostics)
}

/// Records that were read, in the order of their files.
#[derive(Default)]
pub(super) struct Records {
    all: Vec<Entry>,
    places: FxHashMap<(Kind, Id), usize>,
}

impl Records {
    pub(super) fn get(&self, kind: Kind, id: &Id) -> Option<&Entry> {
        self.places.get(&(kind, id.clone())).map(|at| &self.all[*at])
    }

    fn get_mut(&mut self, kind: Kind, id: &Id) -> Option<&mut Entry> {
        self.places.get(&(kind, id.clone())).map(|at| &mut self.all[*at])
    }

    /// Adds a record of which there is none yet.
    fn add(&mut self, entry: Entry) {
        self.places.insert((entry.kind, entry.id.clone()), self.all.len());
        self.all.push(entry);
    }

    /// All of them, sorted by kind and id.
    fn into_sorted(self) -> Vec<Arc<Entry>> {
        let mut all: Vec<Arc<Entry>> = self.all.into_iter().map(Arc::new).collect();
        // Files are sorted by name: all but a few stand in their place already.
        all.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
        all
    }
}

/// The fingerprint of all that a record shows to others, and of where it stands, apart from the
/// wording of its text.
pub(super) fn shown(entry: &Entry) -> Fingerprint {
    let Entry { kind, id, path, base, position, fingerprint, .. } = entry;
    let body = entry.body.as_ref().map(|body| (&body.path, body.interface));
    fingerprint_of(&(kind, id, path, base, position, fingerprint, body))
}

/// Fields in the text of a record that stands in a file of its own.
fn beside(first: &Entry, path: &SourcePath) -> Diagnostic {
    let help = format!("move the front matter to `{}`, and leave the text alone here", first.path);
    again_at(Place::file(path), first).help(help)
}

fn twice(entry: &Entry, first: &Entry) -> Diagnostic {
    again_at(entry.place(), first).help("give one of the two another id, or join them")
}

fn again_at(place: Place, first: &Entry) -> Diagnostic {
    let message = format!("the {} `{}` is defined a second time", first.kind.word(), first.id);
    Diagnostic::error("duplicate-record", place, message)
        .related(first.place(), "first defined here")
}
