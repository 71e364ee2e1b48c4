//! What a change makes anew, and that it never matters what was remembered.

use crate::project::Project;

const MUSCLE: &str = "content/muscles/infraspinatus.yaml";

fn built() -> Project {
    let mut project = Project::small();
    project.build().expect_clean();
    project
}

#[test]
fn a_build_with_nothing_new_renders_nothing() {
    built().build().expect_rendered([]);
}

#[test]
fn a_blank_line_and_a_comment_render_nothing() {
    let mut project = built();
    project.edit(MUSCLE, |text| format!("# a comment\n\n{text}"));
    project.build().expect_rendered([]);
}

#[test]
fn changing_a_text_renders_only_its_page() {
    let mut project = built();
    project.replace("content/muscles/infraspinatus.md", "turns the arm", "rolls the arm");
    // The search learns a word.
    let pages = ["muscles/infraspinatus/index.html", "search/texts/0.txt"];
    project.build().expect_rendered(pages);
    project.expect_page("muscles/infraspinatus/index.html", ["rolls the arm"]);
}

#[test]
fn the_search_learns_a_new_word_and_forgets_one_that_is_gone() {
    let words = |project: &Project| -> Vec<String> {
        let pieces =
            project.pages().into_iter().filter(|(path, _)| path.starts_with("search/texts/"));
        let texts = pieces.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
        lines.filter_map(|line| Some(line.split_once('|')?.0.to_owned())).collect()
    };
    let is_known = |project: &Project, word: &str| words(project).iter().any(|one| one == word);
    let mut project = built();
    project.edit("content/articles/sleep.md", |text| format!("{text}\nZigzag.\n")).build();
    assert!(is_known(&project, "zigzag"));
    project.replace("content/articles/sleep.md", "Zigzag", "Meander").build();
    assert!(is_known(&project, "meander") && !is_known(&project, "zigzag"));
    project.replace(MUSCLE, "name: Infraspinatus", "name: Spinatus").build();
    project.expect_page("search/names.json", ["Spinatus"]);
    assert!(is_known(&project, "spinatus"));
}

#[test]
fn renaming_a_muscle_renders_only_pages_that_show_its_name() {
    let mut project = built();
    let shows = |path: &String| {
        // Links lead to the muscle whatever its name; only names count.
        let text = project.page(path).to_lowercase().replace("/infraspinatus/", "");
        text.contains("infraspinatus")
    };
    let pages = project.pages().into_keys().map(ToOwned::to_owned);
    let expected: Vec<String> = pages.filter(shows).collect();
    project.replace(MUSCLE, "name: Infraspinatus", "name: Spinatus").build();
    let rendered: Vec<String> = project.rendered().iter().cloned().collect();
    let is_too_many = |path: &&String| !expected.contains(path) && !path.starts_with("search/");
    let too_many: Vec<_> = rendered.iter().filter(is_too_many).collect();
    // A picture's view says what it shows: a studio's template may say it, too.
    let may_show = ["maps/muscle-infraspinatus.svg"];
    assert_eq!(too_many, may_show, "pages that never showed the name");
    project.expect_page("muscles/infraspinatus/index.html", ["<h1>Spinatus"]);
    project.expect_page("muscles/index.html", ["Spinatus"]);
    assert!(!rendered.iter().any(|path| path == "techniques/index.html"), "{rendered:?}");
    assert!(!rendered.iter().any(|path| path == "articles/sleep/index.html"), "{rendered:?}");
}

#[test]
fn an_edited_answer_renders_the_pages_that_show_it() {
    let mut project = built();
    let text = project.text("content/faqs.yaml").expect("there are questions").to_owned();
    let answer = text.split("answer: ").nth(1).and_then(|rest| rest.lines().next());
    let answer = answer.expect("there is an answer").trim_matches('"').to_owned();
    project.replace("content/faqs.yaml", &answer, "It depends.").build().expect_clean();
    let pages = project.rendered().iter().filter(|path| path.ends_with(".html"));
    for page in pages {
        project.expect_page(page, ["It depends."]);
    }
    assert!(project.rendered().contains("faq/index.html"));
}

#[test]
fn a_style_of_the_studio_renders_all_pages_under_a_new_address() {
    let mut project = built();
    let before: Vec<String> = project.pages().keys().map(|path| (*path).to_owned()).collect();
    project.write("themes/default/css/base.css", "body { margin: 0 }").build();
    let styles = |path: &&String| path.starts_with("assets/site.");
    let old = before.iter().find(styles).expect("a style sheet");
    project.expect_no_page(old);
    // A page that only leads elsewhere has no style.
    let pages = before.iter().filter(|path| path.ends_with(".html") && *path != "old/index.html");
    for page in pages {
        assert!(project.rendered().contains(page), "{page} still names the old style sheet");
    }
}

