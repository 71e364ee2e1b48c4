//! Where a text tells its readers to call for help: its emergency cards, each with the first paragraph
//! after it. Nothing is offered there, neither by the author nor by us.

use std::ops::Range;

use super::KnowledgeBase;
use crate::model::common::CareLevel;
use crate::model::red_flags::FlagLevel;
use crate::syntax::markdown::{Directive, Hole, Outline, Prose, What};

/// An emergency card of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Emergency {
    /// The holes of the prose that stand in the card.
    pub(crate) inside: Range<usize>,
    /// Those from its end to that of the first paragraph after it.
    pub(crate) after: Range<usize>,
    /// The bytes of the HTML from its beginning to the end of that paragraph.
    pub(crate) bytes: Range<u32>,
}

impl KnowledgeBase {
    /// Whether a directive shows an emergency card: one that its author wrote, or one of red flags.
    pub(crate) fn is_emergency_card(&self, directive: &Directive) -> bool {
        let emergencies = &[FlagLevel::Emergency];
        is_emergency(directive) || self.has_flags(&self.flag_sets_shown(directive), emergencies)
    }
}

/// Whether a directive may show an emergency card. Which red flags there are, a text alone does not say.
pub(super) fn may_be_emergency_card(directive: &Directive) -> bool {
    is_emergency(directive) || directive.name == "red-flags"
}

fn is_emergency(directive: &Directive) -> bool {
    directive.name == "care" && directive.argument("level") == Some(CareLevel::Emergency.word())
}

/// The emergency cards of a text, in order.
pub(crate) fn emergencies(
    outline: &Outline,
    prose: &Prose,
    is_card: impl Fn(&Directive) -> bool,
) -> Vec<Emergency> {
    let is_card = |number: u32| outline.directives.get(number as usize).is_some_and(&is_card);
    let count = u32::try_from(outline.directives.len()).unwrap_or(u32::MAX);
    if !(0..count).any(is_card) {
        return Vec::new();
    }
    let holes = &prose.holes;
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(hole) = holes.get(at) {
        at += 1;
        let What::Open(number) = hole.what else { continue };
        if !is_card(number) {
            continue;
        }
        let (close, rest, closed_at) = if outline.directives[number as usize].is_block {
            match holes[at..].iter().position(|hole| hole.what == What::Close(number)) {
                Some(length) => (at + length, at + length + 1, holes[at + length].at),
                None => (holes.len(), holes.len(), prose.html.len() as u32),
            }
        } else {
            (at, at, hole.at)
        };
        let end = end_of_paragraph(&prose.html, closed_at);
        let is_left = |hole: &&Hole| {
            hole.at <= end && !matches!(hole.what, What::Open(number) if is_card(number))
        };
        let after = holes[rest..].iter().take_while(is_left).count();
        found.push(Emergency { inside: at..close, after: rest..rest + after, bytes: hole.at..end });
        at = rest;
    }
    found
}

/// The first byte from `start` on at which a paragraph, an item, a heading or a table ends.
fn end_of_paragraph(html: &str, start: u32) -> u32 {
    let rest = html.get(start as usize..).unwrap_or_default();
    let ends = ["</p>", "</li>", "</h", "</table>"].iter().filter_map(|tag| rest.find(tag));
    start + ends.min().unwrap_or(rest.len()) as u32
}
