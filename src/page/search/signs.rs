//! Warning signs: what a reader who types one is led to before all pages, if it asks for help soon.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::documents::Documents;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::red_flags::{FlagLevel, RedFlag, RedFlagSet};
use crate::model::region::Region;
use crate::model::symptom::Symptom;
use crate::page::json::{Object, Said};
use crate::page::published::Published;

/// What each level asks for, in the words of the cards on pages, and where such cards stand there.
pub(super) fn levels(published: &Published<'_>) -> Vec<Object> {
    let level = |level: &FlagLevel| {
        let is_first = FlagLevel::FIRST.contains(level);
        let word = |table: &str| published.strings.get(&format!("{table}.{}", level.word()));
        let title = word("care.titles").unwrap_or_default();
        let title = match published.emergency_number {
            Some(number) => title.replace("{number}", number),
            None if title.contains("{number}") => String::new(),
            None => title.to_owned(),
        };
        Object::new()
            .with("level", level.word())
            .with("label", word("care.levels").unwrap_or(level.word()))
            .with("title", title)
            .with("anchor", if is_first { "section--emergency" } else { "section--who-to-see" })
            .with("first", is_first)
    };
    FlagLevel::ALL.iter().map(level).collect()
}

/// The sets of signs, each with the numbers of the places and symptoms whose pages show it, the one that
/// is most like its title first. A set that no page shows leads nowhere.
pub(super) fn sets(base: &KnowledgeBase, documents: &Documents) -> Vec<Object> {
    let mut shown: BTreeMap<RecordId, Vec<(usize, RecordId)>> = BTreeMap::new();
    for (number, place) in documents.records().enumerate() {
        for set in flag_sets(base, place) {
            shown.entry(set).or_default().push((number, place));
        }
    }
    let set = |(record, mut places): (RecordId, Vec<(usize, RecordId)>)| {
        let set = base.get::<RedFlagSet>(record)?;
        let title = words(&set.title);
        places.sort_by_cached_key(|(_, place)| {
            let name = words(base.name(*place));
            (Reverse(name.intersection(&title).count()), name.len())
        });
        let places: Vec<usize> = places.into_iter().map(|(number, _)| number).collect();
        let signs: Vec<Sign<'_>> = set.flags.iter().map(Sign).collect();
        Some(Object::new().with("places", places).with("signs", signs))
    };
    shown.into_iter().filter_map(set).collect()
}

/// The sets that a place or a symptom names itself.
fn flag_sets(base: &KnowledgeBase, record: RecordId) -> Vec<RecordId> {
    let region = base.get::<Region>(record).map(|region| &region.red_flags);
    let named = region.or_else(|| base.get::<Symptom>(record).map(|symptom| &symptom.red_flags));
    named.map(|sets| base.all_found(sets)).unwrap_or_default()
}

/// The words of a name but for short ones, such as "and".
fn words(name: &str) -> BTreeSet<String> {
    let name = name.to_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() > 3).map(str::to_owned).collect()
}

/// A sign: its level, its text, what people say for it.
struct Sign<'a>(&'a RedFlag);

impl Said for Sign<'_> {
    fn push_json(&self, out: &mut String) {
        let Self(RedFlag { level, text, synonyms }) = self;
        out.push('[');
        level.word().push_json(out);
        for said in std::iter::once(text).chain(synonyms) {
            out.push(',');
            said.push_json(out);
        }
        out.push(']');
    }
}
