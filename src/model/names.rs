//! By what a record is looked for: its names, and the sentence about it.

use super::{Data, Text};

impl Data {
    /// All its names, its own first: other names, the Latin one, what people call a region.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        let (latin, synonyms) = match self {
            Data::Muscle(muscle) => (muscle.latin.as_ref(), &[][..]),
            Data::Region(region) => (region.term.as_ref(), &region.synonyms[..]),
            _ => (None, &[][..]),
        };
        let own = std::iter::once(self.name());
        own.chain(self.common().aliases).chain(synonyms).chain(latin)
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
