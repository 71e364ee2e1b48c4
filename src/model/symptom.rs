//! Symptoms: what people come with.

use super::declare::kind;
use super::muscle::Muscle;
use super::red_flags::RedFlagSet;
use super::region::Region;
use super::scalars::{Many, Ref, Text};
use super::technique::Technique;

kind! {
    /// Something people feel and look for, such as a stiff neck.
    Symptom {
        must {
            /// The everyday name.
            name: Text,
            /// One plain sentence.
            summary: Text,
            /// Where it is felt.
            regions: Many<Ref<Region>>,
        }
        may {
            /// Muscles that may be involved, beyond those that refer to the regions.
            muscles: Vec<Ref<Muscle>>,
            /// What can be done for it. Services are offered that use one of these.
            techniques: Vec<Ref<Technique>>,
            /// The signs that ask for help, beyond those of the regions.
            red_flags: Vec<Ref<RedFlagSet>>,
            /// What else can feel like it.
            can_feel_like: Vec<Text>,
        }
    }
}
