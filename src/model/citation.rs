//! Citations: the works that pages rest on, each written once.

use super::declare::{choice, kind};
use super::scalars::{Address, Date, Text};
use crate::syntax::address::encoded_name;

kind! {
    /// A work that pages rest on.
    Citation {
        must {
            /// The title.
            title: Text,
        }
        may {
            /// The year it appeared. A work without one says when it was read: `accessed`.
            year: Option<u32>,
            /// The day it was read, for works that change or name no year.
            accessed: Option<Date>,
            /// Who wrote it.
            authors: Vec<Text>,
            /// Whether `authors` leaves out some who wrote it, too.
            and_others: bool,
            /// The journal it appeared in, or who published it.
            publisher: Option<Text>,
            /// What sort of work it is.
            kind: Option<CitationKind>,
            /// Its digital object identifier, such as `10.1000/182`.
            doi: Option<Text>,
            /// Where it can be read.
            url: Option<Address>,
            /// What it shows, in a sentence.
            takeaway: Option<Text>,
        }
        one_of {
            year: "the year it appeared",
            accessed: "the day it was read, such as `2026-11-23`",
        }
    }
}

/// What may stand before a DOI.
const DOI_STARTS: [&str; 5] =
    ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];

impl Citation {
    /// The address that its DOI leads to. Those of some publishers have angle brackets in them.
    pub fn doi_address(&self) -> Option<String> {
        self.bare_doi().map(|doi| format!("https://doi.org/{}", encoded_name(doi)))
    }

    /// Its DOI alone: many write it as an address.
    pub fn bare_doi(&self) -> Option<&str> {
        let doi: &str = self.doi.as_ref()?;
        let is_start = |start: &&&str| {
            doi.get(..start.len()).is_some_and(|written| written.eq_ignore_ascii_case(start))
        };
        let start = DOI_STARTS.iter().find(is_start);
        Some(start.map_or(doi, |start| doi[start.len()..].trim_start()))
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
        /// Answers of many people.
        Survey = "survey",
        /// What happened to one person, or a few.
        CaseReport = "case-report",
        /// A page of the web.
        WebPage = "web-page",
    }
}
