//! Why a text is not YAML, and where: what the library says of it, taken apart.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::yaml_slip;
use crate::source::line_ranges;

/// Why a text is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong, without the place.
    pub message: String,
    /// The bytes that are wrong.
    pub at: Range<usize>,
    /// What mends it, as far as that can be said.
    pub help: Vec<String>,
    /// The byte of the bracket that was open there.
    pub opened_at: Option<usize>,
}

impl YamlError {
    /// What the library says, in the words of who wrote the text and where that went wrong.
    pub fn new(error: &serde_yaml::Error, text: &str) -> Self {
        let report = Report::new(error, text);
        yaml_slip::find(&report, text).unwrap_or_else(|| {
            Self::plain(report.at..(report.at + 1).min(text.len()), report.problem)
        })
    }

    /// A mistake of which no more is known.
    pub(super) fn plain(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), at, help: Vec::new(), opened_at: None }
    }

    /// The same mistake with its cure.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// What the library says of a text that is not YAML.
#[derive(Debug)]
pub(super) struct Report {
    /// What is wrong, without the place.
    pub(super) problem: String,
    /// The byte at which the library stopped.
    pub(super) at: usize,
    /// What it was at, such as `scanning a quoted scalar`; empty if it does not say.
    pub(super) doing: String,
    /// The byte at which that began.
    pub(super) began: usize,
}

impl Report {
    fn new(error: &serde_yaml::Error, text: &str) -> Self {
        let full = error.to_string();
        let (said, doing) = full.rsplit_once(", while ").unwrap_or((&full, ""));
        let (doing, place) = doing.split_once(" at line ").unwrap_or((doing, ""));
        let problem = said.split(" at line ").next().unwrap_or(said);
        let (problem, offset) = problem.split_once(" at position ").unwrap_or((problem, ""));
        // Of a character that it does not take the library gives no line, but an offset.
        let offset = offset.parse().ok().filter(|_| problem == CONTROL);
        let at = offset.or_else(|| error.location().map(|place| place.index()));
        Self {
            problem: problem.to_owned(),
            at: text.floor_char_boundary(at.unwrap_or(0)),
            doing: doing.to_owned(),
            // The place of what began with the text is left out.
            began: byte_of(place, text).unwrap_or(0),
        }
    }
}

/// What the library says of a control character.
pub(super) const CONTROL: &str = "control characters are not allowed";

/// What is said of the beginning of a text, if that is not YAML.
pub(super) fn report_before(text: &str, end: usize) -> Option<Report> {
    let before = &text[..end];
    Some(Report::new(&serde_yaml::from_str::<IgnoredAny>(before).err()?, before))
}

/// The byte of the quote that is open before a byte.
pub(super) fn open_quote(text: &str, end: usize) -> Option<usize> {
    let report = report_before(text, end)?;
    let is_quote = text[report.began..].starts_with(['"', '\'']);
    (report.doing == "scanning a quoted scalar" && is_quote).then_some(report.began)
}

/// The byte of the bracket that is open before a byte.
pub(super) fn open_bracket(text: &str, end: usize) -> Option<usize> {
    let before = &text[..end];
    if !before.contains(['[', '{']) {
        return None;
    }
    let report = report_before(text, end)?;
    match report.doing.as_str() {
        "parsing a flow node" => {
            // Of a bracket with nothing after it the library says only that something is missing:
            // with something there it says what was opened.
            let with_something = format!("{before}\n~");
            bracket(&report_before(&with_something, with_something.len())?, text)
        }
        _ => bracket(&report, text),
    }
}

/// The byte of the bracket that a report speaks of.
pub(super) fn bracket(report: &Report, text: &str) -> Option<usize> {
    let opening = match report.doing.as_str() {
        "parsing a flow sequence" => '[',
        "parsing a flow mapping" => '{',
        _ => return None,
    };
    text.get(report.began..)?.starts_with(opening).then_some(report.began)
}

/// The byte at which the library stopped.
pub(super) fn byte(error: &serde_yaml::Error, text: &str) -> Option<usize> {
    Some(text.floor_char_boundary(error.location()?.index()))
}

/// The byte of a place such as `2 column 9`, counted in characters.
fn byte_of(place: &str, text: &str) -> Option<usize> {
    let (line, column) = place.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let line = line_ranges(text, 0).nth(line.checked_sub(1)?)?;
    let (at, _) = text[line.clone()].char_indices().nth(column.checked_sub(1)?)?;
    Some(line.start + at)
}
