//! Offers where somebody needs help at once.

use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::Destination;
use crate::model::Kind;
use crate::model::service::Service;
use crate::source::Span;
use crate::syntax::markdown::{Prose, What};

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
    let outline = writing.outline;
    let is_emergency = |number: u32| {
        outline.directives.get(number as usize).is_some_and(|directive| {
            directive.name == "care" && directive.argument("level") == Some("emergency")
        })
    };
    let count = u32::try_from(outline.directives.len()).unwrap_or(u32::MAX);
    if !(0..count).any(is_emergency) || !offers_anything(writing) {
        return;
    }
    let prose = writing.prose();
    let (mut inside, mut closed_at) = (0_u32, None);
    for hole in &prose.holes {
        match hole.what {
            What::Open(number) if is_emergency(number) => inside += 1,
            What::Close(number) if is_emergency(number) => {
                inside = inside.saturating_sub(1);
                closed_at = Some(hole.at);
            }
            what => {
                closed_at = closed_at.filter(|end| is_next(&prose, *end, hole.at));
                let Some((span, offered)) = offer(writing, what) else { continue };
                if inside > 0 || closed_at.is_some() {
                    let place = if inside > 0 { "inside" } else { "right after" };
                    let message = format!("{offered} {place} an emergency card");
                    let help = "move it further down, under a heading of its own";
                    found.push(RULE.finding(writing.place(span), message).help(help));
                }
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

/// Whether no paragraph, item or heading ends between two bytes of the HTML.
fn is_next(prose: &Prose, start: u32, end: u32) -> bool {
    let between = prose.html.get(start as usize..end as usize).unwrap_or_default();
    !["</p>", "</li>", "</h", "</table>"].iter().any(|tag| between.contains(tag))
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
            let offered = match writing.destination(&link.target, link.form).ok()? {
                Destination::Record { record, .. } => {
                    let is_service = writing.base.entry(record).kind == Kind::Service;
                    is_service.then_some("a link to a service stands")
                }
                Destination::Index { path, .. } => {
                    (path == "/services/").then_some("a link to the services stands")
                }
                Destination::Elsewhere(address) => {
                    is_booking(writing, &address).then_some("a link for booking stands")
                }
                Destination::Here(_) | Destination::Media(_) => None,
            };
            offered.map(|offered| (link.span, offered))
        }
        _ => None,
    }
}

fn is_booking(writing: &Writing<'_>, address: &str) -> bool {
    let studio = writing.base.settings().studio.booking_url.iter();
    let services = writing.base.all::<Service>().flat_map(|(_, service)| &service.booking_url);
    studio.chain(services).any(|booking| **booking == *address)
}
