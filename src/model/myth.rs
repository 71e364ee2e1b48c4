//! Myths: what people say, and how much of it holds.

use super::declare::{choice, kind};
use super::scalars::Text;
use crate::syntax::markdown::Markdown;

kind! {
    /// A common belief and what is known of it.
    Myth {
        must {
            /// What people say.
            claim: Text,
            /// How much of it holds.
            verdict: Verdict,
            /// Why, in markdown.
            explanation: Markdown,
        }
        may {}
    }
}

choice! {
    /// How much of a belief holds.
    Verdict {
        /// It does not hold.
        False = "false",
        /// Some of it holds.
        Partly = "partly",
        /// Nobody knows yet.
        Unclear = "unclear",
    }
}
