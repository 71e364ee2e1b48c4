//! Offers where somebody needs help at once.

use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::{Destination, emergencies, is_emergency_card};
use crate::model::Kind;
use crate::model::service::Service;
use crate::source::Span;
use crate::syntax::markdown::What;

pub(crate) const RULE: Rule = Rule {
    code: "service-in-emergency",
    default: Level::Error,
    summary: "a service offered inside an emergency card, or right after it",
    explanation: "\
Somebody who reads an emergency card has to call for help, not to book. No service, and no link to a service
or to booking, may stand in `:::care{level=emergency}`, nor in the first paragraph after it.

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
    if !writing.outline.directives.iter().any(is_emergency_card) || !offers_anything(writing) {
        return;
    }
    let prose = writing.prose();
    for emergency in emergencies(writing.outline, &prose) {
        for (place, holes) in [("inside", emergency.inside), ("right after", emergency.after)] {
            for (span, offered) in
                prose.holes[holes].iter().filter_map(|one| offer(writing, one.what))
            {
                let message = format!("{offered} {place} an emergency card");
                let help = "move it further down, under a heading of its own";
                found.push(RULE.finding(writing.place(span), message).help(help));
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

/// The place of what fills a hole and what it offers, if it offers a service.
fn offer(writing: &Writing<'_>, what: What) -> Option<(Span, &'static str)> {
    match what {
        What::Open(number) => {
            let directive = writing.outline.directives.get(number as usize)?;
            (directive.name == "service").then_some((directive.span, "a service is offered"))
        }
        What::LinkOpen(number) => {
            let link = writing.outline.links.get(number as usize)?;
            let destination = writing.destination(&link.target, link.form).ok()?;
            let is_here = matches!(destination, Destination::Here(_));
            let address = writing.base.href(&destination);
            let offered = match destination {
                // Studios may take bookings on a page of the site.
                _ if !is_here && is_booking(writing, &address) => Some("a link for booking stands"),
                Destination::Record { record, .. } => {
                    let is_service = writing.base.entry(record).kind == Kind::Service;
                    is_service.then_some("a link to a service stands")
                }
                Destination::Index { path, .. } => {
                    (path == "/services/").then_some("a link to the services stands")
                }
                Destination::Elsewhere(_) | Destination::Here(_) | Destination::Media(_) => None,
            };
            offered.map(|offered| (link.span, offered))
        }
        _ => None,
    }
}

fn is_booking(writing: &Writing<'_>, address: &str) -> bool {
    let studio = writing.base.settings().studio.booking_url.iter();
    let services = writing.base.all::<Service>().flat_map(|(_, service)| &service.booking_url);
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
