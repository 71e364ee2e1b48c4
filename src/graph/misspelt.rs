//! What may have been meant by a path at which there is nothing, or by a name that nobody has.

use super::dictionary::names;
use super::folded::folded;
use super::routes::media_address;
use super::{KnowledgeBase, RecordId, Redirection};
use crate::model::{Content, Entry, Kind, nearest, similar};
use crate::picture::is_shown;
use crate::source::SourcePath;
use crate::syntax::address::lacks_scheme;

impl KnowledgeBase {
    /// Help for a misspelt id: the nearest id, alias or name of that kind.
    pub fn similar_id(&self, kind: Kind, id: &str) -> Option<String> {
        // What is misspelt may be meant for a record that has a mistake of its own.
        let Content { broken, drafts, .. } = &self.content;
        let absent = broken.iter().chain(drafts).filter(|(of, _)| *of == kind).map(|(_, id)| id);
        let ids: Vec<&str> = self.ids(kind).chain(absent).map(|id| &**id).collect();
        if let Some(help) = similar(&kind.one(), id, ids) {
            return Some(help);
        }
        named_like(id, self.of_kind(kind).map(|(_, entry)| entry))
    }

    /// Help for a link to a record that nobody has: the nearest id, alias or name of any kind.
    pub(super) fn similar_record(&self, name: &str) -> Option<String> {
        // Most kinds are linked to by id alone, whatever they are called.
        let shown = |(record, _): &(RecordId, &Entry)| self.routes.address(*record).is_some();
        let entries = || self.records().filter(shown).map(|(_, entry)| entry);
        let wanted = folded(name);
        let is_it = |entry: &&Entry| names(entry).any(|known| folded(known) == wanted);
        if let Some(entry) = entries().find(is_it) {
            return Some(format!("`{name}` is the {} `{}`", entry.kind.word(), entry.id));
        }
        let ids: Vec<&str> = self.records().map(|(_, entry)| &*entry.id).collect();
        similar("a record", name, ids).or_else(|| named_like(name, entries()))
    }

    /// Where an address leads in the end, which may have moved again.
    pub(super) fn last_address<'a>(&'a self, mut redirection: &'a Redirection) -> &'a str {
        // Two that lead to each other have no end.
        for _ in 0..REDIRECTIONS {
            let Some(next) = self.routes.redirection(&redirection.to) else { break };
            redirection = next;
        }
        &redirection.to
    }

    /// Help for a path of the site that no page has.
    pub(super) fn other_site_path(&self, path: &str) -> Option<String> {
        // Other programs have a file for each page, and browsers show its name.
        let page = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html"));
        let page = page.map(|page| format!("{}/", page.trim_end_matches('/')));
        if let Some(page) = page.filter(|page| self.routes.page(page).is_some()) {
            return Some(format!("write it as `{page}`"));
        }
        let media = SourcePath::new(path.trim_start_matches('/'));
        if self.content.media.contains_key(&media) {
            return Some(format!("write it as `{}`", media_address(&media)));
        }
        let page = nearest(path, self.routes.paths())?;
        Some(format!("a page with a similar address exists: `{page}`"))
    }

    /// Help for a file that is not there: `whole` from the folder of the project, `path` as it was written.
    pub(super) fn other_path(&self, whole: &SourcePath, path: &str) -> Option<String> {
        let is_record = |kind: &Kind| self.find(*kind, path).is_some();
        if Kind::ALL.iter().any(is_record) {
            return Some(format!("link to the record by its id: `[[{path}]]`"));
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut media = self.content.media.keys();
        if let Some(same) = media.find(|known| known.as_str().rsplit('/').next() == Some(name)) {
            return Some(format!("a file of that name exists: `{}`", media_address(same)));
        }
        if path.contains('@') && !path.contains('/') {
            return Some(format!("begin an address for mail with its scheme: `mailto:{path}`"));
        }
        if is_host(path) {
            return Some(format!(
                "begin the address of another site with its scheme: `https://{path}`"
            ));
        }
        let files = self.content.entries.iter().map(|entry| entry.path.as_str());
        let files = files.chain(self.content.media.keys().map(SourcePath::as_str));
        similar("a file", whole.as_str(), files)
    }
}

/// So many redirections are followed, as browsers follow them.
const REDIRECTIONS: usize = 20;

/// Help for an id that may be a name: the record whose name or alias is nearest.
fn named_like<'a>(id: &str, entries: impl Iterator<Item = &'a Entry>) -> Option<String> {
    let spoken = id.replace('-', " ");
    let names = entries.flat_map(|entry| names(entry).map(move |name| (name, entry)));
    let names: Vec<(&str, &Entry)> = names.collect();
    let name = nearest(&spoken, names.iter().map(|(name, _)| *name))?;
    let (name, entry) = names.iter().find(|(known, _)| *known == name)?;
    Some(format!("`{name}` is the {} `{}`", entry.kind.word(), entry.id))
}

/// Whether a path begins with the name of a host rather than that of a file.
fn is_host(path: &str) -> bool {
    const FILES: [&str; 11] =
        ["md", "yaml", "yml", "toml", "html", "htm", "txt", "pdf", "heic", "mp4", "mp3"];
    let host = path.split(['/', '?']).next().unwrap_or(path);
    let (_, ending) = host.rsplit_once('.').unwrap_or_default();
    let is_name = ending.len() >= 2 && ending.chars().all(|c| c.is_ascii_alphabetic());
    let is_file = is_shown(ending) || FILES.contains(&ending.to_ascii_lowercase().as_str());
    lacks_scheme(path) && is_name && !is_file
}
