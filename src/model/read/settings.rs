//! Reads the settings: all of them, or what is right of them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::data::not_text;
use crate::diagnostic::{At, Diagnostic, FieldPath, Place, Segment};
use crate::model::declare::Declared;
use crate::model::examine::examine;
use crate::model::publish::mistakes;
use crate::model::secrets::secrets;
use crate::model::settings::Settings;
use crate::source::{Lines, SourcePath, Sources, Span};
use crate::syntax::locate::locate;
use crate::syntax::text::decode;
use crate::syntax::toml;

/// The settings, as far as they could be read.
#[derive(Default)]
pub(super) struct SettingsFile {
    pub(super) settings: Settings,
    /// Where something could not be read and has its default; the root, if nothing could.
    pub(super) unread: BTreeSet<FieldPath>,
    pub(super) found: Vec<Diagnostic>,
}

impl SettingsFile {
    fn unreadable(found: Vec<Diagnostic>) -> Self {
        let unread = BTreeSet::from([FieldPath::root()]);
        Self { unread, found, ..Self::default() }
    }
}

/// Reads `site.toml`; without one, everything has its default.
pub(super) fn read_settings(sources: &Sources) -> SettingsFile {
    let path = SourcePath::new("site.toml");
    let Some(bytes) = sources.bytes(&path) else {
        return match sources.refused().contains(&path) {
            true => SettingsFile::unreadable(Vec::new()),
            false => SettingsFile::default(),
        };
    };
    let text = match decode(&bytes) {
        Ok(text) => text,
        Err(error) => return SettingsFile::unreadable(vec![not_text(&path, error)]),
    };
    let (node, errors) = toml::parse(&text);
    // Nothing else is said then: what is said shows lines, and they could hold the secret.
    let found = secrets(&path, &node);
    if !found.is_empty() {
        return SettingsFile::unreadable(found);
    }
    if let Ok(settings) = ::toml::from_str(&text) {
        let found = mistakes(&settings);
        return SettingsFile { settings, unread: BTreeSet::new(), found };
    }
    // Where the text is no TOML, what was read in its place is nobody's mistake: neither that line,
    // nor, if a table begins there, what belongs to it.
    let lines = Lines::new(&*text);
    let line = |range: Range<usize>| lines.locate(range.start).line;
    let is_table = |number: usize| text[lines.range(number)].trim_start().starts_with('[');
    let mut unread: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for error in errors {
        let first = line(error.span.range());
        if unread.contains(&first) {
            continue;
        }
        unread.push(first);
        if is_table(first) {
            let below = first + 1..=lines.locate(text.len()).line;
            unread.extend(below.take_while(|number| !is_table(*number)));
        }
        let place = Place::bytes(&path, error.span);
        found.push(Diagnostic::error("invalid-toml", place, error.message));
    }
    let examined = examine(&path, &FieldPath::root(), &node, &Settings::SHAPE).into_iter();
    let is_read = |finding: &Diagnostic| {
        let place = || locate(&path, &text, &finding.place.at);
        unread.is_empty() || place().is_none_or(|place| !unread.contains(&line(place)))
    };
    found.extend(examined.filter(is_read));
    if let Some((settings, unread)) = readable(&text, &found) {
        found.extend(mistakes(&settings));
        return SettingsFile { settings, unread, found };
    }
    if found.is_empty()
        && let Err(error) = ::toml::from_str::<Settings>(&text)
    {
        let span = Span::new(error.span().unwrap_or(0..0));
        let place = Place::bytes(&path, span);
        found.push(Diagnostic::error("invalid-toml", place, error.message()));
    }
    SettingsFile::unreadable(found)
}

/// The settings without what mistakes stand at, and where that is: exactly there, or, if nothing can be
/// read so, below the same keys of the whole.
fn readable(text: &str, mistakes: &[Diagnostic]) -> Option<(Settings, BTreeSet<FieldPath>)> {
    let table: ::toml::Table = ::toml::from_str(text).ok()?;
    let exact: BTreeSet<FieldPath> = mistakes.iter().filter_map(field).cloned().collect();
    if exact.is_empty() {
        return None;
    }
    let key = |path: &FieldPath| match path.segments().first() {
        Some(Segment::Key(key)) => Some(FieldPath::key(&**key)),
        _ => None,
    };
    let whole = exact.iter().filter_map(key).collect();
    [exact, whole].into_iter().find_map(|unread| {
        let mut left = ::toml::Value::Table(table.clone());
        // From the end: what is taken out of a list moves what follows.
        unread.iter().rev().for_each(|path| take_out(&mut left, path.segments()));
        Some((left.try_into().ok()?, unread))
    })
}

fn field(mistake: &Diagnostic) -> Option<&FieldPath> {
    match &mistake.place.at {
        At::Value(path) | At::Key(path) | At::Within(path, _) => Some(path),
        At::File | At::Bytes(_) => None,
    }
}

fn take_out(value: &mut ::toml::Value, path: &[Segment]) {
    use ::toml::Value::{Array, Table};
    match (path, value) {
        ([Segment::Key(key)], Table(table)) => {
            table.remove(&**key);
        }
        ([Segment::Index(at)], Array(items)) if *at < items.len() => {
            items.remove(*at);
        }
        ([Segment::Key(key), rest @ ..], Table(table)) => {
            if let Some(value) = table.get_mut(&**key) {
                take_out(value, rest);
            }
        }
        ([Segment::Index(at), rest @ ..], Array(items)) => {
            if let Some(value) = items.get_mut(*at) {
                take_out(value, rest);
            }
        }
        _ => {}
    }
}
