//! Short answers that are not short.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::muscle::Muscle;

pub(crate) const RULE: Rule = Rule {
    code: "long-summary",
    default: Level::Allow,
    summary: "a muscle's summary of more than 25 words",
    explanation: "\
The summary is the short answer at the top of a muscle's page, and its line in lists. One plain sentence of at
most 25 words is enough.

Right: `A flat muscle over the shoulder blade that turns the arm outward; it can hurt deep in the front of the
shoulder.`
",
    find: Find::Base(find),
};

const LONGEST: usize = 25;

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, muscle) in base.all::<Muscle>() {
        let words = muscle.summary.split_whitespace().count();
        if words > LONGEST {
            let place = base.entry(record).value(FieldPath::key("summary"));
            let message = format!("the summary has {words} words, {LONGEST} are enough");
            found.push(RULE.finding(place, message).help("say the rest in the text"));
        }
    }
}
