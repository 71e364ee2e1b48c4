//! Pictures, in a line of text or alone.

use pulldown_cmark::LinkType;

use super::Writer;
use crate::source::Span;
use crate::syntax::markdown::document::{Hole, Image, Oddity, What};

pub(super) struct OpenImage {
    image: Image,
    /// Whether it is `![[file]]`: then its text is the name of its file.
    is_bare: bool,
}

impl OpenImage {
    /// What is said of it goes on.
    pub(super) fn say(&mut self, text: &str) {
        if !self.is_bare {
            self.image.alt.push_str(text);
        }
    }
}

impl Writer<'_> {
    pub(super) fn start_image(&mut self, link: LinkType, target: &str, title: &str, span: Span) {
        // A picture in what is said of another one is only said.
        if self.image.is_some() {
            return;
        }
        if target.is_empty() {
            self.document.outline.oddities.push(Oddity::EmptyTarget(span));
        }
        let (target, title, alt) = (target.to_owned(), title.to_owned(), String::new());
        let is_bare = link == (LinkType::WikiLink { has_pothole: false });
        self.image = Some(OpenImage { image: Image { target, alt, title, span }, is_bare });
    }

    pub(super) fn end_image(&mut self) {
        let Some(OpenImage { image, .. }) = self.image.take() else {
            if self.links.last().is_some_and(|open| open.is_citation) {
                self.end_link();
            }
            return;
        };
        if let Some(around) = self.links.last_mut() {
            around.is_empty = false;
        }
        let number = self.document.outline.images.len() as u32;
        self.document.outline.images.push(image);
        self.hole(What::Image(number));
    }

    /// A paragraph that holds nothing but a picture is a figure.
    pub(super) fn end_paragraph(&mut self) {
        let start = self.here().saturating_sub(3);
        let prose = &mut self.document.prose;
        let is_alone = prose.html.ends_with("<p>")
            // Holes are in order: the last but one is the nearest.
            && prose.holes.iter().rev().nth(1).is_none_or(|hole| hole.at <= start);
        if let (true, Some(Hole { at, what })) = (is_alone, prose.holes.last_mut())
            && let What::Image(number) = *what
        {
            *at = start;
            *what = What::Figure(number);
            prose.html.truncate(start as usize);
            return self.close_block("");
        }
        self.close_block("</p>\n");
    }
}
