//! A second theme over the built-in one: what it may change, and what is said when it is told wrongly.

use std::collections::BTreeSet;
use std::path::Path;

use sinew::page::Pictures;
use sinew::page::output::Pages;
use sinew::pipeline::{Memo, analyze};

use crate::files;
use crate::project::{Project, files_below};

/// The content of the small site, shown by the theme in `tests/sites/plain`.
fn plain() -> Project {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/plain"));
    let mut project = Project::small();
    for (path, bytes) in files_below(folder) {
        project.write(&path, bytes);
    }
    project
}

fn style_sheet(project: &Project) -> String {
    let pages = project.pages();
    let sheet =
        pages.iter().find(|(path, _)| path.starts_with("assets/site.")).expect("a style sheet");
    String::from_utf8(sheet.1.to_vec()).expect("sheets are UTF-8")
}

/// What is wrong with the theme's settings, one finding a line.
fn findings(settings: &str) -> String {
    let mut project = plain();
    project.edit("site.toml", |text| {
        let (before, _) = text.split_once("accent").expect("the settings begin with it");
        format!("{before}{settings}\n[check]\ndefault = \"allow\"\n")
    });
    let sources = project.contents().iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
    files::lines(&files::analysis(sources).diagnostics)
}

#[test]
fn a_theme_changes_one_block_one_part_one_directive_one_word_and_nothing_else() {
    let mut project = plain();
    project.write(
        "content/articles/knots.md",
        "---\ntitle: Knots\nsummary: About knots.\nauthor: ada\npublished: 2026-01-02\n---\n\n\
         :::note{title=\"Mind\"}\nA word.\n:::\n",
    );
    project.build().expect_clean();
    let muscle = project.page("muscles/infraspinatus/index.html");
    let (greeting, name) = (muscle.find("Good to see you."), muscle.find("<h1>Infraspinatus"));
    assert!(greeting.is_some() && greeting < name, "{muscle}");
    assert!(muscle.contains("class=\"plain-footer\"><p>Plain Studio. We answer within a day."));
    assert!(!muscle.contains("site-footer"), "the built-in footer is gone");
    assert!(muscle.contains("id=\"section--anatomy\""), "the rest of the page is the built-in one");
    project.expect_page("articles/knots/index.html", ["<section class=\"plain-note\">"]);
    project.expect_page("index.html", ["Where is the ache?", ">All places on the body<"]);
    let icon = project.pages().into_iter().find(|(path, _)| path.starts_with("assets/icon."));
    assert!(icon.is_some_and(|(_, bytes)| bytes.starts_with(b"<svg xmlns")));
}

#[test]
fn the_settings_of_the_built_in_theme_reach_sheet_header_home_page_and_map() {
    let mut project = plain();
    project.build().expect_clean();
    let sheet = style_sheet(&project);
    assert!(sheet.starts_with(":root{--accent:#6b2d5c}\n@layer "), "{}", &sheet[..60]);
    assert!(sheet.trim_end().ends_with(".greeting{font-style:italic}"), "its own sheet comes last");
    let home = project.page("index.html");
    assert!(home.contains("<img class=\"site-logo\" src=\"/media/knot.svg\""), "{home}");
    let (questions, place) = (home.find("section--questions"), home.find("section--where"));
    assert!(questions.is_some() && questions < place, "{home}");
    assert!(!home.contains("section--symptoms"), "what is not in the list is not shown");
    assert!(home.contains("map-outline") && !home.contains("map-detail"), "{home}");
    project.replace("site.toml", "[\"questions\", \"where\"]", "[]").build().expect_clean();
    assert_eq!(project.page("index.html").matches("<h1>Plain Studio").count(), 1);
    project.replace("site.toml", "home_sections = []", "");
    project.replace("site.toml", "map_style = \"plain\"\n", "").build();
    assert!(project.page("index.html").contains("map-detail"));
}

