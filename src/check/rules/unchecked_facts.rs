//! Muscles whose facts nobody has compared with a second source.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::muscle::Muscle;

pub(crate) const RULE: Rule = Rule {
    code: "unchecked-facts",
    default: Level::Allow,
    summary: "a muscle whose facts were not checked against a second source, or that does not say",
    explanation: "\
Where a pain is felt and where a muscle attaches is copied from book to book, and mistakes with it. `checked`
says which facts were compared with a second source, and the muscle's page tells its readers. The rule lists
what is left to do.

Right: `checked: {pattern: true, anatomy: true}`
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        let entry = base.entry(record);
        let Some(checked) = &muscle.checked else {
            let place = entry.value(FieldPath::key("name"));
            let message = "the muscle does not say whether its facts were checked";
            let help = "add `checked: {pattern: false, anatomy: false}`, and compare them";
            found.push(RULE.finding(place, message).help(help));
            continue;
        };
        let facts = [
            (checked.pattern, "pattern", "where its pain is felt was"),
            (checked.anatomy, "anatomy", "its attachments, actions and nerve were"),
        ];
        for (_, field, what) in facts.into_iter().filter(|(is_checked, ..)| !is_checked) {
            let place = entry.value(FieldPath::key("checked").then(field));
            let message = format!("{what} not checked against a second source");
            found.push(RULE.finding(place, message).help("compare them, and say so here"));
        }
    }
}
