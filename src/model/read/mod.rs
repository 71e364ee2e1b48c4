//! Reads every file of a snapshot: which record it holds, typed, with all that is wrong with it.

mod again;
mod assemble;
mod data;
mod lost;
mod many;
mod media;
mod memo;
mod parts;
mod picture;
mod role;
mod settings;
mod tally;
mod text;
mod unfinished;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use lost::{lost, lost_file};
pub(crate) use media::damaged_picture;
pub use memo::{SourceChanges, SourceMemo};
pub use role::{STATIC, at_the_top};
pub use words::{Lexicon, Stands, TextWords};

use super::settings::Settings;
use super::{Data, Id, Kind};
use crate::diagnostic::{Diagnostic, FieldPath, Piece, Place, Segment};
use crate::picture::Header;
use crate::source::{Fingerprint, SourcePath, Sources, Span, fingerprint_of};
use crate::syntax::markdown::{self, Outline, Prose};
use again::Last;
use many::ReadFile;
use role::{Role, misplaced, role};
use unfinished::Unfinished;
use words::GrowingLexicon;

/// Everything the author wrote, typed: the second of the values at the seams.
#[derive(Debug, Clone)]
pub struct Content {
    /// The settings of the project.
    pub settings: Arc<Settings>,
    /// Where in the settings something could not be read and has its default; the root, if nothing could.
    pub unread_settings: BTreeSet<FieldPath>,
    /// All records, sorted by kind and id.
    pub entries: Vec<Arc<Entry>>,
    /// Records that are there but could not be read, by present and former ids: they can still be
    /// linked to.
    pub broken: BTreeSet<(Kind, Id)>,
    /// Kinds of which any record may be missing, since a file of many of them could not be read.
    pub unread: BTreeSet<Kind>,
    /// Files and folders that are there and could not be read.
    pub refused: BTreeSet<SourcePath>,
    /// Records that are drafts, and left out of the site.
    pub drafts: BTreeSet<(Kind, Id)>,
    /// Drafts that cannot be read yet, sorted by kind and id: what they are called. Something stands in
    /// for the rest of their data.
    pub unfinished: Vec<Arc<Entry>>,
    /// What is missing in those, and wrong.
    pub found_in_unfinished: Vec<Diagnostic>,
    /// Pictures and other files to publish, by path.
    pub media: BTreeMap<SourcePath, Media>,
    /// For each record that was read: the fingerprint of all that it shows to others, apart from the
    /// wording of its text.
    pub(crate) shown: Vec<Fingerprint>,
    /// The words of all records and texts.
    pub lexicon: Arc<Lexicon>,
}

/// A record with the files it came from.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// The file that holds its data.
    pub path: SourcePath,
    /// Where in that file its data stands: at the root, or below its id.
    pub base: FieldPath,
    /// Its place among the records of that file, or [`Entry::IMPLIED`].
    pub position: u32,
    /// Its data.
    pub data: Arc<Data>,
    /// The fingerprint of its data.
    pub fingerprint: Fingerprint,
    /// The words in its data.
    pub words: TextWords,
    /// Its text.
    pub body: Option<Body>,
}

/// The text of a record.
#[derive(Debug, Clone)]
pub struct Body {
    /// The file.
    pub path: SourcePath,
    /// The byte at which the text starts, after the front matter.
    pub start: u32,
    /// The fingerprint of the whole file.
    pub fingerprint: Fingerprint,
    /// What is in it.
    pub outline: Arc<Outline>,
    /// The fingerprint of what other pages can see of it: its anchors and where it leads.
    pub interface: Fingerprint,
    /// The words in it.
    pub words: TextWords,
    prose: OnceLock<Arc<Prose>>,
}

/// A file that is published beside the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// Width and height in pixels as it is shown, if it is a picture that says so.
    pub size: Option<(u32, u32)>,
    /// The header of a picture that can be made in other sizes.
    pub picture: Option<Header>,
}

impl Content {
    /// Where the record of a kind and an id stands among all.
    pub fn position(&self, kind: Kind, id: &str) -> Option<usize> {
        self.entries.binary_search_by(|one| (one.kind, &*one.id).cmp(&(kind, id))).ok()
    }

    /// Whether a record is there that could not be read, or may be.
    pub fn may_hold(&self, kind: Kind, id: &str) -> bool {
        self.unread.contains(&kind) || self.broken.contains(&(kind, Id::new(id)))
    }

