//! Begins a record: decides where it goes, and refuses what would be a mistake from the start.

mod fields;

use std::collections::BTreeSet;

use super::change::{Change, Edit};
use super::ids;
use crate::check::of_no_region;
use crate::graph::{Circumstances, KnowledgeBase};
use crate::model::{Id, Kind};
use crate::pipeline::{Analysis, Input, Memo, analyze};
use crate::source::SourcePath;
use crate::syntax::insert::eol;
use crate::syntax::node::Value;
use crate::syntax::{text, yaml};

/// A record to be written.
#[derive(Debug)]
pub enum Scaffold {
    /// A file of its own.
    File {
        /// Its path.
        path: SourcePath,
        /// What it holds.
        text: String,
    },
    /// Lines at the end of the file of its kind.
    Lines(Change),
}

impl Scaffold {
    /// The file that is written.
    pub fn path(&self) -> &SourcePath {
        match self {
            Self::File { path, .. } => path,
            Self::Lines(change) => &change.to,
        }
    }
}

/// Why a record is not begun.
#[derive(Debug)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// The cure.
    pub help: String,
}

fn refuse<T>(message: String, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { message, help: help.into() })
}

/// Kinds whose records are long enough for a file each, where a project has not decided otherwise.
const LARGE: [Kind; 6] =
    [Kind::Article, Kind::Page, Kind::Muscle, Kind::Symptom, Kind::Technique, Kind::Service];

/// Begins a record of a kind.
///
/// # Errors
/// Says why there can be none of this id.
pub fn scaffold(input: &Input, kind: Kind, id: &str) -> Result<Scaffold, Refusal> {
    // What is begun may name other drafts.
    let circumstances = Circumstances { with_drafts: true, ..input.circumstances.clone() };
    let with_drafts = Input { sources: input.sources.clone(), circumstances };
    let analysis = analyze(&with_drafts, &mut Memo::default());
    let base = &analysis.base;
    check_id(base, kind, id)?;
    let is_text = matches!(kind, Kind::Article | Kind::Page);
    let extension = if is_text { "md" } else { "yaml" };
    let own = SourcePath::new(format!("content/{}/{id}.{extension}", kind.folder()));
    if let Some(other) = input.sources.paths().find(|path| is_of(path, kind, id)) {
        return refuse(
            format!("there is a file `{other}` already"),
            "mend it, or choose another id",
        );
    }
    let day = input.circumstances.as_of;
    let many = file_of_many(base, input, kind).filter(|_| !is_text);
    let Some(path) = many else {
        let fields =
            without_shape(&analysis, kind, id, "") + &fields::of_record(base, (kind, id), day, "");
        let text = if is_text { format!("---\n{fields}---\n\n") } else { fields };
        return Ok(Scaffold::File { path: own, text });
    };
    let fields = fields::of_record(base, (kind, id), day, "  ");
    let record = format!("{id}:\n{}{fields}", without_shape(&analysis, kind, id, "  "));
    match input.sources.bytes(&path) {
        None => Ok(Scaffold::File { path, text: record }),
        Some(before) => {
            let Some(text) = appended(&before, &record, id) else {
                let message = format!("`{path}` cannot take another record at its end");
                return refuse(message, "mend it first: `sinew check` says where it is wrong");
            };
            let edit = Edit { range: before.len()..before.len(), text };
            Ok(Scaffold::Lines(Change { from: path.clone(), to: path, before, edits: vec![edit] }))
        }
    }
}

/// Says of a region that the body map does not show which shapes there are.
fn without_shape(analysis: &Analysis, kind: Kind, id: &str, indent: &str) -> String {
    let shapes: BTreeSet<&str> = analysis.theme.shapes().into_values().flatten().collect();
    if kind != Kind::Region || shapes.contains(id) {
        return String::new();
    }
    let free = of_no_region(&analysis.base, shapes.into_iter());
    let text = format!(
        "The body map has no shape `{id}`. Call it as one of those that no region has, or name that in `was`: {}.",
        free.join(", ")
    );
    fields::comment(&text, indent)
}

