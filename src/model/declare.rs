//! One declaration per kind of record: its fields, their types and what they mean.
//!
//! From the same lines come the typed reader, the thorough reader, the JSON Schema, the scaffold
//! and the walk over references. [`record!`] declares a part, [`kind!`] a whole record.

use super::Kind;
use super::scalars::{Id, Text};
use crate::diagnostic::{FieldPath, Segment};
use crate::syntax::markdown::Markdown;

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text, not empty.
    Text,
    /// Text in markdown.
    Markdown,
    /// `true` or `false`.
    Flag,
    /// A whole number, not negative.
    Count,
    /// A number with a meaning.
    Number(NumberShape),
    /// A date such as `2026-11-23`.
    Date,
    /// The code of a currency.
    Currency,
    /// An address with one of a few schemes, or a path.
    Address,
    /// The file of a picture.
    Picture,
    /// The id of a record of a kind.
    Reference(Kind),
    /// The address of any record: `kind:id`, `id`, or either with `#section`.
    Target,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// A list.
    List(&'static Shape),
    /// A list with at least one item.
    Many(&'static Shape),
    /// Free keys with values of one shape.
    Map(&'static Shape),
    /// Anything: somebody else reads it.
    Anything,
    /// Known keys.
    Record(&'static RecordShape),
    /// One of several shapes, told apart by their form.
    OneOf(&'static [Shape]),
}

/// The bounds of a [`Shape::Number`]; the lower one is 0.
#[derive(Debug, Clone, Copy)]
pub struct NumberShape {
    /// What it is, with its bounds, for messages.
    pub expected: &'static str,
    /// The largest one.
    pub max: f64,
}

impl NumberShape {
    /// What is wrong with a number, if it is out of bounds or none at all.
    pub fn mistake(self, number: f64) -> Option<String> {
        let is_right = (0.0..=self.max).contains(&number);
        (!is_right).then(|| format!("expected {}, found {number}", self.expected))
    }
}

/// One word of a [`Shape::Choice`].
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The word as it is written.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// The fields of a record.
#[derive(Debug, Clone, Copy)]
pub struct RecordShape {
    /// What it is, for readers of documentation.
    pub doc: &'static str,
    /// Its fields, required ones first.
    pub fields: &'static [Field],
    /// Fields of which at least one has a value, the usual one first; may be empty.
    pub one_of: &'static [OneOf],
}

/// A field that need not be there where another one is.
#[derive(Debug, Clone, Copy)]
pub struct OneOf {
    /// Its key.
    pub name: &'static str,
    /// What to write there, for help.
    pub help: &'static str,
}

/// One field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// What its value may be.
    pub shape: Shape,
}

/// A type that authors can write.
pub trait Declared {
    /// What its values look like in a file.
    const SHAPE: Shape;

    /// Whether there is nothing to show: most fields of most records are left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Shows every reference and every piece of markdown in it to `visitor`.
    fn walk<'a>(&'a self, _path: &mut FieldPath, _visitor: &mut dyn Visitor<'a>) {}
}

/// Sees what a record holds, each with its place in the file.
pub trait Visitor<'a> {
    /// A reference by id.
    fn reference(&mut self, _path: &FieldPath, _kind: Kind, _id: &'a Id) {}
    /// A reference in the form of a link's target.
    fn target(&mut self, _path: &FieldPath, _target: &'a Text) {}
    /// A piece of markdown.
    fn markdown(&mut self, _path: &FieldPath, _markdown: &'a Markdown) {}
    /// A piece of plain text.
    fn text(&mut self, _path: &FieldPath, _text: &'a Text) {}
    /// The address of a file, or of a page elsewhere.
    fn address(&mut self, _path: &FieldPath, _address: &'a str) {}
    /// The address of a picture; like any other one for most.
    fn picture(&mut self, path: &FieldPath, picture: &'a str) {
        self.address(path, picture);
    }
}

impl<T: Declared> Declared for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        if let Some(value) = self {
            value.walk(path, visitor);
        }
    }
}

impl<T: Declared> Declared for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        for (index, value) in self.iter().enumerate() {
            path.push(Segment::Index(index));
            value.walk(path, visitor);
            path.pop();
        }
    }
}

/// Declares a part of a record: `must { … }` fields first, then `may { … }`.
macro_rules! record {
    ( $(#[doc = $doc:literal])+ $name:ident { must {} may { $($may:tt)* } } ) => {
        $crate::model::declare::record! { @ [Default] $(#[doc = $doc])+ $name { must {} may { $($may)* } } }
    };
    ( $(#[doc = $doc:literal])+ $name:ident { must { $($must:tt)+ } may { $($may:tt)* } } ) => {
        $crate::model::declare::record! { @ [] $(#[doc = $doc])+ $name { must { $($must)+ } may { $($may)* } } }
    };
    (
        @ [ $($derive:ident)? ]
        $(#[doc = $doc:literal])+
        $name:ident {
            must { $( $(#[doc = $must_doc:literal])+ $must:ident : $must_type:ty, )* }
            may { $( $(#[doc = $may_doc:literal])+ $may:ident : $may_type:ty, )* }
            $( one_of { $( $one:ident : $help:literal, )+ } )?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize $(, $derive)?)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $( $(#[doc = $must_doc])+ pub $must: $must_type, )*
            $( $(#[doc = $may_doc])+ #[serde(default)] pub $may: $may_type, )*
        }

        impl $crate::model::declare::Declared for $name {
            const SHAPE: $crate::model::declare::Shape = $crate::model::declare::Shape::Record(
                &$crate::model::declare::RecordShape {
                    doc: concat!($($doc, "\n"),+),
                    fields: &[
                        $( $crate::model::declare::Field {
                            name: $crate::model::declare::field_name(stringify!($must)),
                            doc: concat!($($must_doc, "\n"),+),
                            required: true,
                            shape: <$must_type as $crate::model::declare::Declared>::SHAPE,
                        }, )*
                        $( $crate::model::declare::Field {
                            name: $crate::model::declare::field_name(stringify!($may)),
                            doc: concat!($($may_doc, "\n"),+),
                            required: false,
                            shape: <$may_type as $crate::model::declare::Declared>::SHAPE,
                        }, )*
                    ],
                    one_of: &[ $( $(
                        $crate::model::declare::OneOf { name: stringify!($one), help: $help },
                    )+ )? ],
                },
            );

            #[allow(unused_variables, reason = "a record of plain values has nothing to show")]
            fn walk<'a>(
                &'a self,
                path: &mut $crate::diagnostic::FieldPath,
                visitor: &mut dyn $crate::model::declare::Visitor<'a>,
            ) {
                $( $crate::model::declare::walk_field(&self.$must, stringify!($must), path, visitor); )*
                $( $crate::model::declare::walk_field(&self.$may, stringify!($may), path, visitor); )*
            }
        }
    };
}

/// Declares a kind of record: its own fields, those that every kind takes, and of which of them all
/// one has to be there: `one_of { … }`.
macro_rules! kind {
    (
        $(#[doc = $doc:literal])+
        $name:ident {
            must { $( $(#[doc = $must_doc:literal])+ $must:ident : $must_type:ty, )* }
            may { $( $(#[doc = $may_doc:literal])+ $may:ident : $may_type:ty, )* }
            $( one_of { $( $one:ident : $help:literal, )+ } )?
        }
    ) => {
        $crate::model::declare::record! {
            @ []
            $(#[doc = $doc])+
            $name {
                must { $( $(#[doc = $must_doc])+ $must: $must_type, )* }
                may {
                    $( $(#[doc = $may_doc])+ $may: $may_type, )*
                    /// Other names: searched for, and turned into links where they stand in text.
                    aliases: Vec<$crate::model::scalars::Text>,
                    /// Former ids; their addresses redirect to this record.
                    was: Vec<$crate::model::scalars::Id>,
                    /// Whether to leave it out of the published site.
                    draft: bool,
                    /// The day it was first published.
                    published: Option<$crate::model::scalars::Date>,
                    /// The day of the last edit that readers should know of.
                    updated: Option<$crate::model::scalars::Date>,
                    /// Who last checked the whole of it, when, and when to check again.
                    reviewed: Option<$crate::model::common::Review>,
                    /// The works it rests on.
                    sources: Vec<$crate::model::scalars::Ref<$crate::model::citation::Citation>>,
                }
                $( one_of { $( $one: $help, )+ } )?
            }
        }

        impl $name {
            /// Whether it has what is declared as `one_of`.
            pub(crate) fn is_complete(&self) -> bool {
                true $( && ( false $( || self.$one.is_some() )+ ) )?
            }

            /// What every kind of record has.
            pub fn common(&self) -> $crate::model::common::Common<'_> {
                $crate::model::common::Common {
                    aliases: &self.aliases,
                    was: &self.was,
                    is_draft: self.draft,
                    published: self.published,
                    updated: self.updated,
                    reviewed: self.reviewed.as_ref(),
                    sources: &self.sources,
                }
            }
        }
    };
}

/// Declares a value that is one of a few words.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $word_doc:literal])+ $variant:ident = $word:literal, )+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $( $(#[doc = $word_doc])+ #[serde(rename = $word)] $variant, )+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// Their words, in order.
            pub const WORDS: &'static [&'static str] = &[ $( $word, )+ ];

            /// The word as authors write it.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }

        impl $crate::model::declare::Declared for $name {
            const SHAPE: $crate::model::declare::Shape = $crate::model::declare::Shape::Choice(&[
                $( $crate::model::declare::Choice {
                    word: $word,
                    doc: concat!($($word_doc, "\n"),+),
                }, )+
            ]);
        }
    };
}

pub(crate) use {choice, kind, record};

/// Walks one field of a record.
pub(crate) fn walk_field<'a, T: Declared>(
    value: &'a T,
    name: &'static str,
    path: &mut FieldPath,
    visitor: &mut dyn Visitor<'a>,
) {
    if value.is_absent() {
        return;
    }
    path.push(Segment::Key(field_name(name).into()));
    value.walk(path, visitor);
    path.pop();
}

/// The key of a field: its name in Rust, without the mark of a raw identifier.
pub(crate) const fn field_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
