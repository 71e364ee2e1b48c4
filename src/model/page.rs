//! Standing pages: about, your first session, aftercare, privacy.

use super::declare::kind;
use super::scalars::Text;

kind! {
    /// A standing page at the root of the site, in markdown with front matter.
    Page {
        must {
            /// The title.
            title: Text,
        }
        may {
            /// One sentence, for lists and search engines.
            summary: Option<Text>,
            /// Its place in the menu at the foot of each page, small numbers first; without it, none.
            menu: Option<u32>,
        }
    }
}
