//! How hard the pages for patients are to read.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Report, Table, named};
use crate::authoring::readability::{Counts, Foreign};
use crate::diagnostic::{FieldPath, Segment};
use crate::graph::KnowledgeBase;
use crate::model::muscle::Muscle;
use crate::model::{Entry, Kind, Text, Visitor};
use crate::source::Sources;
use crate::syntax::markdown::{Markdown, Outline, Prose};

/// The kinds that patients read.
const FOR_PATIENTS: [Kind; 8] = [
    Kind::Article,
    Kind::Page,
    Kind::Muscle,
    Kind::Region,
    Kind::Symptom,
    Kind::Technique,
    Kind::Service,
    Kind::Faq,
];

/// Fields whose texts are names and facts of anatomy, in Latin or for other programs.
const NOT_PROSE: [&str; 16] = [
    "latin",
    "pronounced",
    "attachments",
    "nerve",
    "roots",
    "blood_supply",
    "xrefs",
    "members",
    "aliases",
    "synonyms",
    "term",
    "name",
    "title",
    "evidence",
    "hero",
    "price",
];

/// A text of fewer words says little about how hard it is to read.
const FEWEST_WORDS: usize = 30;

/// The Flesch–Kincaid grade of every page for patients, the hardest first. Latin names, code and
/// headings are left out.
pub fn reading(base: &KnowledgeBase, sources: &Sources) -> Report {
    let foreign = Foreign::new(base.all::<Muscle>().flat_map(|(record, muscle)| {
        let common = base.entry(record).data.common();
        let names = common.aliases.iter().chain(muscle.latin.as_ref());
        names.chain([&muscle.name]).map(|name| &**name)
    }));
    let mut pages = Vec::new();
    let mut short = 0;
    for (record, entry) in base.records().filter(|(_, one)| FOR_PATIENTS.contains(&one.kind)) {
        let counts = counts(entry, sources, &foreign);
        match counts.grade() {
            Some(grade) if counts.words >= FEWEST_WORDS => {
                pages.push((grade, record, counts.words))
            }
            _ => short += 1,
        }
    }
    pages.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let grades: Vec<f64> = pages.iter().map(|(grade, ..)| *grade).collect();
    let rows = pages.iter().map(|(grade, record, words)| {
        vec![json!(rounded(*grade)), json!(words), named(base, *record)]
    });
    let rows = rows.collect();
    let sums = vec![
        ("median", median(&grades)),
        ("maximum", grades.first().map(|grade| rounded(*grade)).into()),
        ("pages", json!(pages.len())),
        ("too short to tell", json!(short)),
    ];
    let columns = &["grade", "words", "record"];
    Report { tables: vec![Table { name: "reading", columns, rows }], sums }
}

fn rounded(grade: f64) -> f64 {
    (grade * 10.0).round() / 10.0
}

/// The grade in the middle of a sorted list.
fn median(grades: &[f64]) -> Value {
    let (half, is_even) = (grades.len() / 2, grades.len().is_multiple_of(2));
    match (grades, is_even) {
        ([], _) => Value::Null,
        (_, false) => json!(rounded(grades[half])),
        (_, true) => json!(rounded(f64::midpoint(grades[half - 1], grades[half]))),
    }
}

fn counts(entry: &Entry, sources: &Sources, foreign: &Foreign) -> Counts {
    let mut reader = Reader { foreign, counts: Counts::default() };
    entry.data.walk(&mut FieldPath::root(), &mut reader);
    if let Some(body) = &entry.body {
        let prose: Arc<Prose> = body.prose(sources);
        reader.prose(&body.outline, &prose);
    }
    reader.counts
}

struct Reader<'a> {
    foreign: &'a Foreign,
    counts: Counts,
}

impl Reader<'_> {
    /// The text of each block but headings; code has no runs.
    fn prose(&mut self, outline: &Outline, prose: &Prose) {
        let mut blocks: Vec<String> = vec![String::new(); prose.blocks.len()];
        for run in &prose.runs {
            let text = prose.html.get(run.start as usize..run.end as usize).unwrap_or_default();
            if let Some(block) = blocks.get_mut(run.block as usize) {
                block.push_str(text);
            }
        }
        for (text, block) in blocks.iter().zip(&prose.blocks) {
            let is_heading = outline
                .headings
                .iter()
                .any(|one| one.span.range().start == block.span.range().start);
            if !is_heading {
                self.counts.add(&text.replace("&#39;", "'"), self.foreign);
            }
        }
    }
}

impl<'a> Visitor<'a> for Reader<'_> {
    fn text(&mut self, path: &FieldPath, text: &'a Text) {
        let is_prose = path.segments().iter().all(|step| match step {
            Segment::Key(key) | Segment::Repeated(key, _) => !NOT_PROSE.contains(&key.as_ref()),
            Segment::Index(_) => true,
        });
        if is_prose {
            self.counts.add(text, self.foreign);
        }
    }

    fn markdown(&mut self, _: &FieldPath, markdown: &'a Markdown) {
        self.prose(&markdown.outline, &markdown.prose);
    }
}
