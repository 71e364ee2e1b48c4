//! What `auto_link` of an article calls the records that it leaves alone, when one gets another id.

use super::{Renamer, Request};
use crate::diagnostic::FieldPath;
use crate::graph::RecordId;
use crate::model::article::AutoLink;
use crate::model::{Data, Entry};

/// The names that an article leaves alone, by their place in its list.
pub(super) fn names(entry: &Entry) -> impl Iterator<Item = (usize, &str)> {
    let names = match &*entry.data {
        Data::Article(article) => match &article.auto_link {
            AutoLink::Except(names) => names.as_slice(),
            AutoLink::On | AutoLink::Off => &[],
        },
        _ => &[],
    };
    names.iter().enumerate().map(|(index, name)| (index, &**name))
}

impl Renamer<'_> {
    /// Rewrites the ids by which an article leaves records alone.
    pub(super) fn left_alone(&mut self, entry: &Entry) {
        for (index, name) in names(entry) {
            if let Some(new) = self.name_left_alone(name) {
                let path = FieldPath::key("auto_link").at(index);
                self.value(entry, &path, name, new);
            }
        }
    }

    /// The name as it is to be, if it has to change.
    fn name_left_alone(&self, name: &str) -> Option<String> {
        let Request { kind, old, new } = self.request;
        let (word, id) = match name.split_once(':') {
            Some((word, id)) => (Some(word), id),
            None => (None, name),
        };
        let record = self.base.left_alone(name)?;
        if word.is_none() && self.base.dictionary.find(name).is_some() {
            return None;
        }
        if record != self.record {
            // An id alone means the first kind that has it.
            let of = self.base.entry(record).kind;
            return (word.is_none() && id == new && kind < of).then(|| of.with_id(new));
        }
        match word {
            _ if id != old => None,
            Some(word) => Some(format!("{word}:{new}")),
            None if self.means_another(new) => Some(kind.with_id(new)),
            None => Some(new.to_owned()),
        }
    }

    /// Whether the new id alone would leave another record alone.
    fn means_another(&self, new: &str) -> bool {
        let is_other = |record: RecordId| record != self.record;
        self.base.left_alone(new).is_some_and(is_other)
    }
}
