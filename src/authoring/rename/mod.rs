//! Gives a record another id: its files move, every reference to it is rewritten where it stands,
//! and its old id becomes a former one.
//!
//! The result is held against the project as it was: the same records, each leading to the same
//! places, and no finding that was not there before. What does not pass is not offered.

mod begun;
mod home;
mod left_alone;
mod links;
mod trace;
mod uses;

use std::collections::BTreeMap;

use super::change::{Change, Edits, changed};
use super::ids;
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::{Circumstances, KnowledgeBase, RecordId};
use crate::model::{EXPLANATIONS, Entry, Kind};
use crate::pipeline::{Analysis, Input, Memo, analyze};
use crate::source::{SourcePath, Sources};
use begun::Begun;

/// What is wanted: the record of a kind and an id gets a new id.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Its kind.
    pub kind: Kind,
    /// The id it has.
    pub old: &'a str,
    /// The id it is to have.
    pub new: &'a str,
}

/// What has to change.
#[derive(Debug)]
pub struct Renaming {
    /// The files, those of the record first: while the old id is a former one, the ids that are not
    /// rewritten yet lead there all the same.
    pub changes: Vec<Change>,
    /// How many references are rewritten.
    pub references: usize,
}

/// Why a record is not renamed.
#[derive(Debug)]
pub enum Refusal {
    /// It was asked for wrongly.
    Request {
        /// What is wrong.
        message: String,
        /// The cure.
        help: Option<String>,
    },
    /// What stands in the files makes it unsafe.
    Content(Vec<Diagnostic>),
    /// The project would have findings that it has not now.
    Outcome(Box<Sources>, Vec<Diagnostic>),
}

impl Refusal {
    fn request(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self::Request { message: message.into(), help: help.into() }
    }

    fn changed() -> Self {
        Self::request("a file changed while it was read", None)
    }

    fn in_the_way(path: &SourcePath) -> Self {
        let help = "choose another id, or move that file".to_owned();
        Self::request(format!("there is a file `{path}` already"), help)
    }
}

/// Finds all that has to change for a record to have another id.
///
/// # Errors
/// Says why it cannot have it.
pub fn rename(input: &Input, request: Request<'_>) -> Result<Renaming, Refusal> {
    // What a draft says of the record is to hold as well.
    let circumstances = Circumstances { with_drafts: true, ..input.circumstances.clone() };
    let mut before = Input { sources: input.sources.clone(), circumstances };
    let mut analysis = analyze(&before, &mut Memo::default());
    let begun = Begun::find(&analysis.base, &before.sources, request);
    if let Some(begun) = &begun {
        before.sources = begun.rest(&before.sources);
        analysis = analyze(&before, &mut Memo::default());
    }
    let unreadable = unreadable(&analysis);
    if !unreadable.is_empty() {
        return Err(Refusal::Content(unreadable));
    }
    let record = subject(&analysis.base, request)?;
    let (mut changes, references) = gathered(&analysis.base, &before.sources, record, request)?;
    let after = changed(&before.sources, &changes);
    let after = Input { sources: after, circumstances: before.circumstances.clone() };
    verify(&analysis, after, request, &changes)?;
    if let Some(begun) = begun {
        begun.join(&mut changes, &input.sources)?;
    }
    Ok(Renaming { changes, references })
}

/// The changes that give a record its new id, its own files first, and how many references they rewrite.
fn gathered(
    base: &KnowledgeBase,
    sources: &Sources,
    record: RecordId,
    request: Request<'_>,
) -> Result<(Vec<Change>, usize), Refusal> {
    let edits = Edits::default();
    let mut renamer =
        Renamer { base, sources, record, request, edits, references: 0, troubles: Vec::new() };
    renamer.home()?;
    renamer.uses();
    let Renamer { edits, references, troubles, .. } = renamer;
    if !troubles.is_empty() {
        return Err(Refusal::Content(troubles));
    }
    let mut changes = edits.changes(sources).ok_or_else(Refusal::changed)?;
    let home = &base.entry(record).path;
    changes.sort_by_key(|change| (change.from != *home, !change.is_moved()));
    Ok((changes, references))
}

/// The errors in single files: what cannot be read may hold references that nobody sees. Those in
/// drafts that are not finished go on to the record by its former id.
fn unreadable(analysis: &Analysis) -> Vec<Diagnostic> {
    let unfinished = &analysis.base.content.found_in_unfinished;
    let is_of_files = |diagnostic: &&Diagnostic| {
        diagnostic.level == Level::Error
            && EXPLANATIONS.iter().any(|explanation| explanation.code == diagnostic.code)
            && !unfinished.contains(diagnostic)
    };
    analysis.diagnostics.iter().filter(is_of_files).cloned().collect()
}

