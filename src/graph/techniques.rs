//! Which techniques a directive shows, which of them readers may do on a muscle themselves, and which are
//! for a pain: one answer for the pages and for the rules about safety.

use std::cmp::Reverse;

use super::{Candidate, KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::symptom::Symptom;
use crate::model::technique::{Performer, Setting, Technique};
use crate::syntax::markdown::Directive;

/// How many techniques the page of a pain shows where no author chose them.
pub const HOME_TECHNIQUES: usize = 4;

/// A technique that readers can try themselves, on the page of a pain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeTechnique {
    /// The technique.
    pub technique: RecordId,
    /// The muscles that it is for, most likely first; none where it is for no muscle in particular.
    pub muscles: Vec<RecordId>,
}

/// Whether readers may do a technique on a muscle themselves: it is for them, and where the muscle must
/// not be pressed by them, it does not press.
pub fn is_safe_at_home(muscle: &Muscle, technique: &Technique) -> bool {
    let presses = technique.is_pressure_by_oneself();
    technique.performer == Performer::Oneself && !(presses && muscle.is_for_therapists_only())
}

impl KnowledgeBase {
    /// The techniques that `::technique` or `::techniques` shows, in their order: those that it names,
    /// else those of a muscle, those to try for a region, or all by name; of one setting if it says so.
    pub fn techniques_shown(&self, directive: &Directive) -> Vec<RecordId> {
        let mut shown = match directive.name.as_str() {
            "technique" => {
                let named = directive.argument("id");
                return named.and_then(|id| self.find(Kind::Technique, id)).into_iter().collect();
            }
            "techniques" => self.techniques_listed(directive),
            _ => return Vec::new(),
        };
        let setting = directive.argument("setting");
        if let Some(setting) = Setting::ALL.iter().find(|one| Some(one.word()) == setting) {
            shown.retain(|record| {
                self.get::<Technique>(*record).is_some_and(|one| one.setting == *setting)
            });
        }
        shown
    }

    fn techniques_listed(&self, directive: &Directive) -> Vec<RecordId> {
        if let Some(ids) = directive.arguments.iter().find(|argument| argument.name == "ids") {
            ids.ids().filter_map(|id| self.find(Kind::Technique, id)).collect()
        } else if let Some(muscle) = directive.argument("muscle") {
            let muscle = self.find(Kind::Muscle, muscle);
            let muscle = muscle.and_then(|muscle| self.get::<Muscle>(muscle));
            muscle.map(|muscle| self.all_found(&muscle.techniques)).unwrap_or_default()
        } else if let Some(region) = directive.argument("region") {
            let region = self.find(Kind::Region, region);
            let techniques =
                region.map(|region| self.region_techniques(region)).unwrap_or_default();
            techniques.into_iter().map(|one| one.technique).collect()
        } else {
            self.by_name(self.of_kind(Kind::Technique).map(|(record, _)| record))
        }
    }

    /// The techniques to try for pain in a region: those for muscles whose main area it is. Others count only
    /// where none of these has any, and never with pressure where a main muscle forbids it: readers press
    /// where it hurts.
    pub fn region_techniques(&self, region: RecordId) -> Vec<HomeTechnique> {
        let (main, spillover): (Vec<&Candidate>, Vec<&Candidate>) =
            self.relations.candidates.of(region).iter().partition(|one| one.is_primary());
        let muscles = |candidates: &[&Candidate]| -> Vec<RecordId> {
            candidates.iter().map(|candidate| candidate.muscle).collect()
        };
        let main = muscles(&main);
        let of_main = self.home_techniques(&main);
        if !of_main.is_empty() {
            return of_main;
        }
        let mut others = self.home_techniques(&muscles(&spillover));
        if main.iter().any(|muscle| self.is_for_therapists_only(*muscle)) {
            others.retain(|one| !self.is_pressure_by_oneself(one.technique));
        }
        others
    }

    /// What readers can try for a symptom: the techniques that it names, else those for its muscles.
    pub fn symptom_techniques(&self, record: RecordId, symptom: &Symptom) -> Vec<HomeTechnique> {
        let muscles = self.relations.symptom_muscles.of(record);
        let named = self.all_found(&symptom.techniques).into_iter();
        let named: Vec<_> = named.filter_map(|one| self.named_for(muscles, one)).collect();
        if !named.is_empty() {
            return named;
        }
        let mut techniques = self.home_techniques(muscles);
        techniques.truncate(HOME_TECHNIQUES);
        techniques
    }

    /// A technique that a symptom names, for those of its muscles that list it. One that presses is for all
    /// that readers may press if none does, and not offered if they may press none.
    fn named_for(&self, muscles: &[RecordId], technique: RecordId) -> Option<HomeTechnique> {
        let data = self.get::<Technique>(technique)?;
        let is_safe = |record: &RecordId| {
            self.get::<Muscle>(*record).is_some_and(|muscle| is_safe_at_home(muscle, data))
        };
        let safe: Vec<RecordId> = muscles.iter().copied().filter(is_safe).collect();
        if data.performer != Performer::Oneself || (safe.is_empty() && !muscles.is_empty()) {
            return None;
        }
        let listing = self.relations.technique_muscles.of(technique);
        let mut listed = safe.clone();
        listed.retain(|muscle| listing.binary_search(muscle).is_ok());
        let is_for_all = listed.is_empty() && data.is_pressure_by_oneself();
        Some(HomeTechnique { technique, muscles: if is_for_all { safe } else { listed } })
    }

    /// The techniques that readers can try for some muscles, those for most of them first.
    fn home_techniques(&self, muscles: &[RecordId]) -> Vec<HomeTechnique> {
        let mut found: Vec<HomeTechnique> = Vec::new();
        for record in muscles {
            let Some(muscle) = self.get::<Muscle>(*record) else { continue };
            for technique in self.all_found(&muscle.techniques) {
                let data = self.get::<Technique>(technique);
                if !data.is_some_and(|data| is_safe_at_home(muscle, data)) {
                    continue;
                }
                match found.iter_mut().find(|known| known.technique == technique) {
                    Some(known) => known.muscles.push(*record),
                    None => found.push(HomeTechnique { technique, muscles: vec![*record] }),
                }
            }
        }
        found.sort_by_key(|one| (Reverse(one.muscles.len()), one.technique));
        found
    }

    /// Whether a technique presses, by the hands of readers themselves.
    pub fn is_pressure_by_oneself(&self, technique: RecordId) -> bool {
        self.get::<Technique>(technique).is_some_and(Technique::is_pressure_by_oneself)
    }

    /// Whether readers should not press a muscle themselves.
    pub fn is_for_therapists_only(&self, muscle: RecordId) -> bool {
        self.get::<Muscle>(muscle).is_some_and(Muscle::is_for_therapists_only)
    }
}