#[test]
fn a_template_of_the_studio_renders_the_pages_that_use_it() {
    let mut project = built();
    project.write("themes/default/templates/symptom.html", "{{ page.meta.title }}").build();
    project.expect_rendered(["symptoms/stiff-neck/index.html"]);
    project.delete("themes/default/templates/symptom.html").build();
    project.expect_rendered(["symptoms/stiff-neck/index.html"]);
}

#[test]
fn a_new_article_shows_up_in_its_lists() {
    let mut project = built();
    let article = "---\ntitle: New\nsummary: Fresh.\nauthor: ada\npublished: 2026-11-20\n\
                   muscles: [trapezius]\ntopics: [basics]\n---\n\nSee the [[infraspinatus]].\n";
    project.write("content/articles/new.md", article).build().expect_clean();
    for list in [
        "articles/index.html",
        "topics/basics/index.html",
        "team/ada/index.html",
        "muscles/trapezius/index.html",
        "muscles/infraspinatus/index.html",
    ] {
        project.expect_page(list, ["articles/new/"]);
        assert!(project.rendered().contains(list), "{list} was not made anew");
    }
    for other in ["services/massage/index.html", "glossary/index.html", "pain/neck/index.html"] {
        assert!(!project.rendered().contains(other), "{other} was made anew");
    }
    project.delete("content/articles/new.md").build().expect_clean();
    project.expect_no_page("articles/new/index.html");
    project.expect_page_without("articles/index.html", "articles/new/");
}

#[test]
fn deleting_a_record_that_is_referred_to_is_an_error_and_putting_it_back_heals_it() {
    let mut project = built();
    let before: Vec<(String, Vec<u8>)> =
        project.pages().into_iter().map(|(path, bytes)| (path.to_owned(), bytes.into())).collect();
    let text = project.text("content/symptoms/stiff-neck.yaml").expect("a text").to_owned();
    project.delete("content/symptoms/stiff-neck.yaml").build();
    project.expect_no_page("symptoms/stiff-neck/index.html").expect_clean();
    project.write("content/symptoms/stiff-neck.yaml", text);
    project.delete("content/services/massage.yaml").build();
    project.expect_findings([
        "content/articles/knots.md:9:12: error[unknown-reference] no service is called `massage`",
        "content/muscles/infraspinatus.yaml:16:12: error[unknown-reference] no service is called \
         `massage`",
    ]);
    let service = "name: Massage\nsummary: An hour for the back.\ntechniques: [finger-pressure]\n\
                   duration_minutes: 60\nperformed_by: [ada]\n";
    project.write("content/services/massage.yaml", service).build().expect_clean();
    let after: Vec<(String, Vec<u8>)> =
        project.pages().into_iter().map(|(path, bytes)| (path.to_owned(), bytes.into())).collect();
    assert!(before == after, "the healed site differs from the one before");
}

#[test]
fn a_renamed_record_is_found_by_its_former_id() {
    let mut project = built();
    project.rename("content/muscles/trapezius.yaml", "content/muscles/upper-trapezius.yaml");
    project.replace(
        "content/articles/knots.md",
        "[trapezius](/muscles/trapezius/)",
        "[[trapezius]]",
    );
    project.build();
    assert!(project.has_errors());
    let path = "content/muscles/upper-trapezius.yaml";
    project.edit(path, |text| format!("{text}was: [trapezius]\n")).build();
    assert!(!project.has_errors(), "{}", project.findings());
    project
        .expect_page("muscles/trapezius/index.html", ["http-equiv", "/muscles/upper-trapezius/"]);
    project.expect_page("muscles/upper-trapezius/index.html", ["Trapezius"]);
    project.expect_page("muscles/infraspinatus/index.html", ["muscles/upper-trapezius/"]);
}

#[test]
fn a_link_by_name_breaks_with_the_name_and_heals_with_an_alias() {
    let mut project = built();
    project.edit("content/articles/sleep.md", |text| format!("{text}\nSee [[Infraspinatus]].\n"));
    project.build().expect_clean();
    project.replace(MUSCLE, "name: Infraspinatus", "name: Spinatus").build();
    assert!(project.findings().contains("no record is called `Infraspinatus`"));
    project.edit(MUSCLE, |text| format!("{text}aliases: [Infraspinatus]\n")).build();
    project.expect_clean();
    project.expect_page("articles/sleep/index.html", ["muscles/infraspinatus/"]);
}

