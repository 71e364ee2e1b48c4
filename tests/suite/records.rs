//! What records show of each other, and of what they rest on.

use crate::project::Project;

const TERMS: &str = "\
knot: {name: Knot, definition: A tender spot.}
tens: {name: TENS, definition: Current on the skin.}
achilles: {name: Achilles tendon, aliases: [Achilles], definition: A tendon.}
";

fn page_of(text: &str) -> Project {
    let text = format!("---\ntitle: About Knots\n---\n\n{text}\n");
    let mut project = Project::new([("content/terms.yaml", TERMS), ("content/pages/us.md", &text)]);
    project.build().expect_clean();
    project
}

#[test]
fn a_name_within_a_sentence_has_no_capital_and_at_its_start_has_one() {
    let project =
        page_of("[[knot]] is a word. [[knot]] or *[[knot]]*, said of a [[knot]].\n\n- [[knot]]");
    let page = project.page("us/index.html");
    let names: Vec<&str> = page
        .split("href=\"/glossary/#knot\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(names, ["Knot", "Knot", "knot", "knot", "Knot"]);
}

#[test]
fn acronyms_proper_names_titles_and_words_of_the_author_stay_as_they_are() {
    let project = page_of("See [[tens]], [[achilles]], [[page:us]] and [[knot|Knots]].");
    let parts = [">TENS</a>", ">Achilles tendon</a>", ">About Knots</a>", ">Knots</a>"];
    project.expect_page("us/index.html", parts);
}

#[test]
fn myths_and_questions_stand_on_the_pages_that_they_concern() {
    let mut project = Project::small();
    project.write(
        "content/myths/salt.yaml",
        "claim: Salt helps.\nverdict: unclear\nexplanation: Nobody knows.\nmuscles: [infraspinatus]\n\
         regions: [shoulder-front]\nsymptoms: [stiff-neck]\ntechniques: [finger-pressure]\n",
    );
    project.write(
        "content/faqs/turn.yaml",
        "question: Why does it not turn?\nanswer: It may be stiff.\nsymptoms: [stiff-neck]\n",
    );
    project.build().expect_clean();
    for page in [
        "muscles/infraspinatus/index.html",
        "pain/shoulder-front/index.html",
        "symptoms/stiff-neck/index.html",
        "techniques/finger-pressure/index.html",
    ] {
        project.expect_page(page, ["Salt helps.", "/myths/#salt", "Nobody knows yet"]);
    }
    project.expect_page("symptoms/stiff-neck/index.html", ["Why does it not turn?"]);
}

#[test]
fn a_synonym_that_two_regions_share_is_reported_and_one_that_is_a_name_is_not() {
    let regions = |other: &str| {
        format!(
            "calf: {{name: Calf, area: leg, view: back, synonyms: [back of my leg]}}\n\
             shin: {{name: Shin, area: leg, view: front, synonyms: [leg, {other}]}}\n"
        )
    };
    let mut project = Project::new([
        ("content/areas.yaml", "leg: {name: Leg}\n"),
        ("content/regions.yaml", &*regions("front of my leg")),
    ]);
    project.build().expect_clean();
    project.write("content/regions.yaml", regions("Back of my leg")).build();
    let findings = project.findings();
    assert!(findings.contains("`back of my leg` is the name of two records"), "{findings}");
    assert_eq!(findings.lines().count(), 1, "{findings}");
}

#[test]
fn a_drawing_has_its_width_and_height() {
    let mut project = Project::new([
        ("content/media/band.svg", "<svg xmlns=\"x\" viewBox=\"0 0 80 40\"/>"),
        ("content/pages/us.md", "---\ntitle: Us\n---\n\n![A band](media/band.svg \"Us\")\n"),
    ]);
    project.build().expect_clean();
    project.expect_page("us/index.html", ["width=\"80\" height=\"40\""]);
}

#[test]
fn techniques_are_listed_by_their_ids_and_those_that_are_not_there_are_reported() {
    let technique = |name: &str| {
        format!(
            "name: {name}\nperformer: self\nsetting: at-home\nsummary: Slow.\nstop_if: It hurts.\n"
        )
    };
    let page = |ids: &str| format!("---\ntitle: Us\n---\n\n::techniques{{ids=\"{ids}\"}}\n");
    let mut project = Project::new([
        ("content/techniques/rest.yaml", &*technique("Rest")),
        ("content/techniques/heat.yaml", &technique("Heat")),
        ("content/techniques/walk.yaml", &technique("Walk")),
        ("content/pages/us.md", &page("walk, heat")),
    ]);
    project.build().expect_clean();
    let shown = project.page("us/index.html");
    let at = |id: &str| shown.find(&format!("\"card-title\" href=\"/techniques/{id}/\""));
    assert!(at("walk").is_some() && at("walk") < at("heat"), "{shown}");
    assert_eq!(at("rest"), None);
    project.write("content/pages/us.md", page("walk, heet")).build();
    let findings = project.findings();
    assert!(findings.contains("no technique is called `heet`"), "{findings}");
}

#[test]
fn a_technique_that_lasts_is_not_held() {
    let mut project = Project::new([(
        "content/techniques/breathing.yaml",
        "name: Breathing\nperformer: self\nsetting: at-home\nsummary: Slow.\nstop_if: It hurts.\n\
         steps: [{text: Breathe.}]\nlasts: {min: 120, max: 300}\nper_day: 3\n",
    )]);
    project.write("site.toml", "[check]\ndefault = \"allow\"\nunsafe-self-care = \"error\"\n");
    project.build().expect_clean();
    project.expect_page("techniques/breathing/index.html", ["Lasts", "2 to 5 minutes"]);
    project.expect_page_without("techniques/breathing/index.html", "Hold for");
}

#[test]
fn a_hero_and_a_comparison_have_captions() {
    let mut project = Project::new([
        ("content/media/band.svg", "<svg xmlns=\"x\" viewBox=\"0 0 80 40\"/>"),
        ("content/people.yaml", "ann: {name: Ann, role: Writer}\n"),
        (
            "content/articles/a.md",
            "---\ntitle: A\nsummary: It is.\nauthor: ann\npublished: 2026-01-01\n\
             hero: {image: media/band.svg, alt: A band, caption: A taut band.}\n---\n\n\
             :::compare{caption=\"Hot and cold\"}\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n",
        ),
    ]);
    project.build().expect_clean();
    project.expect_page("articles/a/index.html", ["<figcaption>A taut band.", ">Hot and cold</p>"]);
}

#[test]
fn a_muscle_says_what_of_it_was_checked_and_why_it_has_no_technique() {
    let mut project = Project::small();
    let said =
        "checked: {pattern: true, anatomy: false}\nno_technique_because: It lies deep.\nnerve:";
    project.replace("content/muscles/trapezius.yaml", "nerve:", said).build().expect_clean();
    project.expect_page(
        "muscles/trapezius/index.html",
        [
            "Where the pain is felt was checked against a second source.",
            "its nerve have not been checked against a second source.",
            "<p>It lies deep.</p>",
        ],
    );
}

#[test]
fn steps_are_folded_but_for_the_first_technique() {
    let mut project = Project::small();
    project.write(
        "content/techniques/ball.yaml",
        "name: Ball\nperformer: self\nsetting: at-home\nsummary: Lean.\nstop_if: It tingles badly.\n\
         steps: [{text: Lean on it.}]\nhold: {min: 30, max: 60}\nper_day: 2\ncautions: [Not on bones.]\n",
    );
    let both = "techniques: [finger-pressure, ball]";
    project.replace("content/muscles/infraspinatus.yaml", "techniques: [finger-pressure]", both);
    project.build();
    let page = project.page("muscles/infraspinatus/index.html");
    assert_eq!(page.matches("<details class=\"technique-steps\" open>").count(), 1, "{page}");
    let folded = page.split("<details class=\"technique-steps\">").nth(1).expect("one is folded");
    let (steps, rest) = folded.split_once("</details>").expect("it ends");
    assert!(steps.contains("Lean on it.") && !steps.contains("It tingles badly."), "{steps}");
    assert!(rest.contains("It tingles badly."), "{rest}");
}

#[test]
fn a_list_written_as_nothing_is_empty_in_every_file() {
    for nothing in ["", "~", "null"] {
        let record = format!("{{name: Calm, aliases: {nothing}, definition: It is quiet.}}");
        let mut project = Project::new([
            ("content/terms/calm.yaml", &*format!("{record}\n")),
            ("content/topics.yaml", &format!("care: {{name: Care, aliases: {nothing}}}\n")),
        ]);
        project.build().expect_clean();
        project.expect_page("glossary/index.html", ["Calm"]);
    }
}

#[test]
fn a_file_whose_name_means_something_else_in_an_address_is_led_to_all_the_same() {
    let page = "---\ntitle: Us\n---\n\n![A band](<../media/50%25 %231.svg> \"Us\")\n\n\
                [the file](<../media/50%25 %231.svg>)\n";
    let mut project = Project::new([
        ("content/media/50% #1.svg", "<svg xmlns=\"x\" viewBox=\"0 0 80 40\"/>"),
        ("content/people.yaml", "ada: {name: Ada, role: Editor, photo: media/50%25 %231.svg}\n"),
        ("content/pages/us.md", page),
    ]);
    project.build().expect_clean();
    let address = "/media/50%25%20%231.svg\"";
    let (image, link) = (format!("src=\"{address}"), format!("href=\"{address}"));
    project.expect_page("us/index.html", [&image, &link]);
    project.expect_page("team/ada/index.html", [&image]);
    project.expect_page("media/50% #1.svg", ["<svg"]);
}

#[test]
fn a_muscle_of_whose_regions_the_theme_draws_none_has_no_empty_drawing() {
    let mut project = Project::small();
    let page = "muscles/trapezius/index.html";
    project.build().expect_clean().expect_page_without(page, "<figure class=\"body-map\" id=\"\"");
    project.expect_page(page, ["id=\"section--where-it-hurts\""]);
}

#[test]
fn links_in_fields_lead_on_from_the_text_of_their_record() {
    let mut project = Project::new([
        ("content/terms.yaml", TERMS),
        ("content/faqs.yaml", "why: {question: Why?, answer: \"A [knot](../terms/knot.md).\"}\n"),
        ("content/faqs/why.md", "Shown nowhere.\n"),
        ("content/terms/knot.md", "Shown nowhere.\n"),
    ]);
    project.build();
    assert!(!project.has_errors(), "{}", project.findings());
    project.expect_page("faq/index.html", ["<a href=\"/glossary/#knot\">knot</a>"]);
}

#[test]
fn former_ids_are_as_good_as_new_ones() {
    let mut project = Project::small();
    let muscle = "muscles/infraspinatus/index.html";
    let zones = |project: &Project| project.page(muscle).matches("map-primary").count();
    let before = zones(project.build().expect_clean());
    assert!(before > 0);
    project
        .replace(
            "content/regions.yaml",
            "shoulder-front:",
            "shoulder-fore:\n  was: [shoulder-front]",
        )
        .replace("content/people.yaml", "ada: {", "ada-doe: {was: [ada], ")
        .replace("content/topics.yaml", "home-care: {", "care: {was: [home-care], ")
        .build()
        .expect_clean();
    assert_eq!(zones(&project), before);
    project.expect_page("team/ada-doe/index.html", ["/services/massage/"]);
    project.expect_page("topics/care/index.html", ["/articles/knots/"]);
}

#[test]
fn a_page_names_the_address_that_the_sitemap_has() {
    let mut project = Project::small();
    project.edit("site.toml", |text| {
        let rest = text.lines().filter(|line| !line.starts_with("base_url"));
        let rest = rest.collect::<Vec<_>>().join("\n");
        format!("base_url = \"https://example.org/büro\"\n{rest}\n")
    });
    project.build();
    let page = "https://example.org/b%C3%BCro/pain/";
    project.expect_page("sitemap.xml", [page]);
    let canonical = format!("<link rel=\"canonical\" href=\"{page}\">");
    project.expect_page("pain/index.html", [canonical.as_str(), "href=\"/b%C3%BCro/\""]);
}

#[test]
fn a_region_that_a_point_names_by_its_former_id_stands_there_twice() {
    let mut project = Project::small();
    project
        .replace(
            "content/regions.yaml",
            "shoulder-front:",
            "shoulder-fore:\n  was: [shoulder-front]",
        )
        .replace(
            "content/muscles/infraspinatus.yaml",
            "{region: neck-side,",
            "{region: shoulder-fore,",
        )
        .replace("site.toml", "default = \"allow\"", "duplicate-region-in-point = \"error\"")
        .build();
    let found = project.findings();
    assert!(found.contains("duplicate-region-in-point"), "{found}");
}

#[test]
fn a_time_that_is_no_range_is_said_once() {
    let technique = |times: &str| {
        format!(
            "name: A\nperformer: self\nsetting: at-home\nsummary: Slow.\nstop_if: It hurts.\n{times}\n"
        )
    };
    let mut project = Project::new([
        ("content/techniques/hold.yaml", &*technique("hold: {min: 30, max: 30}")),
        ("content/techniques/lasts.yaml", &technique("lasts: {min: 60, max: 60}")),
    ]);
    project.build();
    project.expect_page("techniques/hold/index.html", ["<dd>30 seconds</dd>"]);
    project.expect_page("techniques/lasts/index.html", ["<dd>1 minute</dd>"]);
    let empty = "class=\"toc\"";
    project.expect_page_without("techniques/hold/index.html", empty);
}

#[test]
fn a_record_that_is_named_twice_is_shown_once() {
    let mut project = Project::small();
    let twice = "techniques: [finger-pressure, finger-pressure]";
    project.replace("content/services/massage.yaml", "techniques: [finger-pressure]", twice);
    project.build();
    let page = project.page("services/massage/index.html");
    assert_eq!(page.matches("href=\"/kb/techniques/finger-pressure/\"").count(), 1, "{page}");
}

#[test]
fn a_name_after_a_link_to_its_record_in_the_same_section_is_no_link() {
    for link in ["[[knot]]", "[[term:knot|one]]", "[[Knot]]"] {
        let project = page_of(&format!("See {link}, a knot.\n\n## Next\n\nA knot."));
        let page = project.page("us/index.html");
        assert_eq!(page.matches("class=\"mention\"").count(), 1, "{link}: {page}");
        let next = page.find("Next</h2>").expect("the heading is there");
        assert!(page.find("class=\"mention\"").is_some_and(|at| at > next), "{link}: {page}");
    }
    let project = page_of("A knot, that is [[knot]].");
    assert_eq!(project.page("us/index.html").matches("class=\"mention\"").count(), 1);
}

#[test]
fn an_article_leaves_records_alone_by_name_and_by_id_and_a_name_that_nobody_has_is_reported() {
    const SLEEP: &str = "content/articles/sleep.md";
    let mut project = Project::small();
    let text = |list: &str| {
        format!(
            "---\ntitle: Sleep\nsummary: S\nauthor: bo\npublished: 2026-11-02\nauto_link: {list}\n---\n\n\
             The infraspinatus and the trapezius.\n"
        )
    };
    project.write(SLEEP, text("[Trapezius]")).build();
    let mentions = |project: &Project| {
        project.page("articles/sleep/index.html").matches("class=\"mention\"").count()
    };
    assert_eq!(mentions(&project), 1);
    for both in ["[trapezius, infraspinatus]", "['muscle:trapezius', 'muscles:infraspinatus']"] {
        project.write(SLEEP, text(both)).build();
        assert_eq!(mentions(&project), 0, "{both}");
        project.expect_clean();
    }
    project.write(SLEEP, text("[sleep]")).build();
    project.expect_findings([
        "content/articles/sleep.md:6:13: warning[unknown-name] `sleep` does not become a link by itself",
    ]);
    project.write(SLEEP, text("['mucle:trapezius']")).build();
    assert_eq!(mentions(&project), 2);
    project.expect_findings([
        "content/articles/sleep.md:6:13: warning[unknown-name] no kind is called `mucle`",
    ]);
    project.write(SLEEP, text("[trapezius, infraspinata]")).build();
    assert_eq!(mentions(&project), 1);
    project.expect_findings([
        "content/articles/sleep.md:6:24: warning[unknown-name] no record is called `infraspinata`",
    ]);
}

#[test]
fn a_symptom_that_names_a_region_twice_is_listed_there_once() {
    let mut project = Project::small();
    let path = "content/symptoms/stiff-neck.yaml";
    project.replace("content/regions.yaml", "neck-side:", "neck-side:\n  was: [neck-edge]");
    project
        .replace(path, "[neck-side]", "[neck-side, neck-edge, neck-side]")
        .build()
        .expect_clean();
    let cards = |page: &str| {
        project.page(page).matches("\"card-title\" href=\"/kb/symptoms/stiff-neck/\"").count()
    };
    assert_eq!(cards("pain/neck-side/index.html"), 1);
}

#[test]
fn an_article_that_is_named_to_be_read_next_twice_is_shown_once() {
    let mut project = Project::small();
    let twice = "related: [sleep, sleep]\nsources:";
    project.replace("content/articles/knots.md", "sources:", twice).build().expect_clean();
    let page = project.page("articles/knots/index.html");
    let card = "\"card-title\" href=\"/kb/articles/sleep/\"";
    assert_eq!(page.matches(card).count(), 1, "{page}");
}
