//! Myths: what people say, and how much of it holds.

use super::declare::{choice, kind};
use super::muscle::Muscle;
use super::region::Region;
use super::scalars::{Ref, Text};
use super::symptom::Symptom;
use super::technique::Technique;
use super::topic::Topic;
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
        may {
            /// Its topics.
            topics: Vec<Ref<Topic>>,
            /// The muscles it is about.
            muscles: Vec<Ref<Muscle>>,
            /// The regions it is about.
            regions: Vec<Ref<Region>>,
            /// The symptoms it is about.
            symptoms: Vec<Ref<Symptom>>,
            /// The techniques it is about.
            techniques: Vec<Ref<Technique>>,
        }
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
