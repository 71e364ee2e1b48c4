//! Names that `auto_link` of an article leaves alone, and that nobody has.

use crate::diagnostic::{Diagnostic, FieldPath};
use crate::graph::{KnowledgeBase, Unresolved};
use crate::model::article::{Article, AutoLink};

/// Each name in the list of an article that no record has.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, article) in base.all::<Article>() {
        let AutoLink::Except(names) = &article.auto_link else { continue };
        for (index, name) in names.iter().enumerate() {
            // A draft is left alone as well, once it is none.
            if let Err(Unresolved::Unknown { message, help }) = base.record_target(name) {
                let place = base.entry(record).value(FieldPath::key("auto_link").at(index));
                found.push(Diagnostic::warn("unknown-name", place, message).maybe_help(help));
            }
        }
    }
}
