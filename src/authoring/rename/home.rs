//! The record itself: its files, its key, and its old id among its former ones.

use super::{Refusal, Renamer, Request};
use crate::diagnostic::FieldPath;
use crate::model::Entry;
use crate::source::{SourceFile, SourcePath};
use crate::syntax::align::written;
use crate::syntax::insert::add_to_list;
use crate::syntax::locate::{DataFile, Part};

/// The fields that end a record, by custom.
const LAST: [&str; 5] = ["draft", "published", "updated", "reviewed", "sources"];

impl Renamer<'_> {
    /// What changes of the record itself. If it has the new id already, only files that were left.
    pub(super) fn home(&mut self) -> Result<(), Refusal> {
        let base = self.base;
        let entry = base.entry(self.record);
        for path in self.files(entry) {
            let to = with_stem(&path, self.request.new);
            // A rename that was killed may have brought it there, and not taken it away here.
            let is_other = |there: &SourceFile| {
                self.sources.get(&path).is_none_or(|here| here.fingerprint != there.fingerprint)
            };
            if self.sources.get(&to).is_some_and(is_other) {
                return Err(Refusal::in_the_way(&to));
            }
            self.edits.rename(&path, to);
        }
        if *entry.id == *self.request.new {
            return Ok(());
        }
        let text = self.text(&entry.path);
        let is_done = self.key(entry, &text).and_then(|()| self.former_id(entry, &text));
        is_done.ok_or_else(|| {
            let place = if entry.path.extension() == "md" { "front matter" } else { "record" };
            let message = format!(
                "`{}` cannot be changed: its {place} is written in an unusual way",
                entry.path
            );
            let help = "write each field on a line of its own".to_owned();
            Refusal::request(message, help)
        })
    }

    /// The files that are the record's own, and pictures of its name beside them.
    fn files(&self, entry: &Entry) -> Vec<SourcePath> {
        let is_own = entry.base.segments().is_empty();
        let data = is_own.then_some(&entry.path);
        let text = entry.body.as_ref().map(|body| &body.path);
        let mut files: Vec<SourcePath> = data.into_iter().chain(text).cloned().collect();
        files.dedup();
        let folders: Vec<String> = files.iter().map(|path| path.folder().to_owned()).collect();
        let pictures = self.base.content.media.keys().filter(|path| {
            path.stem() == self.request.old && folders.iter().any(|folder| folder == path.folder())
        });
        files.extend(pictures.cloned());
        files.retain(|path| path.stem() == self.request.old);
        files
    }

    /// The key of a record that stands with others in one file.
    fn key(&mut self, entry: &Entry, text: &str) -> Option<()> {
        if entry.base.segments().is_empty() {
            return Some(());
        }
        let Request { old, new, .. } = self.request;
        let file = DataFile { path: &entry.path, text };
        let start = file.start(&entry.base, Part::Key)?;
        let range = written(text, start, old, 0..old.len())?;
        self.edits.replace(&entry.path, range, new);
        Some(())
    }

    /// The old id among the former ones; where the new one is among them, in its place.
    fn former_id(&mut self, entry: &Entry, text: &str) -> Option<()> {
        let Request { old, new, .. } = self.request;
        let file = DataFile { path: &entry.path, text };
        let was = entry.data.common().was;
        if let Some(index) = was.iter().position(|id| **id == *new) {
            let field = FieldPath::key("was").at(index).below(&entry.base);
            let start = file.start(&field, Part::Value)?;
            let range = written(text, start, new, 0..new.len())?;
            self.edits.replace(&entry.path, range, old);
            return Some(());
        }
        let insertion = add_to_list(file, &entry.base, ("was", &LAST), old)?;
        self.edits.replace(&entry.path, insertion.at..insertion.at, &insertion.text);
        Some(())
    }
}

/// The path with another name before its extension.
pub(super) fn with_stem(path: &SourcePath, stem: &str) -> SourcePath {
    SourcePath::new(format!("{}/{stem}.{}", path.folder(), path.extension()))
}
