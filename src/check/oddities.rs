//! What is wrong with a piece of markdown by itself: directives left open, labels without a target.

use super::writing::Writing;
use crate::diagnostic::Diagnostic;
use crate::model::nearest;
use crate::syntax::markdown::Oddity;

/// Everything wrong with the markdown itself.
pub(super) fn check(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(writing.outline.oddities.iter().map(|oddity| diagnostic(writing, oddity)));
}

fn diagnostic(writing: &Writing<'_>, oddity: &Oddity) -> Diagnostic {
    match oddity {
        Oddity::UnclosedDirective(span) => {
            let place = writing.place(*span);
            Diagnostic::error("unclosed-directive", place, "the directive is never closed")
                .label("it opens here")
                .help("close it with a line of `:::`; write it with two colons if it has no body")
        }
        Oddity::StrayClose(span) => {
            let place = writing.place(*span);
            Diagnostic::error("stray-close", place, "`:::` closes nothing")
                .help("remove it, or open a directive above: `:::note`")
        }
        Oddity::MalformedArguments(span) => {
            let place = writing.place(*span);
            Diagnostic::error("malformed-arguments", place, "the arguments cannot be read")
                .help("write them as `{key=value key=\"two words\"}`, on one line")
        }
        Oddity::UndefinedLabel(label, span) => {
            let message = format!("no link is defined for the label `{label}`");
            Diagnostic::error("undefined-label", writing.place(*span), message)
                .help(format!("add a line `[{label}]: address`, or write `[text](address)`"))
        }
        Oddity::UndefinedFootnote(label, span) => {
            let message = format!("no footnote is called `{label}`");
            let unused = writing.outline.oddities.iter().filter_map(|oddity| match oddity {
                Oddity::UnusedFootnote(label, _) => Some(label.as_str()),
                _ => None,
            });
            let help = match nearest(label, unused) {
                Some(label) => format!("a footnote with a similar name exists: `{label}`"),
                None => format!("add a line `[^{label}]: text`"),
            };
            Diagnostic::error("undefined-footnote", writing.place(*span), message).help(help)
        }
        Oddity::UnusedFootnote(label, span) => {
            let message = format!("nothing refers to the footnote `{label}`");
            Diagnostic::warn("unused-footnote", writing.place(*span), message)
                .help(format!("refer to it with `[^{label}]`, or remove it"))
        }
        Oddity::EmptyTarget(span) => {
            let place = writing.place(*span);
            Diagnostic::warn("empty-target", place, "the link leads nowhere")
                .help("write the address between the parentheses")
        }
        Oddity::DuplicateAnchor(anchor, span) => {
            let message = format!("two headings have the anchor `{anchor}`");
            Diagnostic::warn("duplicate-anchor", writing.place(*span), message)
                .help("give one of them another: `## Heading {#another}`")
        }
    }
}
