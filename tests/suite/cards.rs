//! Social cards: which pages have one, where it is named, and that it is drawn once.

use crate::project::Project;

const SETTINGS: &str = "title = \"Knead\"\nbase_url = \"https://x.org/kb\"\n\n[check]\norphan-page = \"allow\"\n\n\
                        [build]\nsocial_cards = true\n";
const PAGE: &str = "---\ntitle: After a long day & night\nsummary: What helps.\n---\n\nRest.\n";

fn project() -> Project {
    let mut project = Project::new([("content/pages/aftercare.md", PAGE)]);
    project.write("site.toml", SETTINGS);
    project
}

/// The paths of all cards.
fn cards(project: &Project) -> Vec<&str> {
    project.pages().into_keys().filter(|path| path.starts_with("cards/")).collect()
}

#[test]
fn each_page_has_a_card_and_says_where() {
    let mut project = project();
    project.build().expect_clean();
    let cards = cards(&project);
    assert!(
        cards.contains(&"cards/aftercare.png") && cards.contains(&"cards/_home.png"),
        "{cards:?}"
    );
    assert!(!cards.contains(&"cards/404.html.png"), "{cards:?}");
    for card in cards {
        let picture = image::load_from_memory(project.pages()[card]).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (1200, 630), "{card}");
    }
    project.expect_page(
        "aftercare/index.html",
        [
            "<meta property=\"og:image\" content=\"https://x.org/kb/cards/aftercare.png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
            "<meta property=\"og:image:alt\" content=\"After a long day &amp; night\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ],
    );
    project.expect_page("index.html", ["content=\"https://x.org/kb/cards/_home.png\""]);
    project.expect_page_without("404.html", "og:image");
}

#[test]
fn there_are_none_unless_they_are_asked_for() {
    for settings in [
        "base_url = \"https://x.org\"\n",
        "base_url = \"https://x.org\"\n[build]\nsocial_cards = false\n",
        "[build]\nsocial_cards = true\n",
    ] {
        let mut project = project();
        project.write("site.toml", settings).build();
        assert_eq!(cards(&project), <[&str; 0]>::default(), "{settings}");
        project.expect_page_without("aftercare/index.html", "og:image");
    }
}

#[test]
fn a_card_shows_what_stands_on_it_and_is_drawn_once() {
    let mut project = project();
    project.build();
    let before = project.pages()["cards/aftercare.png"].to_vec();
    let shelf = project.shelf().files().len();
    assert_eq!(shelf, cards(&project).len());
    // The text does not stand on it; the title does.
    project.write("content/pages/aftercare.md", PAGE.replace("Rest.", "Rest well.")).build();
    assert!(project.rendered().contains("aftercare/index.html"));
    assert!(!project.rendered().contains("cards/aftercare.png"));
    project.write("content/pages/aftercare.md", PAGE.replace("long", "short")).build();
    assert!(project.rendered().contains("cards/aftercare.png"));
    assert_ne!(project.pages()["cards/aftercare.png"], before);
    assert_eq!(project.shelf().files().len(), shelf + 1);
    // What is damaged on the shelf is drawn anew.
    for bytes in project.shelf().files().values_mut() {
        bytes.pop();
    }
    project.write("content/pages/aftercare.md", PAGE).build();
    assert_eq!(project.pages()["cards/aftercare.png"], before);
}

#[test]
fn letters_that_the_font_lacks_leave_a_page_without_a_card() {
    let mut project = project();
    project.write("content/pages/aftercare.md", PAGE.replace("What helps.", "עברית")).build();
    assert!(!cards(&project).contains(&"cards/aftercare.png"));
    project.expect_page_without("aftercare/index.html", "og:image");
}

#[test]
fn a_theme_draws_its_own_cards() {
    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"12\" height=\"6\">\
                       <rect width=\"12\" height=\"6\" fill=\"#00f\"/><title>{{ page.title }}</title></svg>";
    let mut project = project();
    project
        .write("site.toml", format!("theme = \"mine\"\n{SETTINGS}"))
        .write("themes/mine/templates/social_card.svg.xml", SVG)
        .build();
    let card = image::load_from_memory(project.pages()["cards/aftercare.png"]).expect("a picture");
    assert_eq!(card.into_rgb8().get_pixel(9, 9).0, [0, 0, 255]);
    let open = SVG.replace("</svg>", "");
    project.write("themes/mine/templates/social_card.svg.xml", open).build();
    let findings = project.findings();
    assert!(
        findings.contains("themes/mine/templates/social_card.svg.xml:1:1: error[broken-card] "),
        "{findings}"
    );
}

#[test]
fn a_wrong_setting_is_said() {
    let mut project = project();
    project.write("site.toml", SETTINGS.replace("true", "\"always\"")).build();
    let findings = project.findings();
    assert!(findings.contains("error[wrong-type]"), "{findings}");
    project.write("site.toml", SETTINGS.replace("social_cards", "social_card")).build();
    let findings = project.findings();
    assert!(findings.contains("social_card"), "{findings}");
}
