//! A person.

use serde::Serialize;

use super::drawn::Drawn;
use super::parts::{Crumb, Link, Meta, PersonCard, SourceItem};

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PersonView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// Name, role, credentials, words about them, portrait.
    pub person: PersonCard,
    /// The licence to practise, with who issued it, as one text.
    pub licence: Option<String>,
    /// Pages of theirs elsewhere.
    pub links: Vec<Link>,
    /// The services they perform.
    pub services: Vec<Drawn>,
    /// The articles they wrote, newest first.
    pub articles: Vec<Drawn>,
    /// The pages they checked.
    pub reviewed: Vec<Drawn>,
    /// The works that are cited.
    pub sources: Vec<SourceItem>,
}
