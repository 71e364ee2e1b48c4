//! One page of the list of articles.

use serde::Serialize;

use super::drawn::Drawn;
use super::on_many_pages::Shared;
use super::parts::{Crumb, Link, Meta, Pager};

/// One page of the list of articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ArticlesView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The topics, for readers who look for one.
    pub topics: Shared<Vec<Link>>,
    /// The articles of this page, newest first.
    pub articles: Vec<Drawn>,
    /// The way to the other pages, if there are any.
    pub pager: Option<Pager>,
}
