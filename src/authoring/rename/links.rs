//! What the target of a link becomes when a record gets another id.

use super::{Renamer, Request};
use crate::graph::{Destination, KnowledgeBase, RecordId};
use crate::model::article::{Article, ArticleQuestion};
use crate::model::{Data, Kind};
use crate::source::SourcePath;
use crate::syntax::markdown::LinkForm;

/// Where a link stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct From<'a> {
    /// The record in whose text or fields it stands.
    pub(super) record: RecordId,
    /// The file from which paths are resolved.
    pub(super) file: &'a SourcePath,
}

impl Renamer<'_> {
    /// The target as it is to be, if it has to change.
    pub(super) fn target(&self, from: From<'_>, target: &str, form: LinkForm) -> Option<String> {
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (target, None),
        };
        // What a link asks of a page stays as it is.
        let is_asking = |at: &usize| path[..*at].trim_start().starts_with('/');
        let (path, query) = path.split_at(path.find('?').filter(is_asking).unwrap_or(path.len()));
        let word = path.split_once(':').map(|(word, _)| word);
        let is_name = form == LinkForm::Wiki || word.is_some_and(|w| Kind::from_word(w).is_some());
        let form = if is_name { LinkForm::Wiki } else { LinkForm::Inline };
        let destination = match path.trim() {
            "" => Destination::Here(String::new()),
            path => match self.base.destination(from.record, from.file, path, form) {
                Ok(destination) => destination,
                Err(_) if is_name => return None,
                Err(_) => return self.left_behind(from, target, path),
            },
        };
        let new_path = match &destination {
            Destination::Record { record, .. } if *record == self.record && is_name => {
                self.name(path)
            }
            Destination::Record { record, .. } if *record == self.record => self.path(path),
            Destination::Record { record, .. } if is_name => self.kept_apart(path, *record),
            Destination::Media(file) => self.edits.moved(file).and_then(|_| self.path(path)),
            _ => None,
        };
        let leads = (from.record, &destination);
        let new_anchor =
            anchor.and_then(|anchor| self::anchor(self.base, self.request, leads, anchor));
        if new_path.is_none() && new_anchor.is_none() {
            return None;
        }
        let path = new_path.as_deref().unwrap_or(path);
        Some(match new_anchor.as_deref().or(anchor) {
            Some(anchor) => format!("{path}{query}#{anchor}"),
            None => format!("{path}{query}"),
        })
    }

    /// A path that leads nowhere, and would lead to the record by its new id: a rename that was
    /// interrupted has left it.
    fn left_behind(&self, from: From<'_>, target: &str, path: &str) -> Option<String> {
        let new = self.path(path)?;
        let leads = self.base.destination(from.record, from.file, &new, LinkForm::Inline).ok()?;
        let is_own = match leads {
            Destination::Record { record, .. } => record == self.record,
            Destination::Media(file) => file.stem() == self.request.new,
            Destination::Index { .. } | Destination::Here(_) | Destination::Elsewhere(_) => false,
        };
        is_own.then(|| target.replacen(path, &new, 1))
    }

    /// `kind:old` or `old`; a former id, a name or an alias goes on leading to the record.
    fn name(&self, name: &str) -> Option<String> {
        let Request { kind, old, new } = self.request;
        let (word, id) = match name.split_once(':') {
            Some((word, id)) => (Some(word), id),
            None => (None, name),
        };
        if id.trim() != old {
            return None;
        }
        let id = id.replacen(old, new, 1);
        Some(match word {
            Some(word) => format!("{word}:{id}"),
            None if self.is_taken_elsewhere() => kind.with_id(&id),
            None => id,
        })
    }

    /// Whether the new id alone would not mean this record: others have it. Muscles come first.
    fn is_taken_elsewhere(&self) -> bool {
        let Request { kind, new, .. } = self.request;
        kind != Kind::Muscle
            && self.base.records().any(|(record, entry)| {
                record != self.record
                    && *entry.id == *new
                    && self.base.routes.address(record).is_some()
            })
    }

    /// A name without a kind that is the new id, and means another record now.
    fn kept_apart(&self, name: &str, record: RecordId) -> Option<String> {
        let entry = self.base.entry(record);
        let is_muscle = entry.kind == Kind::Muscle && *entry.id == *self.request.new;
        let is_shown = self.base.routes.address(self.record).is_some();
        if name.trim() != self.request.new || is_muscle || !is_shown {
            return None;
        }
        Some(name.replacen(name.trim(), &entry.kind.with_id(&entry.id), 1))
    }

    /// The last step of a path of the site or of a file.
    fn path(&self, path: &str) -> Option<String> {
        let Request { old, new, .. } = self.request;
        let steps = path.trim_end_matches('/');
        let start = steps.rfind('/').map_or(0, |at| at + 1);
        let after = steps[start..].strip_prefix(old)?;
        let is_whole = after.is_empty() || after.starts_with('.');
        is_whole.then(|| format!("{}{new}{}", &path[..start], &path[start + old.len()..]))
    }
}

/// What an anchor becomes that is the record's on a page of many, or a question's on the page of an
/// article; `asking` is whose text the link stands in. All others only look like the id.
pub(super) fn anchor(
    base: &KnowledgeBase,
    Request { kind, old, new }: Request<'_>,
    (asking, to): (RecordId, &Destination),
    anchor: &str,
) -> Option<String> {
    let address = base.routes.address(base.find(kind, old)?)?;
    let asked = match to {
        Destination::Index { path, .. } => {
            let is_own = **path == *address.path && address.anchor.as_deref() == Some(anchor);
            return (is_own && anchor == old).then(|| new.to_owned());
        }
        Destination::Record { record, .. } => *record,
        Destination::Here(_) => asking,
        Destination::Media(_) | Destination::Elsewhere(_) => return None,
    };
    let article = match &*base.entry(asked).data {
        Data::Article(article) if kind == Kind::Faq => article,
        _ => return None,
    };
    (anchor == format!("question-{old}") && asks(article, old)).then(|| format!("question-{new}"))
}

/// Whether a question of the site stands in an article.
fn asks(article: &Article, id: &str) -> bool {
    article.faqs.iter().any(|question| match question {
        ArticleQuestion::Reference(reference) => *reference.id == *id,
        ArticleQuestion::Inline(_) => false,
    })
}
