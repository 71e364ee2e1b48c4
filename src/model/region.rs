//! Regions: the places where pain is felt.

use super::area::Area;
use super::declare::{choice, kind};
use super::red_flags::RedFlagSet;
use super::scalars::{Ref, Text};

kind! {
    /// A place of the body where pain is felt.
    Region {
        must {
            /// The everyday name, such as "Back of the head".
            name: Text,
            /// The area it belongs to.
            area: Ref<Area>,
            /// The side from which it is seen.
            view: View,
        }
        may {
            /// The anatomical term.
            term: Option<Text>,
            /// One sentence that answers "what may hurt here?".
            summary: Option<Text>,
            /// Whether there is one on each side of the body.
            paired: bool,
            /// The enlarged drawing that shows it too.
            inset: Option<Inset>,
            /// What people say for it, such as "love handles".
            synonyms: Vec<Text>,
            /// The signs that ask for help, for pain felt here.
            red_flags: Vec<Ref<RedFlagSet>>,
        }
    }
}

choice! {
    /// The side from which a region is seen.
    View {
        /// From the front.
        Front = "front",
        /// From behind.
        Back = "back",
        /// From both sides.
        Both = "both",
    }
}

choice! {
    /// An enlarged drawing beside the body map.
    Inset {
        /// The head from the side.
        Head = "head",
        /// The palm of the hand.
        HandPalm = "hand-palm",
        /// The back of the hand.
        HandBack = "hand-back",
        /// The top of the foot.
        FootTop = "foot-top",
        /// The sole of the foot.
        FootSole = "foot-sole",
    }
}
