//! What records of every kind have in common.

use super::declare::{choice, record};
use super::person::Person;
use super::scalars::{Date, Id, Ref, Text};

/// The fields that every kind of record takes.
#[derive(Debug, Clone, Copy)]
pub struct Common<'a> {
    /// Other names.
    pub aliases: &'a [Text],
    /// Former ids.
    pub was: &'a [Id],
    /// Whether it is left out of the published site.
    pub is_draft: bool,
    /// The day it was first published.
    pub published: Option<Date>,
    /// The day of the last edit that readers should know of.
    pub updated: Option<Date>,
    /// Its last review.
    pub reviewed: Option<&'a Review>,
    /// The works it rests on.
    pub sources: &'a [Ref<super::citation::Citation>],
}

record! {
    /// A check of a whole record by a person.
    Review {
        must {
            /// Who checked it.
            by: Ref<Person>,
            /// The day of the check.
            on: Date,
        }
        may {
            /// The day by which to check again.
            next: Option<Date>,
            /// How far the check went; without it, an editorial one.
            scope: Option<ReviewScope>,
        }
    }
}

choice! {
    /// How far a review went.
    ReviewScope {
        /// Wording, sources and links were checked.
        Editorial = "editorial",
        /// A clinician checked what it says.
        Clinical = "clinical",
    }
}

choice! {
    /// How soon somebody should be seen.
    CareLevel {
        /// Care for yourself at home.
        SelfCare = "self",
        /// See a doctor in the next days.
        Doctor = "doctor",
        /// Get help today.
        Urgent = "urgent",
        /// Call for help now.
        Emergency = "emergency",
    }
}
