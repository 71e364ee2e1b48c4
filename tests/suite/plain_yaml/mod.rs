//! The reader of plain YAML says what the library says, or nothing.

mod calls;
mod texts;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::marker::PhantomData;

use proptest::prelude::*;
use serde::de::{Deserialize, DeserializeSeed};
use sinew::model::{
    Kind, area, article, citation, faq, group, muscle, myth, page, person, red_flags, region,
    service, symptom, technique, term, topic,
};
use sinew::syntax::{plain_yaml, yaml};

use calls::{ASKS, Ask, Call};
use texts::{any_document, any_edits, any_lines, any_scalar, edited, records};

/// What the reader of plain YAML reads, which the library has to read as well.
fn agreed<'de, S>(text: &'de str, seed: S) -> Option<S::Value>
where
    S: DeserializeSeed<'de, Value: PartialEq + Debug> + Copy,
{
    let plain = plain_yaml::read(text, seed)?;
    let known = seed.deserialize(yaml::deserializer(text));
    let known = known
        .unwrap_or_else(|error| panic!("{text:?}\nis refused: {error}\nbut read as {plain:?}"));
    assert_eq!(plain, known, "{text:?}");
    Some(plain)
}

/// The same for records of a kind: one alone, or many by their ids.
fn agree_on_records<'de, T: Deserialize<'de> + PartialEq + Debug>(text: &'de str) -> bool {
    agreed(text, PhantomData::<T>).is_some()
        || agreed(text, PhantomData::<BTreeMap<String, T>>).is_some()
}

fn agree_on_kind(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Article => agree_on_records::<article::Article>(text),
        Kind::Page => agree_on_records::<page::Page>(text),
        Kind::Muscle => agree_on_records::<muscle::Muscle>(text),
        Kind::Group => agree_on_records::<group::Group>(text),
        Kind::Area => agree_on_records::<area::Area>(text),
        Kind::Region => agree_on_records::<region::Region>(text),
        Kind::Symptom => agree_on_records::<symptom::Symptom>(text),
        Kind::Technique => agree_on_records::<technique::Technique>(text),
        Kind::Service => agree_on_records::<service::Service>(text),
        Kind::Faq => agree_on_records::<faq::Faq>(text),
        Kind::Person => agree_on_records::<person::Person>(text),
        Kind::Term => agree_on_records::<term::Term>(text),
        Kind::Myth => agree_on_records::<myth::Myth>(text),
        Kind::RedFlagSet => agree_on_records::<red_flags::RedFlagSet>(text),
        Kind::Citation => agree_on_records::<citation::Citation>(text),
        Kind::Topic => agree_on_records::<topic::Topic>(text),
    }
}

/// The kind of the record at a path, by the folder or the file that it lies in.
fn kind_of(path: &str) -> Option<Kind> {
    path.split(['/', '.']).rev().find_map(Kind::from_folder)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_mean_what_they_mean_to_the_library(text in any_lines()) {
        agreed(&text, Ask::Any);
    }

    #[test]
    fn a_document_means_what_it_means_to_the_library(text in any_document(), edits in any_edits()) {
        agreed(&edited(&text, &edits), Ask::Any);
    }

    #[test]
    fn a_scalar_is_what_it_is_to_the_library_whatever_is_asked_for(scalar in any_scalar()) {
        for ask in ASKS {
            for text in [format!("a: {scalar}\n"), format!("a: [{scalar}]"), format!("a: '{scalar}'\nb: 1")] {
                agreed(&text, Ask::Values(ask));
            }
        }
    }

    #[test]
    fn a_record_is_what_it_is_to_the_library_whatever_was_done_to_it(
        which in any::<prop::sample::Index>(),
        edits in any_edits(),
    ) {
        let records = all_records();
        let (path, text) = &records[which.index(records.len())];
        let text = edited(text, &edits);
        agreed(&text, Ask::Any);
        if let Some(kind) = kind_of(path) {
            agree_on_kind(kind, &text);
        }
    }
}

/// The records, read once.
fn all_records() -> &'static [(String, String)] {
    static RECORDS: std::sync::OnceLock<Vec<(String, String)>> = std::sync::OnceLock::new();
    RECORDS.get_or_init(records)
}

#[test]
fn nearly_all_records_of_the_sample_are_plain() {
    let mut odd = Vec::new();
    let (mut plain, mut typed) = (0, 0);
    for (path, text) in all_records() {
        let is_of_sample = path.starts_with("content/") || path.starts_with("starter/");
        let is_plain = agreed(text, Ask::Any).is_some();
        let kind = kind_of(path);
        let is_typed = kind.is_some_and(|kind| agree_on_kind(kind, text));
        if !is_of_sample || kind.is_none() {
            continue;
        }
        plain += usize::from(is_plain);
        typed += usize::from(is_typed);
        if !is_typed {
            odd.push(path);
        }
    }
    assert!(
        plain > 200 && typed + 5 >= plain && odd.len() * 50 < plain,
        "{plain} {typed} {odd:#?}"
    );
}

#[test]
fn documents_that_are_plain_are_read() {
    for text in [
        "a: b\n",
        "---\na: b",
        "# c\n\na: 'b' # d\n\n  # e\nc:\n",
        "a:\n- b\n- c: d\n  e: \"f \\\"g\\\"\"\nh: [i, {j: k}]\n",
        "a: |\n  b\n\n   c\nd: >-\n  e\n  f\n",
        "- a\n- [b]\n",
    ] {
        assert!(matches!(agreed(text, Ask::Any), Some(Call::Map(_) | Call::List(_))), "{text:?}");
    }
}
