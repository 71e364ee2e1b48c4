//! Turns a place in a file into bytes: the way from a finding back to what the author wrote.
//! Knows the formats of files, and nothing of what stands in them.

use std::ops::Range;

use super::align::written;
use super::text::mark_length;
use super::{front_matter, toml, yaml};
use crate::diagnostic::{At, FieldPath, Piece, Segment};
use crate::source::{SourcePath, clamp};

/// The bytes of a place in the file at `path`, whose text is `text`; always inside the text and
/// on the boundaries of characters. A field that is not there stands where its parent does.
///
/// The file as a whole is the empty range at its start. `None` if the text cannot be read as data.
pub fn locate(path: &SourcePath, text: &str, at: &At) -> Option<Range<usize>> {
    let field = match at {
        At::File => return Some(0..0),
        At::Bytes(span) => return Some(clamp(text, span.range())),
        At::Value(field) | At::Key(field) | At::Within(field, _) => field,
    };
    let whole = DataFile { path, text }.data();
    let data = &text[whole.clone()];
    let format = if path.extension() == "toml" { toml::locate } else { yaml::locate };
    let file = DataText { data, format };
    let range = match at {
        At::Key(_) => file.key(field),
        At::Within(_, piece) => file.within(field, piece),
        _ => file.value(field),
    }?;
    Some(clamp(text, range.start + whole.start..range.end + whole.start))
}

/// A file of YAML, or one with front matter.
#[derive(Debug, Clone, Copy)]
pub struct DataFile<'a> {
    /// Its path.
    pub path: &'a SourcePath,
    /// Its text.
    pub text: &'a str,
}

impl DataFile<'_> {
    /// Where the data stands: in the front matter, or everywhere behind a mark of byte order.
    pub fn data(self) -> Range<usize> {
        let is_text = self.path.extension() == "md";
        let front = is_text.then(|| front_matter::split(self.text).front_matter);
        front.flatten().unwrap_or(mark_length(self.text.as_bytes())..self.text.len())
    }

    /// The byte at which the value of a field begins, or its key; `None` if it is not there.
    pub fn start(self, field: &FieldPath, part: Part) -> Option<usize> {
        let data = self.data();
        Some(yaml::locate(&self.text[data.clone()], field, part)?.start + data.start)
    }
}

/// What of a field is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its key.
    Key,
    /// Its value.
    Value,
}

/// The line in a file of data where the way to a field begins, found without reading the data.
/// It takes the place of [`locate`] where a file has more mistakes than can be found one by one.
pub fn locate_roughly(text: &str, at: &At) -> Option<Range<usize>> {
    let (At::Value(field) | At::Key(field) | At::Within(field, _)) = at else { return None };
    let (Segment::Key(key) | Segment::Repeated(key, _)) = field.segments().first()? else {
        return None;
    };
    let is_whole = |start: &usize| {
        (*start == 0 || text[..*start].ends_with(['\n', '\r']))
            && text[start + key.len()..].starts_with([':', ' ', '='])
    };
    let start = text.match_indices(&**key).map(|(start, _)| start).find(is_whole)?;
    Some(start..start + key.len())
}

/// Finds a field, or its key, in the text of a format.
type Format = fn(&str, &FieldPath, Part) -> Option<Range<usize>>;

struct DataText<'text> {
    data: &'text str,
    format: Format,
}

