//! Offers where somebody needs help at once.

use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::{Destination, KnowledgeBase, emergencies};
use crate::model::Kind;
use crate::model::service::Service;
use crate::source::Span;
use crate::syntax::markdown::{Directive, LinkForm, What};

pub(crate) const RULE: Rule = Rule {
    code: "service-in-emergency",
    default: Level::Error,
    summary: "a service offered inside an emergency card, or right after it",
    explanation: "\
Somebody who reads an emergency card has to call for help, not to book. No service, and no link to a service
or to booking, may stand in `:::care{level=emergency}`, nor in the first paragraph after it. The same holds
after `::red-flags` with emergencies, and for the answer that `::faq` shows.

Wrong:

```md
:::care{level=emergency}
**Call 911 if** your chest feels tight.
:::

::service{id=first-visit}
```

Right: the service under a heading of its own, further down.
",
    find: Find::Writing(find),
};

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    let is_card = |directive: &Directive| writing.base.is_emergency_card(directive);
    if !writing.outline.directives.iter().any(is_card) || !offers_anything(writing) {
        return;
    }
    let prose = writing.prose();
    for emergency in emergencies(writing.outline, &prose, is_card) {
        for (place, holes) in [("inside", emergency.inside), ("right after", emergency.after)] {
            for offer in prose.holes[holes].iter().filter_map(|one| offer(writing, one.what)) {
                let message = format!("{} {place} an emergency card", offer.what);
                let help = "move it further down, under a heading of its own";
                let finding = RULE.finding(writing.place(offer.span), message).help(help);
                found.push(match offer.answer {
                    Some(answer) => finding.related(answer, "in this answer"),
                    None => finding,
                });
            }
        }
    }
}

/// Whether a service is offered anywhere, as most texts with an emergency card do not.
fn offers_anything(writing: &Writing<'_>) -> bool {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    (0..count(writing.outline.links.len())).any(|at| offer(writing, What::LinkOpen(at)).is_some())
        || (0..count(writing.outline.directives.len()))
            .any(|at| offer(writing, What::Open(at)).is_some())
}

/// A service that is offered in a text.
struct Offer {
    span: Span,
    what: &'static str,
    /// Where it stands, if the text only shows the answer that has it.
    answer: Option<Place>,
}

/// What fills a hole, if it offers a service.
fn offer(writing: &Writing<'_>, what: What) -> Option<Offer> {
    let (span, what) = match what {
        What::Open(number) => {
            let directive = writing.outline.directives.get(number as usize)?;
            if directive.name == "faq" {
                return in_answer(writing, directive);
            }
            (directive.span, offered_by_directive(directive)?)
        }
        What::LinkOpen(number) => {
            let link = writing.outline.links.get(number as usize)?;
            let destination = writing.destination(&link.target, link.form).ok()?;
            (link.span, offered_by_link(writing.base, &destination)?)
        }
        _ => return None,
    };
    Some(Offer { span, what, answer: None })
}

/// What the answer that a directive shows offers first.
fn in_answer(writing: &Writing<'_>, directive: &Directive) -> Option<Offer> {
    let base = writing.base;
    // Within an answer it shows nothing.
    let (record, faq) = base.question_shown(directive).filter(|_| writing.is_body())?;
    let (entry, outline) = (base.entry(record), &faq.answer.outline);
    let led_to = |target: &str, form: LinkForm| {
        let destination = base.destination(record, entry.home(), target, form).ok()?;
        offered_by_link(base, &destination)
    };
    let within =
        |span: Span| entry.within(FieldPath::key("answer"), &faq.answer.source, span.range());
    let mut shown = outline.directives.iter();
    let shown = shown.find_map(|one| Some((offered_by_directive(one)?, within(one.span))));
    let mut links = outline.links.iter();
    let linked = || links.find_map(|one| Some((led_to(&one.target, one.form)?, within(one.span))));
    let see = || {
        let what = led_to(&faq.see.as_ref()?.0, LinkForm::Wiki)?;
        Some((what, entry.value(FieldPath::key("see"))))
    };
    let (what, answer) = shown.or_else(linked).or_else(see)?;
    Some(Offer { span: directive.span, what, answer: Some(answer) })
}

fn offered_by_directive(directive: &Directive) -> Option<&'static str> {
    (directive.name == "service").then_some("a service is offered")
}

fn offered_by_link(base: &KnowledgeBase, destination: &Destination) -> Option<&'static str> {
    let is_here = matches!(destination, Destination::Here(_));
    match destination {
        // Studios may take bookings on a page of the site.
        _ if !is_here && is_booking(base, &base.href(destination)) => {
            Some("a link for booking stands")
        }
        Destination::Record { record, .. } => {
            let is_service = base.entry(*record).kind == Kind::Service;
            is_service.then_some("a link to a service stands")
        }
        Destination::Index { path, .. } => {
            (path == "/services/").then_some("a link to the services stands")
        }
        Destination::Elsewhere(_) | Destination::Here(_) | Destination::Media(_) => None,
    }
}

fn is_booking(base: &KnowledgeBase, address: &str) -> bool {
    let studio = base.settings().studio.booking_url.iter();
    let services = base.all::<Service>().flat_map(|(_, service)| &service.booking_url);
    studio.chain(services).any(|booking| is_same_page(booking, address))
}

/// Whether an address leads to the page of another one, with or without a slash, more questions, or a
/// section of it.
fn is_same_page(page: &str, address: &str) -> bool {
    let rest = bare(address).strip_prefix(bare(page).trim_end_matches('/'));
    rest.map(|rest| rest.strip_prefix('/').unwrap_or(rest))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '#', '&']))
}

/// An address without its scheme.
fn bare(address: &str) -> &str {
    address.trim_start_matches("https:").trim_start_matches("http:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_several_addresses() {
        for address in [
            "https://x.org/book",
            "https://x.org/book/",
            "http://x.org/book?x=1",
            "https://x.org/book/#hours",
        ] {
            assert!(is_same_page("https://x.org/book", address), "{address}");
            assert!(is_same_page("https://x.org/book/", address), "{address}");
        }
        for address in ["https://x.org/", "https://x.org/booklet", "https://x.org/book/911"] {
            assert!(!is_same_page("https://x.org/book", address), "{address}");
        }
    }
}
