//! Where a link leads, in whatever form it was written.

use super::routes::media_address;
use super::{KnowledgeBase, RecordId};
use crate::model::{Id, Kind, similar};
use crate::source::{SourcePath, joined};
use crate::syntax::address::{decoded, is_elsewhere, is_safe_address, is_web, scheme};
use crate::syntax::markdown::LinkForm;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a record, perhaps to a section of it.
    Record {
        /// The record.
        record: RecordId,
        /// The section.
        anchor: Option<String>,
    },
    /// To a page that lists records, or to a file for machines, such as the feed.
    Index {
        /// Its path.
        path: String,
        /// The anchor on it.
        anchor: Option<String>,
    },
    /// To a section of the same page.
    Here(String),
    /// To a file that is published.
    Media(SourcePath),
    /// Out of the site.
    Elsewhere(String),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// It leads to a record that is a draft.
    Draft {
        /// The kind of the record.
        kind: Kind,
        /// Its id.
        id: Id,
    },
    /// It leads to a record that could not be read, or may.
    Unread,
    /// Nothing has this name; the message, and what may have been meant.
    Unknown {
        /// What is wrong.
        message: String,
        /// The cure.
        help: Option<String>,
    },
}

impl Unresolved {
    pub(super) fn unknown(message: String, help: Option<String>) -> Self {
        Self::Unknown { message, help }
    }
}

