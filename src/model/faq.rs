//! Questions and their answers.

use super::declare::kind;
use super::muscle::Muscle;
use super::region::Region;
use super::scalars::{Ref, Target, Text};
use super::service::Service;
use super::symptom::Symptom;
use super::technique::Technique;
use super::topic::Topic;
use crate::syntax::markdown::Markdown;

kind! {
    /// A question that readers ask, with its answer.
    Faq {
        must {
            /// The question, as a full sentence in the reader's voice.
            question: Text,
            /// The answer, in markdown.
            answer: Markdown,
        }
        may {
            /// Its topics.
            topics: Vec<Ref<Topic>>,
            /// Where to read more: a record, or an article and a section of it.
            see: Option<Target>,
            /// The muscles it is about.
            muscles: Vec<Ref<Muscle>>,
            /// The regions it is about.
            regions: Vec<Ref<Region>>,
            /// The symptoms it is about.
            symptoms: Vec<Ref<Symptom>>,
            /// The services that fit it.
            services: Vec<Ref<Service>>,
            /// The techniques it is about.
            techniques: Vec<Ref<Technique>>,
        }
    }
}
