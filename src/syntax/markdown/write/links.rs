//! Links and citations.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{CITE, Writer};
use crate::source::Span;
use crate::syntax::markdown::document::{Citation, Link, LinkForm, Oddity, What};

pub(super) struct OpenLink {
    pub(super) number: Option<u32>,
    pub(super) is_empty: bool,
    pub(super) is_citation: bool,
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, link_type: LinkType, target: &str, range: Range<usize>) {
        let mut open = OpenLink { number: None, is_empty: true, is_citation: false };
        if self.image.is_none() {
            let span = Span::new(range);
            if let Some(label) = target.strip_prefix(CITE) {
                self.citation(label, span);
                open.is_citation = true;
            } else {
                open.number = Some(self.link(link_type, target, span));
            }
        }
        // `[[target]]` without a text shows the target's name.
        if let (LinkType::WikiLink { has_pothole: false }, Some(number)) = (link_type, open.number)
        {
            self.hole(What::LinkName(number));
            open.is_empty = false;
        }
        self.links.push(open);
    }

    /// `![@id]` is the end of an exclamation and a citation, and no picture.
    pub(super) fn start_exclaimed(&mut self, link: LinkType, target: &str, range: Range<usize>) {
        let bracket = range.start + 1;
        self.text("!", &(range.start..bracket));
        self.start_link(link, target, bracket..range.end);
    }

    fn link(&mut self, link_type: LinkType, target: &str, span: Span) -> u32 {
        let form = match link_type {
            LinkType::WikiLink { .. } => LinkForm::Wiki,
            _ => LinkForm::Inline,
        };
        let target = match link_type {
            LinkType::Email if !target.starts_with("mailto:") => format!("mailto:{target}"),
            // In a table, the bar before the text of a link has to be escaped. A name may be broken
            // between its words.
            LinkType::WikiLink { .. } => target.trim_end_matches('\\').trim().replace('\n', " "),
            _ => target.to_owned(),
        };
        if target.is_empty() {
            self.document.outline.oddities.push(Oddity::EmptyTarget(span));
        }
        let number = self.document.outline.links.len() as u32;
        self.document.outline.links.push(Link { target, form, span });
        self.hole(What::LinkOpen(number));
        number
    }

    pub(super) fn end_link(&mut self) {
        let Some(OpenLink { number: Some(number), is_empty, .. }) = self.links.pop() else {
            return;
        };
        if is_empty {
            self.hole(What::LinkName(number));
            self.push_run(self.here());
        }
        self.hole(What::LinkClose(number));
    }

    /// Writes the numbers of works, such as those of the label `@a; @b`.
    fn citation(&mut self, label: &str, span: Span) {
        let ids = label.split(';').map(|id| id.trim().trim_start_matches('@').to_owned());
        let number = self.document.outline.citations.len() as u32;
        self.document.outline.citations.push(Citation { ids: ids.collect(), span });
        if let Some(block) = self.block {
            self.document.prose.blocks[block as usize].is_cited = true;
        }
        self.hole(What::Citation(number));
    }
}
