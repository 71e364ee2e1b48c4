//! What components drew before the page.

use std::sync::Arc;

use serde::Serialize;

/// Something that stands on many pages and was drawn once for all of them: safe HTML.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Drawn(Arc<str>);

impl Drawn {
    /// What was drawn.
    pub fn new(html: &str) -> Self {
        Self(html.into())
    }
}
