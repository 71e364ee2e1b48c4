//! Turns parsed files into typed records, one file per kind.
//! A kind's declaration is its documentation, its validation, its JSON Schema and its scaffold.
//! Knows nothing about other records: whether a reference leads anywhere is the graph's to say.

pub mod area;
pub mod article;
pub mod citation;
pub mod common;
pub mod currency;
pub mod declare;
pub mod directives;
pub mod faq;
pub mod group;
pub mod muscle;
pub mod myth;
pub mod numbers;
pub mod page;
pub mod person;
pub mod picture;
pub mod publish;
pub mod red_flags;
pub mod region;
pub mod scalars;
pub mod schema;
pub mod service;
pub mod settings;
pub mod symptom;
pub mod technique;
pub mod term;
pub mod topic;

mod cures;
mod examine;
mod explain;
mod names;
mod nearest;
mod pairs;
mod read;
mod secrets;

pub use declare::{Declared, Field, RecordShape, Shape, Visitor};
pub use explain::EXPLANATIONS;
pub use nearest::{nearest, similar};
pub use pairs::Pairs;
pub(crate) use read::damaged_picture;
pub use read::{
    Body, Content, Entry, Lexicon, Media, STATIC, SourceChanges, SourceMemo, Stands, TextWords,
    at_the_top, lost, lost_file, put_together, read, read_files, settings,
};
pub use scalars::{Date, Id, OfKind, Ref, Text};

use common::Common;
use serde::{Deserialize, Serialize};

use crate::diagnostic::FieldPath;

/// Lists the kinds of record once, for everything that goes by kind.
macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $kind:ident($type:ty) { $word:literal in $folder:literal, name: $name:ident } )+) => {
        /// A kind of record.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Kind { $( $(#[doc = $doc])+ $kind, )+ }

        impl Kind {
            /// All kinds, in order.
            pub const ALL: &'static [Kind] = &[ $( Kind::$kind, )+ ];

            /// The word for one record, as in `[[muscle:infraspinatus]]`.
            pub fn word(self) -> &'static str {
                match self { $( Kind::$kind => $word, )+ }
            }

            /// The key under which its records have their name.
            pub fn name_field(self) -> &'static str {
                match self { $( Kind::$kind => stringify!($name), )+ }
            }

            /// The folder below `content/`, and the stem of the file that may hold the whole kind.
            pub fn folder(self) -> &'static str {
                match self { $( Kind::$kind => $folder, )+ }
            }

            /// Its declaration.
            pub fn shape(self) -> &'static RecordShape {
                match self {
                    $( Kind::$kind => match <$type as Declared>::SHAPE {
                        Shape::Record(shape) => shape,
                        _ => unreachable!("every kind is declared as a record"),
                    }, )+
                }
            }
        }

        /// The data of a record of any kind.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum Data { $( $(#[doc = $doc])+ $kind(Box<$type>), )+ }

        impl Data {
            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $( Data::$kind(_) => Kind::$kind, )+ }
            }

            /// What readers call it: its name, title, question or claim.
            pub fn name(&self) -> &Text {
                match self { $( Data::$kind(record) => &record.$name, )+ }
            }

            /// What every kind of record has.
            pub fn common(&self) -> Common<'_> {
                match self { $( Data::$kind(record) => record.common(), )+ }
            }

            /// Whether it has what its kind needs beyond required fields.
            fn is_complete(&self) -> bool {
                match self { $( Data::$kind(record) => record.is_complete(), )+ }
            }

            /// Shows all references and markdown in it to `visitor`.
            pub fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
                match self { $( Data::$kind(record) => record.walk(path, visitor), )+ }
            }

            /// Writes the record as its author would, without the name of its kind.
            pub(crate) fn serialize_record<S: serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self { $( Data::$kind(record) => record.serialize(serializer), )+ }
            }

            /// Reads the data of one record of `kind` with a format's deserializer.
            fn deserialize_kind<'de, D: serde::Deserializer<'de>>(
                kind: Kind,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                match kind {
                    $( Kind::$kind => Box::<$type>::deserialize(deserializer).map(Data::$kind), )+
                }
            }
        }

        $(
            impl OfKind for $type {
                const KIND: Kind = Kind::$kind;
            }

            impl Typed for $type {
                fn of(data: &Data) -> Option<&Self> {
                    match data {
                        Data::$kind(record) => Some(record),
                        _ => None,
                    }
                }
            }
        )+
    };
}

/// A type of record that can be taken out of [`Data`].
pub trait Typed: OfKind + Sized {
    /// The record, if it is of this type.
    fn of(data: &Data) -> Option<&Self>;
}

kinds! {
    /// A long read.
    Article(article::Article) { "article" in "articles", name: title }
    /// A standing page.
    Page(page::Page) { "page" in "pages", name: title }
    /// A muscle.
    Muscle(muscle::Muscle) { "muscle" in "muscles", name: name }
    /// A group of muscles.
    Group(group::Group) { "group" in "groups", name: name }
    /// An area of the body.
    Area(area::Area) { "area" in "areas", name: name }
    /// A region where pain is felt.
    Region(region::Region) { "region" in "regions", name: name }
    /// A symptom.
    Symptom(symptom::Symptom) { "symptom" in "symptoms", name: name }
    /// A technique.
    Technique(technique::Technique) { "technique" in "techniques", name: name }
    /// A service of the studio.
    Service(service::Service) { "service" in "services", name: name }
    /// A question and its answer.
    Faq(faq::Faq) { "faq" in "faqs", name: question }
    /// A person.
    Person(person::Person) { "person" in "people", name: name }
    /// A term of the glossary.
    Term(term::Term) { "term" in "terms", name: name }
    /// A myth.
    Myth(myth::Myth) { "myth" in "myths", name: claim }
    /// A set of red flags.
    RedFlagSet(red_flags::RedFlagSet) { "red-flag" in "red-flags", name: title }
    /// A work that pages rest on.
    Citation(citation::Citation) { "citation" in "citations", name: title }
    /// A topic.
    Topic(topic::Topic) { "topic" in "topics", name: name }
}

impl Kind {
    /// The kind of a word, such as `muscle`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The kind that is meant by its word or by its folder, as authors write either.
    pub fn named(name: &str) -> Option<Self> {
        Self::from_word(name).or_else(|| Self::from_folder(name))
    }

    /// A record of the kind by its id, as links name it: `muscle:infraspinatus`.
    pub fn with_id(self, id: &str) -> String {
        format!("{}:{id}", self.word())
    }

    /// One record of the kind, as messages say it: `a muscle`, `an area`.
    pub fn one(self) -> String {
        let word = self.word();
        let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {word}")
    }

    /// The kind of a folder, such as `muscles`.
    pub fn from_folder(folder: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.folder() == folder)
    }
}
