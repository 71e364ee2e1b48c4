//! The same question, answered twice.

use std::collections::BTreeMap;

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::KnowledgeBase;
use crate::model::article::{Article, ArticleQuestion};
use crate::model::faq::Faq;

pub(crate) const RULE: Rule = Rule {
    code: "same-question",
    default: Level::Warn,
    summary: "the same question on two records",
    explanation: "\
Two answers to one question drift apart, and readers find only one of them. Write the question once in
`faqs`, and name it by its id in every article that asks it. Case and punctuation do not matter.

Wrong: `Should it hurt?` in `faqs.yaml`, and again as a question of an article.

Right, in the article:

```yaml
faqs: [should-it-hurt]
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    for (question, place) in questions(base) {
        let words = question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let key = words.collect::<Vec<_>>().join(" ").to_lowercase();
        match first.get(&key) {
            Some(other) => found.push(
                RULE.finding(place, format!("the question `{question}` is asked a second time"))
                    .related(other.clone(), "first asked here")
                    .help("keep one of the two in `faqs`, and name it by its id elsewhere"),
            ),
            None => {
                first.insert(key, place);
            }
        }
    }
}

/// All questions with their places: those of the site, then those written in articles.
fn questions(base: &KnowledgeBase) -> Vec<(&str, Place)> {
    // As they stand in their files: whoever reads them finds the first one first.
    let mut faqs: Vec<_> =
        base.all::<Faq>().map(|(record, faq)| (base.entry(record), &*faq.question)).collect();
    faqs.sort_by_key(|(entry, _)| (&entry.path, entry.position));
    let faqs = faqs.into_iter();
    let mut questions: Vec<(&str, Place)> =
        faqs.map(|(entry, question)| (question, entry.value(FieldPath::key("question")))).collect();
    for (record, article) in base.all::<Article>() {
        for (index, question) in article.faqs.iter().enumerate() {
            if let ArticleQuestion::Inline(inline) = question {
                let field = FieldPath::key("faqs").at(index).then("question");
                questions.push((&inline.question, base.entry(record).value(field)));
            }
        }
    }
    questions
}
