//! By what a record is looked for: its names, and the sentence about it.

use super::{Data, Text};

impl Data {
    /// All its names, its own first: other names, the Latin one, what people call a region.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        let latin = match self {
            Data::Muscle(muscle) => muscle.latin.as_ref(),
            Data::Region(region) => region.term.as_ref(),
            _ => None,
        };
        std::iter::once(self.name()).chain(self.other_names()).chain(latin)
    }

    /// What else people call it: its aliases, and a region's synonyms.
    pub fn other_names(&self) -> impl Iterator<Item = &Text> {
        self.common().aliases.iter().chain(self.synonyms())
    }

    /// What people say for a region.
    pub fn synonyms(&self) -> &[Text] {
        match self {
            Data::Region(region) => &region.synonyms,
            _ => &[],
        }
    }

    /// One sentence about it, if it has one.
    pub fn summary(&self) -> Option<&Text> {
        match self {
            Data::Article(article) => Some(&article.summary),
            Data::Page(page) => page.summary.as_ref(),
            Data::Muscle(muscle) => Some(&muscle.summary),
            Data::Group(group) => group.summary.as_ref(),
            Data::Area(area) => area.summary.as_ref(),
            Data::Region(region) => region.summary.as_ref(),
            Data::Symptom(symptom) => Some(&symptom.summary),
            Data::Technique(technique) => Some(&technique.summary),
            Data::Service(service) => Some(&service.summary),
            Data::Topic(topic) => topic.summary.as_ref(),
            Data::Person(person) => Some(&person.role),
            Data::Faq(_)
            | Data::Term(_)
            | Data::Myth(_)
            | Data::RedFlagSet(_)
            | Data::Citation(_) => None,
        }
    }
}