fn check_id(base: &KnowledgeBase, kind: Kind, id: &str) -> Result<(), Refusal> {
    let word = kind.word();
    if let Some((message, help)) = ids::fault(id) {
        return refuse(message, help);
    }
    // A topic that is used has a page already, and may still be declared.
    if let Some(record) = base.find(kind, id)
        && !base.entry(record).is_implied()
    {
        let entry = base.entry(record);
        return match *entry.id == *id {
            true => refuse(
                format!("there is {} `{id}` already", kind.one()),
                format!("it is in `{}`", entry.path),
            ),
            false => refuse(
                format!("`{id}` is a former id of the {word} `{}`", entry.id),
                "choose another id: links to this one lead there",
            ),
        };
    }
    let record = (kind, Id::new(id));
    if base.content.broken.contains(&record) {
        let help = "it cannot be read yet: `sinew check --drafts` says why";
        return refuse(format!("there is {} `{id}` already", kind.one()), help);
    }
    let address = match kind {
        Kind::Page => format!("/{id}/"),
        Kind::Area | Kind::Region => format!("/pain/{id}/"),
        _ => return Ok(()),
    };
    match base.routes.page(&address) {
        None => Ok(()),
        Some(_) => {
            refuse(format!("the address `{address}` belongs to another page"), "choose another id")
        }
    }
}

/// Whether a file is one of a record: its data or its text.
fn is_of(path: &SourcePath, kind: Kind, id: &str) -> bool {
    let is_below = path.below(&format!("content/{}", kind.folder())).is_some();
    let is_data = matches!(path.extension(), "yaml" | "yml")
        || (path.extension() == "md" && matches!(kind, Kind::Article | Kind::Page));
    is_below && is_data && path.stem() == id
}

/// The file that holds the records of a kind together, if the project keeps them so.
fn file_of_many(base: &KnowledgeBase, input: &Input, kind: Kind) -> Option<SourcePath> {
    let written = base.of_kind(kind).map(|(_, entry)| entry).filter(|one| !one.is_implied());
    let (many, own): (Vec<_>, Vec<_>) =
        written.partition(|entry| !entry.base.segments().is_empty());
    let file = |extension| SourcePath::new(format!("content/{}.{extension}", kind.folder()));
    let existing =
        ["yaml", "yml"].map(file).into_iter().find(|one| input.sources.get(one).is_some());
    let is_kept_together = match (many.len(), own.len()) {
        (0, 0) => existing.is_some() || !LARGE.contains(&kind),
        (many, own) => many > own,
    };
    is_kept_together.then(|| existing.unwrap_or_else(|| file("yaml")))
}

/// What to add to the end of a file of many, if it is one that can be added to.
fn appended(before: &[u8], record: &str, id: &str) -> Option<String> {
    let text = text::decode(before).ok()?;
    let end = eol(&text);
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    let between = if has_blank_lines_between(&text) { end } else { "" };
    let added = format!("{gap}{between}{}", record.replace('\n', end));
    let count = |text: &str| match yaml::parse(text).ok()?.value {
        Value::Map(entries) => Some((entries.len(), entries.last().map(|entry| entry.key.clone()))),
        Value::Null => Some((0, None)),
        _ => None,
    };
    let (were, _) = count(&text)?;
    let (are, last) = count(&format!("{text}{added}"))?;
    (are == were + 1 && last.as_deref() == Some(id)).then_some(added)
}

