//! What the tabs of browsers are told while they listen.

use super::{PAGE, Served, line_with, page};

#[test]
fn an_edit_is_served_and_only_tabs_that_show_something_else_are_told() {
    let served = Served::new(&[(PAGE, &page("Before."))]);
    served.until_said(" pages rendered, 0 kept in ");
    let mut tab = served.listen(&served.channel("/aftercare/"));
    served.write(PAGE, &page("After."));
    served.until_shown("/aftercare/", "After.");
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: page");
    served.until_said(&format!("{PAGE} changed: 1 page rendered, "));
    // What was seen is told again with the next channel, and an equal page is no news: the first
    // thing that this tab hears of is the second edit.
    let mut tab = served.listen(&served.channel("/aftercare/"));
    served.write("content/media/other.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    served.until("/media/other.svg", "never comes", |answer| answer.contains("HTTP/1.1 200"));
    served.write(PAGE, &page("Afterwards."));
    let now = line_with(&mut tab, "data: ");
    let shown = served.get("/aftercare/");
    assert!(shown.contains("Afterwards.") && shown.contains(now["data: ".len()..].trim()));
}

#[test]
fn a_style_sheet_is_changed_without_loading_the_page_again() {
    let settings = "title = \"Sinew Studio\"\ntheme = \"mine\"\n";
    let (sheet, more) = ("themes/mine/css/own.css", "themes/mine/css/records/more.css");
    let written = [("site.toml", settings), (sheet, "p { color: #111 }"), (more, "")];
    let served = Served::new(&written);
    let mut tab = served.listen(&served.channel("/"));
    served.write(sheet, "p { color: #222 }");
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: style");
    let data = line_with(&mut tab, "data: ");
    let (_, address) = data.trim().rsplit_once(':').expect("a stamp names the style sheet");
    assert!(served.get(address).contains("#222"));
    // What stands in a folder makes another sheet, which the home page loads.
    served.write(more, "p { color: #333 }");
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: style");
    let data = line_with(&mut tab, "data: ");
    let (_, address) = data.trim().rsplit_once(':').expect("a stamp names the style sheet");
    assert!(served.get(address).contains("#222") && served.get(address).contains("#333"));
}

#[test]
fn a_picture_that_is_replaced_or_drawn_anew_is_told_to_tabs_that_show_it() {
    let text = "![A band](../media/band.svg)\n\n::referral-map{muscle=infraspinatus}";
    let served = Served::new(&[(PAGE, &page(text))]);
    served.until_said(" pages rendered, 0 kept in ");
    let shown = || {
        let page = served.get("/aftercare/");
        let (_, rest) = page.split_once("data-pictures=\"").expect("the script is told");
        let pictures = rest.split('"').next().expect("the value ends");
        pictures.split(',').map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let before = shown();
    let places = ["{&quot;/maps/muscle-infraspinatus.svg&quot;:", "&quot;/media/band.svg&quot;:"];
    assert_eq!(before.len(), places.len(), "{before:?}");
    assert!(before.iter().zip(places).all(|(one, place)| one.starts_with(place)), "{before:?}");
    let mut tab = served.listen(&served.channel("/aftercare/"));
    let band = served.read("content/media/band.svg");
    served.write("content/media/band.svg", &band.replacen("<svg", "<svg id=\"other\"", 1));
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: page");
    let replaced = shown();
    assert!(replaced[0] == before[0] && replaced[1] != before[1], "{before:?} {replaced:?}");
    let muscle = "content/muscles/infraspinatus.yaml";
    let data = served.read(muscle);
    served.write(muscle, &data.replacen("intensity: primary", "intensity: spillover", 1));
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: page");
    served.until("/aftercare/", "is as it was", |_| shown()[0] != before[0]);
    assert_eq!(shown()[1], replaced[1]);
}

#[test]
fn many_tabs_are_all_told() {
    let served = Served::new(&[(PAGE, &page("Before."))]);
    let channel = served.channel("/aftercare/");
    let mut tabs: Vec<_> = (0..300).map(|_| served.listen(&channel)).collect();
    served.write(PAGE, &page("After."));
    for tab in &mut tabs {
        assert_eq!(line_with(tab, "event: ").trim(), "event: page");
    }
}

#[test]
fn a_tab_is_led_to_the_page_that_was_edited() {
    let served = Served::with(&[(PAGE, &page("Before."))], &["--follow"]);
    let mut elsewhere = served.listen(&served.channel("/"));
    let mut tab = served.listen(&served.channel("/muscles/"));
    served.write(PAGE, &page("After."));
    assert_eq!(line_with(&mut tab, "event: ").trim(), "event: follow");
    assert_eq!(line_with(&mut tab, "data: ").trim(), "data: /aftercare/");
    // Once one tab shows it, none is led there any more.
    let mut there = served.listen(&served.channel("/aftercare/"));
    drop(tab);
    served.write(PAGE, &page("Afterwards."));
    assert_eq!(line_with(&mut there, "event: ").trim(), "event: page");
    // A record in a file of many: its own place.
    let people = served.read("content/people.yaml");
    served.write("content/people.yaml", &people.replacen("role: ", "role: very ", 1));
    let followed = line_with(&mut there, "data: /team/");
    assert!(followed.trim().len() > "data: /team/".len(), "{followed}");
    drop(there);
    served.write(PAGE, &page("At last."));
    assert_eq!(line_with(&mut elsewhere, "event: follow").trim(), "event: follow");
}

#[test]
fn a_mistake_in_a_template_is_said_once_however_often_something_else_is_saved() {
    let template = "themes/default/templates/muscle.html";
    let served = Served::new(&[(PAGE, &page("zero")), (template, "{{ nothing.here }}")]);
    served.until_said(" failed in ");
    let mut tab = served.listen(&served.channel("/muscles/"));
    for text in ["one", "two", "three"] {
        let changes = |said: &str| said.matches("changed: ").count();
        let before = changes(&served.said());
        served.write(PAGE, &page(text));
        served.until("/aftercare/", "is not taken in", |answer| {
            answer.contains(text) && changes(&served.said()) > before
        });
    }
    let said = served.said();
    assert_eq!(said.matches("while rendering `/muscles/infraspinatus/`").count(), 1, "{said}");
    // The first thing that this tab hears of is that the mistake is cured.
    std::fs::remove_file(served.at(template)).expect("removed");
    let now = line_with(&mut tab, "data: ");
    served.until("/muscles/", "is not cured", |answer| {
        !answer.contains("while rendering") && answer.contains(now["data: ".len()..].trim())
    });
}

#[test]
fn a_mistake_in_a_template_that_depends_on_data_goes_with_what_it_came_from() {
    let template = "themes/default/templates/page.html";
    let text = "{% extends \"builtin/page.html\" %}{% block main %}\
                {% if page.title == \"Wrong\" %}{{ nothing.here }}{% endif %}{% endblock %}";
    let wrong = page("x").replace("Aftercare", "Wrong");
    let served = Served::new(&[(PAGE, &wrong), (template, text)]);
    served.until_said(" failed in ");
    served.until_shown("/", "while rendering `/aftercare/`");
    // Nobody looks at the page itself.
    served.write(PAGE, &page("x"));
    served.until("/", "is not cured", |answer| !answer.contains("while rendering"));
}

#[test]
fn a_mistake_in_a_template_that_one_tab_shows_is_told_to_all() {
    let served = Served::new(&[(PAGE, &page("Before."))]);
    served.until_said(" pages rendered, 0 kept in ");
    let mut first = served.listen(&served.channel("/"));
    let mut last = served.listen(&served.channel("/muscles/infraspinatus/"));
    std::fs::create_dir_all(served.at("themes/default/templates")).expect("made");
    served.write("themes/default/templates/muscle.html", "{{ nothing.here }}");
    assert_eq!(line_with(&mut last, "event: ").trim(), "event: page");
    assert_eq!(line_with(&mut first, "event: ").trim(), "event: page");
    assert!(served.get("/").contains("1 error"), "{}", served.get("/"));
}
