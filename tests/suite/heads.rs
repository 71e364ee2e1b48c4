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
