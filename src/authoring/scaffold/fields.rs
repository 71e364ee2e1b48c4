//! The fields of a new record out of the declaration of its kind: what must be there, with what it
//! means; what is known already; and what may be there, as comments.

use crate::graph::KnowledgeBase;
use crate::model::{Date, Field, Kind, RecordShape, Shape};

/// How many ids a comment names.
const NAMED: usize = 8;
/// How wide comments are.
const WIDTH: usize = 96;

/// The field that keeps a record from readers, and its mistakes from the rest of the site.
const DRAFT: &str = "draft";
/// What is said of it beside its documentation.
const UNFINISHED: &str = " Take this line away when the rest is filled in.";

/// What values are made from.
#[derive(Clone, Copy)]
struct Known<'a> {
    base: &'a KnowledgeBase,
    day: Date,
}

/// The lines of a record, each after `indent`.
pub(super) fn of_record(
    base: &KnowledgeBase,
    (kind, id): (Kind, &str),
    day: Date,
    indent: &str,
) -> String {
    let known = Known { base, day };
    let shape = kind.shape();
    // Not `reviewed`: nobody has checked what nobody has written, and the page would say so.
    let needed = shape.one_of.first().map(|one| one.name);
    let is_begun =
        |field: &&Field| field.required || field.name == DRAFT || Some(field.name) == needed;
    let (begun, optional): (Vec<&Field>, Vec<&Field>) = shape.fields.iter().partition(is_begun);
    let mut lines = String::new();
    for field in begun {
        known.comment(&mut lines, field, indent);
        if field.name == kind.name_field() && is_named_by_its_id(kind) {
            lines.push_str(&format!("{indent}{}: {}\n", field.name, spoken(id)));
        } else {
            known.field(&mut lines, field, indent);
        }
    }
    // A former id is written by whoever renames.
    let optional: Vec<&Field> = optional.into_iter().filter(|field| field.name != "was").collect();
    lines.push_str(&format!("{indent}# Optional: take away the `#` before what you need.\n"));
    for field in optional {
        known.comment(&mut lines, field, indent);
        let value = known.inline(&field.shape);
        lines.push_str(format!("{indent}#{}: {value}", field.name).trim_end());
        lines.push('\n');
    }
    lines
}

/// Whether the id of a record says what it is called. That of a person lacks accents and capitals,
/// that of a work is no title, and questions and claims are sentences.
fn is_named_by_its_id(kind: Kind) -> bool {
    !matches!(kind, Kind::Person | Kind::Citation | Kind::Faq | Kind::Myth)
}

/// The name that an id stands for, as a first guess.
fn spoken(id: &str) -> String {
    let name = id.replace('-', " ");
    let mut letters = name.chars();
    let name = letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    // What reads as a number, a flag or nothing is text in quotes.
    let is_plain = name.starts_with(char::is_alphabetic)
        && !matches!(name.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no");
    if is_plain { name } else { format!("\"{name}\"") }
}

impl Known<'_> {
    /// A field that has to be filled in.
    fn field(&self, lines: &mut String, field: &Field, indent: &str) {
        let key = format!("{indent}{}:", field.name);
        match field.shape {
            Shape::Record(record) if field.required => {
                lines.push_str(&format!("{key}\n"));
                self.record(lines, record, &format!("{indent}  "));
            }
            Shape::Many(Shape::Record(record)) => {
                lines.push_str(&format!("{key}\n"));
                let mut item = String::new();
                self.record(&mut item, record, &format!("{indent}    "));
                push_item(lines, &item, indent);
            }
            Shape::Many(item) => {
                let value = self.inline(item);
                lines.push_str(format!("{key}\n{indent}  - {value}").trim_end());
                lines.push('\n');
            }
            _ => {
                let value = self.inline(&field.shape);
                lines.push_str(format!("{key} {value}").trim_end());
                lines.push('\n');
            }
        }
    }

    /// The required fields of a part of a record.
    fn record(&self, lines: &mut String, record: &RecordShape, indent: &str) {
        for field in record.fields.iter().filter(|field| field.required) {
            self.comment(lines, field, indent);
            self.field(lines, field, indent);
        }
    }

    /// What a field means, and which words or ids it takes.
    fn comment(&self, lines: &mut String, field: &Field, indent: &str) {
        let mut text = field.doc.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(words) = self.words(&field.shape) {
            text.push_str(&words);
        }
        if field.name == DRAFT {
            text.push_str(UNFINISHED);
        }
        lines.push_str(&comment(&text, indent));
    }

    /// The words or ids that a value is one of.
    fn words(&self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Choice(choices) => {
                let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
                Some(format!(" One of: {}.", words.join(", ")))
            }
            Shape::Reference(kind) => {
                let unfinished = self.base.content.unfinished.iter();
                let unfinished = unfinished.filter(|draft| draft.kind == *kind);
                let ids = self.base.ids(*kind).chain(unfinished.map(|draft| &draft.id));
                let mut ids: Vec<&str> = ids.map(|id| &**id).collect();
                ids.sort_unstable();
                if ids.is_empty() {
                    let word = kind.word();
                    return Some(format!(" There is no {word} yet: `sinew new {word} ID`."));
                }
                let more = if ids.len() > NAMED { " …" } else { "." };
                Some(format!(" By id: {}{more}", ids[..ids.len().min(NAMED)].join(", ")))
            }
            Shape::List(item) | Shape::Many(item) => self.words(item),
            _ => None,
        }
    }

    /// A value on one line; nothing where somebody has to know it.
    fn inline(&self, shape: &Shape) -> String {
        match shape {
            Shape::Date => self.day.to_string(),
            Shape::Flag => "true".to_owned(),
            Shape::List(Shape::Record(record)) | Shape::Many(Shape::Record(record)) => {
                format!("[{}]", self.flow(record))
            }
            Shape::List(_) | Shape::Many(_) => "[]".to_owned(),
            Shape::Map(_) => "{}".to_owned(),
            Shape::Record(record) => self.flow(record),
            Shape::OneOf(shapes) => shapes.first().map_or_else(String::new, |one| self.inline(one)),
            // Where there is one person, it is the one who writes. Of all else, such as the places that
            // a muscle can hurt in, nobody has said so.
            Shape::Reference(Kind::Person) => {
                let mut ids = self.base.ids(Kind::Person);
                match (ids.next(), ids.next()) {
                    (Some(only), None) => only.to_string(),
                    _ => String::new(),
                }
            }
            _ => String::new(),
        }
    }

    fn flow(&self, record: &RecordShape) -> String {
        let fields = record.fields.iter().filter(|field| field.required);
        let fields = fields.map(|field| format!("{}: {}", field.name, self.inline(&field.shape)));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
    }
}

/// A text as lines of a comment.
pub(super) fn comment(text: &str, indent: &str) -> String {
    let mut lines = String::new();
    let mut line = format!("{indent}#");
    for word in text.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = format!("{indent}#");
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}

/// Adds the lines of an item of a list: the first field, after its comments, carries the hyphen.
fn push_item(lines: &mut String, item: &str, indent: &str) {
    let mut is_first = true;
    for line in item.lines() {
        let content = line.trim_start();
        if is_first && !content.starts_with('#') {
            lines.push_str(&format!("{indent}  - {content}\n"));
            is_first = false;
        } else {
            lines.push_str(line);
            lines.push('\n');
        }
    }
}
