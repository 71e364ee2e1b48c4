//! Addresses that stand as they are written, on pages and in redirects, and lead nowhere: those of the
//! menu, of where to book, and where `[[redirect]]` leads.

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::graph::{KnowledgeBase, Unresolved};
use crate::model::service::Service;
use crate::source::SourcePath;
use crate::syntax::escape::is_elsewhere;

/// Everything wrong with where these addresses lead.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let (settings, file) = (base.settings(), SourcePath::new("site.toml"));
    let mut check = |code: &'static str, address: &str, place: &dyn Fn() -> Place| {
        let nowhere = nowhere(base, address);
        found.extend(
            nowhere
                .map(|(message, help)| Diagnostic::error(code, place(), message).maybe_help(help)),
        );
    };
    for (index, redirect) in settings.redirect.iter().enumerate() {
        let place = || Place::value(&file, FieldPath::key("redirect").at(index).then("to"));
        let to = match is_elsewhere(&redirect.to) {
            true => redirect.to.to_string(),
            false => format!("/{}", redirect.to.trim_start_matches('/')),
        };
        check("redirect-to-nowhere", &to, &place);
    }
    for (index, entry) in settings.menu.iter().enumerate() {
        let place = || Place::value(&file, FieldPath::key("menu").at(index).then("url"));
        check("broken-link", &entry.url, &place);
    }
    if let Some(address) = &settings.studio.booking_url {
        let place = || Place::value(&file, FieldPath::key("studio").then("booking_url"));
        check("broken-link", address, &place);
    }
    for (record, service) in base.all::<Service>() {
        if let Some(address) = &service.booking_url {
            let place = || base.entry(record).value(FieldPath::key("booking_url"));
            check("broken-link", address, &place);
        }
    }
}

/// What is wrong with an address, and the cure.
fn nowhere(base: &KnowledgeBase, address: &str) -> Option<(String, Option<String>)> {
    match base.standing_address(address).err()? {
        Unresolved::Unread => None,
        Unresolved::Unknown { message, help } => Some((message, help)),
        // Unlike the words of a link in a text, this leads there all the same.
        Unresolved::Draft { kind, id } => {
            let help = "publish it, or lead elsewhere until then; `--drafts` shows it";
            Some((format!("the {} `{id}` is a draft", kind.word()), Some(help.to_owned())))
        }
    }
}
