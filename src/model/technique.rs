//! Techniques: what can be done for a trigger point, and by whom.

use super::declare::{choice, kind, record};
use super::scalars::Text;

kind! {
    /// A way to treat trigger points, by readers themselves or by a professional.
    Technique {
        must {
            /// The everyday name.
            name: Text,
            /// Who performs it.
            performer: Performer,
            /// Where it belongs.
            setting: Setting,
            /// One plain sentence.
            summary: Text,
            /// When to stop.
            stop_if: Text,
        }
        may {
            /// What is needed.
            tools: Vec<Text>,
            /// What to do, in order.
            steps: Vec<Step>,
            /// How long to hold, in seconds.
            hold: Option<Hold>,
            /// How long the whole of it takes, in seconds, where nothing is held: breathing, breaks, warmth.
            lasts: Option<Hold>,
            /// How often a day at the most.
            per_day: Option<u32>,
            /// Whether it presses on the muscle; without it, it does. `false` for warmth and stretching.
            pressure: Option<bool>,
            /// What it should feel like.
            feel: Option<Text>,
            /// What comes after it.
            then: Option<Text>,
            /// When not to do it, or only with care.
            cautions: Vec<Text>,
            /// What may go wrong.
            risks: Vec<Text>,
            /// What happens if nothing is done.
            if_nothing: Option<Text>,
            /// How it compares with another way.
            compared_with: Option<Text>,
            /// How good the evidence is, in words.
            evidence: Option<Text>,
        }
    }
}

impl Technique {
    /// Whether readers press a muscle themselves with it: taken for granted unless it says otherwise.
    pub fn is_pressure_by_oneself(&self) -> bool {
        self.performer == Performer::Oneself && self.pressure != Some(false)
    }
}

record! {
    /// One step of a technique.
    Step {
        must {
            /// What to do.
            text: Text,
        }
        may {
            /// For how many seconds.
            seconds: Option<u32>,
            /// How many times.
            repetitions: Option<u32>,
        }
    }
}

record! {
    /// A range of seconds.
    Hold {
        must {
            /// At least so many seconds.
            min: u32,
            /// At most so many seconds.
            max: u32,
        }
        may {}
    }
}

choice! {
    /// Who performs a technique.
    Performer {
        /// Readers themselves.
        Oneself = "self",
        /// A massage therapist.
        MassageTherapist = "massage-therapist",
        /// A physical therapist.
        PhysicalTherapist = "physical-therapist",
        /// A physician.
        Physician = "physician",
        /// A chiropractor.
        Chiropractor = "chiropractor",
        /// An acupuncturist.
        Acupuncturist = "acupuncturist",
    }
}

choice! {
    /// Where a technique belongs.
    Setting {
        /// On a therapist's table.
        HandsOn = "hands-on",
        /// At home.
        AtHome = "at-home",
        /// In a clinic.
        Clinical = "clinical",
    }
}
