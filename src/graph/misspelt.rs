//! What may have been meant by a path at which there is nothing.

use super::KnowledgeBase;
use super::routes::media_address;
use crate::model::{Kind, nearest, similar};
use crate::picture::is_shown;
use crate::source::SourcePath;
use crate::syntax::address::lacks_scheme;

impl KnowledgeBase {
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