#[test]
fn a_new_name_becomes_a_link_in_texts_that_had_it_as_a_word() {
    let mut project = built();
    let article = "content/articles/sleep.md";
    project.edit(article, |text| format!("{text}\nA zigzag, and a zigzag line.\n")).build();
    project.replace(MUSCLE, "name: Infraspinatus", "name: Zigzag").build();
    project.expect_page("articles/sleep/index.html", [">zigzag</a>"]);
    // The longer name wins, and is another record's.
    let path = "content/muscles/trapezius.yaml";
    project.replace(path, "[trap muscle]", "[zigzag line]");
    project.build().expect_page("articles/sleep/index.html", [">zigzag line</a>"]);
    project.replace(MUSCLE, "name: Zigzag", "name: Infraspinatus").build();
    project.expect_page("articles/sleep/index.html", ["A zigzag, and a", ">zigzag line</a>"]);
}

#[test]
fn what_an_article_leaves_alone_may_stand_in_a_file_of_its_own() {
    let mut project = built();
    let data = "content/articles/rest.yaml";
    let article = "title: Rest\nsummary: Lie down.\nauthor: ada\npublished: 2026-11-20\n";
    project.write(data, format!("{article}auto_link: [infraspinatus]\n"));
    let text = "The infraspinatus aches, and so does the trapezius.\n";
    project.write("content/articles/rest.md", text).build();
    project.expect_page("articles/rest/index.html", ["The infraspinatus", ">trapezius</a>"]);
    project.replace(data, "[infraspinatus]", "[trapezius]").build();
    project.expect_page("articles/rest/index.html", [">infraspinatus</a>", "the trapezius"]);
    project.replace(data, "[trapezius]", "false").build();
    project.expect_page("articles/rest/index.html", ["The infraspinatus", "the trapezius"]);
    project.replace(data, "false", "true").build();
    project.expect_page("articles/rest/index.html", [">infraspinatus</a>", ">trapezius</a>"]);
}

#[test]
fn an_alias_of_two_records_is_found_whichever_is_edited_last() {
    let mut project = built();
    project.edit(MUSCLE, |text| format!("{text}aliases: [zigzag]\n")).build().expect_clean();
    let path = "content/muscles/trapezius.yaml";
    project.replace(path, "name: Trapezius", "name: Zigzag").build();
    assert!(project.findings().contains("`zigzag` is the name of two records"));
    project.replace(path, "name: Zigzag", "name: Trapezius").build().expect_clean();
}

#[test]
fn a_draft_is_left_out_until_it_is_wanted() {
    let mut project = built();
    project.replace("content/articles/sleep.md", "author: bo", "author: bo\ndraft: true").build();
    project.expect_clean().expect_no_page("articles/sleep/index.html");
    project.with_drafts(true).build().expect_clean();
    project.expect_page("articles/sleep/index.html", ["Sleep and the neck"]);
    project.with_drafts(false).build().expect_no_page("articles/sleep/index.html");
}

#[test]
fn a_broken_record_is_one_mistake_however_many_refer_to_it() {
    let mut project = built();
    project.replace(MUSCLE, "nerve: suprascapular nerve", "nerv: suprascapular nerve").build();
    project.expect_findings([
        "content/muscles/infraspinatus.yaml:7:1: error[unknown-key] unknown key `nerv`",
    ]);
    project.replace(MUSCLE, "nerv:", "nerve:").build().expect_clean();
}

#[test]
fn a_broken_record_is_one_mistake_by_address_and_by_name_too() {
    let mut project = built();
    project.replace(MUSCLE, "nerve: suprascapular nerve", "nerve: [").build();
    let before = project.findings();
    assert_eq!(before.lines().count(), 1, "{before}");
    let links = "[a](/muscles/infraspinatus/) [b](/muscles/infraspinatus) [[Infraspinatus]] \
                 [c](../muscles/infraspinatus.yaml#where) [[its other name]]";
    project.edit("content/articles/sleep.md", |text| format!("{text}\n{links}\n")).build();
    assert_eq!(project.findings(), before);
    // What no record of that kind can be is wrong all the same.
    let wrong = "[a](/muscles/infra/) [b](../techniques/infraspinatus.yaml) [[technique:no]]";
    project.edit("content/articles/sleep.md", |text| format!("{text}\n{wrong}\n")).build();
    assert_eq!(project.findings().lines().count(), 1 + 3, "{}", project.findings());
}

#[test]
fn a_broken_record_is_one_mistake_by_its_former_ids_too() {
    let mut project = built();
    project.edit(MUSCLE, |text| format!("{text}\nwas: [infra-old, 12]\nnerv: x\n")).build();
    let before = project.findings();
    let links = "[a](/muscles/infra-old/) [[muscle:infra-old]]";
    let article = "content/articles/sleep.md";
    project.edit(article, |text| format!("{text}\n{links}\n")).build();
    project.replace(article, "\ntitle:", "\nmuscles: [infra-old]\ntitle:").build();
    assert_eq!(project.findings(), before);
}

