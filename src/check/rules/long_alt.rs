//! Alt texts that are too long to listen to.

use super::pictures::pictures;
use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::model::Data;

pub(crate) const RULE: Rule = Rule {
    code: "long-alt",
    default: Level::Warn,
    summary: "an alt text of more than 125 characters",
    explanation: "\
An alt text is read aloud in one go and cannot be skimmed. Keep it under 125 characters; what needs more
belongs in the text, where everybody can read it.

Wrong: an alt text that tells the whole pattern of a muscle.

Right: `![Where the infraspinatus may be felt: front of the shoulder, down the arm](…)`, with the rest in the text.
",
    find: Find::Writing(find),
};

const LONGEST: usize = 125;

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    for picture in pictures(writing.outline) {
        found.extend(too_long(picture.alt, || writing.place(picture.span)));
    }
    if let (true, Data::Article(article)) = (writing.is_main(), &*writing.entry.data)
        && let Some(hero) = &article.hero
    {
        let place = || writing.entry.value(FieldPath::key("hero").then("alt"));
        found.extend(too_long(&hero.alt, place));
    }
}

fn too_long(alt: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
    let length = alt.chars().count();
    (length > LONGEST).then(|| {
        let message = format!("the alt text has {length} characters, {LONGEST} are enough");
        RULE.finding(place(), message).help("say what matters; tell the rest in the text")
    })
}
