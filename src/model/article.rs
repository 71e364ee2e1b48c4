//! Articles: long reads, written in markdown with front matter.

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize, Serializer};

use super::declare::{Declared, Shape, Visitor, kind, record};
use super::faq::Faq;
use super::muscle::Muscle;
use super::person::Person;
use super::picture::Picture;
use super::region::Region;
use super::scalars::{Ref, Text};
use super::service::Service;
use super::symptom::Symptom;
use super::technique::Technique;
use super::topic::Topic;
use crate::diagnostic::FieldPath;
use crate::syntax::markdown::Markdown;

kind! {
    /// A long read, in markdown with YAML front matter.
    Article {
        must {
            /// The title, shown at the top of the page and in lists.
            title: Text,
            /// One or two sentences that say what the reader will learn.
            summary: Text,
            /// Who wrote it.
            author: Ref<Person>,
        }
        may {
            /// The picture at the top.
            hero: Option<Hero>,
            /// What to take away, shown before the first section.
            takeaways: Vec<Takeaway>,
            /// The muscles it is about.
            muscles: Vec<Ref<Muscle>>,
            /// The pain regions it is about.
            regions: Vec<Ref<Region>>,
            /// The symptoms it is about.
            symptoms: Vec<Ref<Symptom>>,
            /// The techniques it is about.
            techniques: Vec<Ref<Technique>>,
            /// The services that fit it.
            services: Vec<Ref<Service>>,
            /// Its topics.
            topics: Vec<Ref<Topic>>,
            /// Its questions: ids, or questions written in place.
            faqs: Vec<ArticleQuestion>,
            /// Articles to read next; others are found by what they share.
            related: Vec<Ref<Article>>,
            /// `false` for no automatic links, or a list of names that are not to be linked.
            auto_link: AutoLink,
        }
        one_of {
            published: "the day it was first published, such as `2026-11-23`",
        }
    }
}

record! {
    /// The picture at the top of an article.
    Hero {
        must {
            /// The file, below `content/`.
            image: Picture,
            /// What the picture shows, for those who do not see it.
            alt: Text,
        }
        may {
            /// A sentence below it.
            caption: Option<Text>,
            /// Who made it.
            credit: Option<Text>,
        }
    }
}

record! {
    /// One thing to take away from an article.
    Takeaway {
        must {
            /// A few words that lead in.
            lead: Text,
            /// One or two sentences.
            text: Markdown,
        }
        may {}
    }
}

record! {
    /// A question written in the article it belongs to.
    InlineQuestion {
        must {
            /// The question as a reader would ask it.
            question: Text,
            /// The answer, in markdown.
            answer: Markdown,
        }
        may {}
    }
}

/// A question of an article: one of the site's, or one of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum ArticleQuestion {
    /// A question that stands in `faqs`.
    Reference(Ref<Faq>),
    /// A question written in place.
    Inline(Box<InlineQuestion>),
}

impl Serialize for ArticleQuestion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return match self {
                Self::Reference(reference) => reference.serialize(serializer),
                Self::Inline(question) => question.serialize(serializer),
            };
        }
        let parts = match self {
            Self::Reference(reference) => (Some(reference), None),
            Self::Inline(question) => (None, Some(question)),
        };
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ArticleQuestion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(QuestionVisitor);
        }
        match Deserialize::deserialize(deserializer)? {
            (Some(reference), None) => Ok(Self::Reference(reference)),
            (None, Some(question)) => Ok(Self::Inline(question)),
            (_, _) => Err(de::Error::custom("neither a reference nor a question")),
        }
    }
}

struct QuestionVisitor;

impl<'de> de::Visitor<'de> for QuestionVisitor {
    type Value = ArticleQuestion;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the id of a question, or a question and its answer")
    }

    fn visit_str<E: de::Error>(self, id: &str) -> Result<ArticleQuestion, E> {
        Ref::deserialize(de::value::StrDeserializer::new(id)).map(ArticleQuestion::Reference)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<ArticleQuestion, A::Error> {
        InlineQuestion::deserialize(de::value::MapAccessDeserializer::new(map))
            .map(|question| ArticleQuestion::Inline(Box::new(question)))
    }
}

impl Declared for ArticleQuestion {
    const SHAPE: Shape = Shape::OneOf(&[Ref::<Faq>::SHAPE, InlineQuestion::SHAPE]);

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        match self {
            Self::Reference(reference) => reference.walk(path, visitor),
            Self::Inline(question) => question.walk(path, visitor),
        }
    }
}

/// Whether names in the text and in fields become links.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum AutoLink {
    /// All known names do.
    #[default]
    On,
    /// None do.
    Off,
    /// All do but those of these records, by name or id.
    Except(Vec<Text>),
}

impl Serialize for AutoLink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return match self {
                Self::On => serializer.serialize_bool(true),
                Self::Off => serializer.serialize_bool(false),
                Self::Except(names) => names.serialize(serializer),
            };
        }
        let parts = match self {
            Self::On => (true, &[][..]),
            Self::Off => (false, &[][..]),
            Self::Except(names) => (true, names.as_slice()),
        };
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AutoLink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(AutoLinkVisitor);
        }
        let (is_on, except) = <(bool, Vec<Text>)>::deserialize(deserializer)?;
        Ok(match (is_on, except.is_empty()) {
            (false, _) => Self::Off,
            (true, true) => Self::On,
            (true, false) => Self::Except(except),
        })
    }
}

struct AutoLinkVisitor;

impl<'de> de::Visitor<'de> for AutoLinkVisitor {
    type Value = AutoLink;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("`true`, `false` or a list of names")
    }

    fn visit_bool<E: de::Error>(self, is_on: bool) -> Result<AutoLink, E> {
        Ok(if is_on { AutoLink::On } else { AutoLink::Off })
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, names: A) -> Result<AutoLink, A::Error> {
        Vec::deserialize(de::value::SeqAccessDeserializer::new(names)).map(AutoLink::Except)
    }
}

impl Declared for AutoLink {
    const SHAPE: Shape = Shape::OneOf(&[Shape::Flag, Shape::List(&Shape::Text)]);
}
