//! Which techniques a directive shows, and which of them readers may do on a muscle themselves: one
//! answer for the pages and for the rules about safety.

use std::cmp::Reverse;

use super::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::technique::{Performer, Setting, Technique};
use crate::syntax::markdown::Directive;

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
            let ranked = region.map_or(&[][..], |region| self.relations.candidates.of(region));
            self.home_techniques(ranked.iter().map(|candidate| candidate.muscle))
        } else {
            self.by_name(self.of_kind(Kind::Technique).map(|(record, _)| record))
        }
    }

    /// The techniques that readers can try for some muscles, those for most of them first.
    pub fn home_techniques(&self, muscles: impl IntoIterator<Item = RecordId>) -> Vec<RecordId> {
        let mut counted: Vec<(RecordId, usize)> = Vec::new();
        for muscle in muscles.into_iter().filter_map(|muscle| self.get::<Muscle>(muscle)) {
            for technique in self.all_found(&muscle.techniques) {
                let data = self.get::<Technique>(technique);
                if !data.is_some_and(|data| is_safe_at_home(muscle, data)) {
                    continue;
                }
                match counted.iter_mut().find(|(known, _)| *known == technique) {
                    Some((_, count)) => *count += 1,
                    None => counted.push((technique, 1)),
                }
            }
        }
        counted.sort_by_key(|(technique, count)| (Reverse(*count), *technique));
        counted.into_iter().map(|(technique, _)| technique).collect()
    }
}
