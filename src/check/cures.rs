//! Cures for what authors bring along from other programs, and for arguments that cannot be read.

use crate::model::directives::{ArgumentValue, DirectiveShape, Form, directive};

/// The note that a word of another program means, with a title.
pub(super) fn note_of(word: &str, title: &str) -> Option<String> {
    let kind = match word.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "todo" | "question" | "help"
        | "faq" | "example" | "quote" | "cite" | "seealso" | "admonition" | "callout" | "aside"
        | "details" | "notice" | "alert" => "note",
        "tip" | "hint" | "success" | "check" | "done" => "tip",
        "important" => "important",
        "warning" | "attention" | "failure" | "fail" | "missing" | "bug" => "warning",
        "caution" | "danger" | "error" => "caution",
        _ => return None,
    };
    Some(match title {
        "" => format!(":::note{{kind={kind}}}"),
        title => format!(":::note{{kind={kind} title=\"{}\"}}", title.replace('"', "'")),
    })
}

/// How to write the arguments of a directive that cannot be read.
pub(super) fn arguments(written: &str, name: &str) -> String {
    let shape = directive(name);
    if let Some((label, rest)) = written.strip_prefix('[').and_then(|label| label.split_once(']'))
        && let Some(text) = shape.and_then(text_argument)
    {
        let rest = rest.trim_start_matches('{').trim_end_matches('}');
        let space = if rest.is_empty() { "" } else { " " };
        return format!("write it as an argument: `{{{rest}{space}{text}=\"{label}\"}}`");
    }
    if written.contains(CURLY) {
        return format!("quotes are straight: `{}`", written.replace(CURLY, "\""));
    }
    let inside = written.trim_start_matches('{').trim_end_matches('}');
    let value = inside.rsplit(':').next().unwrap_or(inside).trim();
    let is_word = !value.is_empty() && !value.contains([' ', '=', '"', '{', '}', '[', ']']);
    if is_word && let Some(first) = shape.and_then(|shape| shape.arguments.first()) {
        return format!("write it as `{{{}={value}}}`", first.name);
    }
    "write them as `{key=value key=\"two words\"}`, on one line".to_owned()
}

/// How to write a directive of which the name stands in braces: `{name} title`.
pub(super) fn braced(written: &str) -> String {
    let (inside, title) = written.trim_start_matches('{').split_once('}').unwrap_or_default();
    let name = inside.trim_start_matches('.').split(' ').next().unwrap_or_default();
    let note = note_of(name, title.trim()).filter(|_| !title.trim().is_empty());
    let colons = match directive(name).map(|shape| shape.form) {
        Some(Form::Line) => "::",
        _ => ":::",
    };
    format!("write it as `{}`", note.unwrap_or_else(|| format!("{colons}{name}")))
}

const CURLY: [char; 5] = ['“', '”', '„', '«', '»'];

/// The argument of a directive that says what its label would say elsewhere.
fn text_argument(shape: &DirectiveShape) -> Option<&'static str> {
    let mut texts = shape.arguments.iter().filter(|one| one.value == ArgumentValue::Text);
    texts.find(|one| matches!(one.name, "title" | "caption")).map(|one| one.name)
}