    /// Whether a file is there that could not be read, or may be: in a folder of which nobody knows what
    /// it holds.
    pub fn may_hold_file(&self, path: &SourcePath) -> bool {
        let holds =
            |refused: &SourcePath| path == refused || path.below(refused.as_str()).is_some();
        self.refused.iter().any(holds)
    }

    /// Whether any record could not be read.
    pub fn is_partly_read(&self) -> bool {
        !self.unread.is_empty() || !self.broken.is_empty()
    }
}

impl Entry {
    /// The place of a record that nobody wrote: a topic that others name.
    pub const IMPLIED: u32 = u32::MAX;

    /// Whether nobody wrote it, so that it has no lines of its own.
    pub fn is_implied(&self) -> bool {
        self.position == Self::IMPLIED
    }

    /// The file from which its links lead on, those in fields as well: that of its text, where it has one.
    pub fn home(&self) -> &SourcePath {
        self.body.as_ref().map_or(&self.path, |body| &body.path)
    }

    /// The place of the value of a field.
    pub fn value(&self, field: FieldPath) -> Place {
        Place::value(&self.path, field.below(&self.base))
    }

    /// The place of the key of a field.
    pub fn key(&self, field: FieldPath) -> Place {
        Place::key(&self.path, field.below(&self.base))
    }

    /// The place of the record: its key in a file of many, the first line of a file of its own.
    pub fn place(&self) -> Place {
        if self.base.segments().is_empty() {
            Place::file(&self.path)
        } else {
            Place::key(&self.path, self.base.clone())
        }
    }

    /// The place of some bytes of what a field says.
    pub fn within(&self, field: FieldPath, said: &str, range: Range<usize>) -> Place {
        Place::within(&self.path, field.below(&self.base), Piece::new(said, range))
    }
}

impl Body {
    /// The text of a file of which this was read.
    fn new(path: &SourcePath, fingerprint: Fingerprint, file: &FileContent) -> Option<Self> {
        let (start, outline, interface) = file.outline.as_ref()?;
        let prose = OnceLock::new();
        if let Some(known) = &file.prose {
            let _ = prose.set(Arc::clone(known));
        }
        Some(Self {
            path: path.clone(),
            start: *start,
            fingerprint,
            outline: Arc::clone(outline),
            interface: *interface,
            words: file.words.clone(),
            prose,
        })
    }

    /// The place of a span of the text in its file.
    pub fn place(&self, span: Span) -> Place {
        Place::bytes(&self.path, span.shifted(self.start as usize))
    }

    /// The text as HTML with holes: from the reading, or read again from the snapshot.
    pub fn prose(&self, sources: &Sources) -> Arc<Prose> {
        let parse_again = || {
            let bytes = sources.bytes_once(&self.path).unwrap_or_default();
            let text = crate::syntax::text::decode(&bytes).unwrap_or_default();
            Arc::new(markdown::parse(&text[(self.start as usize).min(text.len())..]).prose)
        };
        self.prose.get_or_init(parse_again).clone()
    }
}

/// What one file holds. A pure function of its path and bytes, so it can be remembered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct FileContent {
    records: Vec<FileRecord>,
    outline: Option<(u32, Arc<Outline>, Fingerprint)>,
    #[serde(skip)]
    prose: Option<Arc<Prose>>,
    /// The words of the text.
    words: TextWords,
    broken: Vec<(Kind, Id)>,
    unfinished: Vec<Unfinished>,
    /// Whether it is a file of many records of which nobody knows what it holds.
    is_unread: bool,
    size: Option<(u32, u32)>,
    picture: Option<Header>,
    diagnostics: Vec<Diagnostic>,
}

