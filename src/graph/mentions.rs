//! Where the names of other records stand in the text of a record.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dictionary::{LINKED, Renaming, names};
use super::emergency::{emergencies, may_be_emergency_card};
use super::folded::folded;
use super::kept::Kept;
use super::names::Names;
use super::{Dictionary, RecordId};
use crate::model::article::AutoLink;
use crate::model::{Content, Data, Entry, Id, Kind};
use crate::source::{Fingerprint, SourcePath, Sources, fingerprint_of};
use crate::syntax::escape::escaped;
use crate::syntax::markdown::{Hole, Link, Prose, What};

/// A name in the HTML of a text that is to become a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The first byte of the name.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The pattern of the dictionary that it is.
    pub name: u32,
}

/// The names in the texts of all records, by record.
pub(super) type Mentions = FxHashMap<RecordId, Arc<Vec<Mention>>>;

/// What was found in texts before, with the same names. It only saves work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GraphMemo {
    dictionary: Fingerprint,
    /// By text, under the fingerprint of it and of what its record leaves alone.
    mentions: FxHashMap<SourcePath, (Fingerprint, Arc<Vec<Mention>>)>,
    /// Within one process: the analysis itself.
    #[serde(skip)]
    pub(super) kept: Option<Kept>,
}

/// What names and ids mean among the records.
#[derive(Clone, Copy)]
pub(super) struct Meanings<'a> {
    pub(super) content: &'a Content,
    pub(super) dictionary: &'a Dictionary,
    pub(super) names: &'a Names,
}

/// Finds the mentions in all texts; those that the memo knows are not read. Where the names are not
/// those of the memo, a `renaming` from the last ones says which of its texts may hold others.
pub(super) fn find_all(
    meanings: Meanings<'_>,
    renaming: Option<&Renaming>,
    sources: &Sources,
    memo: &mut GraphMemo,
) -> Mentions {
    let Meanings { content, dictionary, .. } = meanings;
    if memo.dictionary != dictionary.fingerprint && renaming.is_none() {
        memo.mentions.clear();
    }
    memo.dictionary = dictionary.fingerprint;
    let known = std::mem::take(&mut memo.mentions);
    let found: Vec<(RecordId, SourcePath, Fingerprint, Arc<Vec<Mention>>)> = content
        .entries
        .par_iter()
        .enumerate()
        .filter(|(_, entry)| auto_link(entry) != Some(&AutoLink::Off))
        .filter_map(|(at, entry)| {
            let body = entry.body.as_ref()?;
            let except = meanings.exceptions(entry);
            // What a record leaves alone may stand in another file than its text, and be meant by former ids.
            let key = fingerprint_of(&(body.fingerprint, auto_link(entry), meanings.ids(&except)));
            let known = known.get(&body.path).filter(|(known, _)| *known == key);
            let known = known.map(|(_, mentions)| mentions);
            let known = match renaming {
                Some(renaming) => known.and_then(|known| {
                    let text = (&*body.prose(sources), &*body.outline.links);
                    renamed(known, renaming, auto_link(entry), text)
                }),
                None => known.cloned(),
            };
            let find = || {
                let text = (&*body.prose(sources), &*body.outline.links);
                find(text, RecordId::new(at), &except, meanings)
            };
            let mentions = known.unwrap_or_else(|| Arc::new(find()));
            Some((RecordId::new(at), body.path.clone(), key, mentions))
        })
        .collect();
    let mut all = FxHashMap::default();
    for (record, path, key, mentions) in found {
        memo.mentions.insert(path, (key, Arc::clone(&mentions)));
        all.insert(record, mentions);
    }
    all
}

/// What is known of a text under the names that are; `None` if it has to be read again.
fn renamed(
    known: &Arc<Vec<Mention>>,
    renaming: &Renaming,
    auto_link: Option<&AutoLink>,
    (prose, links): (&Prose, &[Link]),
) -> Option<Arc<Vec<Mention>>> {
    let touches = |link: &Link| renaming.touches(&pattern_of(&link.target));
    let is_other = renaming.touches(&prose.html) || links.iter().any(touches);
    if is_other || matches!(auto_link, Some(AutoLink::Except(_))) {
        return None;
    }
    let renumbered =
        |mention: &Mention| Some(Mention { name: renaming.number(mention.name)?, ..*mention });
    known.iter().map(renumbered).collect::<Option<_>>().map(Arc::new)
}

