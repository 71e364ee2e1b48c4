//! What somebody means who asks for a page: an address, a file of the output, a source file or a record.

use super::named;
use crate::graph::{INDEX_PAGES, KnowledgeBase, RecordId, articles_path, media_path};
use crate::model::{Entry, Id, Kind, nearest};
use crate::page::Site;
use crate::page::address::SiteAddress;
use crate::page::output::Pages;
use crate::source::SourcePath;

/// How many files of one kind are named one by one.
const NAMED: usize = 8;

/// The record that is meant by a source file, or by its kind and id.
pub(super) fn record(base: &KnowledgeBase, asked: &str) -> Option<RecordId> {
    let source = asked.trim_start_matches("./");
    let of_file = base.records().find(|(_, entry)| is_file_of(source, entry));
    let of_name = || kind_and_id(asked).and_then(|(kind, id)| base.find(kind, id));
    let of_id = || {
        let is_id =
            Id::new(asked).is_well_formed() && base.routes.page(&format!("/{asked}/")).is_none();
        is_id.then(|| Kind::ALL.iter().find_map(|kind| base.find(*kind, asked)))?
    };
    of_file.map(|(record, _)| record).or_else(of_name).or_else(of_id)
}

/// The kind and id of `muscle:infraspinatus`.
fn kind_and_id(asked: &str) -> Option<(Kind, &str)> {
    let (word, id) = asked.split_once(':')?;
    Some((Kind::named(word)?, id))
}

/// The draft that is meant and has no page.
fn draft<'a>(base: &'a KnowledgeBase, asked: &str) -> Option<&'a Entry> {
    let source = asked.trim_start_matches("./");
    let of_file = base.drafts().find(|entry| is_file_of(source, entry));
    let is_named = |entry: &&Entry| match kind_and_id(asked) {
        Some((kind, id)) => entry.kind == kind && *entry.id == *id,
        None => *entry.id == *asked,
    };
    let of_name = || base.drafts().find(is_named);
    of_file.or_else(of_name).or_else(|| base.draft_at(&path(base, asked)))
}

/// The files with the records that a page lists; of many of one kind, their folder.
pub(super) fn listed_files(base: &KnowledgeBase, path: &str) -> Vec<String> {
    let is_part = |number| articles_path(number) == path;
    let path = if (2..=base.routes.article_pages).any(is_part) { "/articles/" } else { path };
    let page = INDEX_PAGES.iter().find(|(known, _)| *known == path);
    let mut files = Vec::new();
    for kind in page.into_iter().flat_map(|(_, kinds)| *kinds) {
        let written = base.of_kind(*kind).filter(|(_, entry)| !entry.is_implied());
        let mut own: Vec<String> = written.map(|(_, entry)| entry.path.to_string()).collect();
        own.sort();
        own.dedup();
        if own.len() > NAMED {
            let folder = format!("content/{}/", kind.folder());
            let below = own.iter().filter(|path| path.starts_with(&folder)).count();
            own.retain(|path| !path.starts_with(&folder));
            own.push(format!("{folder} ({below} files)"));
        }
        files.extend(own);
    }
    files
}

/// Whether a file is a record's own: that of its data, or of its text.
fn is_file_of(source: &str, entry: &Entry) -> bool {
    let is_own = entry.base.segments().is_empty() && entry.path.as_str() == source;
    is_own || entry.body.as_ref().is_some_and(|body| body.path.as_str() == source)
}

/// Where the records of a file of many are shown, if they have a page together, and where a picture or
/// another file is.
pub(super) fn page_of_file(
    base: &KnowledgeBase,
    asked: &str,
) -> Result<Option<String>, (String, String)> {
    let source = asked.trim_start_matches("./");
    let first = base.records().find(|(_, entry)| entry.path.as_str() == source);
    let Some((first, _)) = first else {
        let path = SourcePath::new(source);
        return Ok(base.content.media.contains_key(&path).then(|| media_path(&path)));
    };
    match base.routes.address(first) {
        Some(address) if address.anchor.is_some() => Ok(Some(address.path.to_string())),
        _ => {
            let message = format!("`{source}` is not one page: each of its records has its own");
            Err((message, format!("ask for one of them, such as `{}`", named(base, first))))
        }
    }
}

/// The address that is meant by an address or a file of the output.
pub(super) fn path(base: &KnowledgeBase, asked: &str) -> String {
    let base_url = base.base_url();
    let site = SiteAddress::of(base);
    let below = match asked.strip_prefix(base_url) {
        Some(below) if !base_url.is_empty() => below,
        // The path of the whole site is part of what browsers show.
        _ => match site.base_path() {
            "" => asked,
            own => asked.strip_prefix(own).filter(|rest| rest.starts_with('/')).unwrap_or(asked),
        },
    };
    let below = below.split(['#', '?']).next().unwrap_or_default();
    let below = below.trim_start_matches("./").trim_start_matches('/');
    let below = below.strip_prefix("public/").unwrap_or(below);
    let below = below.strip_suffix("index.html").unwrap_or(below);
    let has_file_name = below.rsplit('/').next().is_some_and(|last| last.contains('.'));
    match below.is_empty() || below.ends_with('/') || has_file_name {
        true => format!("/{below}"),
        false => format!("/{below}/"),
    }
}

pub(super) fn unknown(
    base: &KnowledgeBase,
    site: &Site<'_>,
    record: Option<RecordId>,
    asked: &str,
) -> (String, String) {
    if let Some(record) = record {
        let entry = base.entry(record);
        let message = format!("the {} `{}` has no page", entry.kind.word(), entry.id);
        return (message, "other pages show it: those of the records that name it".to_owned());
    }
    if let Some(entry) = draft(base, asked) {
        let message = format!("the {} `{}` is a draft", entry.kind.word(), entry.id);
        let help = match base.circumstances.with_drafts {
            true => format!(
                "it is not finished: `sinew check --drafts` says what `{}` lacks",
                entry.path
            ),
            false => format!("`--drafts` shows it; it is in `{}`", entry.path),
        };
        return (message, help);
    }
    if let Some((kind, id)) = kind_and_id(asked) {
        let help = base.similar_id(kind, id);
        let other = || format!("`sinew new {} {id}` begins one", kind.word());
        return (format!("no {} is called `{id}`", kind.word()), help.unwrap_or_else(other));
    }
    let path = path(base, asked);
    let message = format!("no page is made of, or found at, `{asked}`");
    let files = site.paths().iter().map(|path| path.as_str());
    let names: Vec<&str> = base.routes.paths().chain(files).collect();
    let help = match nearest(&path, names.iter().copied()).or_else(|| nearest(asked, names)) {
        Some(near) => format!("a page with a similar address exists: `{near}`"),
        None => "name an address, a file of the output, a source file or `kind:id`".to_owned(),
    };
    (message, help)
}
