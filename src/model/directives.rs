//! The directives that authors can use: one declaration for the rules, the graph and what is renamed.
//! Knows nothing of what they show.

use super::Kind;
use super::common::CareLevel;
use super::myth::Verdict;
use super::technique::Setting;
use crate::syntax::markdown::{Argument, Directive};

/// A directive: what it is called, what it takes and whether it has a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectiveShape {
    /// Its name.
    pub name: &'static str,
    /// What it shows.
    pub doc: &'static str,
    /// Whether it has a body.
    pub form: Form,
    /// What it takes.
    pub arguments: &'static [ArgumentShape],
    /// Arguments of which exactly one is given; may be empty.
    pub one_of: &'static [&'static str],
}

/// Whether a directive has a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `:::name` … `:::`.
    Block,
    /// `::name` on a line.
    Line,
    /// Either.
    BlockOrLine,
}

/// One argument of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArgumentShape {
    /// Its name.
    pub name: &'static str,
    /// Whether the directive is incomplete without it.
    pub is_required: bool,
    /// What it may be.
    pub value: ArgumentValue,
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentValue {
    /// Any text.
    Text,
    /// The id of a record of a kind.
    Id(Kind),
    /// The ids of some records of a kind, in the order in which they are shown.
    Ids(Kind),
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A picture below `content/`.
    Picture,
}

const fn must(name: &'static str, value: ArgumentValue) -> ArgumentShape {
    ArgumentShape { name, is_required: true, value }
}

const fn may(name: &'static str, value: ArgumentValue) -> ArgumentShape {
    ArgumentShape { name, is_required: false, value }
}

const fn block(
    name: &'static str,
    doc: &'static str,
    arguments: &'static [ArgumentShape],
) -> DirectiveShape {
    DirectiveShape { name, doc, form: Form::Block, arguments, one_of: &[] }
}

const fn line(
    name: &'static str,
    doc: &'static str,
    arguments: &'static [ArgumentShape],
) -> DirectiveShape {
    DirectiveShape { name, doc, form: Form::Line, arguments, one_of: &[] }
}

use ArgumentValue::{Choice, Id as Record, Ids as Records, Picture, Text};

const MUSCLE: ArgumentShape = may("muscle", Record(Kind::Muscle));
const REGION: ArgumentShape = may("region", Record(Kind::Region));
const SYMPTOM: ArgumentShape = may("symptom", Record(Kind::Symptom));

/// In the margin, where there is room for one.
const PLACE: ArgumentShape = may("place", Choice(&["margin"]));

/// All directives.
pub const DIRECTIVES: &[DirectiveShape] = &[
    block("takeaways", "What to take away.", &[]),
    block("care", "When to get help, and how soon.", &[must("level", Choice(CareLevel::WORDS))]),
    block("do", "What to do.", &[]),
    block("dont", "What not to do.", &[]),
    block("steps", "What to do, in order.", &[]),
    block(
        "note",
        "Something beside the text; `> [!WARNING]` is short for one of a kind.",
        &[
            may("title", Text),
            may("kind", Choice(&["note", "tip", "important", "warning", "caution"])),
            PLACE,
        ],
    ),
    block(
        "myth",
        "What people say, and what is known of it.",
        &[may("verdict", Choice(Verdict::WORDS))],
    ),
    DirectiveShape {
        name: "figure",
        doc: "A picture with a caption and a credit.",
        form: Form::BlockOrLine,
        arguments: &[
            must("src", Picture),
            may("alt", Text),
            may("caption", Text),
            may("credit", Text),
        ],
        one_of: &[],
    },
    block("compare", "Things side by side.", &[may("caption", Text)]),
    DirectiveShape {
        name: "referral-map",
        doc: "A drawing of where the pain of a muscle is felt, or of what can hurt in a region.",
        form: Form::Line,
        arguments: &[MUSCLE, REGION, PLACE],
        one_of: &["muscle", "region"],
    },
    line("technique", "A technique in short.", &[must("id", Record(Kind::Technique))]),
    line("service", "A service, and how to book it.", &[must("id", Record(Kind::Service))]),
    line("faq", "A question and its answer.", &[must("id", Record(Kind::Faq))]),
    line(
        "techniques",
        "A list of techniques.",
        &[
            may("ids", Records(Kind::Technique)),
            may("setting", Choice(Setting::WORDS)),
            MUSCLE,
            REGION,
        ],
    ),
    DirectiveShape {
        name: "red-flags",
        doc: "The signs that ask for help.",
        form: Form::Line,
        arguments: &[REGION, MUSCLE, SYMPTOM],
        one_of: &["region", "muscle", "symptom"],
    },
];

/// The directive of a name.
pub fn directive(name: &str) -> Option<&'static DirectiveShape> {
    DIRECTIVES.iter().find(|shape| shape.name == name)
}

/// What an argument of a directive may be; nothing is known of one that there is not.
pub fn argument_value(directive: &Directive, argument: &Argument) -> Option<ArgumentValue> {
    let shape = self::directive(&directive.name)?;
    let known = shape.arguments.iter().find(|known| known.name == argument.name)?;
    Some(known.value)
}
