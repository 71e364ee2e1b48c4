//! Turns the errors of the template engine into diagnostics at their place in a template.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostic::{Diagnostic, Place};
use crate::source::{SourcePath, Span};

/// The code of every mistake in a template.
pub(crate) const CODE: &str = "template-error";

/// A template as it was read.
#[derive(Debug, Clone)]
pub(crate) struct TemplateSource {
    /// Where it stands in the project.
    pub(crate) path: SourcePath,
    /// Its text.
    pub(crate) text: String,
}

/// The templates by the engine's name for them.
pub(crate) type TemplateSources = BTreeMap<String, TemplateSource>;

/// One mistake, with the engine's name of the template it is in, if that is known.
#[derive(Debug, Clone)]
pub(crate) struct Mistake {
    pub(crate) template: Option<String>,
    pub(crate) diagnostic: Diagnostic,
}

/// All mistakes that an error of the engine tells of; `fallback` is blamed if it names no file.
pub(crate) fn mistakes(error: &Error, sources: &TemplateSources, fallback: &str) -> Vec<Mistake> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![from_report(report, sources, fallback)]
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("no template is called `{parent}`");
            vec![at_text(sources, current, parent, message)]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let chain = inheritance_chain.join("` → `");
            let mut mistake = at_text(sources, tpl, "extends", "the template extends itself");
            let help = overridden(tpl, sources).map(|name| {
                format!(
                    "the overridden template is reached by its theme: `{{% extends \"{name}\" %}}`"
                )
            });
            mistake.diagnostic =
                mistake.diagnostic.note(format!("the chain is `{chain}`")).maybe_help(help);
            vec![mistake]
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let chain = include_chain.join("` → `");
            let mut mistake = at_text(sources, tpl, "include", "the template includes itself");
            mistake.diagnostic = mistake.diagnostic.note(format!("the chain is `{chain}`"));
            vec![mistake]
        }
        ErrorKind::Msg(text) => from_text(text, sources, fallback),
        other => vec![whole_file(sources, fallback, &other.to_string())],
    }
}

/// The template of the same path in another layer.
fn overridden<'a>(template: &str, sources: &'a TemplateSources) -> Option<&'a str> {
    let (layer, path) = template.split_once('/')?;
    let mut names = sources.keys().filter_map(|name| name.split_once('/').map(|two| (name, two)));
    names.find(|(_, two)| two.0 != layer && two.1 == path).map(|(name, _)| name.as_str())
}

fn from_report(report: &ReportError, sources: &TemplateSources, fallback: &str) -> Mistake {
    let Some(source) = sources.get(report.filename()) else {
        return whole_file(sources, fallback, report.message());
    };
    let place = Place::bytes(&source.path, Span::new(report.span().range.clone()));
    Mistake {
        template: Some(report.filename().to_owned()),
        diagnostic: Diagnostic::error(CODE, place, tidy(report.message())),
    }
}

/// Reads the places out of joined reports: `error: …`, then `--> file:line:column`.
fn from_text(text: &str, sources: &TemplateSources, fallback: &str) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let arrow = lines.next().unwrap_or_default();
        // Three lines follow: a bar, the line of the template, and the marks under it.
        let marks = lines.clone().nth(2).unwrap_or_default();
        let width = marks.chars().filter(|mark| *mark == '^').count();
        let mistake = locate(arrow, width, sources).map(|(template, place)| Mistake {
            template: Some(template),
            diagnostic: Diagnostic::error(CODE, place, tidy(message)),
        });
        found.push(mistake.unwrap_or_else(|| whole_file(sources, fallback, message)));
    }
    if found.is_empty() {
        // "Component `x` is defined in both `a.html` and `b.html`" names files, but no place.
        let named = text.split('`').rev().find(|word| sources.contains_key(*word));
        found.push(whole_file(sources, named.unwrap_or(fallback), text));
    }
    found
}

fn locate(arrow: &str, width: usize, sources: &TemplateSources) -> Option<(String, Place)> {
    let (_, spot) = arrow.split_once("--> ")?;
    let (rest, column) = spot.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    let (column, line) = (column.parse::<usize>().ok()?, line.parse::<usize>().ok()?);
    let source = sources.get(name)?;
    let line_start: usize =
        source.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = source.text.get(line_start..)?;
    let byte_of = |characters: usize| {
        rest.char_indices().nth(characters).map_or(rest.len(), |(byte, _)| byte)
    };
    let (start, end) =
        (byte_of(column.saturating_sub(1)), byte_of(column.saturating_sub(1) + width));
    let span = Span::new(line_start + start..line_start + end);
    Some((name.to_owned(), Place::bytes(&source.path, span)))
}

/// A mistake where `text` first stands in a template.
fn at_text(
    sources: &TemplateSources,
    template: &str,
    text: &str,
    message: impl Into<String>,
) -> Mistake {
    let message = message.into();
    let Some(source) = sources.get(template) else {
        return whole_file(sources, template, &message);
    };
    let place = source.text.find(text).map_or_else(
        || Place::file(&source.path),
        |start| Place::bytes(&source.path, Span::new(start..start + text.len())),
    );
    Mistake {
        template: Some(template.to_owned()),
        diagnostic: Diagnostic::error(CODE, place, tidy(&message)),
    }
}

fn whole_file(sources: &TemplateSources, template: &str, message: &str) -> Mistake {
    let source = sources.get(template);
    let path = source.map_or_else(|| SourcePath::new(template), |source| source.path.clone());
    Mistake {
        template: source.map(|_| template.to_owned()),
        diagnostic: Diagnostic::error(CODE, Place::file(&path), tidy(message)),
    }
}

/// The engine's words in our style: lower case, no full stop, one line.
fn tidy(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut rest = line.chars();
    match rest.next() {
        Some(first) if !rest.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(rest).collect()
        }
        _ => line.to_owned(),
    }
}
