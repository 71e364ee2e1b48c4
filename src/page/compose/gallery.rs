//! Cards and links, each made once: a record stands in many lists, and looks the same in all of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;

use super::Composer;
use super::directives::render;
use super::sheets::{Sheet, is_whole};
use crate::diagnostic::Diagnostic;
use crate::graph::RecordId;
use crate::model::Kind;
use crate::page::prose::DirectiveFilling;
use crate::page::view::{BodyMapView, Card, Drawn, Link, MaybeLink, Shared};
use crate::theme::Theme;

/// What was drawn of each record, by its number.
type Wall = Vec<OnceLock<Drawing>>;

/// What was drawn of a record, if it is shown anywhere, and the first mistake that came up.
struct Drawing {
    drawn: Option<Drawn>,
    mistake: Option<Box<Diagnostic>>,
}

/// What is inside the drawings of a muscle's figure, by their names.
type Inks = Result<BTreeMap<String, Drawn>, Box<Diagnostic>>;

/// What was drawn so far.
pub(super) struct Gallery<'a> {
    theme: &'a Theme,
    /// What components see of the site.
    site: tera::Value,
    cards: Wall,
    services: Wall,
    people: Wall,
    links: Vec<OnceLock<Option<Shared<Link>>>>,
    names: Vec<OnceLock<Shared<MaybeLink>>>,
    drawn_names: Wall,
    topics: OnceLock<Shared<Vec<Link>>>,
    /// What is said of so many trigger points of so many.
    shares: Mutex<BTreeMap<(usize, usize), Shared<String>>>,
    sheets: OnceLock<Vec<Sheet>>,
    /// The figures of muscles.
    figures: Vec<OnceLock<BodyMapView>>,
    inks: Vec<OnceLock<Inks>>,
}

impl<'a> Gallery<'a> {
    pub(super) fn new(theme: &'a Theme, records: usize) -> Self {
        Self {
            theme,
            site: tera::Value::none(),
            cards: nothing_of(records),
            services: nothing_of(records),
            people: nothing_of(records),
            links: nothing_of(records),
            names: nothing_of(records),
            drawn_names: nothing_of(records),
            topics: OnceLock::new(),
            shares: Mutex::default(),
            sheets: OnceLock::new(),
            figures: nothing_of(records),
            inks: nothing_of(records),
        }
    }

    /// The drawings of the body, made by `make` if they are not yet.
    pub(super) fn sheets(&self, make: impl FnOnce() -> Vec<Sheet>) -> &[Sheet] {
        self.sheets.get_or_init(make)
    }

    /// What is said of so many trigger points of so many, made by `say` if it is not yet.
    pub(super) fn share(
        &self,
        points: (usize, usize),
        say: impl FnOnce() -> String,
    ) -> Shared<String> {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        shares.entry(points).or_insert_with(|| Shared::new(&say())).clone()
    }

    /// The figure of a muscle, made by `make` if it is not yet.
    pub(super) fn figure(
        &self,
        muscle: RecordId,
        make: impl FnOnce() -> BodyMapView,
    ) -> &BodyMapView {
        self.figures[muscle.index()].get_or_init(make)
    }
}

/// A place for each record, with nothing in it yet.
fn nothing_of<T>(records: usize) -> Vec<OnceLock<T>> {
    (0..records).map(|_| OnceLock::new()).collect()
}