/// Whether the records of a file stand apart.
fn has_blank_lines_between(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let starts = |line: &str| line.starts_with(|c: char| c.is_ascii_alphanumeric());
    let first = lines.iter().position(|line| starts(line)).unwrap_or_default();
    lines[first..].windows(2).any(|pair| pair[0].trim().is_empty() && starts(pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::change::changed;
    use crate::authoring::starter;
    use crate::diagnostic::has_errors;
    use crate::model::Date;
    use crate::source::Sources;

    /// The starter with these files. Drafts belong to it: what is begun is one.
    fn input(files: &[(&str, &str)]) -> Input {
        let as_of = Date::parse("2026-11-25").expect("it is a day");
        let mut sources = Sources::default();
        for (path, bytes) in starter::files(as_of) {
            sources.insert(SourcePath::new(path), bytes);
        }
        for (path, text) in files {
            sources.insert(SourcePath::new(path), text.as_bytes());
        }
        Input { sources, circumstances: Circumstances { as_of, with_drafts: true, base_url: None } }
    }

    /// The project with the record begun, and the text of its file.
    fn begun(input: &Input, kind: Kind, id: &str) -> (Input, String) {
        let scaffold = scaffold(input, kind, id).expect("it can be begun");
        let path = scaffold.path().clone();
        let mut sources = input.sources.clone();
        match scaffold {
            Scaffold::File { path, text } => sources.insert(path, text.into_bytes()),
            Scaffold::Lines(change) => sources = changed(&sources, &[change]),
        }
        let text = sources.text_lossy(&path).expect("it is text");
        (Input { sources, circumstances: input.circumstances.clone() }, text)
    }

    #[test]
    fn a_record_of_each_kind_lacks_only_what_its_author_has_to_know() {
        for kind in Kind::ALL {
            let (after, text) = begun(&input(&[]), *kind, "new-one");
            for finding in analyze(&after, &mut Memo::default()).diagnostics {
                let is_empty = finding.message.ends_with("found nothing")
                    || finding.message.contains("at least one");
                assert!(
                    is_empty || !has_errors(std::slice::from_ref(&finding)),
                    "{kind:?}: {finding:?}"
                );
            }
            // Every field that may be there is no mistake once it is taken out of its comment.
            let all: String = text
                .lines()
                .map(|line| {
                    let field =
                        line.trim_start().strip_prefix('#').filter(|one| !one.starts_with(' '));
                    field.map_or_else(
                        || format!("{line}\n"),
                        |field| {
                            format!("{}{field}\n", &line[..line.len() - line.trim_start().len()])
                        },
                    )
                })
                .collect();
            let path =
                scaffold(&input(&[]), *kind, "new-one").expect("it can be begun").path().clone();
            let after = input(&[(path.as_str(), &all)]);
            for finding in analyze(&after, &mut Memo::default()).diagnostics {
                assert!(
                    finding.code != "unknown-key" && finding.code != "invalid-yaml",
                    "{finding:?}\n{all}"
                );
            }
        }
    }

    #[test]
    fn a_record_that_is_begun_is_a_draft_and_no_mistake_until_drafts_are_wanted() {
        for kind in Kind::ALL {
            let (mut after, text) = begun(&input(&[]), *kind, "new-one");
            let draft = text.lines().any(|line| line.trim_start() == "draft: true");
            assert!(draft, "{kind:?}: {text}");
            after.circumstances.with_drafts = false;
            let analysis = analyze(&after, &mut Memo::default());
            assert!(!has_errors(&analysis.diagnostics), "{kind:?}: {:?}", analysis.diagnostics);
            assert_eq!(analysis.base.find(*kind, "new-one"), None, "{kind:?}");
        }
    }

    #[test]
    fn only_the_one_person_is_filled_in_and_names_that_follow_from_ids() {
        let begun = |kind, id| begun(&input(&[]), kind, id).1;
        let muscle = begun(Kind::Muscle, "teres-minor");
        let lines: Vec<&str> =
            muscle.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
        assert!(lines.contains(&"name: Teres minor"), "{muscle}");
        for empty in ["group:", "area:", "- region:"] {
            assert!(lines.contains(&empty), "{empty} in {muscle}");
        }
        assert!(begun(Kind::Article, "new").contains("\nauthor: team\n"));
        for (kind, id, empty) in [
            (Kind::Person, "jorg-muller", "\n  name:\n"),
            (Kind::Citation, "mueller-2020", "\n  title:\n"),
        ] {
            let text = begun(kind, id);
            assert!(text.contains(empty), "{text}");
        }
    }

    #[test]
    fn a_region_that_the_body_map_does_not_show_is_begun_with_the_shapes_there_are() {
        let (_, text) = begun(&input(&[]), Kind::Region, "nacken");
        let (_, begun_with) = text.split_once("nacken:\n").expect("it is begun");
        assert!(begun_with.starts_with("  # The body map has no shape `nacken`."), "{text}");
        assert!(begun_with.contains(" neck-back,") && !begun_with.contains(" shoulder-front,"));
        let (_, text) = begun(&input(&[]), Kind::Region, "neck-back");
        assert!(!text.contains("no shape"), "{text}");
    }

    #[test]
    fn drafts_are_among_the_ids_that_may_be_named() {
        let files = [(
            "content/people.yaml",
            "ann: {name: Ann, role: Writer, draft: true}\nbo:\n  draft: true\n  name:\n",
        )];
        let (_, text) = begun(&input(&files), Kind::Article, "new");
        assert!(text.contains("By id: ann, bo."), "{text}");
    }

    #[test]
    fn no_record_is_begun_as_one_that_somebody_reviewed() {
        for kind in Kind::ALL {
            let (after, _) = begun(&input(&[]), *kind, "new-one");
            let base = analyze(&after, &mut Memo::default()).base;
            if let Some(record) = base.find(*kind, "new-one") {
                assert_eq!(base.entry(record).data.common().reviewed, None, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_record_goes_where_the_project_keeps_its_kind() {
        let path = |files: &[(&str, &str)], kind| {
            scaffold(&input(files), kind, "new").expect("it can be begun").path().to_string()
        };
        assert_eq!(path(&[], Kind::Muscle), "content/muscles/new.yaml");
        assert_eq!(path(&[], Kind::Article), "content/articles/new.md");
        assert_eq!(path(&[], Kind::Region), "content/regions.yaml");
        assert_eq!(path(&[], Kind::Myth), "content/myths.yaml");
        assert_eq!(path(&[("content/symptoms.yaml", "")], Kind::Symptom), "content/symptoms.yaml");
        let own = [
            ("content/topics/a.yaml", "name: A\n"),
            ("content/topics/b.yaml", "name: B\n"),
            ("content/topics.yaml", "c: {name: C}\n"),
        ];
        assert_eq!(path(&own, Kind::Topic), "content/topics/new.yaml");
    }

    #[test]
    fn lines_are_added_and_those_that_are_there_stay() {
        let text = "a: {name: A}\r\n\r\nb:\r\n  name: B # last";
        let (_, after) = begun(&input(&[("content/topics.yaml", text)]), Kind::Topic, "new");
        assert!(after.starts_with(&format!("{text}\r\n\r\nnew:\r\n  # ")), "{after}");
        assert!(!after.replace("\r\n", "").contains('\n'));
        for closed in ["{a: {name: A}}\n", "a: [\n", "a: {name: A}\n...\n"] {
            let refusal = scaffold(&input(&[("content/topics.yaml", closed)]), Kind::Topic, "new");
            let message = refusal.expect_err("it cannot be added to").message;
            assert_eq!(message, "`content/topics.yaml` cannot take another record at its end");
        }
    }

    #[test]
    fn an_id_that_is_taken_or_wrong_is_refused() {
        let files = [("content/topics.yaml", "a: {name: A, was: [b]}\nc: {nmae: C}\n")];
        let message =
            |kind, id: &str| scaffold(&input(&files), kind, id).expect_err("it is refused").message;
        assert_eq!(message(Kind::Topic, "a"), "there is a topic `a` already");
        assert_eq!(message(Kind::Topic, "b"), "`b` is a former id of the topic `a`");
        assert_eq!(message(Kind::Topic, "c"), "there is a topic `c` already");
        assert_eq!(message(Kind::Topic, "A b"), "`A b` cannot be an id");
        assert_eq!(message(Kind::Muscle, "teres--minor"), "`teres--minor` cannot be an id");
        assert_eq!(message(Kind::Muscle, "con"), "`con` cannot be an id");
        assert_eq!(message(Kind::Area, "shoulder"), "there is an area `shoulder` already");
        assert_eq!(
            message(Kind::Page, "muscles"),
            "the address `/muscles/` belongs to another page"
        );
        assert_eq!(
            message(Kind::Area, "shoulder-front"),
            "the address `/pain/shoulder-front/` belongs to another page"
        );
    }
}