impl DataText<'_> {
    fn key(&self, field: &FieldPath) -> Option<Range<usize>> {
        (self.format)(self.data, field, Part::Key).or_else(|| self.parent(field))
    }

    fn value(&self, field: &FieldPath) -> Option<Range<usize>> {
        let Some(value) = (self.format)(self.data, field, Part::Value) else {
            return self.parent(field);
        };
        // Where there is no value, its key is what can be seen; a hyphen has none.
        let written = clamp(self.data, value.clone());
        if self.data[written.clone()].trim().is_empty() {
            let key = ends_with_key(field).then(|| (self.format)(self.data, field, Part::Key));
            return key.flatten().or(Some(written.start..written.start));
        }
        if self.is_block(&value) && ends_with_key(field) {
            // A map or list on the lines below its key: the key stands for all of it.
            return (self.format)(self.data, field, Part::Key).or(Some(value));
        }
        Some(value)
    }

    /// The nearest existing parent of a field that is not there.
    fn parent(&self, field: &FieldPath) -> Option<Range<usize>> {
        let mut field = field.clone();
        while !field.segments().is_empty() {
            field.pop();
            let part = if ends_with_key(&field) { Part::Key } else { Part::Value };
            if let Some(range) = (self.format)(self.data, &field, part) {
                return Some(range);
            }
        }
        None
    }

    /// Whether a value is a map or list over several lines.
    fn is_block(&self, value: &Range<usize>) -> bool {
        let rest = &self.data[clamp(self.data, value.clone()).end..];
        self.data[clamp(self.data, value.start..value.start).start..].starts_with("- ")
            || rest.starts_with(": ")
            || rest.starts_with(":\n")
            || rest.starts_with(":\r")
    }

    fn within(&self, field: &FieldPath, piece: &Piece) -> Option<Range<usize>> {
        let Some(value) = (self.format)(self.data, field, Part::Value) else {
            return self.parent(field);
        };
        let start = self.data.floor_char_boundary(value.start);
        let range = piece.start..piece.said.len();
        if let Some(written) = written(self.data, start, &piece.said, range) {
            return Some(written);
        }
        // An alias, or an escape that nobody needs: the first place that says the same.
        let end = self.scalar_end(field, &value);
        let line = piece.text().lines().map(str::trim).find(|line| !line.is_empty());
        let found = line.and_then(|line| find(&self.data[start..end], line));
        match found {
            Some(found) => Some(start + found.start..start + found.end),
            None => self.value(field),
        }
    }

    /// Where a scalar that may go on over several lines ends: before the first line that is not
    /// indented further than its key or its `-`.
    fn scalar_end(&self, field: &FieldPath, value: &Range<usize>) -> usize {
        let value = clamp(self.data, value.clone());
        let before = &self.data[..value.start];
        let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let key =
            ends_with_key(field).then(|| (self.format)(self.data, field, Part::Key)).flatten();
        let base = match key {
            Some(key) => {
                let before = &self.data[..clamp(self.data, key).start];
                before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
            }
            None => before[line_start..].rfind('-').unwrap_or(0),
        };
        let rest = &self.data[line_start..];
        let mut end = line_start;
        for (position, line) in rest.split_inclusive('\n').enumerate() {
            let indent = line.len() - line.trim_start_matches(' ').len();
            if position > 0 && indent <= base && !line.trim().is_empty() {
                break;
            }
            end += line.len();
        }
        end.max(value.end)
    }
}

fn ends_with_key(field: &FieldPath) -> bool {
    matches!(field.segments().last(), Some(Segment::Key(_) | Segment::Repeated(..)))
}

/// Finds `needle` in `text`, as whole words if it stands there so; white space matches white space,
/// since lines are folded.
fn find(text: &str, needle: &str) -> Option<Range<usize>> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_whole = |found: &Range<usize>| {
        let (before, after) = (&text[..found.start], &text[found.end..]);
        let (first, last) = (needle.trim_start(), needle.trim_end());
        let cuts_start = is_letter(before.chars().next_back()) && is_letter(first.chars().next());
        let cuts_end = is_letter(after.chars().next()) && is_letter(last.chars().next_back());
        !cuts_start && !cuts_end
    };
    places(text, needle).find(is_whole).or_else(|| places(text, needle).next())
}

