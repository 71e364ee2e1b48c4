//! What components drew before the page.

use std::sync::Arc;

use serde::{Serialize, Serializer};

/// Something that stands on many pages and was drawn once for all of them: safe HTML.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn(Option<Arc<str>>);

impl Drawn {
    /// What was drawn.
    pub fn new(html: &str) -> Self {
        Self(Some(html.into()))
    }

    /// What could not be drawn. No template can be given it.
    pub fn failed() -> Self {
        Self(None)
    }
}

impl Serialize for Drawn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(html) => serializer.serialize_str(html),
            // A fingerprint can be taken of anything; a page cannot be drawn with a hole in it.
            None if serializer.is_human_readable() => {
                Err(serde::ser::Error::custom("a component could not draw it"))
            }
            None => serializer.serialize_none(),
        }
    }
}