/// The record that is meant.
fn subject(base: &KnowledgeBase, request: Request<'_>) -> Result<RecordId, Refusal> {
    let Request { kind, old, new } = request;
    let word = kind.word();
    if let Some((message, help)) = ids::fault(new) {
        return Err(Refusal::request(message, help));
    }
    if let Some(draft) = unfinished(base, kind, old) {
        let message = format!("the {word} `{old}` is a draft that is not finished");
        let help = format!("fill in what is empty in `{}` first", draft.path);
        return Err(Refusal::request(message, help));
    }
    let Some(record) = base.find(kind, old) else {
        let help = base.similar_id(kind, old).or_else(|| of_other_kind(base, old));
        return Err(Refusal::request(format!("no {word} is called `{old}`"), help));
    };
    let entry = base.entry(record);
    if *entry.id == *new {
        // The files may have moved while the references had not: a rename that was interrupted.
        return match *entry.id == *old {
            true => Err(Refusal::request(format!("the {word} `{old}` has this id already"), None)),
            false => Ok(record),
        };
    }
    if *entry.id != *old {
        let help = format!("rename `{}` instead", entry.id);
        let message = format!("`{old}` is a former id of the {word} `{}`", entry.id);
        return Err(Refusal::request(message, help));
    }
    // Only topics may be used without being declared; there is no record to be renamed then.
    if entry.is_implied() {
        let help = format!("declare it first: `sinew new topic {old}`");
        return Err(Refusal::request(format!("the topic `{old}` is not declared"), help));
    }
    if unfinished(base, kind, new).is_some() {
        let message = format!("there is {} `{new}` already", kind.one());
        return Err(Refusal::request(message, "choose another id".to_owned()));
    }
    match base.find(kind, new) {
        Some(other) if other != record => {
            let other = &base.entry(other).id;
            let message = match **other == *new {
                true => format!("there is {} `{new}` already", kind.one()),
                false => format!("`{new}` is a former id of the {word} `{other}`"),
            };
            Err(Refusal::request(message, Some("choose another id".to_owned())))
        }
        _ => Ok(record),
    }
}

/// A draft that cannot be read yet.
fn unfinished<'a>(base: &'a KnowledgeBase, kind: Kind, id: &str) -> Option<&'a Entry> {
    let mut drafts = base.content.unfinished.iter().map(|draft| &**draft);
    drafts.find(|draft| draft.kind == kind && *draft.id == *id)
}

/// Help for an id that belongs to a record of another kind.
fn of_other_kind(base: &KnowledgeBase, id: &str) -> Option<String> {
    let kind = Kind::ALL.iter().find(|kind| base.find(**kind, id).is_some())?;
    Some(format!("there is {} `{id}`", kind.one()))
}

/// Gathers the edits.
struct Renamer<'a> {
    base: &'a KnowledgeBase,
    sources: &'a Sources,
    record: RecordId,
    request: Request<'a>,
    edits: Edits,
    references: usize,
    /// References that are written in a way that cannot be rewritten.
    troubles: Vec<Diagnostic>,
}

impl Renamer<'_> {
    /// The text of a file, byte for byte.
    fn text(&self, path: &SourcePath) -> String {
        let text = self.sources.text_lossy(path).unwrap_or_default();
        // A mark of byte order counts as what readers pass over, of as many bytes. Spaces would indent
        // the first key of a record, lines would part front matter from the start of the file.
        let gap = if path.extension() == "md" { "   " } else { "\n\n\n" };
        text.strip_prefix('\u{feff}').map_or(text.clone(), |rest| format!("{gap}{rest}"))
    }
}

/// Holds what the project would be against what it is.
fn verify(
    before: &Analysis,
    after: Input,
    request: Request<'_>,
    changes: &[Change],
) -> Result<(), Refusal> {
    let analysis = analyze(&after, &mut Memo::default());
    let new = new_findings(&before.diagnostics, &analysis.diagnostics);
    if !new.is_empty() {
        return Err(Refusal::Outcome(Box::new(after.sources), new));
    }
    let differing = trace::difference(&before.base, &analysis.base, request, changes);
    match differing {
        None => Ok(()),
        Some(record) => {
            let message = format!("what {record} refers to would change");
            let help = "write its references as plain ids first".to_owned();
            Err(Refusal::request(message, help))
        }
    }
}

/// The findings of a code that has more of them than before.
fn new_findings(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<Diagnostic> {
    let count = |findings: &[Diagnostic]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for finding in findings {
            *counts.entry(finding.code.to_string()).or_default() += 1;
        }
        counts
    };
    let (were, are) = (count(before), count(after));
    let is_more = |code: &str| are.get(code) > were.get(code);
    let known = |finding: &Diagnostic| before.iter().any(|one| one.message == finding.message);
    let new = after.iter().filter(|finding| is_more(&finding.code) && !known(finding));
    new.cloned().collect()
}
