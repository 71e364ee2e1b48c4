//! Fills the view of each page from the knowledge base.
//! Knows nothing about templates, and nothing about where pages go.

mod article;
mod body_map;
mod care;
mod directives;
mod gallery;
mod indexes;
mod lists;
mod muscle;
mod parts;
mod pictures;
mod places;
mod prose;
pub(super) mod referral_picture;
mod sheets;
mod site;
mod small;
mod social_card;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use serde::Serialize;

pub(crate) use directives::render as render_directive;
use gallery::Gallery;
pub(crate) use prose::Text;
pub(crate) use site::site_view;

use super::address::{SiteAddress, encoded};
use super::pictures::Pictures;
use super::view;
use crate::diagnostic::Diagnostic;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Data, Kind};
use crate::source::Sources;
use crate::theme::{BodyMap, Strings, Theme};

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// One record.
    Record(RecordId),
    /// A page that lists records, by its path.
    Index(&'static str),
    /// A page of the list of articles, from 1.
    Articles(u32),
}

/// The view of a page, with the text that goes into it when it is rendered.
pub(crate) struct Composed {
    /// The template that shows it.
    pub(crate) template: &'static str,
    /// What it may show; its `content` is still empty.
    pub(crate) view: View,
    /// What becomes its `content`.
    pub(crate) text: Option<Text>,
    /// Why something that it shows could not be drawn.
    pub(crate) mistake: Option<Box<Diagnostic>>,
}

/// Declares the views once, with the template of each.
macro_rules! views {
    ($( $name:ident($type:ident) in $template:literal )+) => {
        /// The view of any kind of page.
        #[derive(Serialize)]
        #[serde(untagged)]
        pub(crate) enum View { $( $name(Box<view::$type>), )+ }

        impl View {
            /// The template that shows it.
            pub(crate) fn template(&self) -> &'static str {
                match self { $( View::$name(_) => $template, )+ }
            }

            /// What stands in the head of the page.
            pub(crate) fn meta_mut(&mut self) -> &mut view::Meta {
                match self { $( View::$name(view) => &mut view.meta, )+ }
            }
        }

        /// The templates of all views.
        pub(crate) const TEMPLATES: &[&str] = &[ $( $template, )+ ];

        $( impl From<view::$type> for View {
            fn from(view: view::$type) -> Self {
                View::$name(Box::new(view))
            }
        } )+
    };
}

views! {
    Article(ArticleView) in "article.html"
    Articles(ArticlesView) in "articles.html"
    Faq(FaqView) in "faq.html"
    Glossary(GlossaryView) in "glossary.html"
    Home(HomeView) in "home.html"
    Muscle(MuscleView) in "muscle.html"
    Muscles(MusclesView) in "muscles.html"
    Myths(MythsView) in "myths.html"
    NotFound(NotFoundView) in "not_found.html"
    Page(PageView) in "page.html"
    Pain(PainView) in "pain.html"
    PainArea(PainAreaView) in "pain_area.html"
    Person(PersonView) in "person.html"
    References(ReferencesView) in "references.html"
    Region(RegionView) in "region.html"
    Search(SearchView) in "search.html"
    Service(ServiceView) in "service.html"
    Services(ServicesView) in "services.html"
    Symptom(SymptomView) in "symptom.html"
    Symptoms(SymptomsView) in "symptoms.html"
    Team(TeamView) in "team.html"
    Technique(TechniqueView) in "technique.html"
    Techniques(TechniquesView) in "techniques.html"
    Topic(TopicView) in "topic.html"
    Topics(TopicsView) in "topics.html"
}

impl View {
    /// Puts the rendered text where the template expects it.
    pub(crate) fn set_content(&mut self, html: String) {
        match self {
            View::Article(view) => view.content = html,
            View::Page(view) => view.content = html,
            View::Muscle(view) => view.content = Some(html),
            View::PainArea(view) => view.content = Some(html),
            View::Region(view) => view.content = Some(html),
            View::Service(view) => view.content = Some(html),
            View::Symptom(view) => view.content = Some(html),
            View::Technique(view) => view.content = Some(html),
            View::Topic(view) => view.content = Some(html),
            _ => {}
        }
    }
}

