//! Red flags: signs that ask for help.

use super::declare::{choice, kind, record};
use super::scalars::{Many, Text};

kind! {
    /// The signs for which somebody with a pain should get help.
    RedFlagSet {
        must {
            /// What the signs go with, such as "Headache".
            title: Text,
            /// The signs.
            flags: Many<RedFlag>,
        }
        may {}
    }
}

record! {
    /// One sign.
    RedFlag {
        must {
            /// How soon to get help.
            level: FlagLevel,
            /// The sign, as the end of "get help if you have …".
            text: Text,
        }
        may {
            /// What people say for it, such as "can't lift my foot": the search leads here.
            synonyms: Vec<Text>,
        }
    }
}

choice! {
    /// How soon to get help, the soonest first.
    FlagLevel {
        /// Call for help now.
        Emergency = "emergency",
        /// Get help today.
        Urgent = "urgent",
        /// See a doctor in the next days.
        Doctor = "doctor",
    }
}

impl FlagLevel {
    /// The levels at which readers should do nothing else first.
    pub const FIRST: [Self; 2] = [Self::Emergency, Self::Urgent];
}
