//! Adds to files of YAML without touching what stands in them: finds the byte, and the text to put
//! there. Knows how records are laid out, and nothing of what they mean.

use super::locate::{DataFile, Part};
use super::node::{Node, Value};
use super::yaml;
use crate::diagnostic::{FieldPath, Segment};

/// A text to be put into a file, before a byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The byte.
    pub at: usize,
    /// The text.
    pub text: String,
}

/// Adds an item to the list at the key `list` of a record, and the key if it is not there, before
/// the first of the keys `before`. `None` if the record is not laid out as people lay out records.
pub fn add_to_list(
    file: DataFile<'_>,
    record: &FieldPath,
    list: (&str, &[&str]),
    item: &str,
) -> Option<Insertion> {
    let (list, before) = list;
    let data = file.data();
    let root = yaml::parse(&file.text[data]).ok()?;
    let keys = keys(node_at(&root, record)?)?;
    if keys.contains(&list) {
        return into_list(file, &record.then(list), item);
    }
    let start = file.start(record, Part::Value)?;
    if file.text[start..].starts_with('{') {
        return Some(Insertion { at: start + 1, text: format!("{list}: [{item}], ") });
    }
    let first = file.start(&record.then(*keys.first()?), Part::Key)?;
    let line = line_start(file.text, first);
    let indent = &file.text[line..first];
    if !indent.trim_matches(' ').is_empty() {
        return None;
    }
    let next = keys.iter().find(|key| before.contains(key));
    let at = match next {
        Some(next) => {
            let key = file.start(&record.then(*next), Part::Key)?;
            above_comments(file.text, line_start(file.text, key), indent)
        }
        None => end_of_record(file, record, &root, indent.len())?,
    };
    let gap = if file.text[..at].ends_with('\n') || at == 0 { "" } else { eol(file.text) };
    Some(Insertion { at, text: format!("{gap}{indent}{list}: [{item}]{}", eol(file.text)) })
}

/// How the lines of a text end.
pub fn eol(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn into_list(file: DataFile<'_>, list: &FieldPath, item: &str) -> Option<Insertion> {
    let start = file.start(list, Part::Value)?;
    let rest = &file.text[start..];
    if let Some(inside) = rest.strip_prefix('[') {
        let comma = if inside.trim_start().starts_with(']') { "" } else { ", " };
        return Some(Insertion { at: start + 1, text: format!("{item}{comma}") });
    }
    if rest.starts_with("- ") {
        let at = line_start(file.text, start);
        let indent = &file.text[at..start];
        let is_indent = indent.trim_matches(' ').is_empty();
        let text = format!("{indent}- {item}{}", eol(file.text));
        return is_indent.then_some(Insertion { at, text });
    }
    // A key without a value.
    let key = file.start(list, Part::Key)?;
    let colon = key + file.text[key..].find(':')? + 1;
    Some(Insertion { at: colon, text: format!(" [{item}]") })
}

/// The byte at which the lines of a record end, blank lines and what is said of the next one aside.
fn end_of_record(
    file: DataFile<'_>,
    record: &FieldPath,
    root: &Node,
    indent: usize,
) -> Option<usize> {
    let data = file.data();
    let mut end = match record.segments() {
        [] => data.end,
        [Segment::Key(own)] => {
            let siblings = keys(root)?;
            let position = siblings.iter().position(|key| *key == own.as_ref())?;
            match siblings.get(position + 1) {
                Some(next) => {
                    let key = file.start(&FieldPath::key(*next), Part::Key)?;
                    line_start(file.text, key)
                }
                None => data.end,
            }
        }
        _ => return None,
    };
    while end > data.start {
        let line = line_start(file.text, end - 1);
        let content = file.text[line..end].trim_end();
        let depth = content.len() - content.trim_start().len();
        let is_of_next = content.trim_start().starts_with('#') && depth < indent;
        if !content.is_empty() && !is_of_next {
            break;
        }
        end = line;
    }
    Some(end)
}

/// The start of the first of the comments right above a line, if they are indented as it is.
fn above_comments(text: &str, mut line: usize, indent: &str) -> usize {
    while line > 0 {
        let above = line_start(text, line - 1);
        let is_comment =
            text[above..line].strip_prefix(indent).is_some_and(|rest| rest.starts_with('#'));
        if !is_comment {
            break;
        }
        line = above;
    }
    line
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

fn node_at<'a>(root: &'a Node, path: &FieldPath) -> Option<&'a Node> {
    path.segments().iter().try_fold(root, |node, step| match (step, &node.value) {
        (Segment::Key(key), Value::Map(entries)) => {
            entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.node)
        }
        _ => None,
    })
}

