//! A muscle.

use serde::Serialize;

use super::care::{CareCard, ReferralMap, TechniqueCard};
use super::drawn::Drawn;
use super::parts::{Crumb, MaybeLink, Meta, Question, ReviewLine, SourceItem, TocEntry};

/// A muscle.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MuscleView {
    /// What stands in the head of the page.
    pub meta: Meta,
    /// The way from the home page to this one.
    pub crumbs: Vec<Crumb>,
    /// The name.
    pub title: String,
    /// The Latin name.
    pub latin: Option<String>,
    /// How to say the name.
    pub pronounced: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The short answer.
    pub summary: String,
    /// The referral picture with the same in words.
    pub referral: Option<ReferralMap>,
    /// Red flags of its regions that need help now or today, emergencies first.
    pub red_flags: Vec<CareCard>,
    /// What people say that it feels like.
    pub feels_like: Vec<String>,
    /// What may set it off.
    pub set_off_by: Vec<String>,
    /// What asks for care nearby.
    pub pressure_caution: Option<String>,
    /// What readers can do themselves; safe techniques only.
    pub techniques: Vec<TechniqueCard>,
    /// What a professional can do.
    pub professional: Vec<TechniqueCard>,
    /// Why there is no technique for it.
    pub no_technique_because: Option<String>,
    /// Red flags of its regions that can wait for some days.
    pub when_to_get_help: Vec<CareCard>,
    /// Services that treat it.
    pub services: Vec<Drawn>,
    /// The contents of its prose.
    pub toc: Vec<TocEntry>,
    /// Its prose: safe HTML.
    pub content: Option<String>,
    /// Articles that are about it.
    pub articles: Vec<Drawn>,
    /// Questions about it.
    pub questions: Vec<Question>,
    /// Myths about it; the meta line says how much of each holds.
    pub myths: Vec<Drawn>,
    /// Other pages that mention it.
    pub mentions: Vec<Drawn>,
    /// Other muscles that hurt in the same places; the meta line names the places.
    pub similar: Vec<Drawn>,
    /// Its anatomy.
    pub anatomy: AnatomyView,
    /// How good the evidence is.
    pub evidence: Option<String>,
    /// What of it was checked against a second source, if that is known.
    pub checked: Option<CheckedView>,
    /// The works it rests on.
    pub sources: Vec<SourceItem>,
    /// When and by whom it was checked.
    pub review: Option<ReviewLine>,
}

/// Which facts of a muscle were checked against a second source.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CheckedView {
    /// Where its pain is felt.
    pub pattern: bool,
    /// Where it attaches, what it does, and its nerve.
    pub anatomy: bool,
}

/// The anatomy of a muscle. A row with nothing in it is not shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AnatomyView {
    /// Where it begins.
    pub origin: String,
    /// Where it ends.
    pub insertion: String,
    /// What it does.
    pub actions: Vec<String>,
    /// The nerve that drives it.
    pub nerve: String,
    /// The roots of that nerve.
    pub roots: Vec<String>,
    /// The vessels that feed it.
    pub blood_supply: Vec<String>,
    /// How deep it lies, as a word: `superficial` or `deep`.
    pub depth: Option<String>,
    /// The group it belongs to.
    pub group: Option<MaybeLink>,
    /// The area where it lies.
    pub area: Option<MaybeLink>,
    /// Muscles that work against it.
    pub antagonists: Vec<MaybeLink>,
    /// Muscles that work with it.
    pub synergists: Vec<MaybeLink>,
    /// The muscles that are meant, where several are spoken of as one.
    pub members: Vec<String>,
    /// In whom it is found, where not in everybody.
    pub present_in: Option<String>,
    /// Its names in other systems, such as "UBERON" with its number and, if there is one, address.
    pub xrefs: Vec<MaybeLink>,
}