impl Composer<'_> {
    /// The same for a site of which components see `site`.
    pub(crate) fn with_site(mut self, site: tera::Value) -> Self {
        let gallery = Arc::get_mut(&mut self.gallery);
        gallery.expect("no page is being composed yet").site = site;
        self
    }

    /// Takes note of a mistake. A page has the first one that comes up while it is composed, whoever
    /// drew what it shows: which thread came first must not be told.
    fn note(&self, mistake: Box<Diagnostic>) {
        let _ = self.mistake.set(mistake);
    }

    /// Draws a view by the component of a name, whose argument it is; nothing if that has a mistake.
    fn draw(&self, component: &str, argument: &str, view: &impl Serialize) -> Drawn {
        let arguments =
            BTreeMap::from([(argument.to_owned(), tera::Value::from_serializable(view))]);
        let Gallery { theme, site, .. } = &*self.gallery;
        let html = theme.render_part(component, arguments, site).unwrap_or_else(|mistake| {
            self.note(mistake);
            String::new()
        });
        Drawn::new(html.trim())
    }

    /// What is inside the drawings of the whole body in a muscle's figure.
    pub(super) fn draw_inks(
        &self,
        muscle: RecordId,
        figure: &BodyMapView,
    ) -> Result<&BTreeMap<String, Drawn>, Box<Diagnostic>> {
        let Gallery { theme, site, inks, .. } = &*self.gallery;
        let inks = inks[muscle.index()].get_or_init(|| {
            let map = tera::Value::from_serializable(figure);
            let whole = figure.views.iter().filter(|view| is_whole(&view.name));
            let inks = whole.map(|view| {
                let view_value = tera::Value::from_serializable(view);
                let arguments = [("map".to_owned(), map.clone()), ("view".to_owned(), view_value)];
                let ink = theme.render_part("body_map_ink", arguments.into(), site)?;
                Ok((view.name.clone(), Drawn::new(ink.trim())))
            });
            inks.collect()
        });
        inks.as_ref().map_err(Clone::clone)
    }

    /// What hangs there of a record, drawn if it does not yet.
    fn once(
        &self,
        wall: &Wall,
        record: RecordId,
        draw: impl FnOnce(&Self) -> Option<Drawn>,
    ) -> Option<Drawn> {
        let drawing = wall[record.index()].get_or_init(|| {
            let apart = self.for_one_page();
            Drawing { drawn: draw(&apart), mistake: apart.mistake.into_inner() }
        });
        if let Some(mistake) = &drawing.mistake {
            self.note(mistake.clone());
        }
        drawing.drawn.clone()
    }

    /// What cards of records show, for lists that say it in another way.
    pub(super) fn card_data(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<Card> {
        records.into_iter().filter_map(|record| self.card(record)).collect()
    }

    /// A directive in a field of a record; with a mistake in its component, the text inside it.
    pub(super) fn draw_directive(&self, directive: &DirectiveFilling, body: &str) -> String {
        let Gallery { theme, site, .. } = &*self.gallery;
        render(theme, site, directive, body).unwrap_or_else(|mistake| {
            self.note(mistake);
            body.to_owned()
        })
    }

    /// A card that is not like the record's other ones.
    pub(super) fn draw_card(&self, card: &Card) -> Drawn {
        self.draw("card", "card", card)
    }

    /// Records in a list.
    pub(super) fn cards(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<Drawn> {
        let card = |record| {
            self.once(&self.gallery.cards, record, |apart| {
                Some(apart.draw_card(&apart.card(record)?))
            })
        };
        records.into_iter().filter_map(card).collect()
    }

    /// Records in a list that may be long: their names, without what they are.
    pub(super) fn names_in_list(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<Drawn> {
        let cards = records.into_iter().filter_map(|record| self.card(record));
        cards.map(|card| self.draw_card(&Card { summary: None, ..card })).collect()
    }

    /// A link to a record that has a page.
    pub(super) fn shared_link(&self, record: RecordId) -> Option<Shared<Link>> {
        let link = || self.record_link(record).as_ref().map(Shared::new);
        self.gallery.links[record.index()].get_or_init(link).clone()
    }

    /// The name of a record, as a link where it has a page.
    pub(super) fn shared_name(&self, record: RecordId) -> Shared<MaybeLink> {
        let name = || Shared::new(&self.name_link(record));
        self.gallery.names[record.index()].get_or_init(name).clone()
    }

    /// The same as it stands on pages.
    pub(super) fn drawn_name(&self, record: RecordId) -> Drawn {
        let name = |apart: &Self| Some(apart.draw_name(&apart.name_link(record)));
        self.once(&self.gallery.drawn_names, record, name).expect("every record has a name")
    }

    /// A name that may have a page, as it stands on pages.
    pub(super) fn draw_name(&self, name: &MaybeLink) -> Drawn {
        self.draw("link_or_text", "item", name)
    }

    /// Links to all topics by their names.
    pub(super) fn all_topics(&self) -> Shared<Vec<Link>> {
        let topics = || self.by_name(self.base.of_kind(Kind::Topic).map(|(topic, _)| topic));
        let links = || topics().into_iter().filter_map(|topic| self.record_link(topic)).collect();
        self.gallery.topics.get_or_init(|| Shared::new(&links())).clone()
    }

    /// Services in a list.
    pub(super) fn service_cards(&self, services: &[RecordId]) -> Vec<Drawn> {
        let card = |service: &RecordId| {
            self.once(&self.gallery.services, *service, |apart| {
                Some(apart.draw("service_card", "service", &apart.service_card(*service)?))
            })
        };
        services.iter().filter_map(card).collect()
    }

    /// A person in a box.
    pub(super) fn person_box(&self, person: RecordId) -> Option<Drawn> {
        self.once(&self.gallery.people, person, |apart| {
            Some(apart.draw("person_box", "person", &apart.boxed_person(person)?))
        })
    }
}
