//! Redirects of the settings that lead to nothing.

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::graph::{KnowledgeBase, Promises};
use crate::model::nearest;
use crate::source::SourcePath;
use crate::syntax::escape::is_elsewhere;

/// Everything wrong with where `[[redirect]]` leads.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let redirects = &base.settings().redirect;
    if redirects.is_empty() {
        return;
    }
    let promises = Promises::new(base);
    let file = SourcePath::new("site.toml");
    for (index, redirect) in redirects.iter().enumerate() {
        let to: &str = &redirect.to;
        if is_elsewhere(to) {
            continue;
        }
        let to = format!("/{}", to.trim_start_matches('/'));
        let path = to.split(['#', '?']).next().unwrap_or_default();
        if promises.leads_to_page(path) {
            continue;
        }
        let field = FieldPath::key("redirect").at(index).then("to");
        let message = format!("`{to}` is no page to be led to");
        let diagnostic =
            Diagnostic::error("redirect-to-nowhere", Place::value(&file, field), message);
        found.push(match nearest(path, base.routes.paths()) {
            Some(near) => {
                diagnostic.help(format!("a page with a similar address exists: `{near}`"))
            }
            None => diagnostic.help("lead it to a page that is there, or to a web address"),
        });
    }
}
