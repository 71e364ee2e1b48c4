//! Citations: the works that pages rest on, each written once.

use super::declare::{choice, kind};
use super::scalars::{Address, Text};

kind! {
    /// A work that pages rest on.
    Citation {
        must {
            /// The title.
            title: Text,
            /// The year it appeared.
            year: u32,
        }
        may {
            /// Who wrote it.
            authors: Vec<Text>,
            /// What sort of work it is.
            kind: Option<CitationKind>,
            /// Its digital object identifier, such as `10.1000/182`.
            doi: Option<Text>,
            /// Where it can be read.
            url: Option<Address>,
            /// What it shows, in a sentence.
            takeaway: Option<Text>,
        }
    }
}

choice! {
    /// What sort of work a citation is.
    CitationKind {
        /// A trial with people.
        Trial = "trial",
        /// A review of other works.
        Review = "review",
        /// A book.
        Book = "book",
        /// Advice of an authority.
        Guideline = "guideline",
        /// The authors' view.
        Opinion = "opinion",
    }
}