fn keys(node: &Node) -> Option<Vec<&str>> {
    match &node.value {
        Value::Map(entries) => Some(entries.iter().map(|entry| entry.key.as_str()).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    /// The text with `x` added to the list `was` of a record.
    fn added(path: &str, text: &str, record: &str) -> Option<String> {
        let record = if record.is_empty() { FieldPath::root() } else { FieldPath::key(record) };
        let path = SourcePath::new(path);
        let file = DataFile { path: &path, text };
        let Insertion { at, text: new } =
            add_to_list(file, &record, ("was", &["reviewed", "sources"]), "x")?;
        Some(format!("{}{new}{}", &text[..at], &text[at..]))
    }

    fn becomes(path: &str, record: &str, text: &str, expected: &str) {
        assert_eq!(added(path, text, record).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn a_list_that_is_there_takes_one_item_more() {
        becomes("a.yaml", "", "was: [y]\n", "was: [x, y]\n");
        becomes("a.yaml", "", "was: [] # none\n", "was: [x] # none\n");
        becomes("a.yaml", "", "a: b\nwas:\n  - y\n", "a: b\nwas:\n  - x\n  - y\n");
        becomes("a.yaml", "", "was:\n- y\n", "was:\n- x\n- y\n");
        becomes("a.yaml", "", "was:\na: b\n", "was: [x]\na: b\n");
    }

    #[test]
    fn a_list_that_is_not_there_comes_before_what_is_said_last() {
        becomes("a.yaml", "", "a: b\n", "a: b\nwas: [x]\n");
        becomes("a.yaml", "", "a: b", "a: b\nwas: [x]\n");
        becomes("a.yaml", "", "a: b\r\n\r\n# end\r\n", "a: b\r\n\r\n# end\r\nwas: [x]\r\n");
        becomes(
            "a.yaml",
            "",
            "a: |\n  b\n\nsources: [c]\n",
            "a: |\n  b\n\nwas: [x]\nsources: [c]\n",
        );
        becomes("a.yaml", "", "a: b\n# who\nreviewed: c\n", "a: b\nwas: [x]\n# who\nreviewed: c\n");
        becomes("a.md", "", "---\na: b\n---\ntext\n", "---\na: b\nwas: [x]\n---\ntext\n");
        becomes("a.yaml", "", "{a: b}\n", "{was: [x], a: b}\n");
    }

    #[test]
    fn a_record_of_many_ends_before_what_is_said_of_the_next() {
        let text = "# all\none:\n  a: b\n\n# two\ntwo:\n  a: |\n    c\n\n    # d\n";
        becomes("a.yaml", "one", text, &text.replace("b\n\n", "b\n  was: [x]\n\n"));
        becomes("a.yaml", "two", text, &format!("{text}  was: [x]\n"));
        becomes("a.yaml", "one", "one: {a: b}\ntwo: {}\n", "one: {was: [x], a: b}\ntwo: {}\n");
        becomes("a.yaml", "one", "one:\n  {a: b}\n", "one:\n  {was: [x], a: b}\n");
        assert_eq!(added("a.yaml", "one: *a\n", "one"), None);
        assert_eq!(added("a.yaml", "? one\n: a: b\n", "one"), None);
    }
}