impl KnowledgeBase {
    /// Where a link in the text of `from` leads; `file` is the file in which it stands.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn destination(
        &self,
        from: RecordId,
        file: &SourcePath,
        target: &str,
        form: LinkForm,
    ) -> Result<Destination, Unresolved> {
        let destination = match form {
            LinkForm::Wiki => self.record_target(target)?,
            LinkForm::Inline => self.inline_target(file, target)?,
        };
        self.with_anchor(Some(from), destination)
    }

    /// Where an address leads that stands on pages as it is written, such as one of the menu. One
    /// that leads out of the site, or to a part of whatever page it is on, is left alone.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn standing_address(&self, address: &str) -> Result<(), Unresolved> {
        if is_elsewhere(address) || address.starts_with(['#', '?']) {
            return Ok(());
        }
        let destination = self.with_anchor(None, self.standing_destination(address)?)?;
        self.missing_section(&destination).map_or(Ok(()), Err)
    }

    /// The record to whose page such an address leads, or to a section of it.
    pub fn standing_record(&self, address: &str) -> Option<RecordId> {
        match self.standing_destination(self.within_site(address)).ok()? {
            Destination::Record { record, .. } => Some(record),
            _ => None,
        }
    }

    fn standing_destination(&self, address: &str) -> Result<Destination, Unresolved> {
        let (path, anchor) = split_anchor(address);
        let path = decoded(path.split('?').next().unwrap_or_default());
        self.site_path(&path, anchor)
    }

    /// The record that `kind:id`, `id` or either with `#section` means.
    ///
    /// # Errors
    /// Says why it means none.
    pub fn record_target(&self, target: &str) -> Result<Destination, Unresolved> {
        let (name, anchor) = split_anchor(target);
        if name.is_empty()
            && let Some(anchor) = anchor
        {
            return Ok(Destination::Here(anchor));
        }
        let record = match name.split_once(':') {
            Some((word, id)) => self.record_of_kind(word.trim(), id.trim())?,
            None => self.record_of_any_kind(name)?,
        };
        if self.routes.address(record).is_none() {
            let entry = self.entry(record);
            let message = format!("the {} `{}` has no page", entry.kind.word(), entry.id);
            return Err(Unresolved::unknown(message, None));
        }
        Ok(Destination::Record { record, anchor })
    }

    fn record_of_kind(&self, word: &str, id: &str) -> Result<RecordId, Unresolved> {
        let Some(kind) = Kind::named(word) else {
            let words = Kind::ALL.iter().map(|kind| kind.word());
            let help = similar("a kind", word, words.clone())
                .unwrap_or_else(|| format!("kinds are {}", words.collect::<Vec<_>>().join(", ")));
            return Err(Unresolved::unknown(format!("no kind is called `{word}`"), Some(help)));
        };
        if let Some(record) = self.find(kind, id) {
            return Ok(record);
        }
        if let Some(absent) = self.absent(kind, id) {
            return Err(absent);
        }
        let message = format!("no {} is called `{id}`", kind.word());
        Err(Unresolved::unknown(message, self.similar_id(kind, id)))
    }

    /// A bare id means the record with an address that has it; of several the muscle, as texts name those
    /// most, else its author has to say which one.
    fn record_of_any_kind(&self, id: &str) -> Result<RecordId, Unresolved> {
        let shown = |record: &&RecordId| self.routes.address(**record).is_some();
        let candidates: Vec<RecordId> =
            self.names.with_id(id).iter().filter(shown).copied().collect();
        match candidates.as_slice() {
            [] => {}
            [one] => return Ok(*one),
            several => return self.preferred(id, several),
        }
        if let Some(record) = Kind::ALL.iter().find_map(|kind| self.find(*kind, id)) {
            return Ok(record);
        }
        if let Some(record) = self.dictionary.find(id) {
            return Ok(record);
        }
        if let Some(absent) = self.absent_by_name(id) {
            return Err(absent);
        }
        let help = self.similar_record(id);
        Err(Unresolved::unknown(format!("no record is called `{id}`"), help))
    }

    /// Whether the target of a link is a name, not an id.
    pub(super) fn is_by_name(&self, target: &str) -> bool {
        let (name, _) = split_anchor(target);
        let is_id = || Kind::ALL.iter().any(|kind| self.find(*kind, name).is_some());
        !name.is_empty() && !name.contains(':') && !is_id()
    }

    fn preferred(&self, id: &str, several: &[RecordId]) -> Result<RecordId, Unresolved> {
        let muscle = several.iter().find(|record| self.entry(**record).kind == Kind::Muscle);
        if let Some(muscle) = muscle {
            return Ok(*muscle);
        }
        let kinds: Vec<_> = several
            .iter()
            .map(|record| format!("`{}`", self.entry(*record).kind.with_id(id)))
            .collect();
        let message = format!("`{id}` is the name of several records");
        let help = format!("say which one: {}", kinds.join(" or "));
        Err(Unresolved::unknown(message, Some(help)))
    }

    fn inline_target(&self, file: &SourcePath, target: &str) -> Result<Destination, Unresolved> {
        if !is_safe_address(target) {
            // `muscle:infraspinatus` is a record; `javascript:…` is nothing.
            let word = scheme(target).unwrap_or_default();
            if Kind::from_word(&word).is_some() {
                return self.record_target(target);
            }
            let message = format!("links with `{word}:` are not published");
            let help = "link with https, http, mailto or tel".to_owned();
            return Err(Unresolved::unknown(message, Some(help)));
        }
        let target = self.within_site(target);
        if is_elsewhere(target) {
            return match is_preview(target) {
                true => {
                    let message = format!("`{target}` is the address of the preview");
                    let help = "readers cannot follow it: link to the page, such as `/muscles/`";
                    Err(Unresolved::unknown(message, Some(help.to_owned())))
                }
                false => Ok(Destination::Elsewhere(target.to_owned())),
            };
        }
        let (path, anchor) = split_anchor(target);
        let anchor = anchor.map(|anchor| decoded(&anchor).into_owned());
        if path.is_empty() {
            return Ok(Destination::Here(anchor.unwrap_or_default()));
        }
        if path.starts_with('/') {
            let path = decoded(path.split('?').next().unwrap_or_default());
            return self.site_path(&path, anchor);
        }
        self.relative_path(file, &decoded(path), anchor)
    }

    /// The path that a whole address of the site itself has, such as one that was copied from a browser.
    fn within_site<'t>(&self, target: &'t str) -> &'t str {
        let base_url = self.settings().base_url().trim_end_matches('/');
        match target.strip_prefix(base_url) {
            Some("") if is_web(base_url) => "/",
            Some(rest) if is_web(base_url) && rest.starts_with('/') => rest,
            _ => target,
        }
    }

    fn site_path(&self, path: &str, anchor: Option<String>) -> Result<Destination, Unresolved> {
        let page = |path: &str| {
            let (page, anchor) = (self.routes.page(path)?, anchor.clone());
            Some(match page {
                Some(record) => Destination::Record { record, anchor },
                None => Destination::Index { path: path.to_owned(), anchor },
            })
        };
        if let Some(found) = page(path) {
            return Ok(found);
        }
        let with_slash = [path.trim_end_matches('/'), "/"].concat();
        if let Some(found) = page(&with_slash) {
            return Ok(found);
        }
        if let Some(path) = [path, &with_slash].into_iter().find(|path| self.has_besides(path)) {
            return Ok(Destination::Index { path: path.to_owned(), anchor });
        }
        if let Some(media) = self.media_at(path) {
            return Ok(Destination::Media(media));
        }
        if self.may_have_media_at(path) {
            return Err(Unresolved::Unread);
        }
        if let Some(redirection) = self.routes.redirection(&with_slash) {
            let help = Some(format!("it has moved to `{}`", self.last_address(redirection)));
            let message = format!("`{path}` is a former address");
            return Err(Unresolved::unknown(message, help));
        }
        // A page of many is not there without any of them.
        let listed = anchor.map(|anchor| format!("{with_slash}#{anchor}"));
        let hrefs = [Some(path.to_owned()), Some(with_slash), listed];
        if let Some(absent) = hrefs.iter().flatten().find_map(|href| self.absent_at(href)) {
            return Err(absent);
        }
        let help = self.other_site_path(path);
        Err(Unresolved::unknown(format!("no page has the address `{path}`"), help))
    }

    fn relative_path(
        &self,
        file: &SourcePath,
        path: &str,
        anchor: Option<String>,
    ) -> Result<Destination, Unresolved> {
        let joined =
            [file.folder(), "content"].map(|folder| joined(folder, path).map(SourcePath::new));
        for candidate in joined.iter().flatten() {
            if self.content.media.contains_key(candidate) {
                return Ok(Destination::Media(candidate.clone()));
            }
            if let Some(record) = self.record_of_file(candidate) {
                return Ok(Destination::Record { record, anchor });
            }
        }
        let Some(whole) = &joined[0] else {
            let message = format!("`{path}` leads out of the project");
            return Err(Unresolved::unknown(message, None));
        };
        if let Some(absent) = joined.iter().flatten().find_map(|path| self.absent_file(path)) {
            return Err(absent);
        }
        if joined.iter().flatten().any(|path| self.content.may_hold_file(path)) {
            return Err(Unresolved::Unread);
        }
        if let Some(kind) = self.kind_of_file(whole) {
            let message = format!("`{whole}` holds many records");
            let help = format!("name the one that is meant: `[[{}:id]]`", kind.word());
            return Err(Unresolved::unknown(message, Some(help)));
        }
        let help = self.other_path(whole, path);
        Err(Unresolved::unknown(format!("there is no file `{whole}`"), help))
    }

    /// Why the record of a file is none of the site.
    fn absent_file(&self, path: &SourcePath) -> Option<Unresolved> {
        let (folder, _) = path.below("content")?.split_once('/')?;
        self.absent(Kind::from_folder(folder)?, path.stem())
    }

    /// The kind of the records in a file of many.
    fn kind_of_file(&self, path: &SourcePath) -> Option<Kind> {
        let kind = Kind::from_folder(path.stem())?;
        self.of_kind(kind).any(|(_, entry)| entry.path == *path).then_some(kind)
    }

    fn record_of_file(&self, path: &SourcePath) -> Option<RecordId> {
        let below = path.below("content")?;
        let (folder, _) = below.split_once('/')?;
        let record = self.find(Kind::from_folder(folder)?, path.stem())?;
        let entry = self.entry(record);
        let is_its_file =
            entry.path == *path || entry.body.as_ref().is_some_and(|body| body.path == *path);
        is_its_file.then_some(record)
    }

    /// The path of a destination on the site, without the base path; whole web addresses as they are.
    pub fn href(&self, destination: &Destination) -> String {
        let with_anchor = |path: &str, anchor: &Option<String>| match anchor {
            Some(anchor) => format!("{path}#{anchor}"),
            None => path.to_owned(),
        };
        match destination {
            Destination::Record { record, anchor } => match self.routes.address(*record) {
                Some(address) if anchor.is_none() => address.href(),
                Some(address) => with_anchor(&address.path, anchor),
                None => String::new(),
            },
            Destination::Index { path, anchor } => with_anchor(path, anchor),
            Destination::Here(anchor) => format!("#{anchor}"),
            Destination::Media(path) => media_address(path),
            Destination::Elsewhere(address) => address.clone(),
        }
    }
}

fn split_anchor(target: &str) -> (&str, Option<String>) {
    match target.split_once('#') {
        Some((path, anchor)) => (path.trim(), Some(anchor.trim().to_owned())),
        None => (target.trim(), None),
    }
}

/// Whether an address is one that `sinew serve` prints: readers cannot follow it.
fn is_preview(address: &str) -> bool {
    let place = address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let Some((host, port)) = place.and_then(|place| place.rsplit_once(':')) else { return false };
    let is_this_machine = matches!(host, "localhost" | "[::1]") || host.starts_with("127.");
    // The usual port, and those that it takes where that one is not free.
    is_this_machine && port.parse().is_ok_and(|port: u16| (1313..1400).contains(&port))
}