impl FileContent {
    /// Adds a record, and says which of its former ids cannot be one: none leads to it from there.
    fn add(&mut self, path: &SourcePath, record: FileRecord) {
        let was = record.data.common().was.iter().enumerate();
        for (index, id) in was.filter(|(_, id)| !id.is_well_formed()) {
            let place = Place::value(path, FieldPath::key("was").at(index).below(&record.base));
            let found = invalid_id(place, id, "a former id");
            let help = "lead an old address of another form on by `[[redirect]]` in `site.toml`";
            self.diagnostics.push(found.help(help));
        }
        self.records.push(record);
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct FileRecord {
    id: Id,
    base: FieldPath,
    data: Arc<Data>,
    fingerprint: Fingerprint,
    words: TextWords,
}

impl FileRecord {
    fn new(id: Id, base: FieldPath, data: Data) -> Self {
        let fingerprint = fingerprint_of(&data);
        Self { id, base, data: Arc::new(data), fingerprint, words: TextWords::default() }
    }

    /// The record with the file it stands in, and its place among the records of that.
    fn entry(&self, path: &SourcePath, kind: Kind, position: usize) -> Entry {
        Entry {
            position: u32::try_from(position).unwrap_or(u32::MAX),
            kind,
            id: self.id.clone(),
            path: path.clone(),
            base: self.base.clone(),
            data: Arc::clone(&self.data),
            fingerprint: self.fingerprint,
            words: self.words.clone(),
            body: None,
        }
    }
}

/// Reads all files of a snapshot, those that `memo` does not know. Mistakes are among the
/// diagnostics, with every record that could be read in spite of them.
pub fn read(sources: &Sources, memo: &mut SourceMemo) -> (Content, Vec<Diagnostic>) {
    if let Some(last) = memo.last.take()
        && let Some(last) = last.again(sources, memo)
    {
        return memo.last.insert(last).result();
    }
    let files = read_files(sources, memo);
    put_together(sources, memo, files)
}

/// What was read of files, and is in no memo yet.
pub struct ReadFiles {
    fresh: Vec<ReadFile>,
    lexicon: GrowingLexicon,
    /// How many there are, with those that the memo knows.
    count: usize,
}

/// Reads the files of a snapshot that `memo` does not know, side by side.
pub fn read_files(sources: &Sources, memo: &SourceMemo) -> ReadFiles {
    let files: Vec<(&SourcePath, Fingerprint)> =
        sources.iter().map(|(path, file)| (path, file.fingerprint)).collect();
    let files: Vec<(&SourcePath, Fingerprint)> = files
        .into_par_iter()
        .filter(|(path, _)| !matches!(role(path), Role::Settings | Role::Other))
        .collect();
    let fresh = files.par_iter().filter(|(path, fingerprint)| !memo.knows(path, *fingerprint));
    let fresh: Vec<(&SourcePath, Fingerprint)> = fresh.copied().collect();
    let lexicon = GrowingLexicon::new(&memo.lexicon);
    let fresh = many::read(sources, &lexicon, fresh);
    ReadFiles { fresh, lexicon, count: files.len() }
}

/// Puts together what all files of a snapshot hold, those that were read and those that `memo` knows.
pub fn put_together(
    sources: &Sources,
    memo: &mut SourceMemo,
    files: ReadFiles,
) -> (Content, Vec<Diagnostic>) {
    files.lexicon.end(&mut memo.lexicon);
    memo.learn(files.fresh);
    if memo.files.len() > files.count {
        memo.forget_all_but(sources);
    }
    let (content, diagnostics) = assemble::assemble(sources, memo);
    memo.last.insert(Last::new(sources, content, diagnostics)).result()
}

/// Reads a file of a snapshot, and lets go of its bytes.
fn read_source(sources: &Sources, path: &SourcePath) -> FileContent {
    let bytes = sources.bytes_once(path).unwrap_or_default();
    read_file(path, &bytes)
}

/// Reads the settings of a project, and nothing else.
pub fn settings(sources: &Sources) -> (Settings, Vec<Diagnostic>) {
    let read = settings::read_settings(sources);
    (read.settings, read.found)
}

fn read_file(path: &SourcePath, bytes: &[u8]) -> FileContent {
    let mut file = FileContent::default();
    match role(path) {
        Role::Record(kind, id) => data::read_record(path, kind, id, bytes, &mut file),
        Role::Kind(kind) => data::read_kind(path, kind, bytes, &mut file),
        Role::Text(kind, id) => text::read_text(path, kind, id, bytes, &mut file),
        Role::Media => media::read_media(path, bytes, &mut file),
        Role::Misplaced => file.diagnostics.push(misplaced(path)),
        Role::Settings | Role::Other => {}
    }
    file
}

/// Says that an id cannot stand in an address.
fn check_id(path: &SourcePath, base: &FieldPath, id: &Id, file: &mut FileContent) {
    if id.is_well_formed() {
        return;
    }
    let place = match base.segments() {
        [Segment::Key(_), ..] => Place::key(path, base.clone()),
        _ => Place::file(path),
    };
    let help = Id::like(id).map(|better| format!("call it `{better}`"));
    file.diagnostics.push(invalid_id(place, id, "an id").maybe_help(help));
}

fn invalid_id(place: Place, id: &Id, what: &str) -> Diagnostic {
    let shown: String = id.chars().take(60).collect();
    let most = Id::LONGEST;
    Diagnostic::error("invalid-id", place, format!("`{shown}` cannot be {what}")).note(format!(
        "an id is made of lower-case letters a to z, digits and single hyphens, at most {most} of them"
    ))
}
