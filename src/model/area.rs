//! Areas of the body: the coarse answer to "where does it hurt?".

use super::declare::kind;
use super::scalars::Text;

kind! {
    /// An area of the body, such as the neck, that gathers regions and muscles.
    Area {
        must {
            /// The everyday name.
            name: Text,
        }
        may {
            /// Its place among the areas, small numbers first.
            order: Option<u32>,
            /// One sentence.
            summary: Option<Text>,
        }
    }
}
