//! Says what is wrong with a reference or a link that leads nowhere.

use super::{Destination, KnowledgeBase, Unresolved};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Id, Kind};
use crate::picture::{SAVE_AS_SHOWN, is_shown, not_shown};
use crate::syntax::address::{is_safe_address, lacks_scheme};
use crate::syntax::slug::slug;

/// A reference by id to a record that does not exist. A topic comes to be by being named.
pub(super) fn unknown(
    base: &KnowledgeBase,
    kind: Kind,
    id: &Id,
    place: impl FnOnce() -> Place,
) -> Option<Diagnostic> {
    let is_topic = kind == Kind::Topic && id.is_well_formed();
    if is_topic {
        return None;
    }
    // The same id of another kind.
    let elsewhere = || {
        let other = base.names.with_id(id).first()?;
        Some(format!("there is {} of that name", base.entry(*other).kind.one()))
    };
    // A topic that nobody declares is written as an id all the same.
    let as_id = || {
        let slug = slug(id).filter(|_| kind == Kind::Topic)?;
        Some(format!("write it as an id: `{slug}`"))
    };
    // A page or a chapter does not stand within the brackets.
    let in_work = || {
        let (work, place) = id.split_at(id.find([',', ' ', ':'])?);
        let place = place.trim_start_matches([',', ' ', ':']);
        base.find(Kind::Citation, work).filter(|_| kind == Kind::Citation)?;
        if place.starts_with('@') {
            let works: Vec<&str> = id.split([',', ' ']).filter(|work| !work.is_empty()).collect();
            return Some(format!("several works are parted by `;`: `[@{}]`", works.join("; ")));
        }
        Some(format!("a place in it stands behind: `[@{work}] ({place})`"))
    };
    let help = in_work().or_else(|| base.similar_id(kind, id)).or_else(elsewhere).or_else(as_id);
    let message = format!("no {} is called `{id}`", kind.word());
    Some(Diagnostic::error("unknown-reference", place(), message).maybe_help(help))
}

/// A reference of a record to itself, where another one is meant.
pub(super) fn to_itself(kind: Kind, id: &Id, place: Place) -> Diagnostic {
    let message = format!("the {} `{id}` names itself", kind.word());
    Diagnostic::warn("self-reference", place, message)
        .help("take it out, or name the other one that is meant")
}

/// A link that leads nowhere, unless it leads to what could not be read, or is a draft.
pub(super) fn broken(unresolved: Unresolved, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
    let Unresolved::Unknown { message, help } = unresolved else { return None };
    Some(Diagnostic::error("broken-link", place(), message).maybe_help(help))
}

/// A picture that is none of the project, or none at all, by where its address leads.
pub(crate) fn no_picture(
    result: Result<Destination, Unresolved>,
    target: &str,
    place: impl FnOnce() -> Place,
) -> Option<Diagnostic> {
    match result {
        Ok(Destination::Media(path)) if is_shown(path.extension()) => None,
        Ok(Destination::Media(_)) => {
            Some(Diagnostic::error("broken-link", place(), not_shown(target)).help(SAVE_AS_SHOWN))
        }
        Ok(Destination::Elsewhere(_)) => Some(
            Diagnostic::error("picture-elsewhere", place(), "the picture lies on another site")
                .help("put a copy that you may publish into `content/media/`"),
        ),
        Ok(_) => {
            let message = format!("`{target}` is a page, not a picture");
            Some(Diagnostic::error("broken-link", place(), message))
        }
        Err(unresolved) => broken(unresolved, place),
    }
}

/// An address that is not published.
pub(super) fn unsafe_address(address: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
    if is_safe_address(address) && !lacks_scheme(address) {
        return None;
    }
    let message = format!("`{address}` is not an address for a link");
    let help = match lacks_scheme(address) {
        true => "begin it with `https://`",
        false => "link with https, http, mailto or tel",
    };
    Some(Diagnostic::error("broken-link", place(), message).help(help))
}