#[test]
fn a_wrong_setting_is_reported_where_it_stands_with_what_would_be_right() {
    let said = |setting: &str| findings(setting).replace("site.toml#theme.settings.", "");
    assert_eq!(
        said("accent = \"teal\""),
        "accent: error[wrong-type] expected a colour\n  \
           = help: write it as `#0b4f4c`: red, green and blue\n"
    );
    assert_eq!(
        said("home_sections = [\"wher\", \"articles\"]"),
        "home_sections: error[wrong-type] expected `where`, `symptoms`, `articles`, `services` or \
         `questions`, found `wher`\n  = help: a similar word is right: `where`\n"
    );
    assert_eq!(
        said("home_sections = [\"where\", \"where\"]"),
        "home_sections: error[wrong-type] `where` stands here twice\n"
    );
    assert_eq!(said("map_style = 3"), "map_style: error[wrong-type] expected `drawn` or `plain`\n");
    assert_eq!(
        said("logo = \"media/knott.svg\""),
        "logo: error[broken-link] there is no file `content/media/knott.svg`\n  \
           = help: a file with a similar name exists: `media/knot.svg`\n"
    );
    assert_eq!(
        said("logo = \"content/media/knot.svg\""),
        "logo: error[broken-link] there is no file `content/content/media/knot.svg`\n  \
           = help: leave `content/` out: `media/knot.svg`\n"
    );
    assert_eq!(
        said("logo = \"articles/sleep.md\""),
        "logo: error[wrong-type] `articles/sleep.md` is no picture\n  \
           = help: pictures end in `.svg`, `.png`, `.jpg`, `.jpeg`, `.webp`, `.avif`, `.gif`\n"
    );
    assert_eq!(
        said("emergency_number = \"\""),
        "emergency_number: error[wrong-type] expected a telephone number\n  \
           = help: write it as text, such as `\"112\"`\n"
    );
    assert_eq!(
        said("acent = \"#123456\""),
        "acent: error[unknown-key] the theme has no setting called `acent`\n  \
           = help: a setting with a similar name exists: `accent`\n"
    );
}

#[test]
fn a_template_that_extends_itself_is_told_how_to_extend_the_built_in_one() {
    let mut project = plain();
    project.write("themes/plain/templates/page.html", "{% extends \"page.html\" %}");
    let sources = project.contents().iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
    let said = files::lines(&files::analysis(sources).diagnostics);
    let help =
        "the overridden template is reached by its theme: `{% extends \"builtin/page.html\" %}`";
    assert!(said.contains(help), "{said}");
}

#[test]
fn a_theme_cannot_be_called_as_the_built_in_one() {
    let mut project = Project::small();
    project.edit("site.toml", |text| format!("theme = \"builtin\"\n{text}"));
    project.write("themes/builtin/css/b.css", "b { top: 0 }").build().expect_findings([
        "site.toml:1:9: error[unknown-theme] `builtin` is how templates call the built-in theme",
    ]);
}

#[test]
fn a_theme_that_is_not_there_is_reported_at_its_name() {
    let mut project = Project::small();
    project.edit("site.toml", |text| format!("{text}\n[theme]\nname = \"mine\"\n")).build();
    let found = project.findings();
    assert!(
        found.contains(":8: error[unknown-theme] there is no theme in `themes/mine`"),
        "{found}"
    );
    let sources = project.contents().iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
    let said = files::lines(&files::analysis(sources).diagnostics);
    assert!(said.contains("`sinew theme FILE --copy` begins it"), "{said}");
}

#[test]
fn a_check_draws_something_with_every_template_that_a_build_would() {
    let mut project = plain();
    project.replace("site.toml", "[check]", "[build]\nsocial_cards = true\n\n[check]");
    let text = "---\ntitle: Knots\nsummary: About knots.\nauthor: ada\npublished: 2026-01-02\n---\n\n\
                ::referral-map{muscle=infraspinatus}\n";
    project.write("content/articles/knots.md", text);
    let input = project.input();
    let analysis = analyze(&input, &mut Memo::default());
    let content = &analysis.base.content;
    let pictures = Pictures::as_they_are().with_cards(content, project.shelf(), &|_, _, _| {});
    let site = analysis.site(&input, pictures);
    let chosen = site.one_of_each_template();
    let templates = |files: &[usize]| -> BTreeSet<&str> {
        files.iter().filter_map(|index| site.template_of(*index)).collect()
    };
    let all: Vec<usize> = (0..site.paths().len()).collect();
    assert_eq!(templates(&chosen), templates(&all));
    assert!(templates(&chosen).contains("pain_area.html"), "a region of an area is no area");
    for folder in ["maps/", "cards/"] {
        let count =
            chosen.iter().filter(|at| site.paths()[**at].as_str().starts_with(folder)).count();
        assert_eq!(count, 1, "{folder}");
    }
}

