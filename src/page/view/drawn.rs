//! What components drew before the page.

use serde::Serialize;
use tera::Value;

/// Something that stands on many pages and was drawn once for all of them: safe HTML.
// As the engine keeps it, so that no page copies it and no template has to say that it is safe.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Drawn(Value);

impl Drawn {
    /// What was drawn.
    pub fn new(html: &str) -> Self {
        Self(Value::safe_string(html))
    }
}
