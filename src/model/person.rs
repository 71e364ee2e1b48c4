//! People: who writes, reviews and treats.

use super::declare::{kind, record};
use super::picture::Picture;
use super::scalars::{Address, Text};
use crate::syntax::markdown::Markdown;

kind! {
    /// A person, or a group that signs as one.
    Person {
        must {
            /// The name.
            name: Text,
            /// What they do.
            role: Text,
        }
        may {
            /// A few sentences.
            bio: Option<Markdown>,
            /// Titles and qualifications.
            credentials: Vec<Text>,
            /// The licence to practise.
            licence: Option<Licence>,
            /// A portrait, below `content/`.
            photo: Option<Picture>,
            /// Pages of theirs elsewhere.
            links: Vec<Address>,
        }
    }
}

record! {
    /// A licence to practise.
    Licence {
        must {
            /// Its number.
            number: Text,
            /// Who issued it.
            authority: Text,
        }
        may {}
    }
}
