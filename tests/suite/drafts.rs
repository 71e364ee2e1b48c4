//! What the site shows of drafts that its records name: their names, and no way to them.

use crate::project::Project;

/// A small project of which one file was changed, built.
fn with(path: &str, from: &str, to: &str) -> Project {
    let mut project = Project::small();
    project.replace(path, from, to).build();
    project
}

const AREAS: &str = "content/areas.yaml";

#[test]
fn what_lies_in_an_area_that_is_a_draft_comes_last_in_lists() {
    let project = with(AREAS, "order: 2}", "order: 2, draft: true}");
    let group = |page: &str, title: &str, link: &str| {
        let page = project.page(page);
        let (_, rest) = page.split_once("id=\"section--other\">").expect("there is a last group");
        assert!(rest.starts_with(title), "{rest}");
        assert!(rest.contains(link), "{rest}");
    };
    group("pain/index.html", "Other places<", "href=\"/kb/pain/shoulder-front/\"");
    group("muscles/index.html", "Other muscles<", "href=\"/kb/muscles/infraspinatus/\"");
}

#[test]
fn a_symptom_in_no_area_of_the_site_comes_last_in_the_list() {
    for (path, from, to) in [
        (AREAS, "order: 1}", "order: 1, draft: true}"),
        ("content/regions.yaml", "synonyms: [crick]", "draft: true"),
    ] {
        let project = with(path, from, to);
        let page = project.page("symptoms/index.html");
        let (_, rest) = page.split_once("id=\"section--other\">").expect("there is a last group");
        assert!(rest.starts_with("Other symptoms<"), "{rest}");
        assert!(rest.contains("href=\"/kb/symptoms/stiff-neck/\""), "{rest}");
    }
}

#[test]
fn lists_without_drafts_have_no_last_group() {
    let mut project = Project::small();
    project.build();
    for page in ["pain/index.html", "muscles/index.html", "symptoms/index.html"] {
        project.expect_page_without(page, "section--other");
    }
}

#[test]
fn an_article_of_an_author_who_is_a_draft_begins_with_its_day() {
    let mut project = Project::small();
    project.edit("content/people.yaml", |text| {
        format!("{text}\nzoe: {{name: Zoe, role: Writer, draft: true}}\n")
    });
    project.replace("content/articles/sleep.md", "author: bo", "author: zoe").build();
    let page = project.page("articles/sleep/index.html");
    let (_, byline) = page.split_once("<p class=\"byline\">").expect("there is a line");
    assert!(byline.trim_start().starts_with("<time datetime=\"2026-11-02\">"), "{byline}");
}

#[test]
fn a_draft_is_called_by_its_name_and_is_no_link() {
    let mut project = with("content/regions.yaml", "synonyms: [crick]", "draft: true");
    project.edit("content/articles/sleep.md", |text| {
        format!("{text}\nIt is about the [[neck-side]] and [[region:neck-side]].\n")
    });
    project.build();
    project.expect_page(
        "articles/sleep/index.html",
        ["It is about the <a>side of the neck</a> and <a>side of the neck</a>."],
    );
    project.expect_page("muscles/infraspinatus/index.html", ["Side of the neck"]);
    project.expect_page_without("muscles/infraspinatus/index.html", "neck-side");
    // The name is not that of the last build.
    project.replace("content/regions.yaml", "Side of the neck", "Flank of the neck").build();
    project.expect_page("articles/sleep/index.html", ["the <a>flank of the neck</a> and"]);
}

const UNFINISHED: &str = "draft: true\nname: Subscapularis\nsummary:\ntrigger_points:\n  - id:\n";

#[test]
fn a_draft_that_is_not_finished_stops_nothing_until_drafts_are_wanted() {
    let mut project = Project::small();
    project.build();
    let owned = |project: &Project| -> Vec<(String, Vec<u8>)> {
        project.pages().iter().map(|(path, page)| ((*path).to_owned(), page.to_vec())).collect()
    };
    let pages = owned(&project);
    project.write("content/muscles/subscapularis.yaml", UNFINISHED);
    project.write("content/muscles/subscapularis.md", "Its text.\n");
    project.write("content/articles/new.md", "---\ntitle:\ndraft: true\nnonsense: 1\n---\nText.\n");
    project.edit("content/terms.yaml", |text| format!("{text}\nnew: {{name: , draft: true}}\n"));
    project.build();
    assert_eq!(project.findings(), "");
    assert!(owned(&project) == pages, "pages differ");
    project.with_drafts(true).build();
    let found = project.findings();
    for code in ["missing-field", "wrong-type", "unknown-key"] {
        assert!(found.contains(code), "{found}");
    }
    for file in ["muscles/subscapularis.yaml", "articles/new.md", "terms.yaml"] {
        assert!(found.contains(file), "{found}");
    }
}

#[test]
fn a_draft_whose_file_cannot_be_read_is_a_mistake() {
    let mut project = Project::small();
    project.write("content/muscles/subscapularis.yaml", "draft: true\nname: [\n").build();
    assert!(project.findings().contains("invalid-yaml"), "{}", project.findings());
}

#[test]
fn links_to_a_draft_that_is_not_finished_show_its_name() {
    let mut project = Project::small();
    project.write("content/muscles/subscapularis.yaml", UNFINISHED);
    project.edit("content/articles/sleep.md", |text| {
        format!("{text}\nSee [[muscle:subscapularis]] and [[Subscapularis]], not [[subscapula]].\n")
    });
    project.build();
    let found = project.findings();
    assert!(found.contains("`subscapula`"), "{found}");
    assert!(!found.contains("subscapularis.yaml"), "{found}");
    // With its lines filled in, or its name changed, nothing is left of what was read before.
    project.replace("content/articles/sleep.md", ", not [[subscapula]]", "").build();
    let page = "articles/sleep/index.html";
    project.expect_page(page, ["See <a>Subscapularis</a> and <a>Subscapularis</a>."]);
    project
        .replace("content/muscles/subscapularis.yaml", "name: Subscapularis", "name: Sub")
        .build();
    assert!(project.findings().contains("`Subscapularis`"), "{}", project.findings());
}

#[test]
fn a_record_that_is_there_twice_is_said_to_be_so_though_one_is_not_finished() {
    let mut project = Project::small();
    project.write("content/muscles/infraspinatus.yml", "draft: true\nname:\n").build();
    assert!(project.findings().contains("a second time"), "{}", project.findings());
}
