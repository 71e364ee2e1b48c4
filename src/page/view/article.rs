//! An article.

use serde::Serialize;

use super::drawn::Drawn;
use super::on_many_pages::Shared;
use super::parts::{
    Crumb, Link, MaybeLink, Meta, Picture, Question, ReviewLine, SourceItem, TakeawayView, TocEntry,
};

/// An article.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ArticleView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The list of all articles.
    pub back_href: String,
    /// The title.
    pub title: String,
    /// What the reader will learn.
    pub summary: String,
    /// Who wrote it.
    pub author: Shared<MaybeLink>,
    /// The day of publication, as an ISO date.
    pub published: Option<String>,
    /// The day of the last edit, as an ISO date, if it is another one.
    pub updated: Option<String>,
    /// How many words it has, for the reading time.
    pub words: u32,
    /// Its topics.
    pub topics: Vec<Shared<Link>>,
    /// The picture at the top.
    pub hero: Option<Picture>,
    /// What to take away.
    pub takeaways: Vec<TakeawayView>,
    /// The contents.
    pub toc: Vec<TocEntry>,
    /// The body: safe HTML.
    pub content: String,
    /// Its questions.
    pub questions: Vec<Question>,
    /// The services that fit it.
    pub services: Vec<Drawn>,
    /// What to read next.
    pub related: Vec<Drawn>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// The author, at the end.
    pub author_box: Option<Drawn>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}
