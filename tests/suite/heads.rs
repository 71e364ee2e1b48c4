//! What the heads of pages say to machines.

use crate::project::Project;

fn article(name: &str, hero: &str) -> String {
    format!(
        "---\ntitle: {name}\nsummary: It is.\nauthor: ann\npublished: 2026-01-01\n{hero}---\n\nYes.\n"
    )
}

#[test]
fn every_page_of_the_list_of_articles_says_which_one_it_is() {
    let mut project = Project::new([
        (
            "site.toml",
            "base_url = \"https://x.org\"\nlanguage = \"en-GB\"\n[content]\nper_page = 1\n",
        ),
        ("content/people.yaml", "ann: {name: Ann, role: Writer}\n"),
        ("content/articles/a.md", &*article("A", "")),
        ("content/articles/b.md", &article("B", "")),
    ]);
    project.build();
    let first = "articles/index.html";
    project.expect_page(first, ["<title>Articles · "]);
    project.expect_page(
        "articles/page/2/index.html",
        [
            "<title>Articles, page 2 of 2 · ",
            "<meta name=\"description\" content=\"Articles about",
            "\"@id\":\"https://x.org/articles/page/2/#webpage\"",
            "\"item\":{\"@type\":\"Article\",\"@id\":\"https://x.org/articles/b/#article\"",
            "content=\"en_GB\"",
        ],
    );
}

#[test]
fn a_drawing_is_no_picture_for_previews() {
    let hero = |file: &str| article("A", &format!("hero: {{image: media/{file}, alt: A band}}\n"));
    let mut project = Project::new([
        ("site.toml", "base_url = \"https://x.org\"\n"),
        ("content/media/band.svg", "<svg xmlns=\"x\" viewBox=\"0 0 80 40\"/>"),
        ("content/people.yaml", "ann: {name: Ann, role: Writer}\n"),
        ("content/articles/a.md", &*hero("band.svg")),
    ]);
    project.build();
    let page = "articles/a/index.html";
    project.expect_page(page, ["<img", "content=\"summary\""]);
    project.expect_page_without(page, "og:image");
}

/// What stands between two pieces of a text, each time.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0))
}

#[test]
fn machines_are_told_the_names_that_pages_have_in_the_language_of_the_site() {
    let mut project = Project::small();
    project.edit("site.toml", |text| {
        let text = text.replace("language = \"en\"", "language = \"de\"\ntheme = \"mine\"");
        text.replace("Where does it hurt?", "Schmerz")
    });
    project.write(
        "themes/mine/strings/de.toml",
        "[nav]\nhome = \"Start\"\nfooter = \"Weitere Seiten\"\n[team]\ntitle = \"Wer wir sind\"\n\
         [pain]\ntitle = \"Wo tut es weh?\"\n[glossary]\ntitle = \"Worte\"\n\
         [articles]\ntitle = \"Artikel\"\n[pager]\ntitled = \"{title}, {number} von {count}\"\n",
    );
    project.replace("site.toml", "[check]", "[content]\nper_page = 1\n[check]").build();
    // All other words are English, which is told.
    assert!(!project.has_errors(), "{}", project.findings());
    for (path, bytes) in project.pages().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("pages are text");
        let Some(graph) =
            between(page, "<script type=\"application/ld+json\">", "</script>").next()
        else {
            continue;
        };
        let graph: serde_json::Value = serde_json::from_str(graph).expect("it is JSON");
        let nodes = graph["@graph"].as_array().expect("a list");
        let node = |mark: &str| {
            let is_meant = |id: &str| id.ends_with(mark);
            nodes.iter().find(|node| node["@id"].as_str().is_some_and(is_meant)).expect("a node")
        };
        let title = between(page, "<title>", "</title>").next().expect("a title");
        let title = title.trim_end_matches(" · Small Studio");
        // Titles of places say in which sense they are one: "Pain: Calf".
        let name = node("#webpage")["name"].as_str().expect("it has a name");
        assert!(title.ends_with(name), "{path}: {title}");
        if path == "index.html" {
            // It has no way of one step.
            continue;
        }
        let steps = node("#breadcrumb")["itemListElement"].as_array().expect("a list").iter();
        let steps: Vec<&str> = steps.filter_map(|step| step["name"].as_str()).collect();
        let crumbs = between(page, "<nav class=\"crumbs\"", "</nav>").next().unwrap_or_default();
        let crumbs: Vec<&str> = between(crumbs, "<li>", "</li>")
            .filter_map(|crumb| crumb.split(['<', '>']).nth(2))
            .collect();
        assert_eq!(steps, crumbs, "{path}");
    }
    let sections = ["\n## Wo tut es weh?\n", "\n## Wer wir sind\n", "\n## Weitere Seiten\n"];
    project.expect_page("llms.txt", sections);
    project.expect_page("index.html", ["\"name\":\"Worte\",\"url\""]);
}

#[test]
fn language_models_are_told_first_whom_to_call_in_an_emergency() {
    let mut project = Project::small();
    project.replace(
        "site.toml",
        "[check]",
        "[theme.settings]\nemergency_number = \"112\"\n[check]",
    );
    let text = project.build().page("llms.txt");
    let (head, _) = text.split_once("\n## ").expect("it has sections");
    assert!(head.contains("advice from a doctor") && head.contains("call 112."), "{head}");
}
