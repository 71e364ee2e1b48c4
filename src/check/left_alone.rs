//! Names that `auto_link` of an article leaves alone, and that never become links.

use crate::diagnostic::{Diagnostic, FieldPath};
use crate::graph::{KnowledgeBase, Unresolved};
use crate::model::article::{Article, AutoLink};

/// Each name in the list of an article that is not the name of a record that becomes a link.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, article) in base.all::<Article>() {
        let AutoLink::Except(names) = &article.auto_link else { continue };
        for (index, name) in names.iter().enumerate() {
            if base.left_alone(name).is_some() {
                continue;
            }
            let (message, help) = match base.record_target(name) {
                Err(Unresolved::Unknown { message, help }) => (message, help),
                // It is left alone as well, once it is none, or can be read.
                Err(Unresolved::Draft { .. } | Unresolved::Unread) => continue,
                Ok(_) => {
                    let help = "take it out, or name a muscle, symptom, technique, service or term";
                    (format!("`{name}` does not become a link by itself"), Some(help.to_owned()))
                }
            };
            let place = base.entry(record).value(FieldPath::key("auto_link").at(index));
            found.push(Diagnostic::warn("unknown-name", place, message).maybe_help(help));
        }
    }
}
