//! Links and citations.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{CITE, Writer};
use crate::source::Span;
use crate::syntax::markdown::document::{Citation, Link, LinkForm, Oddity, What};

pub(super) struct OpenLink {
    pub(super) number: Option<u32>,
    pub(super) is_empty: bool,
    pub(super) citation: Option<Range<usize>>,
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, link_type: LinkType, target: &str, range: Range<usize>) {
        let span = Span::new(range.clone());
        let mut open = OpenLink { number: None, is_empty: true, citation: None };
        if target == CITE {
            open.citation = Some(range);
        } else if self.image.is_none() {
            let form = match link_type {
                LinkType::WikiLink { .. } => LinkForm::Wiki,
                _ => LinkForm::Inline,
            };
            let target = match link_type {
                LinkType::Email if !target.starts_with("mailto:") => format!("mailto:{target}"),
                // In a table, the bar before the text of a link has to be escaped.
                LinkType::WikiLink { .. } => target.trim_end_matches('\\').trim().to_owned(),
                _ => target.to_owned(),
            };
            if target.is_empty() {
                self.document.outline.oddities.push(Oddity::EmptyTarget(span));
            }
            let number = self.document.outline.links.len() as u32;
            self.document.outline.links.push(Link { target, form, span });
            self.hole(What::LinkOpen(number));
            open.number = Some(number);
            // `[[target]]` without a text shows the target's name.
            if link_type == (LinkType::WikiLink { has_pothole: false }) {
                self.hole(What::LinkName(number));
                open.is_empty = false;
                self.links.push(open);
                return;
            }
        }
        self.links.push(open);
    }

    pub(super) fn end_link(&mut self) {
        let Some(open) = self.links.pop() else { return };
        if open.citation.is_some() {
            return;
        }
        if let Some(number) = open.number {
            if open.is_empty {
                self.hole(What::LinkName(number));
                self.push_run(self.here());
            }
            self.hole(What::LinkClose(number));
        }
    }

    pub(super) fn citation(&mut self, text: &str, whole: Range<usize>, range: &Range<usize>) {
        let _ = range;
        let ids = text
            .split(';')
            .map(|id| id.trim().trim_start_matches('@').to_owned())
            .filter(|id| !id.is_empty())
            .collect();
        let number = self.document.outline.citations.len() as u32;
        self.document.outline.citations.push(Citation { ids, span: Span::new(whole) });
        if let Some(block) = self.block {
            self.document.prose.blocks[block as usize].is_cited = true;
        }
        self.hole(What::Citation(number));
        // What else is in the brackets belongs to the citation.
        if let Some(open) = self.links.last_mut() {
            open.citation = None;
            open.is_empty = false;
            open.number = None;
        }
    }
}
