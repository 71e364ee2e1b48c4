//! What each kind of page may show: one plain, serialisable view per kind.
//! Views hold finished values only: every `href` is complete (with the base path), every `content`
//! and `answer` is safe HTML, every list is in the order in which it is shown, and a block whose
//! list or text is empty is not shown. Nothing here knows how a view is filled or drawn.

mod article;
mod articles;
mod body_map;
mod care;
mod drawn;
mod faq;
mod glossary;
mod home;
mod muscle;
mod muscles;
mod myths;
mod not_found;
mod on_many_pages;
mod page;
mod pain;
mod pain_area;
mod parts;
mod person;
mod references;
mod region;
mod search;
mod service;
mod services;
mod site;
mod social_card;
mod symptom;
mod symptoms;
mod team;
mod technique;
mod techniques;
mod topic;
mod topics;

#[cfg(test)]
mod sample_pages;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use article::ArticleView;
pub use articles::ArticlesView;
pub use body_map::{BodyMapDrawing, BodyMapView, Half, MapMarker, MapShape, ShapeClass};
pub use care::{
    CareCard, FlagGroup, HoldView, MuscleCandidate, MuscleCaution, PressureView, ReferralMap,
    ServiceCard, StepView, TechniqueCard, TriggerPointView, Zone,
};
pub use drawn::Drawn;
pub use faq::{FaqView, QuestionGroup};
pub use glossary::{GlossaryView, TermEntry};
pub use home::HomeView;
pub use muscle::{AnatomyView, CheckedView, MuscleView};
pub use muscles::MusclesView;
pub use myths::{MythEntry, MythsView};
pub use not_found::NotFoundView;
pub use on_many_pages::Shared;
pub use page::PageView;
pub use pain::PainView;
pub use pain_area::PainAreaView;
pub use parts::{
    Card, CardGroup, Crumb, Link, MaybeLink, Meta, Pager, PagerPage, PersonCard, Picture,
    PictureSource, PriceView, Question, ReviewLine, SourceItem, TakeawayView, TocEntry,
};
pub use person::PersonView;
pub use references::ReferencesView;
pub use region::RegionView;
pub use search::{SearchEntry, SearchGroup, SearchView};
pub use service::ServiceView;
pub use services::ServicesView;
pub use site::{MenuItem, SiteView, StudioView};
pub use social_card::SocialCardView;
pub use symptom::SymptomView;
pub use symptoms::SymptomsView;
pub use team::TeamView;
pub use technique::TechniqueView;
pub use techniques::{TechniqueGroup, TechniquesView};
pub use topic::TopicView;
pub use topics::TopicsView;
