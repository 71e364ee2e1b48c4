//! Topics that are used once and declared nowhere: mostly slips.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Entry, Id, Kind, Visitor, similar};

pub(crate) const RULE: Rule = Rule {
    code: "undeclared-topic",
    default: Level::Warn,
    summary: "a topic that is used once and not declared",
    explanation: "\
A topic need not be declared. One that is used only once is mostly a slip of the pen, and makes a page with
one line.

Wrong: `topics: [home-car]`

Right: `topics: [home-care]`, or, in `content/topics.yaml`:

```yaml
home-car:
  name: Home by car
```
",
    find: Find::Base(find),
};

/// After so many findings no nearest name is looked for: that takes the square of their number.
const MOST_HELPED: usize = 100;

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    for (topic, entry) in base.of_kind(Kind::Topic).filter(|(_, one)| one.is_implied()) {
        let [user] = base.relations.topic_records.of(topic) else { continue };
        let Some(place) = place_of(base, *user, &entry.id) else { continue };
        let is_helped = found.len() - before < MOST_HELPED;
        let others = base.ids(Kind::Topic).filter(|id| **id != entry.id).map(|id| &**id);
        let help = similar("a topic", &entry.id, others.filter(|_| is_helped));
        let help = help.unwrap_or_else(|| {
            "declare it in `content/topics.yaml`, or use one that others use".to_owned()
        });
        let message = format!("the topic `{}` is used once and not declared", entry.id);
        found.push(RULE.finding(place, message).help(help));
    }
}

/// Where a record names a topic.
fn place_of(base: &KnowledgeBase, user: RecordId, topic: &Id) -> Option<Place> {
    let entry = base.entry(user);
    let mut finder = Finder { entry, topic, place: None };
    entry.data.walk(&mut FieldPath::root(), &mut finder);
    finder.place
}

struct Finder<'a> {
    entry: &'a Entry,
    topic: &'a Id,
    place: Option<Place>,
}

impl<'a> Visitor<'a> for Finder<'_> {
    fn reference(&mut self, path: &FieldPath, kind: Kind, id: &'a Id) {
        if kind == Kind::Topic && id == self.topic && self.place.is_none() {
            self.place = Some(self.entry.value(path.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::knowledge_base;

    #[test]
    fn a_topic_of_a_myth_counts_like_that_of_a_question() {
        let myth =
            "knot: {claim: It is a knot, verdict: false, explanation: No., topics: [home-car]}\n";
        let topics = "home-care: {name: Home care}\n";
        let base = knowledge_base(&[("content/myths.yaml", myth), ("content/topics.yaml", topics)]);
        let mut found = Vec::new();
        find(&base, &mut found);
        let messages: Vec<&str> = found.iter().map(|finding| &*finding.message).collect();
        assert_eq!(messages, ["the topic `home-car` is used once and not declared"]);
    }

    #[test]
    fn what_other_rules_found_takes_no_help_away() {
        let front = "title: A\nsummary: S\nauthor: jo\npublished: 2026-01-01\ntopics: [home-car]\n";
        let article = format!("---\n{front}---\nx\n");
        let topics = "home-care: {name: Home care}\n";
        let files = [("content/articles/a.md", &*article), ("content/topics.yaml", topics)];
        let base = knowledge_base(&files);
        let place = Place::file(&"content/articles/a.md".into());
        let other = Diagnostic::error("other", place, "found by another rule");
        let mut found = vec![other; MOST_HELPED];
        find(&base, &mut found);
        let help = found.pop().expect("it is found").help;
        assert_eq!(help, ["a topic with a similar name exists: `home-care`"]);
    }
}