fn auto_link(entry: &Entry) -> Option<&AutoLink> {
    match &*entry.data {
        Data::Article(article) => Some(&article.auto_link),
        _ => None,
    }
}

/// The mentions in a text of `own`: the first of each record in each section, unless a link to it came
/// before, none of the record itself, and none of a service where the text tells readers to call for help.
fn find(
    (prose, links): (&Prose, &[Link]),
    own: RecordId,
    except: &BTreeSet<RecordId>,
    Meanings { content, dictionary, .. }: Meanings<'_>,
) -> Vec<Mention> {
    let entry = |record: RecordId| &*content.entries[record.index()];
    let emergencies = entry(own)
        .body
        .iter()
        .flat_map(|body| emergencies(&body.outline, prose, may_be_emergency_card));
    let emergencies: Vec<_> = emergencies.map(|emergency| emergency.bytes).collect();
    let mut mentions = Vec::new();
    let mut seen = BTreeSet::new();
    let mut linked = BTreeSet::new();
    let mut opened = prose.holes.iter().filter_map(opened_link).peekable();
    for run in &prose.runs {
        let section = prose.blocks[run.block as usize].section;
        while let Some((_, link)) = opened.next_if(|(at, _)| *at <= run.start) {
            linked.extend(links.get(link as usize).map(|link| (section, target_of(link))));
        }
        if !run.is_linkable {
            continue;
        }
        let is_linked = |record| calls(entry(record)).any(|call| linked.contains(&(section, call)));
        let text = &prose.html[run.start as usize..run.end as usize];
        let is_urgent = emergencies.iter().any(|bytes| bytes.contains(&run.start));
        for (range, name) in dictionary.matches(text) {
            let record = dictionary.record(name);
            if is_urgent && entry(record).kind == Kind::Service {
                continue;
            }
            if record == own || except.contains(&record) || !seen.insert((section, record)) {
                continue;
            }
            if !linked.is_empty() && is_linked(record) {
                continue;
            }
            mentions.push(Mention {
                start: run.start + range.start as u32,
                end: run.start + range.end as u32,
                name,
            });
        }
    }
    mentions
}

impl<'a> Meanings<'a> {
    /// The records that the text of one leaves alone.
    fn exceptions(self, entry: &Entry) -> BTreeSet<RecordId> {
        match auto_link(entry) {
            Some(AutoLink::Except(names)) => {
                names.iter().filter_map(|name| self.left_alone(name)).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The record that a name in `auto_link` leaves alone: what texts call it, its id, or its kind and id.
    pub(super) fn left_alone(self, name: &str) -> Option<RecordId> {
        let by_id = || {
            let (kind, id) = match name.split_once(':') {
                Some((word, id)) => (Some(Kind::named(word)?), id),
                None => (None, name),
            };
            let is_current = |kind: Kind| self.content.position(kind, id).map(RecordId::new);
            let kinds = LINKED.iter().filter(|one| kind.is_none_or(|kind| kind == **one));
            let current = kinds.clone().find_map(|kind| is_current(*kind));
            current.or_else(|| kinds.clone().find_map(|kind| self.names.find(*kind, id)))
        };
        self.dictionary.find(name).or_else(by_id)
    }

    fn ids(self, records: &BTreeSet<RecordId>) -> Vec<(Kind, &'a Id)> {
        let entries = records.iter().map(|record| &self.content.entries[record.index()]);
        entries.map(|entry| (entry.kind, &entry.id)).collect()
    }
}

/// Where a link is opened, and which one it is.
fn opened_link(hole: &Hole) -> Option<(u32, u32)> {
    match hole.what {
        What::LinkOpen(link) => Some((hole.at, link)),
        _ => None,
    }
}

/// What a link calls its record, without the section.
fn target_of(link: &Link) -> String {
    folded(link.target.split('#').next().unwrap_or_default().trim())
}

/// What a link may call a record: its id, with its kind or without, and its names. Where links really lead
/// depends on more than the names that decide which mentions are remembered.
fn calls(entry: &Entry) -> impl Iterator<Item = String> {
    let kinds = [entry.kind.word(), entry.kind.folder()];
    let ids = kinds.map(|kind| format!("{kind}:{}", entry.id));
    let names = names(entry).map(folded);
    ids.into_iter().chain([entry.id.to_string()]).chain(names)
}

/// The target of a link as the dictionary writes it.
fn pattern_of(target: &str) -> String {
    escaped(&target.replace('\'', "\u{2019}"))
}
