//! Groups of muscles, such as the rotator cuff.

use super::declare::kind;
use super::scalars::Text;

kind! {
    /// A group of muscles that are spoken of together.
    Group {
        must {
            /// The everyday name.
            name: Text,
        }
        may {
            /// Its place among the groups, small numbers first.
            order: Option<u32>,
            /// One sentence.
            summary: Option<Text>,
        }
    }
}
