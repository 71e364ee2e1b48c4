//! What is wrong with a piece of markdown by itself: directives left open, labels without a target.

use std::cell::LazyCell;

use super::cures;
use super::writing::Writing;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Level::{self, Error, Warn};
use crate::graph::{anchors_beside_text, may_stand_beside_text, sections_of};
use crate::model::directives::directive;
use crate::source::Span;
use crate::syntax::markdown::{Directive, Oddity};

/// Everything wrong with the markdown itself.
pub(super) fn check(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    for oddity in &writing.outline.oddities {
        if is_unknown(writing, oddity) {
            continue;
        }
        let Some((level, code, span, message, help)) = said(writing, oddity) else { continue };
        found.push(Diagnostic::new(code, level, writing.place(span), message).help(help));
    }
    if writing.is_body() {
        found.extend(own_of_page(writing));
        let beside = LazyCell::new(|| anchors_beside_text(writing.entry));
        let is_beside =
            |id: &String| may_stand_beside_text(writing.entry.kind, id) && beside.contains(id);
        for heading in writing.outline.headings.iter().filter(|one| is_beside(&one.id)) {
            let message = format!(
                "the heading and something else on its page have the anchor `{}`",
                heading.id
            );
            let finding =
                Diagnostic::new("duplicate-anchor", Warn, writing.place(heading.span), message);
            found.push(finding.help(ANOTHER));
        }
    }
}

/// Whether it is of a directive that there is not, which is said already.
fn is_unknown(writing: &Writing<'_>, oddity: &Oddity) -> bool {
    let (Oddity::UnclosedDirective(span) | Oddity::BracedName(_, span)) = oddity else {
        return false;
    };
    let mut directives = writing.outline.directives.iter();
    let is_its = |one: &Directive| span.range().contains(&one.span.range().start);
    directives.any(|one| is_its(one) && directive(&one.name).is_none())
}

/// The name of the directive whose arguments begin at a byte.
fn directive_before<'a>(writing: &'a Writing<'_>, start: u32) -> &'a str {
    let before = writing.outline.directives.iter().rfind(|one| one.span.end <= start);
    before.map_or("", |one| &one.name)
}

/// Headings with an anchor that the page has by itself: of its own parts, and of the works that it cites.
fn own_of_page(writing: &Writing<'_>) -> impl Iterator<Item = Diagnostic> {
    let sections = sections_of(writing.entry.kind);
    let is_own = move |id: &str| {
        let section = id.strip_prefix("section--");
        let work = id.strip_prefix("source-");
        id.starts_with("page--")
            || section.is_some_and(|section| sections.contains(&section))
            || work.is_some_and(|work| cites(writing, work))
            || id.strip_prefix("cite-").is_some_and(is_use)
    };
    let headings = writing.outline.headings.iter().filter(move |heading| is_own(&heading.id));
    headings.map(|heading| {
        let message = format!("the anchor `{}` is the page's own", heading.id);
        let place = writing.place(heading.span);
        Diagnostic::new("duplicate-anchor", Warn, place, message).help(ANOTHER)
    })
}

/// Whether the page of a text lists a work among its sources.
fn cites(writing: &Writing<'_>, work: &str) -> bool {
    let in_text = writing.outline.citations.iter().flat_map(|citation| &citation.ids);
    let in_field = writing.entry.data.common().sources.iter().map(|source| &*source.id);
    in_text.map(String::as_str).chain(in_field).any(|id| id == work)
}

/// Whether it is such as `1-2`: a number of a work, and which of its uses.
fn is_use(numbers: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.split_once('-').is_some_and(|(work, nth)| is_number(work) && is_number(nth))
}

const ANOTHER: &str = "give one of them another: `## Heading {#another}`";

type Said = (Level, &'static str, Span, String, String);

/// The level, code, place, message and cure of an oddity; a rule tells of marks that nothing reads.
fn said(writing: &Writing<'_>, oddity: &Oddity) -> Option<Said> {
    let fixed = |level, code, span: &Span, message: &str, help: &str| {
        (level, code, *span, message.to_owned(), help.to_owned())
    };
    Some(match oddity {
        Oddity::Unread(_) => return None,
        Oddity::UnclosedDirective(span) => {
            let help = "close it with a line of `:::`, in the same item or quote; write it with two \
                        colons if it has no body";
            fixed(Error, "unclosed-directive", span, "the directive is never closed", help)
        }
        Oddity::StrayClose(span) => {
            let help = "remove it, or open a directive above: `:::note`";
            fixed(Error, "stray-close", span, "`:::` closes nothing", help)
        }
        Oddity::MisplacedDirective(span) => {
            let help = "put an empty line before and after it";
            let message = "the directive stands where readers see it as text";
            fixed(Error, "misplaced-directive", span, message, help)
        }
        Oddity::MalformedArguments(written, span) => {
            let help = cures::arguments(written, directive_before(writing, span.start));
            let message = "the arguments cannot be read".to_owned();
            (Error, "malformed-arguments", *span, message, help)
        }
        Oddity::BracedName(written, span) => {
            let message = "the name of the directive stands in braces".to_owned();
            (Error, "malformed-arguments", *span, message, cures::braced(written))
        }
        Oddity::StepsWithoutList(span) => {
            let help = "write each step on a line of its own that begins with `1. `";
            fixed(Warn, "wrong-directive-form", span, "`steps` holds no list", help)
        }
        Oddity::EmptyTarget(span) => {
            let help = "write the address between the parentheses";
            fixed(Warn, "empty-target", span, "the link or picture leads nowhere", help)
        }
        Oddity::EmptyLink(span) => {
            let help = "write the id first, as in `[[soleus|text]]`; brackets that readers shall see are \
                        `\\[[`";
            let message = "the link in double brackets names no record";
            fixed(Warn, "empty-target", span, message, help)
        }
        Oddity::UnclosedLink(span) => {
            let help = "close it with `]]`; in a table, write the bar as `\\|`; brackets that readers \
                        shall see are `\\[[`";
            fixed(Warn, "unclosed-link", span, "`[[` is never closed", help)
        }
        Oddity::UndefinedLabel(label, span) => {
            let help = format!("add a line `[{label}]: address`, or write `[text](address)`");
            (Error, "undefined-label", *span, format!("no link has the label `{label}`"), help)
        }
        Oddity::UndefinedFootnote(label, span) => {
            let help = format!("add a line `[^{label}]: text`");
            (Error, "undefined-footnote", *span, format!("no footnote is called `{label}`"), help)
        }
        Oddity::UnusedFootnote(label, span) => {
            let message = format!("nothing refers to the footnote `{label}`");
            let help = format!("refer to it with `[^{label}]`, or remove it");
            (Warn, "unused-footnote", *span, message, help)
        }
        Oddity::RepeatedFootnote(label, span) => {
            let message = format!("the footnote `{label}` is written twice");
            let help = "readers see the first one: give this one another label, or join them";
            (Warn, "duplicate-footnote", *span, message, help.to_owned())
        }
        Oddity::DuplicateAnchor(anchor, span) => {
            let message = format!("two headings have the anchor `{anchor}`");
            (Warn, "duplicate-anchor", *span, message, ANOTHER.to_owned())
        }
    })
}
