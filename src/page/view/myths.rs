//! Myths, and how much of each holds.

use serde::Serialize;

use super::parts::{Crumb, Meta, SourceItem};
use crate::model::myth::Verdict;

/// Myths, and how much of each holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MythsView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The myths.
    pub myths: Vec<MythEntry>,
    /// The works they rest on.
    pub sources: Vec<SourceItem>,
}

/// A common belief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MythEntry {
    /// Its anchor.
    pub id: String,
    /// What people say.
    pub claim: String,
    /// How much of it holds.
    pub verdict: Verdict,
    /// Why: safe HTML.
    pub explanation: String,
}
