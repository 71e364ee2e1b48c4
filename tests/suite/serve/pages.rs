//! What is served: pages, what is wrong with them, and what they are made from.

use std::time::{Duration, Instant};

use super::{DEADLINE, PAGE, Served, page};

const SETTINGS: &str = "title = \"Sinew Studio\"\ntheme = \"mine\"\n";

#[test]
fn pages_files_and_folders_are_served_with_their_kinds_and_the_sites_own_policy() {
    let served = Served::new(&[(PAGE, &page("Drink water."))]);
    let shown = served.get("/aftercare/");
    assert!(shown.starts_with("HTTP/1.1 200 OK\r\n"), "{shown}");
    assert!(shown.contains("Drink water."), "{shown}");
    let head = shown.split("\r\n\r\n").next().expect("a head");
    assert!(head.contains("content-type: text/html; charset=utf-8"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
    assert!(head.contains("cross-origin-resource-policy: same-origin"), "{head}");
    assert!(!head.contains("access-control"), "{head}");
    assert!(served.get("/media/band.svg").contains("content-type: image/svg+xml; charset=utf-8"));
    assert!(served.get("/_sinew/renew.js").contains("content-type: text/javascript"));
    let folder = served.get("/aftercare?q=1");
    assert!(folder.starts_with("HTTP/1.1 302 "), "{folder}");
    assert!(folder.contains("location: /aftercare/?q=1\r\n"), "{folder}");
    let missing = served.get("/no/such/page/");
    assert!(missing.starts_with("HTTP/1.1 404 "), "{missing}");
    assert!(missing.contains("<html"), "{missing}");
    let head = served.ask(&format!("HEAD /aftercare/ HTTP/1.1\r\nHost: {}", served.address));
    assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn a_mistake_is_listed_over_the_last_good_page_until_it_is_cured() {
    let served = Served::new(&[(PAGE, &page("Drink water."))]);
    let is_good = |answer: &str| {
        answer.contains("HTTP/1.1 200") && !answer.contains("<details id=\"sinew-findings\"")
    };
    served.until("/aftercare/", "is not good", is_good);
    let mut tab = served.listen(&served.channel("/aftercare/"));
    served.write(PAGE, &page("See [[<script>nowhere]]."));
    served.until_shown("/aftercare/", "id=\"sinew-findings\"");
    let shown = served.get("/aftercare/");
    assert!(shown.contains("content/pages/aftercare.md:6:"), "{shown}");
    assert!(!shown.contains("<script>nowhere"), "{shown}");
    assert_eq!(super::line_with(&mut tab, "event: ").trim(), "event: page");
    // A record that cannot be read at all is shown as it was.
    served.write(PAGE, "---\ntitle: [\n---\n\nDrink water.\n");
    served.until("/aftercare/", "is not as it was", |answer| {
        answer.contains("HTTP/1.1 200")
            && answer.contains("Drink water.")
            && answer.contains("id=\"sinew-findings\"")
    });
    // Every other page says so as well.
    served.until_shown("/", "id=\"sinew-findings\"");
    served.write(PAGE, &page("Drink more."));
    served.until_shown("/aftercare/", "Drink more.");
    served.until("/aftercare/", "is not good again", is_good);
    served.until_said("ms), 1 error\n");
}

#[test]
fn a_large_file_that_is_removed_is_one_mistake() {
    let path = "content/media/large.txt";
    // Of files of this size the bytes are not kept in memory.
    let large = "large ".repeat(1 << 18);
    let served = Served::new(&[(PAGE, &page("[Large](../media/large.txt)")), (path, &large)]);
    std::fs::remove_file(served.at(path)).expect("removed");
    served.until_shown("/aftercare/", "<summary>1 error");
    let answer = served.get("/media/large.txt");
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    assert!(answer.contains("<summary>1 error"), "{answer}");
    assert!(!served.said().contains("changed-while-building"), "{}", served.said());
}

#[test]
fn it_starts_with_errors_and_with_a_broken_template() {
    let template = "{% extends \"builtin/page.html\" %}{% block main %}{{ page.nothing.at.all }}{% endblock %}";
    let path = "themes/mine/templates/page.html";
    let served = Served::new(&[(PAGE, &page("x")), ("site.toml", SETTINGS), (path, template)]);
    served.until_shown("/aftercare/", "id=\"sinew-findings\"");
    served.write(path, "{% extends \"builtin/page.html\" %}");
    served.until("/aftercare/", "is not cured", |answer| {
        answer.contains("HTTP/1.1 200") && !answer.contains("<details id=\"sinew-findings\"")
    });
}

#[test]
fn an_interrupt_is_a_quiet_end_even_while_tabs_listen() {
    let mut served = Served::new(&[]);
    let _tab = served.listen(&served.channel("/"));
    let id = rustix::process::Pid::from_child(&served.child);
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("told");
    let end = Instant::now() + DEADLINE;
    let status = loop {
        match served.child.try_wait().expect("it is a child") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
        assert!(Instant::now() < end, "it goes on");
    };
    assert_eq!(status.code(), Some(0), "{}", served.said());
}

#[test]
fn a_mistake_in_a_template_shows_its_place_and_the_page_on_every_page() {
    let path = "themes/mine/templates/page.html";
    let good = "{% extends \"builtin/page.html\" %}";
    let bad = format!("{good}\n{{% block main %}}{{{{ page.nothing.at.all }}}}{{% endblock %}}\n");
    let served = Served::new(&[(PAGE, &page("Drink.")), ("site.toml", SETTINGS), (path, good)]);
    served.until_shown("/aftercare/", "Drink.");
    served.write(path, &bad);
    // The last good page is shown below, and the others tell as well.
    for page in ["/aftercare/", "/"] {
        served.until(page, "does not tell", |answer| {
            answer.contains("HTTP/1.1 200")
                && answer.contains(">themes/mine/templates/page.html:2:")
                && answer.contains("while rendering `/aftercare/`")
        });
    }
    let shown = served.get("/aftercare/");
    assert!(shown.contains("Drink."), "{shown}");
    assert_eq!(shown.matches("while rendering").count(), 1, "{shown}");
    served.until_said("page.html changed: ");
    served.until_said(" failed in ");
    served.write(path, good);
    served.until("/", "is not cured", |answer| !answer.contains("while rendering"));
}

#[test]
fn warnings_stand_in_the_bar_and_cover_nothing() {
    let served = Served::new(&[(PAGE, &page("## One\n\n#### Skipped"))]);
    let shown = served.get("/aftercare/");
    assert!(!shown.contains("<details id=\"sinew-findings\""), "{shown}");
    let (_, bar) = shown.split_once("<aside id=\"sinew-bar\"").expect("there is a bar");
    for part in [
        "<strong>page:aftercare</strong>",
        "/content/pages/aftercare.md:1:1\">content/pages/aftercare.md</a>",
        "template page.html",
        "1 warning</summary>",
        "warning[skipped-heading]",
    ] {
        assert!(bar.contains(part), "{part}: {bar}");
    }
}

#[test]
fn the_bar_names_what_a_page_is_made_from_and_who_names_it() {
    let served = Served::new(&[(PAGE, &page("Press the [[infraspinatus]]."))]);
    let page = served.get("/aftercare/");
    let (_, bar) = page.split_once("<aside id=\"sinew-bar\"").expect("there is a bar");
    assert!(bar.contains("<summary>made from 2</summary>"), "{bar}");
    assert!(bar.contains("<a href=\"/muscles/infraspinatus/\">muscle:infraspinatus</a>"), "{bar}");
    let muscle = served.get("/muscles/infraspinatus/");
    let (_, named_by) = muscle.split_once("named by ").expect("somebody names it");
    assert!(named_by.contains("<a href=\"/aftercare/\">page:aftercare</a>"), "{named_by}");
}

#[test]
fn the_bar_of_a_list_of_articles_names_those_that_stand_on_this_page_of_it() {
    let settings = "title = \"S\"\n[content]\nper_page = 1\n";
    let article = |name: &str, day: u8| {
        format!(
            "---\ntitle: {name}\nsummary: S.\nauthor: ada\npublished: 2026-01-0{day}\n---\n\nText.\n"
        )
    };
    let (knots, sleep) = (article("Knots", 1), article("Sleep", 2));
    let served = Served::new(&[
        ("site.toml", settings),
        ("content/articles/knots.md", &knots),
        ("content/articles/sleep.md", &sleep),
    ]);
    for (path, shown, other) in [
        ("/articles/", "article:sleep", "article:knots"),
        ("/articles/page/2/", "article:knots", "article:sleep"),
    ] {
        let page = served.get(path);
        let (_, bar) = page.split_once("<aside id=\"sinew-bar\"").expect("there is a bar");
        assert!(bar.contains("<summary>made from 2</summary>"), "{path}: {bar}");
        assert!(bar.contains(shown) && !bar.contains(other), "{path}: {bar}");
    }
}

#[test]
fn findings_open_the_editor_of_the_settings() {
    let editor = "idea://open?file={file}&line={line}";
    let settings = format!("title = \"S\"\n[serve]\neditor = \"{editor}\"\n");
    let served = Served::new(&[(PAGE, &page("See [[nowhere]].")), ("site.toml", &settings)]);
    let link = "<a href=\"idea://open?file=/";
    served.until_shown("/aftercare/", link);
    served.until_shown("/aftercare/", "/content/pages/aftercare.md&amp;line=6\"");
    served.write("site.toml", "title = \"S\"\n[serve]\neditor = \"idea://{row}\"\n");
    served.until_shown("/aftercare/", "site.toml:3:");
    served.until_shown("/aftercare/", "error[malformed-editor]");
    served.until_shown("/aftercare/", "<a href=\"vscode://file/");
}

#[test]
fn it_is_ready_before_all_pages_are_rendered_and_says_what_a_change_did() {
    let served = Served::new(&[(PAGE, &page("x"))]);
    served.until_said(" pages rendered, 0 kept in ");
    let said = served.said();
    let place = |text: &str| said.find(text).expect("it was said");
    assert!(place("serving http") < place(" pages rendered, 0 kept in "), "{said}");
    served.write(PAGE, &page("y"));
    served.until_said(&format!("{PAGE} changed: 1 page rendered, "));
}