#[test]
fn a_file_of_many_that_cannot_be_read_is_one_mistake() {
    let mut project = built();
    let addresses = "/faq/#does-it-hurt\n/references/#simons-1999\n/pain/neck/\n/team/ada/\n";
    project.write("addresses.txt", addresses);
    let links = "See [a](/faq/#gone), [b](/faq/), [[faq:gone]], [[Gone]], [@gone].";
    let is_of_many = |path: &String| path.ends_with(".yaml") && path.matches('/').count() == 1;
    for path in project.files().iter().filter(|path| is_of_many(path)) {
        let text = project.text(path).expect("a text").to_owned();
        let breaks =
            [format!("{text}\n  x: [\n").into_bytes(), b"\xff\x00".into(), b"- a\n".into()];
        for broken in breaks {
            project.write(path, broken).build();
            // No site is made of this, but here: a drawing of no region fails.
            let found = project.findings();
            let found: Vec<_> =
                found.lines().filter(|one| !one.contains("template-error")).collect();
            assert_eq!(found.len(), 1, "{path}: {found:?}");
        }
        if path == "content/faqs.yaml" {
            let page = "content/pages/more.md";
            project.write(page, format!("---\ntitle: More\n---\n\n{links}\n")).build();
            let found = project.findings();
            assert!(found.contains("no citation is called `gone`"), "{found}");
            assert_eq!(found.lines().count(), 2, "{found}");
            project.delete(page);
        }
        project.write(path, text).build().expect_clean();
    }
}

#[test]
fn a_draft_is_found_by_its_name_as_long_as_it_has_it() {
    let (mut project, path) = (built(), "content/muscles/trapezius.yaml");
    project.edit(path, |text| format!("{text}draft: true\n"));
    let page = "---\ntitle: More\n---\n\nSee [[Trapezius]].\n";
    project.write("content/pages/more.md", page).build().expect_clean();
    project.replace(path, "name: Trapezius", "name: Trap").build();
    assert!(project.findings().contains("no record is called `Trapezius`"));
    project.replace(path, "name: Trap", "name: Trapezius").build().expect_clean();
}

#[test]
fn settings_theme_and_data_may_break_and_be_mended() {
    let mut project = built();
    let settings = project.text("site.toml").expect("a text").to_owned();
    for broken in ["title = ", "titel = \"x\"\n", "theme = \"nowhere\"\n", "\u{0}", "[["] {
        project.write("site.toml", broken).build();
        assert!(project.has_errors(), "{broken:?}");
    }
    project.write("site.toml", settings).build().expect_clean();
    project.write("themes/default/templates/base.html", "{% block").build();
    assert!(project.has_errors());
    project.delete("themes/default/templates/base.html").build().expect_clean();
    project.rename("content/regions.yaml", "content/regionz.yaml").build();
    assert!(project.has_errors());
    project.rename("content/regionz.yaml", "content/regions.yaml").build().expect_clean();
}

#[test]
fn settings_that_are_broken_for_a_while_leave_nothing_behind() {
    let page = "content/pages/odd.md";
    let mut project =
        Project::new([("site.toml", ""), (page, "---\ntitle: Odd\n---\n\n<b>x</b>\n")]);
    let found = project.build().findings();
    project.write("site.toml", "title = \"x").build();
    project.expect_findings([
        "site.toml:1:11: error[invalid-toml] invalid basic string, expected `\"`",
    ]);
    project.write(page, "---\ntitle: Odd\n---\n\n<i>x</i>\n").build();
    project.write("site.toml", "").build();
    assert_eq!(project.findings(), found.replace("<b>", "<i>"));
}

#[test]
fn a_picture_that_settings_name_is_found_and_missed_as_it_comes_and_goes() {
    let mut project = built();
    let settings = "\n[theme.settings]\nlogo = \"media/logo.svg\"\n";
    project.edit("site.toml", |text| format!("{text}{settings}")).build();
    // Of three builds, another one each time comes after a restart.
    for _ in 0..2 {
        let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        project.write("content/media/logo.svg", picture).build().expect_clean();
        project.expect_page("index.html", ["media/logo.svg"]);
        project.delete("content/media/logo.svg").build();
        assert!(project.findings().contains("no file `content/media/logo.svg`"));
        // One of a similar name is the cure, as long as it is there.
        project.write("content/media/logos.svg", picture).build();
        let help = format!("{:?}", project.diagnostics());
        assert!(help.contains("`media/logos.svg`"), "{help}");
        project.delete("content/media/logos.svg");
    }
}

#[test]
fn a_theme_that_is_not_there_is_reported_where_it_is_named() {
    let mut project = built();
    for named in ["theme = \"nowhere\"\n", "[theme]\nname = \"nowhere\"\n"].repeat(2) {
        project.write("site.toml", named).build();
        assert!(project.findings().contains("error[unknown-theme]"), "{}", project.findings());
    }
}
