//! Topics that gather articles and questions.

use super::declare::kind;
use super::scalars::Text;

kind! {
    /// A topic of articles and questions. One that is used need not be declared.
    Topic {
        must {
            /// The name as readers see it.
            name: Text,
        }
        may {
            /// One sentence.
            summary: Option<Text>,
        }
    }
}
