//! Where the names of other records stand in the text of a record, and in its fields.

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
use crate::diagnostic::FieldPath;
use crate::model::article::AutoLink;
use crate::model::{Content, Data, Entry, Id, Kind, Visitor};
use crate::source::{Fingerprint, Sources, fingerprint_of};
use crate::syntax::escape::escaped;
use crate::syntax::markdown::{Hole, Link, Markdown, Outline, Prose, What};

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

/// The names in all that one record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InRecord {
    /// Those in its text, in the order in which they stand.
    pub(super) text: Vec<Mention>,
    /// The same of each field in which there are any, under the fingerprint of what that says.
    fields: Vec<(Fingerprint, Vec<Mention>)>,
}

impl InRecord {
    /// Those in a field.
    pub(super) fn in_field(&self, field: &Markdown) -> &[Mention] {
        if self.fields.is_empty() {
            return &[];
        }
        let said = said_in(field);
        let found = self.fields.iter().find(|(known, _)| *known == said);
        found.map_or(&[], |(_, mentions)| mentions)
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Mention> {
        self.text.iter().chain(self.fields.iter().flat_map(|(_, mentions)| mentions))
    }
}

/// The names in what all records say, by record.
pub(super) type Mentions = FxHashMap<RecordId, Arc<InRecord>>;

/// What was found in records before, with the same names. It only saves work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GraphMemo {
    dictionary: Fingerprint,
    /// By record, under the fingerprint of its text, of its data and of what it leaves alone.
    mentions: FxHashMap<(Kind, Id), (Fingerprint, Arc<InRecord>)>,
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

/// Finds the mentions in all texts and fields; those of records that the memo knows are not read. Where the
/// names are not those of the memo, a `renaming` from the last ones says which of them may hold others.
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
    let name = |entry: &Entry| (entry.kind, entry.id.clone());
    let found: Vec<(RecordId, Fingerprint, Arc<InRecord>)> = content
        .entries
        .par_iter()
        .enumerate()
        .filter(|(_, entry)| auto_link(entry) != Some(&AutoLink::Off))
        .map(|(at, entry)| {
            let except = meanings.exceptions(entry);
            let text = entry.body.as_ref().map(|body| body.fingerprint);
            // What a record leaves alone may be meant by former ids of others.
            let key = fingerprint_of(&(text, entry.fingerprint, meanings.ids(&except)));
            let known = known.get(&name(entry)).filter(|(known, _)| *known == key);
            let known = known.map(|(_, mentions)| mentions);
            let known = match renaming {
                Some(renaming) => known.and_then(|known| renamed(known, renaming, entry, sources)),
                None => known.cloned(),
            };
            let record = RecordId::new(at);
            let find = || Arc::new(in_record(record, &except, meanings, sources));
            (record, key, known.unwrap_or_else(find))
        })
        .collect();
    let mut all = FxHashMap::default();
    for (record, key, mentions) in found {
        let name = name(&content.entries[record.index()]);
        memo.mentions.insert(name, (key, Arc::clone(&mentions)));
        all.insert(record, mentions);
    }
    all
}

/// What is known of a record under the names that are; `None` if it has to be read again.
fn renamed(
    known: &InRecord,
    renaming: &Renaming,
    entry: &Entry,
    sources: &Sources,
) -> Option<Arc<InRecord>> {
    if matches!(auto_link(entry), Some(AutoLink::Except(_))) {
        return None;
    }
    let links_to = |link: &Link| renaming.touches(&pattern_of(&link.target));
    let touches = |prose: &Prose, outline: &Outline| {
        renaming.touches(&prose.html) || outline.links.iter().any(links_to)
    };
    if entry.body.iter().any(|body| touches(&body.prose(sources), &body.outline))
        || fields(entry).iter().any(|field| touches(&field.prose, &field.outline))
    {
        return None;
    }
    let renumbered =
        |mention: &Mention| Some(Mention { name: renaming.number(mention.name)?, ..*mention });
    let all_of = |mentions: &[Mention]| mentions.iter().map(renumbered).collect::<Option<_>>();
    let in_fields = known.fields.iter().map(|(said, mentions)| Some((*said, all_of(mentions)?)));
    let fields = in_fields.collect::<Option<_>>()?;
    Some(Arc::new(InRecord { text: all_of(&known.text)?, fields }))
}

/// The markdown in the fields of a record.
fn fields(entry: &Entry) -> Vec<&Markdown> {
    struct Fields<'a>(Vec<&'a Markdown>);

    impl<'a> Visitor<'a> for Fields<'a> {
        fn markdown(&mut self, _: &FieldPath, markdown: &'a Markdown) {
            self.0.push(markdown);
        }
    }

    let mut fields = Fields(Vec::new());
    entry.data.walk(&mut FieldPath::root(), &mut fields);
    fields.0
}

/// The fingerprint of what a field says. Names in two fields of a record that say the same are the same.
fn said_in(field: &Markdown) -> Fingerprint {
    Fingerprint::of(field.source.as_bytes())
}

fn auto_link(entry: &Entry) -> Option<&AutoLink> {
    match &*entry.data {
        Data::Article(article) => Some(&article.auto_link),
        _ => None,
    }
}

/// The mentions in all that a record says; each of its fields stands for itself.
fn in_record(
    own: RecordId,
    except: &BTreeSet<RecordId>,
    meanings: Meanings<'_>,
    sources: &Sources,
) -> InRecord {
    let entry = &*meanings.content.entries[own.index()];
    let text = entry.body.as_ref().map_or_else(Vec::new, |body| {
        find((&*body.prose(sources), &*body.outline), own, except, meanings)
    });
    let of_field = |field: &Markdown| {
        let found = find((&field.prose, &field.outline), own, except, meanings);
        (!found.is_empty()).then(|| (said_in(field), found))
    };
    InRecord { text, fields: fields(entry).into_iter().filter_map(of_field).collect() }
}

/// The mentions in a text of `own`: the first of each record in each section, unless a link to it came
/// before, none of the record itself, and none of a service where the text tells readers to call for help.
fn find(
    (prose, outline): (&Prose, &Outline),
    own: RecordId,
    except: &BTreeSet<RecordId>,
    Meanings { content, dictionary, .. }: Meanings<'_>,
) -> Vec<Mention> {
    let entry = |record: RecordId| &*content.entries[record.index()];
    let emergencies = emergencies(outline, prose, may_be_emergency_card).into_iter();
    let emergencies: Vec<_> = emergencies.map(|emergency| emergency.bytes).collect();
    let mut mentions = Vec::new();
    let mut seen = BTreeSet::new();
    let mut linked = BTreeSet::new();
    let mut opened = prose.holes.iter().filter_map(opened_link).peekable();
    for run in &prose.runs {
        let section = prose.blocks[run.block as usize].section;
        while let Some((_, link)) = opened.next_if(|(at, _)| *at <= run.start) {
            linked.extend(outline.links.get(link as usize).map(|link| (section, target_of(link))));
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
