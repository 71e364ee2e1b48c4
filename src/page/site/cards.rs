//! The social cards among the files of a site.

use super::{File, Site, output_path};
use crate::diagnostic::{Diagnostic, Place};
use crate::page::cards;
use crate::page::compose::{Composer, Subject};
use crate::page::output::{Made, OutputPath};
use crate::page::view::Meta;
use crate::picture::DRAWER;
use crate::source::{Fingerprint, fingerprint_of};
use crate::theme::{Frame, into_text};

/// The template of social cards.
pub(super) const SOCIAL_CARD: &str = "social_card.svg.xml";

/// Adds the card of each page that has one, and says how many there are.
pub(super) fn add_cards(composer: &Composer<'_>, files: &mut Vec<(OutputPath, File<'_>)>) -> usize {
    let card = |(_, file): &(OutputPath, File<'_>)| match file {
        File::Page(subject) => {
            let path = output_path(&composer.card_path(subject)?)?;
            Some((path, File::Card(subject.clone())))
        }
        _ => None,
    };
    let cards: Vec<_> = files.iter().filter_map(card).collect();
    let count = cards.len();
    files.extend(cards);
    count
}

impl Site<'_> {
    /// Says in the head of a page where its card is.
    pub(super) fn show_card(&self, subject: &Subject, meta: &mut Meta) {
        if self.cards > 0
            && let Some(path) = self.composer.card_path(subject)
        {
            meta.image = Some(self.composer.site.url(&path));
            meta.image_alt = Some(meta.title.clone());
            (meta.image_width, meta.image_height) = (Some(cards::WIDTH), Some(cards::HEIGHT));
        }
    }

    /// Draws a card.
    pub(super) fn card(
        &self,
        subject: &Subject,
        known: Option<Fingerprint>,
    ) -> Result<Made, Box<Diagnostic>> {
        let cards = self.pictures.cards.as_ref().expect("a card is listed where cards are drawn");
        let view = self.composer.social_card(subject);
        let key = fingerprint_of(&(DRAWER, self.templates.get(SOCIAL_CARD), &view));
        if known == Some(key) {
            cards.pass();
            return Ok(Made::Same);
        }
        let page = tera::Value::from_serializable(&view);
        let svg =
            into_text(self.theme.render(SOCIAL_CARD, self.view.own(), page, &Frame::default())?);
        let bytes = cards.draw(&svg, self.cards).map_err(|trouble| {
            let file = self.theme.file_of(SOCIAL_CARD);
            let place = Place::file(file.expect("the built-in theme has one"));
            let message = format!("`{SOCIAL_CARD}` draws something that is no SVG: {trouble}");
            Box::new(Diagnostic::error("broken-card", place, message))
        })?;
        Ok(Made::New { key, bytes })
    }
}