#[test]
fn a_trigger_point_is_marked_where_no_pain_is_felt_too() {
    let mut project = plain();
    let marker = |view: &str| format!("    marker: {{view: {view}, x: 0.6, y: 0.25}}\n");
    let path = "content/muscles/infraspinatus.yaml";
    project.edit(path, |text| {
        text.replacen("    refers_to:", &format!("{}    refers_to:", marker("back")), 1)
    });
    project.replace(path, "      - {region: neck-side, side: same, intensity: spillover}\n", "");
    project.build().expect_clean();
    let page = project.page("muscles/infraspinatus/index.html");
    assert!(page.contains("body-map-back") && page.contains("map-marker"), "{page}");
    project.replace(path, "view: back", "view: both").build().expect_findings([
        "content/muscles/infraspinatus.yaml:11:20: error[unknown-choice] expected one of `front`, `back`, found `both`",
    ]);
}

#[test]
fn a_text_shows_a_referral_as_a_picture_of_its_own_and_a_page_of_a_muscle_draws_it() {
    let mut project = plain();
    let text = "---\ntitle: Knots\nsummary: About knots.\nauthor: ada\npublished: 2026-01-02\n---\n\n\
                ::referral-map{muscle=infraspinatus}\n\n::referral-map{region=shoulder-front}\n";
    project.write("content/articles/knots.md", text).build().expect_clean();
    let page = project.page("articles/knots/index.html");
    assert!(!page.contains("<svg"), "{page}");
    for name in ["muscle-infraspinatus", "region-shoulder-front"] {
        let picture = project.page(&format!("maps/{name}.svg"));
        assert!(picture.trim_start().starts_with("<svg xmlns="), "{picture}");
        assert!(page.contains(&format!("<img src=\"/maps/{name}.svg\" alt=\"Where ")), "{page}");
    }
    assert!(page.contains("loading=\"lazy\""));
    assert!(project.page("muscles/infraspinatus/index.html").contains("<svg"));
    project.replace("content/articles/knots.md", "::referral-map{region=shoulder-front}", "");
    project.build().expect_no_page("maps/region-shoulder-front.svg");
}

#[test]
fn what_is_drawn_once_for_many_pages_is_drawn_by_the_parts_of_the_theme() {
    let mut project = plain();
    for (name, argument, drawn) in [
        ("link_or_text", "item", "<b>{{ item.title }}</b>"),
        ("body_map_ink", "map, view", "<g>{{ map.id }} on {{ view.name }}</g>"),
    ] {
        let part =
            format!("{{% component {name}({argument}) %}}{drawn}{{% endcomponent {name} %}}");
        project.write(&format!("themes/plain/templates/parts/{name}.html"), part);
    }
    project.build().expect_clean();
    let ink = "<g>page--map on front</g>";
    let zone = "<th scope=\"row\"><b>Front of the shoulder</b></th>";
    project.expect_page("muscles/infraspinatus/index.html", [ink, zone]);
    project.expect_page("maps/muscle-infraspinatus.svg", [ink]);
}

#[test]
fn a_directive_without_its_body_is_reported_where_it_stands_only() {
    let mut project = plain();
    let text = "---\ntitle: Knots\nsummary: About knots.\nauthor: ada\npublished: 2026-01-02\n---\n\n\
                ::note{title=\"So\"}\n\n::steps\n";
    project.write("content/articles/knots.md", text).build().expect_findings([
        "content/articles/knots.md:8:3: error[wrong-directive-form] `note` needs a body",
        "content/articles/knots.md:10:3: error[wrong-directive-form] `steps` needs a body",
    ]);
}

#[test]
fn an_answer_shows_the_places_of_a_region_as_a_picture_too() {
    let mut project = plain();
    let question = "does-it-hurt:\n  question: Where is it?\n  answer: |\n    Here.\n\n    \
                    ::referral-map{region=shoulder-front}\n";
    project.write("content/faqs.yaml", question).build().expect_clean();
    let page = project.page("faq/index.html");
    assert!(page.contains("<img src=\"/maps/region-shoulder-front.svg\" alt=\"Where "), "{page}");
    assert!(!page.contains("<svg"), "{page}");
    project.page("maps/region-shoulder-front.svg");
}
