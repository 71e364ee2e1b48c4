//! Former addresses and anchors: what former ids and `[[redirect]]` ask for.

use std::collections::BTreeMap;

use super::RecordId;
use super::anchors::question_anchors;
use super::files::{Taken, file_of};
use super::names::are_same;
use super::routes::{Address, Routes, address, shown_at};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::article::ArticleQuestion;
use crate::model::{Content, Data, Entry, Id, Kind};
use crate::source::SourcePath;

/// A former address and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirection {
    /// The former path.
    pub from: String,
    /// The address now: a path with its anchor, or a web address.
    pub to: String,
}

/// By the path of a page, its former anchors: each leads to the anchor that took its place, or, if
/// none did, to the top of the page.
pub type FormerAnchors = BTreeMap<String, BTreeMap<String, Option<String>>>;

pub(super) fn redirections(
    content: &Content,
    routes: &Routes,
) -> (Vec<Redirection>, FormerAnchors, Vec<Diagnostic>) {
    let (wanted, mut found) = wanted_redirections(content, routes);
    let all = without_clashes(wanted, content, routes, &mut found);
    let (mut redirections, mut anchors) = (Vec::new(), FormerAnchors::new());
    for (from, (to, place)) in all {
        match from.split_once('#') {
            None => redirections.push(Redirection { from, to }),
            // A page that could not be read, or is a draft, is told of elsewhere.
            Some((page, _)) if may_be_page(content, page) => {}
            Some((page, old)) => match anchor_of_page(routes, page, &to) {
                Ok(new) => {
                    anchors.entry(page.to_owned()).or_default().insert(old.to_owned(), new);
                }
                Err(message) => found.push(Diagnostic::error("bad-redirect", place, message).help(
                    "no host redirects anchors: one can only be kept within its page, as in \
                         `from = \"/a/#old\"` and `to = \"/a/#new\"`",
                )),
            },
        }
    }
    add_former_questions(content, routes, &mut anchors);
    (redirections, anchors, found)
}

