//! All questions.

use serde::Serialize;

use super::parts::{Crumb, MaybeLink, Meta, Question, SourceItem};

/// All questions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FaqView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The questions by topic; each stands once, at its first topic.
    pub groups: Vec<QuestionGroup>,
    /// The works that the answers cite, in that order, and the others they rest on.
    pub sources: Vec<SourceItem>,
}

/// The questions of one topic.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuestionGroup {
    /// The anchor of the heading.
    pub id: String,
    /// The topic.
    pub topic: MaybeLink,
    /// Its questions.
    pub questions: Vec<Question>,
}
