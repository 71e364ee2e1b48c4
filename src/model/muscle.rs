//! Muscles, their trigger points, and where those can hurt.

use super::Pairs;
use super::area::Area;
use super::declare::{choice, kind, record};
use super::group::Group;
use super::numbers::Fraction;
use super::region::Region;
use super::scalars::{Id, Many, Ref, Text};
use super::service::Service;
use super::technique::Technique;

kind! {
    /// A muscle with its trigger points and the regions in which they can be felt.
    Muscle {
        must {
            /// The name, such as "Infraspinatus".
            name: Text,
            /// The group it belongs to.
            group: Ref<Group>,
            /// The area where it lies.
            area: Ref<Area>,
            /// One plain sentence of at most 25 words: the short answer.
            summary: Text,
            /// Where it is attached.
            attachments: Attachments,
            /// What it does.
            actions: Many<Text>,
            /// The nerve that drives it.
            nerve: Text,
            /// Its trigger points.
            trigger_points: Many<TriggerPoint>,
        }
        may {
            /// The Latin name.
            latin: Option<Text>,
            /// How to say the name, such as "in-fra-spy-NAY-tus".
            pronounced: Option<Text>,
            /// The roots of its nerve, such as `C5`.
            roots: Vec<Text>,
            /// The vessels that feed it.
            blood_supply: Vec<Text>,
            /// Whether it lies under the skin or deep.
            depth: Option<Depth>,
            /// Muscles that work against it; each should name this one too.
            antagonists: Vec<Ref<Muscle>>,
            /// Muscles that work with it.
            synergists: Vec<Ref<Muscle>>,
            /// What people say that its trigger points feel like.
            feels_like: Vec<Text>,
            /// What may set them off.
            set_off_by: Vec<Text>,
            /// A vessel, nerve or organ nearby that asks for care. Without `self_pressure`, a therapist only.
            pressure_caution: Option<Text>,
            /// Whether readers may press it themselves in spite of the caution.
            self_pressure: Option<SelfPressure>,
            /// What can be done for it.
            techniques: Vec<Ref<Technique>>,
            /// Why it has no technique.
            no_technique_because: Option<Text>,
            /// The services that treat it.
            services: Vec<Ref<Service>>,
            /// How good the evidence is, in words.
            evidence: Option<Text>,
            /// What of it was checked against a second source.
            checked: Option<Checked>,
            /// How often a studio meets it; breaks ties in rankings.
            commonness: Option<Commonness>,
            /// Its names in other systems, such as `uberon: "UBERON:0001477"`.
            xrefs: Pairs<Text>,
            /// The muscles that are meant, where several are spoken of as one.
            members: Vec<Text>,
            /// In whom it is found, where not in everybody.
            present_in: Option<Text>,
        }
    }
}

impl Muscle {
    /// Whether readers should not press it themselves: it says so, or it has a caution and does not
    /// say that they may.
    pub fn is_for_therapists_only(&self) -> bool {
        match self.self_pressure {
            Some(SelfPressure::TherapistOnly) => true,
            Some(SelfPressure::WithCare) => false,
            None => self.pressure_caution.is_some(),
        }
    }
}

record! {
    /// Which facts of a muscle were checked against a second source.
    Checked {
        must {
            /// Where its pain is felt.
            pattern: bool,
            /// Where it attaches, what it does, and its nerve.
            anatomy: bool,
        }
        may {}
    }
}

record! {
    /// The two ends of a muscle.
    Attachments {
        must {
            /// The end that moves less.
            origin: Text,
            /// The end that moves more.
            insertion: Text,
        }
        may {}
    }
}

record! {
    /// A spot in a muscle that can be tender and send pain elsewhere.
    TriggerPoint {
        must {
            /// Its id within the muscle, such as `tp1`; its anchor on the page.
            id: Id,
            /// Where in the muscle it lies.
            r#where: Text,
            /// Where its pain is felt.
            refers_to: Many<Referral>,
        }
        may {
            /// What it is called.
            label: Option<Text>,
            /// What else is worth knowing.
            notes: Option<Text>,
            /// What else may be felt, such as gooseflesh.
            other_sensations: Vec<Text>,
            /// Muscles whose trigger points tend to follow this one.
            satellites: Vec<Ref<Muscle>>,
            /// Its place on the body map.
            marker: Option<Marker>,
        }
    }
}

record! {
    /// A region in which a trigger point is felt.
    Referral {
        must {
            /// The region.
            region: Ref<Region>,
            /// On which side, seen from the trigger point.
            side: Side,
            /// Whether most people feel it there, or some.
            intensity: Intensity,
        }
        may {}
    }
}

record! {
    /// A place on a drawing of the body map.
    Marker {
        must {
            /// The drawing.
            view: Drawing,
            /// From the left edge, as a fraction of the width.
            x: Fraction,
            /// From the top edge, as a fraction of the height.
            y: Fraction,
        }
        may {}
    }
}

choice! {
    /// A drawing of the whole body.
    Drawing {
        /// The front.
        Front = "front",
        /// The back.
        Back = "back",
    }
}

choice! {
    /// The side on which pain is felt, seen from the trigger point.
    Side {
        /// On the side of the trigger point.
        Same = "same",
        /// On the other side.
        Opposite = "opposite",
        /// In the middle.
        Midline = "midline",
    }
}

choice! {
    /// How regularly pain is felt in a region.
    Intensity {
        /// The main zone.
        Primary = "primary",
        /// Felt there by some.
        Spillover = "spillover",
    }
}

choice! {
    /// How deep a muscle lies.
    Depth {
        /// Under the skin.
        Superficial = "superficial",
        /// Under other muscles.
        Deep = "deep",
    }
}

choice! {
    /// How often a studio meets it: our editorial guess.
    Commonness {
        /// Often.
        High = "high",
        /// Now and then.
        Medium = "medium",
        /// Seldom.
        Low = "low",
    }
}

choice! {
    /// Whether readers may press a muscle themselves.
    SelfPressure {
        /// With the care that the caution asks for.
        WithCare = "with-care",
        /// A therapist only.
        TherapistOnly = "therapist-only",
    }
}