/// Everything that pages are composed from.
pub(crate) struct Composer<'a> {
    /// The records.
    pub(crate) base: &'a KnowledgeBase,
    /// The files they come from, to read texts again.
    pub(crate) sources: &'a Sources,
    /// The words of the language.
    pub(crate) strings: &'a Strings,
    /// The drawings of the body, by name, with the ids that their regions have now.
    pub(crate) maps: Arc<Cow<'a, BTreeMap<String, BodyMap>>>,
    /// Where the site is published.
    pub(crate) site: SiteAddress,
    /// The muscles and regions whose picture a text or a card shows.
    pictured: Arc<BTreeSet<RecordId>>,
    pictures: Arc<Pictures<'a>>,
    gallery: Arc<Gallery<'a>>,
    /// The first mistake of a theme that came up.
    mistake: OnceLock<Box<Diagnostic>>,
}

impl<'a> Composer<'a> {
    /// Prepares what many pages share.
    pub(crate) fn new(
        base: &'a KnowledgeBase,
        sources: &'a Sources,
        theme: &'a Theme,
        pictures: Arc<Pictures<'a>>,
    ) -> Self {
        let maps = body_map::with_current_ids(base, theme.body_maps());
        Self {
            base,
            sources,
            strings: theme.strings(),
            site: SiteAddress::of(base),
            pictured: Arc::new(referral_picture::pictured(base, &maps)),
            maps: Arc::new(maps),
            pictures,
            gallery: Arc::new(Gallery::new(theme, base.records().count())),
            mistake: OnceLock::new(),
        }
    }

    /// The same, with no mistake so far: what it draws is drawn once for all pages.
    fn for_one_page(&self) -> Self {
        Self {
            maps: Arc::clone(&self.maps),
            site: self.site.clone(),
            pictured: Arc::clone(&self.pictured),
            pictures: Arc::clone(&self.pictures),
            gallery: Arc::clone(&self.gallery),
            mistake: OnceLock::new(),
            ..*self
        }
    }

    /// Composes one page.
    pub(crate) fn compose(&self, subject: &Subject) -> Composed {
        let page = self.for_one_page();
        let (view, text) = match subject {
            Subject::Record(record) => page.record(*record),
            Subject::Articles(number) => (page.article_list(*number), None),
            Subject::Index(path) => (page.index(path), None),
        };
        Composed { template: view.template(), view, text, mistake: page.mistake.into_inner() }
    }

    fn record(&self, record: RecordId) -> (View, Option<Text>) {
        match &*self.base.entry(record).data {
            Data::Article(article) => self.article(record, article),
            Data::Page(page) => self.page(record, page),
            Data::Muscle(muscle) => self.muscle(record, muscle),
            Data::Area(area) => self.area(record, area),
            Data::Region(region) => self.region(record, region),
            Data::Symptom(symptom) => self.symptom(record, symptom),
            Data::Technique(technique) => self.technique(record, technique),
            Data::Service(service) => self.service(record, service),
            Data::Person(person) => self.person(record, person),
            Data::Topic(topic) => self.topic(record, topic),
            Data::Group(_)
            | Data::Faq(_)
            | Data::Term(_)
            | Data::Myth(_)
            | Data::RedFlagSet(_)
            | Data::Citation(_) => {
                unreachable!("records of these kinds have no page of their own")
            }
        }
    }

    fn index(&self, path: &str) -> View {
        match path {
            "/" => self.home(),
            "/muscles/" => self.muscles(),
            "/pain/" => self.pain(),
            "/symptoms/" => self.symptoms(),
            "/techniques/" => self.techniques(),
            "/services/" => self.services(),
            "/faq/" => self.faq(),
            "/glossary/" => self.glossary(),
            "/myths/" => self.myths(),
            "/team/" => self.team(),
            "/references/" => self.references(),
            "/topics/" => self.topics(),
            "/search/" => self.search(),
            _ => self.not_found(),
        }
    }

    /// The address of a path of the site, with the base path.
    fn at(&self, path: &str) -> String {
        [self.site.base_path(), path].concat()
    }

    /// An address that stands on pages as its author wrote it, such as one of the menu: a path of the site
    /// gets the base path.
    fn standing(&self, address: &str) -> String {
        if address.starts_with('/') { self.site.path(address) } else { encoded(address) }
    }

    /// The address of a record, with the base path.
    fn href(&self, record: RecordId) -> Option<String> {
        self.base.routes.address(record).map(|address| address.below(self.site.base_path()))
    }

    /// Whether the site has a page at a path.
    fn has_page(&self, path: &str) -> bool {
        self.base.routes.page(path).is_some()
    }

    /// The records of a kind that mention a record; articles newest first.
    fn mentioning(&self, record: RecordId, kind: Kind) -> Vec<RecordId> {
        let mut found = self.base.backlinks_of_kind(record, kind).to_vec();
        if kind == Kind::Article {
            self.base.sort_newest_first(&mut found);
        }
        found
    }
}