/// Redirections by where they begin, without those in whose way something stands.
fn without_clashes(
    wanted: Vec<(Redirection, Place)>,
    content: &Content,
    routes: &Routes,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, (String, Place)> {
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let mut taken = Taken::new(content, routes);
    let mut all: BTreeMap<String, (String, Place)> = BTreeMap::new();
    let mut first_of: BTreeMap<String, String> = BTreeMap::new();
    for (Redirection { from, to }, place) in wanted {
        // Nothing but its page has a former anchor, so it is compared as it is written.
        let file = if from.contains('#') { None } else { file_of(&from) };
        let key = file.as_ref().map_or_else(|| from.clone(), |file| file.to_lowercase());
        if let Some(first) = first_of.get(&key) {
            let (first_to, first_place) = &all[first];
            let is_spelled_otherwise = *first != from;
            // `/old` and `/old/` may both lead to the same, as either may stand in an old link.
            if is_spelled_otherwise && first_to == &to && file_of(first) == file {
                all.insert(from, (to, place));
                continue;
            }
            let message = match first_to == &to {
                _ if is_spelled_otherwise => format!("`{from}` and `{first}` become one file"),
                true => format!("`{from}` is written twice"),
                false => format!("`{from}` leads to two addresses"),
            };
            let diagnostic = Diagnostic::error("redirect-twice", place, message);
            found.push(diagnostic.related(first_place.clone(), "the first one stands here"));
            continue;
        }
        if let Some(other) = file.as_deref().and_then(|file| taken.in_the_way_of(file)) {
            let message = match routes.page(&from) {
                Some(_) => format!("`{from}` is a page: it cannot lead elsewhere"),
                None => format!("`{from}` stands in the way of {other}: it cannot lead elsewhere"),
            };
            found.push(Diagnostic::error("redirect-over-page", place, message));
            continue;
        }
        if let Some(file) = &file {
            taken.take(file, &from);
        }
        first_of.insert(key, from.clone());
        all.insert(from, (to, place));
    }
    all
}

/// Whether two records give former addresses the same to lead to.
pub(super) fn lead_the_same(one: &Entry, other: &Entry) -> bool {
    are_same(one, other) && questions(one) == questions(other)
}

/// The questions that an article shows.
fn questions(entry: &Entry) -> &[ArticleQuestion] {
    match &*entry.data {
        Data::Article(article) => &article.faqs,
        _ => &[],
    }
}

/// Adds the anchors that questions had on the articles which show them. What the settings say of one
/// of these comes first.
fn add_former_questions(content: &Content, routes: &Routes, anchors: &mut FormerAnchors) {
    let mut former: BTreeMap<&Id, &[Id]> = BTreeMap::new();
    let renamed = content.entries.iter().filter(|entry| entry.kind == Kind::Faq);
    for entry in renamed.filter(|entry| !entry.data.common().was.is_empty()) {
        let was = entry.data.common().was;
        former.extend(was.iter().chain([&entry.id]).map(|id| (id, was)));
    }
    for (at, entry) in content.entries.iter().enumerate().filter(|_| !former.is_empty()) {
        let (Data::Article(article), Some(page)) =
            (&*entry.data, routes.address(RecordId::new(at)))
        else {
            continue;
        };
        let now = question_anchors(article);
        for (question, anchor) in article.faqs.iter().zip(&now) {
            let ArticleQuestion::Reference(question) = question else { continue };
            for old in former.get(&question.id).copied().unwrap_or_default() {
                let old = format!("question-{old}");
                if !now.contains(&old) {
                    let of_page = anchors.entry(page.path.to_string()).or_default();
                    of_page.entry(old).or_insert_with(|| Some(anchor.clone()));
                }
            }
        }
    }
}

/// Whether a page would be that of a record which could not be read, or is a draft.
fn may_be_page(content: &Content, page: &str) -> bool {
    let is_draft = |kind, id| content.drafts.contains(&(kind, Id::new(id)));
    shown_at(page).any(|(kind, id)| content.may_hold(kind, id) || is_draft(kind, id))
}

/// The anchor that takes the place of a former one of a page.
fn anchor_of_page(routes: &Routes, page: &str, to: &str) -> Result<Option<String>, String> {
    if routes.page(page).is_none() {
        return Err(format!("`{page}` is not a page, so it has no anchors"));
    }
    let (path, anchor) = to.split_once('#').unwrap_or((to, ""));
    if path != page {
        return Err(format!("`{to}` is not on the page `{page}`"));
    }
    Ok((!anchor.is_empty()).then(|| anchor.to_owned()))
}

/// What former ids and the settings ask for, with places, and what cannot be asked for.
fn wanted_redirections(
    content: &Content,
    routes: &Routes,
) -> (Vec<(Redirection, Place)>, Vec<Diagnostic>) {
    let (mut wanted, mut found) = (Vec::new(), Vec::new());
    for (at, entry) in content.entries.iter().enumerate() {
        found.extend(taken_ids(content, entry));
        let Some(now) = routes.address(RecordId::new(at)) else { continue };
        for (index, id) in entry.data.common().was.iter().enumerate() {
            // What cannot be an id was reported where it stands.
            let before = address(entry.kind, id).filter(|_| id.is_well_formed());
            if let Some(before) = before.filter(|before| !is_taken(content, entry.kind, before)) {
                let redirection = Redirection { from: before.href(), to: now.href() };
                wanted.push((redirection, entry.value(FieldPath::key("was").at(index))));
            }
        }
    }
    let settings = SourcePath::new("site.toml");
    for (index, redirect) in content.settings.redirect.iter().enumerate() {
        let field = FieldPath::key("redirect").at(index);
        let (from, to) = (redirect.from.to_string(), redirect.to.to_string());
        let place = Place::value(&settings, field.then("from"));
        let is_anchor = |anchor: &str| !anchor.is_empty() && !anchor.contains(is_odd);
        let (page, anchor) = from.split_once('#').map_or((&*from, None), |(a, b)| (a, Some(b)));
        let cure = match not_a_path(page) {
            None if !anchor.is_none_or(is_anchor) => {
                Some("write the anchor as pages do: `/old/#part`")
            }
            cure => cure,
        };
        match cure {
            None => wanted.push((Redirection { from, to }, place)),
            Some(cure) => {
                let message = format!("`{from}` is not the path of a page");
                found.push(Diagnostic::error("bad-redirect", place, message).help(cure));
            }
        }
    }
    (wanted, found)
}

/// The cure, if something is not the path of a page.
fn not_a_path(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') || path.contains("..") {
        return Some("begin it with a slash: `/old/`");
    }
    // Hosts that know no redirections are given a page in its place, which has to be a file.
    file_of(path).is_none().then_some("leave out what no file has in its name: `\\ : * ? \" < > |`")
}

/// What no anchor has in it.
fn is_odd(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "#\"'<>&".contains(c)
}

/// Former ids of a record that one has today, and that mean this one: those of pages stand in the way of a
/// redirect, and are told of as such.
fn taken_ids(content: &Content, entry: &Entry) -> impl Iterator<Item = Diagnostic> {
    let was = entry.data.common().was.iter().enumerate();
    let taken = was.filter(|(_, id)| {
        let has_page = address(entry.kind, id).is_some_and(|address| address.anchor.is_none());
        !has_page && content.position(entry.kind, id).is_some()
    });
    taken.map(|(index, id)| {
        let word = entry.kind.word();
        let message = match *id == entry.id {
            true => format!("`{id}` is the id that the {word} has today"),
            false => format!("there is {} `{id}`: the id leads to it", entry.kind.one()),
        };
        let place = entry.value(FieldPath::key("was").at(index));
        Diagnostic::error("redirect-over-page", place, message).help("take it out of `was`")
    })
}

/// Whether another record has a former anchor by now.
fn is_taken(content: &Content, kind: Kind, before: &Address) -> bool {
    before.anchor.as_deref().is_some_and(|id| content.position(kind, id).is_some())
}
