//! A mistake as data, and the forms in which it is shown.
//! Knows what a file and a place are, and nothing of muscles.

mod explanation;
mod place;
pub mod print;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use explanation::Explanation;
pub use place::{At, FieldPath, Piece, Place, Segment};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the site is built.
    Warn,
    /// Reported; nothing is written.
    Error,
}

/// One mistake: what is wrong, where, and how to mend it.
///
/// Messages are lower case, without a full stop, with names in `backticks`; each makes sense
/// alone on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's name in kebab-case, such as `unknown-reference`. Never renamed.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// What stands at that place, shown under the snippet; may be empty.
    pub label: String,
    /// Other places that matter, each with what stands there.
    pub related: Vec<(Place, String)>,
    /// Context.
    pub notes: Vec<String>,
    /// The cure, as a fact or an imperative.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(code, Level::Error, place, message)
    }

    /// A warning at a place.
    pub fn warn(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(code, Level::Warn, place, message)
    }

    /// A finding of any level.
    pub fn new(code: &'static str, level: Level, place: Place, message: impl Into<String>) -> Self {
        Self {
            code: Cow::Borrowed(code),
            level,
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Says what stands at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Adds context.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a cure if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help.extend(help);
        self
    }
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}
