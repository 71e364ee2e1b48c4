//! Cards, each drawn once: a record stands in many lists, and looks the same in all of them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::Composer;
use super::directives::render;
use crate::diagnostic::Diagnostic;
use crate::graph::RecordId;
use crate::page::prose::DirectiveFilling;
use crate::page::view::{Card, Drawn};
use crate::theme::Theme;

/// What was drawn of each record, by its number; some are not shown anywhere.
type Wall = Vec<OnceLock<Option<Drawn>>>;

/// What was drawn so far.
pub(super) struct Gallery<'a> {
    theme: &'a Theme,
    /// What components see of the site.
    site: tera::Value,
    cards: Wall,
    services: Wall,
    people: Wall,
    /// The first mistake that came up; whatever shows something that was not drawn shows it instead.
    mistake: OnceLock<Box<Diagnostic>>,
}

impl<'a> Gallery<'a> {
    pub(super) fn new(theme: &'a Theme, records: usize) -> Self {
        let nothing = || (0..records).map(|_| OnceLock::new()).collect();
        Self {
            theme,
            site: tera::Value::none(),
            cards: nothing(),
            services: nothing(),
            people: nothing(),
            mistake: OnceLock::new(),
        }
    }

    /// Draws a view by the component of a name, whose argument it is.
    fn draw(&self, component: &str, argument: &str, view: &impl Serialize) -> Drawn {
        let arguments =
            BTreeMap::from([(argument.to_owned(), tera::Value::from_serializable(view))]);
        match self.theme.render_part(component, arguments, &self.site) {
            Ok(html) => Drawn::new(html.trim()),
            Err(mistake) => {
                let _ = self.mistake.set(mistake);
                Drawn::failed()
            }
        }
    }
}

impl Composer<'_> {
    /// The same for a site of which components see `site`.
    pub(crate) fn with_site(mut self, site: tera::Value) -> Self {
        self.gallery.site = site;
        self
    }

    /// Why something could not be drawn.
    pub(crate) fn mistake(&self) -> Option<Box<Diagnostic>> {
        self.gallery.mistake.get().cloned()
    }

    /// What cards of records show, for lists that say it in another way.
    pub(super) fn card_data(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<Card> {
        records.into_iter().filter_map(|record| self.card(record)).collect()
    }

    /// A directive in a field of a record; with a mistake in its component, the text inside it.
    pub(super) fn draw_directive(&self, directive: &DirectiveFilling, body: &str) -> String {
        let Gallery { theme, site, mistake, .. } = &self.gallery;
        render(theme, site, directive, body).unwrap_or_else(|found| {
            let _ = mistake.set(found);
            body.to_owned()
        })
    }

    /// A card that is not like the record's other ones.
    pub(super) fn draw_card(&self, card: &Card) -> Drawn {
        self.gallery.draw("card", "card", card)
    }

    /// Records in a list.
    pub(super) fn cards(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<Drawn> {
        let draw = |record| Some(self.draw_card(&self.card(record)?));
        let once = |record| once(&self.gallery.cards, record, draw);
        records.into_iter().filter_map(once).collect()
    }

    /// Records in a list that may be long: their names, without what they are.
    pub(super) fn names_in_list(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<Drawn> {
        let cards = records.into_iter().filter_map(|record| self.card(record));
        cards.map(|card| self.draw_card(&Card { summary: None, ..card })).collect()
    }

    /// Services in a list.
    pub(super) fn service_cards(&self, services: &[RecordId]) -> Vec<Drawn> {
        let draw = |service| {
            Some(self.gallery.draw("service_card", "service", &self.service_card(service)?))
        };
        let once = |service: &RecordId| once(&self.gallery.services, *service, draw);
        services.iter().filter_map(once).collect()
    }

    /// A person in a box.
    pub(super) fn person_box(&self, person: RecordId) -> Option<Drawn> {
        let draw =
            |person| Some(self.gallery.draw("person_box", "person", &self.boxed_person(person)?));
        once(&self.gallery.people, person, draw)
    }
}

/// What hangs there of a record, drawn if it does not yet.
fn once(
    wall: &Wall,
    record: RecordId,
    draw: impl FnOnce(RecordId) -> Option<Drawn>,
) -> Option<Drawn> {
    wall[record.index()].get_or_init(|| draw(record)).clone()
}
