//! Reads a snapshot again of which a few records were edited: they take the place of what they were.
//!
//! Whatever is not surely that is read in full: files that came or went, settings, files of many
//! records, pictures, and everything with a mistake in it, before or after.

use std::sync::Arc;

use super::assemble::shown;
use super::role::{Role, role};
use super::words::{Gathering, GrowingLexicon};
use super::{Body, Content, FileContent, SourceMemo, read_source};
use crate::diagnostic::Diagnostic;
use crate::source::{Fingerprint, SourcePath, Sources};

/// What was read last.
#[derive(Debug, Clone)]
pub(super) struct Last {
    files: Vec<(SourcePath, Fingerprint)>,
    content: Content,
    diagnostics: Vec<Diagnostic>,
}

impl Last {
    pub(super) fn new(sources: &Sources, content: Content, diagnostics: Vec<Diagnostic>) -> Self {
        let files = sources.iter().map(|(path, file)| (path.clone(), file.fingerprint));
        Self { files: files.collect(), content, diagnostics }
    }

    /// What was read.
    pub(super) fn result(&self) -> (Content, Vec<Diagnostic>) {
        (self.content.clone(), self.diagnostics.clone())
    }

    /// The same for a snapshot that differs in a few records. `None` if it differs in more.
    pub(super) fn again(mut self, sources: &Sources, memo: &mut SourceMemo) -> Option<Self> {
        if self.files.len() != sources.len() || self.content.refused != *sources.refused() {
            return None;
        }
        for ((path, before), (now, file)) in self.files.iter_mut().zip(sources.iter()) {
            if path != now {
                return None;
            }
            let role = match *before == file.fingerprint {
                true => Role::Other,
                false => role(path),
            };
            *before = file.fingerprint;
            match role {
                // A theme's, or as it was.
                Role::Other => continue,
                Role::Record(..) | Role::Text(..) => {}
                Role::Settings | Role::Kind(_) | Role::Media | Role::Misplaced => return None,
            }
            let mut content = read_source(sources, path);
            let lexicon = GrowingLexicon::new(&memo.lexicon);
            Gathering::new(&lexicon).take_in(&mut content);
            lexicon.end(&mut memo.lexicon);
            let (_, old) = memo.files.get(path)?;
            if !is_alike(old, &content) {
                return None;
            }
            self.content.replace(path, file.fingerprint, &content)?;
            memo.learn(vec![(path.clone(), (file.fingerprint, content))]);
        }
        self.content.lexicon = Arc::clone(&memo.lexicon);
        Some(self)
    }
}

/// Whether two readings of a file hold the same records, and no mistake.
fn is_alike(one: &FileContent, other: &FileContent) -> bool {
    let is_sound = |file: &FileContent| {
        file.diagnostics.is_empty() && file.broken.is_empty() && file.unfinished.is_empty()
    };
    is_sound(one)
        && is_sound(other)
        && one.outline.is_some() == other.outline.is_some()
        && one
            .records
            .iter()
            .map(|record| &record.id)
            .eq(other.records.iter().map(|record| &record.id))
}

impl Content {
    /// Puts a new reading of a file in the place of the old one. `None` if what the file holds is not
    /// found.
    fn replace(
        &mut self,
        path: &SourcePath,
        fingerprint: Fingerprint,
        file: &FileContent,
    ) -> Option<()> {
        let (Role::Record(kind, id) | Role::Text(kind, id)) = role(path) else { return None };
        let at = self.position(kind, &id)?;
        let entry = Arc::make_mut(&mut self.entries[at]);
        match file.records.as_slice() {
            [] => {}
            [record] if entry.path == *path => {
                entry.data = record.data.clone();
                entry.fingerprint = record.fingerprint;
                entry.words = record.words.clone();
            }
            _ => return None,
        }
        if let Some(body) = Body::new(path, fingerprint, file) {
            let before = entry.body.as_mut().filter(|before| before.path == *path)?;
            *before = body;
        }
        self.shown[at] = shown(entry);
        Some(())
    }
}
