//! References and links to records that are not published yet.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::KnowledgeBase;

pub(crate) const RULE: Rule = Rule {
    code: "linked-draft",
    default: Level::Warn,
    summary: "a reference or a link to a draft",
    explanation: "\
A draft is not published. What refers to it is left out, and the text of a link to it stays plain text until
the draft is published. With `--drafts` it is shown, and nothing is reported.

Wrong: `[[muscle:infraspinatus]]`, where the infraspinatus says `draft: true`.

Right: publish the draft, or leave the link out until then.
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for draft in base.named_drafts() {
        let message = format!("the {} `{}` is a draft", draft.kind.word(), draft.id);
        let help = "publish it, or leave it out until then; `--drafts` shows it";
        found.push(RULE.finding(draft.place.clone(), message).help(help));
    }
}
