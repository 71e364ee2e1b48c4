//! Reads markdown files: front matter, if it holds the record, and the text.

use std::sync::Arc;

use super::data::{not_text, push_record};
use super::{FileContent, check_id};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Id, Kind};
use crate::source::{SourcePath, Span};
use crate::syntax::text::decode;
use crate::syntax::{front_matter, markdown, yaml};

pub(super) fn read_text(
    path: &SourcePath,
    kind: Kind,
    id: Id,
    bytes: &[u8],
    file: &mut FileContent,
) {
    check_id(path, &FieldPath::root(), &id, file);
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(error) => {
            file.diagnostics.push(not_text(path, error));
            file.broken.push((kind, id));
            return;
        }
    };
    let split = front_matter::split(&text);
    if let Some(line) = split.unclosed {
        let place = Place::bytes(path, Span::new(line));
        file.diagnostics.push(
            Diagnostic::error("unclosed-front-matter", place, "the front matter is never closed")
                .label("it opens here")
                .help("close it with a line of `---`"),
        );
        file.broken.push((kind, id));
        return;
    }
    if let Some(front) = split.front_matter.filter(|front| !yaml::is_blank(&text[front.clone()])) {
        push_record(path, kind, id, &text[front.clone()], front.start, file);
    }
    let document = markdown::parse(&text[split.body.clone()]);
    let start = u32::try_from(split.body.start).unwrap_or(u32::MAX);
    let interface = document.outline.interface();
    file.outline = Some((start, Arc::new(document.outline), interface));
    file.prose = Some(Arc::new(document.prose));
}

/// Says that a text has no record to belong to.
pub(super) fn without_record(kind: Kind, id: &Id, path: &SourcePath) -> Diagnostic {
    let message = format!("there is no {} `{id}` for this text", kind.word());
    let diagnostic = Diagnostic::error("missing-record", Place::file(path), message);
    if matches!(kind, Kind::Article | Kind::Page) {
        let fields = kind.shape().fields.iter().filter(|field| field.required);
        let needed = kind.shape().one_of.first().map(|one| one.name);
        let names: Vec<_> = fields.map(|field| field.name).chain(needed).collect();
        return diagnostic.help(format!(
            "begin the file with front matter between two lines of `---`: {}",
            names.join(", ")
        ));
    }
    diagnostic.help(format!("write its data in `content/{}/{id}.yaml`", kind.folder()))
}
