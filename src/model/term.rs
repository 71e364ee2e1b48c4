//! Terms of the glossary.

use super::declare::kind;
use super::scalars::{Ref, Text};
use crate::syntax::markdown::Markdown;

kind! {
    /// A word of the field, with what it means.
    Term {
        must {
            /// The word.
            name: Text,
            /// What it means, in markdown.
            definition: Markdown,
        }
        may {
            /// Words that belong to it.
            see_also: Vec<Ref<Term>>,
        }
    }
}
