//! A topic with its articles and questions.

use serde::Serialize;

use super::drawn::Drawn;
use super::on_many_pages::Shared;
use super::parts::{Crumb, Link, Meta, Question};

/// A topic with its articles and questions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TopicView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The name.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
    /// Its articles, newest first.
    pub articles: Vec<Drawn>,
    /// Its questions.
    pub questions: Vec<Question>,
    /// Myths about it; the meta line says how much of each holds.
    pub myths: Vec<Drawn>,
    /// The other topics.
    pub topics: Vec<Shared<Link>>,
}