/// Where the words of `needle` stand in `text` one after the other.
fn places(text: &str, needle: &str) -> impl Iterator<Item = Range<usize>> {
    let mut words = needle.split_whitespace();
    let first = words.next();
    let starts = first.into_iter().flat_map(|first| text.match_indices(first));
    starts.filter_map(move |(start, first)| {
        let mut end = start + first.len();
        let follows = words.clone().all(|word| {
            let rest = text[end..].trim_start();
            let has_gap = rest.len() < text.len() - end;
            let is_next = has_gap && rest.starts_with(word);
            end = text.len() - rest.len() + word.len();
            is_next
        });
        follows.then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn found<'text>(path: &str, text: &'text str, at: &At) -> &'text str {
        &text[locate(&SourcePath::new(path), text, at).expect("it is there")]
    }

    #[test]
    fn bytes_are_kept_inside_the_text_and_never_cut_a_character() {
        let text = "aé";
        let path = SourcePath::new("a.yaml");
        let at = |range| At::Bytes(Span::new(range));
        assert_eq!(locate(&path, text, &at(2..2)), Some(1..3));
        assert_eq!(locate(&path, text, &at(1..2)), Some(1..3));
        assert_eq!(locate(&path, text, &at(9..12)), Some(3..3));
        let inverted = Range { start: 3, end: 1 };
        assert_eq!(locate(&path, text, &at(inverted)), Some(3..3));
        assert_eq!(locate(&path, "", &at(5..6)), Some(0..0));
    }

    #[test]
    fn fields_of_front_matter_are_found_in_their_file() {
        let text = "---\ntitle: é\nsummary: A b\n---\ntitle: no\n";
        assert_eq!(found("a.md", text, &At::Value(FieldPath::key("summary"))), "A b");
        assert_eq!(found("a.md", text, &At::Key(FieldPath::key("title"))), "title");
        let marked = format!("\u{feff}{text}");
        assert_eq!(found("a.md", &marked, &At::Value(FieldPath::key("summary"))), "A b");
    }

    #[test]
    fn fields_of_settings_are_found() {
        let text = "title = \"x\"\n[studio]\nname = \"y\"\n";
        let name = FieldPath::key("studio").then("name");
        assert_eq!(found("site.toml", text, &At::Value(name)), "\"y\"");
        let missing = At::Value(FieldPath::key("studio").then("phone"));
        assert_eq!(found("site.toml", text, &missing), "studio");
    }

    #[test]
    fn a_field_that_is_missing_stands_where_its_record_does() {
        let text = "neck:\n  name: Neck\nback:\n  points:\n    - id: one\n    - id: two\n";
        let missing = |field| At::Value(field);
        let back = FieldPath::key("back");
        assert_eq!(found("a.yaml", text, &missing(back.clone().then("name"))), "back");
        assert_eq!(found("a.yaml", text, &missing(back.clone())), "back");
        let second = back.then("points").at(1);
        assert_eq!(found("a.yaml", text, &missing(second.then("where"))), "id");
        assert_eq!(found("a.yaml", text, &missing(back.then("points").at(7))), "points");
    }

    #[test]
    fn a_value_that_is_not_written_stands_where_its_key_does() {
        let text = "a:\nb:\n  -\n  - c\nd:   # e\n";
        assert_eq!(found("a.yaml", text, &At::Value(FieldPath::key("a"))), "a");
        assert_eq!(found("a.yaml", text, &At::Value(FieldPath::key("d"))), "d");
        assert_eq!(found("a.yaml", text, &At::Value(FieldPath::key("b").at(0))), "");
        assert_eq!(found("a.yaml", text, &At::Value(FieldPath::key("b").at(1))), "c");
    }

    /// The last `needle` of what a field says.
    fn within(field: FieldPath, said: &str, needle: &str) -> At {
        let start = said.rfind(needle).expect("the field says it");
        At::Within(field, Piece::new(said, start..start + needle.len()))
    }

    #[test]
    fn a_piece_of_a_text_is_found_where_it_stands_however_often_its_words_do() {
        let text = "a: zebra\nb: |\n  one\n  see zebra\nc: zebra\nd: >-\n  pain at\n  night\ne:\n  - plain\n    goes on\n  - on\n";
        let path = SourcePath::new("a.yaml");
        let place = |at: &At| locate(&path, text, at).expect("it is there");
        let zebra = place(&within(FieldPath::key("b"), "one\nsee zebra\n", "zebra"));
        assert_eq!(zebra.start, text.find("see zebra").expect("it is there") + 4);
        let night = within(FieldPath::key("d"), "pain at night", "at night");
        assert_eq!(found("a.yaml", text, &night), "at\n  night");
        let on = place(&within(FieldPath::key("e").at(0), "plain goes on", "on"));
        assert_eq!(on.start, text.find("goes on").expect("it is there") + 5);
        let twice = "a: 'an ache, it''s\n  an ache'\n";
        let second = within(FieldPath::key("a"), "an ache, it's an ache", "an ache");
        let second = locate(&path, twice, &second).expect("it is there");
        assert_eq!(second.start, twice.rfind("an ache").expect("it is there"));
    }

    #[test]
    fn a_piece_of_a_text_that_is_written_in_another_way_is_looked_for_by_its_words() {
        let text = "a: \"Secure, a c\\x75re, a cure.\"\nb: &b see neck\nc: *b\n";
        let a = within(FieldPath::key("a"), "Secure, a cure, a cure.", "cure");
        let start = text.find("cure.").expect("it is there");
        assert_eq!(locate(&SourcePath::new("a.yaml"), text, &a), Some(start..start + 4));
        assert_eq!(found("a.yaml", text, &within(FieldPath::key("c"), "see neck", "neck")), "neck");
    }

    #[test]
    fn the_line_of_a_field_is_found_without_reading_the_data() {
        let text = "see: neck\nneck-side: {}\nneck:\n  name: [\n";
        let at = At::Value(FieldPath::key("neck").then("name"));
        let start = text.find("\nneck:").expect("it is there") + 1;
        assert_eq!(locate_roughly(text, &at), Some(start..start + 4));
        assert_eq!(locate_roughly(text, &At::Value(FieldPath::key("arm"))), None);
        assert_eq!(locate_roughly(text, &At::File), None);
    }

    #[test]
    fn text_that_is_not_data_has_no_fields() {
        let path = SourcePath::new("a.yaml");
        assert_eq!(locate(&path, "@", &At::Value(FieldPath::key("b"))), None);
    }
}
