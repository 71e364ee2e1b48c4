//! Addresses that stand as they are written, on pages and in redirects, and lead nowhere: those of the
//! menu, of where to book, of people and works, and where `[[redirect]]` leads.

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::graph::{KnowledgeBase, RecordId, Unresolved};
use crate::model::citation::Citation;
use crate::model::person::Person;
use crate::model::service::Service;
use crate::source::SourcePath;
use crate::syntax::address::{is_elsewhere, lacks_scheme};

/// Everything wrong with where these addresses lead.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let (settings, file) = (base.settings(), SourcePath::new("site.toml"));
    found.extend(settings.studio.email.as_ref().and_then(|email| no_mail(email, &file)));
    let mut check = |code: &'static str, address: &str, place: &dyn Fn() -> Place| {
        let nowhere = nowhere(base, address);
        found.extend(
            nowhere
                .map(|(message, help)| Diagnostic::error(code, place(), message).maybe_help(help)),
        );
    };
    for (index, redirect) in settings.redirect.iter().enumerate() {
        let place = || Place::value(&file, FieldPath::key("redirect").at(index).then("to"));
        let to = match is_elsewhere(&redirect.to) || lacks_scheme(&redirect.to) {
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
    for (index, address) in settings.studio.social.iter().enumerate() {
        let place = || Place::value(&file, FieldPath::key("studio").then("social").at(index));
        check("broken-link", address, &place);
    }
    let mut of_record = |record: RecordId, field: FieldPath, address: &str| {
        check("broken-link", address, &|| base.entry(record).value(field.clone()));
    };
    for (record, service) in base.all::<Service>() {
        if let Some(address) = &service.booking_url {
            of_record(record, FieldPath::key("booking_url"), address);
        }
    }
    let mut no_doi = Vec::new();
    for (record, work) in base.all::<Citation>() {
        if let Some(doi) = work.bare_doi().filter(|doi| !is_doi(doi)) {
            let place = base.entry(record).value(FieldPath::key("doi"));
            let message = format!("`{doi}` is no DOI");
            let finding = Diagnostic::error("broken-link", place, message);
            no_doi.push(finding.help("write what stands behind `doi.org/`, such as `10.1000/182`"));
        }
        if let Some(address) = &work.url {
            of_record(record, FieldPath::key("url"), address);
        }
    }
    for (record, person) in base.all::<Person>() {
        for (index, address) in person.links.iter().enumerate() {
            of_record(record, FieldPath::key("links").at(index), address);
        }
    }
    found.extend(no_doi);
}

/// What is wrong with an address, and the cure.
fn nowhere(base: &KnowledgeBase, address: &str) -> Option<(String, Option<String>)> {
    // No address of the site is meant, which is told where it was read.
    if lacks_scheme(address) {
        return None;
    }
    match base.standing_address(address).err()? {
        Unresolved::Unread => None,
        Unresolved::Unknown { message, help } => {
            let has_slash = address.starts_with('/');
            let cure = || "begin a path of the site with a slash: `/about/`".to_owned();
            Some((message, help.or_else(|| (!has_slash).then(cure))))
        }
        // Unlike the words of a link in a text, this leads there all the same.
        Unresolved::Draft { kind, id } => {
            let help = "publish it, or lead elsewhere until then; `--drafts` shows it";
            Some((format!("the {} `{id}` is a draft", kind.word()), Some(help.to_owned())))
        }
    }
}

/// A mail address of the studio that can be none.
fn no_mail(email: &str, file: &SourcePath) -> Option<Diagnostic> {
    let place = Place::value(file, FieldPath::key("studio").then("email"));
    let finding = || {
        let message = format!("`{email}` is no address for mail");
        Diagnostic::error("broken-link", place, message).help("write it as `hello@example.com`")
    };
    (!is_mail(email)).then(finding)
}

/// Whether a text has the form of an address for mail.
fn is_mail(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains([' ', '@', ',', ';', '<', '>']);
    let is_host = |host: &str| host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host) && is_host(host))
}

/// Whether a text has the form of a DOI: the number of who gave it, which begins with `10.`, and a name.
fn is_doi(text: &str) -> bool {
    let parts = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(number, name)| {
        !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && !name.is_empty()
            && !name.contains(char::is_whitespace)
    })
}
