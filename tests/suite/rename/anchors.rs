//! Anchors that go by the id of a record, and those that only look like it.

use sinew::authoring::change::changed;
use sinew::model::Kind;

use super::{append, rename_in, texts};
use crate::project::Project;

#[test]
fn a_question_takes_its_anchors_along() {
    let mut project = Project::small();
    let text = project.text("content/faqs.yaml").expect("there are questions").to_owned();
    let old = text.split(':').next().expect("there is one").trim().to_owned();
    project.write(
        "content/articles/ask.md",
        format!(
            "---\ntitle: Ask\nsummary: s\nauthor: jo\npublished: 2026-11-01\nfaqs: [{old}]\n---\n\n\
             [here](#question-{old}) [there](/faq/#{old}) [[faq:{old}]]\n\n::faq{{id={old}}}\n"
        ),
    );
    let jo = project.text("content/people.yaml").expect("there are people").to_owned();
    let author = jo.split(':').next().expect("there is one").to_owned();
    project.replace("content/articles/ask.md", "author: jo", &format!("author: {author}"));
    project.build();
    project.expect_clean();
    let done = rename_in(&project, Kind::Faq, &old, "new-question").expect("it is safe");
    let after = texts(&changed(&project.input().sources, &done.changes));
    let expected =
        project.text("content/articles/ask.md").map(|text| text.replace(&old, "new-question"));
    assert_eq!(after.get("content/articles/ask.md").cloned(), expected);
    assert!(after["content/faqs.yaml"].contains(&format!("was: [{old}]")));
}

#[test]
fn a_question_that_was_published_keeps_its_anchor_on_the_article_that_shows_it() {
    let files = [
        ("site.toml", "[check]\ndefault = \"allow\"\nvanished-anchor = \"error\"\n"),
        ("content/people.yaml", "jo: {name: Jo, role: r}\n"),
        ("content/faqs.yaml", "ache:\n  question: Q\n  answer: A\n"),
        (
            "content/articles/ask.md",
            "---\ntitle: Ask\nsummary: s\nauthor: jo\npublished: 2026-11-01\nfaqs: [ache]\n---\n\nx\n",
        ),
        ("addresses.txt", "/articles/ask/#question-ache\n/faq/#ache\n"),
    ];
    let mut project = Project::new(files);
    project.build().expect_clean();
    let done = rename_in(&project, Kind::Faq, "ache", "pain").expect("it is safe");
    for (path, text) in texts(&changed(&project.input().sources, &done.changes)) {
        project.write(&path, text);
    }
    project.build().expect_clean();
    let anchors = ["id=\"question-pain\"", "<span id=\"question-ache\"></span>"];
    project.expect_page("articles/ask/index.html", anchors);
    // The article alone changes what the old anchor leads to.
    project.replace("content/articles/ask.md", "faqs: [pain]\n", "").build();
    project.expect_page_without("articles/ask/index.html", "question-ache");
    assert!(project.findings().contains("vanished-anchor"), "{}", project.findings());
    project.replace("content/articles/ask.md", "---\n\nx", "faqs: [pain]\n---\n\nx").build();
    project.expect_clean().expect_page("articles/ask/index.html", anchors);
}

#[test]
fn a_heading_that_is_called_like_the_record_keeps_its_anchor() {
    let mut project = Project::small();
    let page = "---\ntitle: H\nmenu: 9\n---\n\n## Infraspinatus\n\n[below](#infraspinatus)\n";
    project.write("content/pages/h.md", page);
    append(&mut project, "content/articles/sleep.md", "\n[there](/h/#infraspinatus)\n");
    project.build().expect_clean();
    let done = rename_in(&project, Kind::Muscle, "infraspinatus", "infra").expect("it is safe");
    let after = texts(&changed(&project.input().sources, &done.changes));
    assert_eq!(after["content/pages/h.md"], page);
    assert_eq!(
        after.get("content/articles/sleep.md").map(String::as_str),
        project.text("content/articles/sleep.md")
    );
}

#[test]
fn a_heading_that_is_called_like_a_question_is_not_taken_for_it() {
    let mut project = Project::small();
    let page = "---\ntitle: H\nmenu: 9\n---\n\n## Question does it hurt\n\n\
                [below](#question-does-it-hurt), [there](/faq/#does-it-hurt)\n";
    project.write("content/pages/h.md", page).build().expect_clean();
    let done = rename_in(&project, Kind::Faq, "does-it-hurt", "hurts").expect("it is safe");
    let after = texts(&changed(&project.input().sources, &done.changes));
    assert_eq!(after["content/pages/h.md"], page.replace("/faq/#does-it-hurt", "/faq/#hurts"));
}

#[test]
fn a_link_to_the_top_of_its_page_stops_no_rename() {
    let mut project = Project::small();
    append(&mut project, "content/articles/sleep.md", "\n[top](#)\n");
    project.build();
    assert!(!project.has_errors(), "{}", project.findings());
    let done = rename_in(&project, Kind::Muscle, "infraspinatus", "infra");
    assert!(done.is_ok(), "{done:?}");
}
