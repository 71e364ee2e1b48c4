//! References and links to records that are not published yet.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::{KnowledgeBase, RecordId, Unresolved};
use crate::model::{Entry, Id, Kind, Text, Visitor};
use crate::source::SourcePath;
use crate::syntax::markdown::{Link, Markdown, Outline};

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
    if base.content.drafts.is_empty() {
        return;
    }
    for (record, entry) in base.records() {
        let mut finder = Finder { base, record, entry, found };
        entry.data.walk(&mut FieldPath::root(), &mut finder);
        if let Some(body) = &entry.body {
            finder.links(&body.outline, &body.path, &|link| body.place(link.span));
        }
    }
}

struct Finder<'a, 'found> {
    base: &'a KnowledgeBase,
    record: RecordId,
    entry: &'a Entry,
    found: &'found mut Vec<Diagnostic>,
}

impl Finder<'_, '_> {
    fn report(&mut self, place: Place, kind: Kind, id: &str) {
        let message = format!("the {} `{id}` is a draft", kind.word());
        let help = "publish it, or leave it out until then; `--drafts` shows it";
        self.found.push(RULE.finding(place, message).help(help));
    }

    fn links(&mut self, outline: &Outline, file: &SourcePath, place: &dyn Fn(&Link) -> Place) {
        for link in &outline.links {
            let result = self.base.destination(self.record, file, &link.target, link.form);
            if let (Err(Unresolved::Hidden), Some((kind, id))) =
                (result, draft(self.base, &link.target))
            {
                self.report(place(link), *kind, id);
            }
        }
    }
}

impl<'a> Visitor<'a> for Finder<'a, '_> {
    fn reference(&mut self, path: &FieldPath, kind: Kind, id: &'a Id) {
        if self.base.content.drafts.contains(&(kind, id.clone())) {
            self.report(self.entry.value(path.clone()), kind, id);
        }
    }

    fn target(&mut self, path: &FieldPath, target: &'a Text) {
        if let (Err(Unresolved::Hidden), Some((kind, id))) =
            (self.base.record_target(target), draft(self.base, target))
        {
            self.report(self.entry.value(path.clone()), *kind, id);
        }
    }

    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        let entry = self.entry;
        let file = entry.body.as_ref().map_or(&entry.path, |body| &body.path);
        let place = |link: &Link| entry.within(path.clone(), &link.target);
        self.links(&markdown.outline, file, &place);
    }
}

/// The draft that a hidden target means, by the last part of its name.
fn draft<'a>(base: &'a KnowledgeBase, target: &str) -> Option<&'a (Kind, Id)> {
    let name = target.split('#').next().unwrap_or_default().trim_end_matches('/');
    let name = name.rsplit(['/', ':']).next().unwrap_or_default();
    let id = name.trim_end_matches(".md").trim_end_matches(".yaml").trim_end_matches(".yml");
    base.content.drafts.iter().find(|(_, draft)| **draft == *id)
}
