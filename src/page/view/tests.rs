//! Every kind of page is drawn by the default theme, from a view with something in every block.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::sample_pages::{article, pages, value};
use super::samples::*;
use super::*;
use crate::graph::sections_of;
use crate::model::Kind;
use crate::model::common::CareLevel;
use crate::model::settings::ThemeChoice;
use crate::theme::{Frame, Layer, Theme, embedded};

fn theme() -> Theme {
    let (theme, found) = Theme::load(vec![embedded::layer()], "en", &ThemeChoice::default());
    assert_eq!(found, []);
    theme
}

fn draw((theme, template): (&Theme, &str), site: &Value, page: Value, frame: &Frame) -> String {
    let html = theme.render(template, site, page, frame);
    crate::theme::into_text(html.unwrap_or_else(|error| panic!("{template}: {error:?}")))
}

#[test]
fn every_kind_of_page_is_sound_html() {
    let theme = theme();
    let site = value(&site(&theme));
    for (template, page) in pages(&theme) {
        let frame = theme.frame(&site, Some("muscles")).expect("the default theme draws it");
        let html = draw((&theme, template), &site, page, &frame);
        check(template, &html);
    }
}

#[test]
fn parts_in_the_place_of_their_calls_draw_the_same_and_those_of_a_studio_are_called() {
    let part =
        "{% component link_or_text(item) %}<i>{{ item.title }}</i>{% endcomponent link_or_text %}";
    let files = [("templates/parts/link_or_text.html".to_owned(), part.as_bytes().into())];
    let own = Layer { name: text("mine"), folder: text("themes/mine"), files: files.into() };
    let layers = vec![own, embedded::layer()];
    let (with_own, found) = Theme::load(layers, "en", &ThemeChoice::default());
    assert_eq!(found, []);
    for (theme, has_own) in [(theme(), false), (with_own, true)] {
        let site = value(&site(&theme));
        let frame = theme.frame(&site, None).expect("the default theme draws it");
        let written = theme.as_written();
        for (template, page) in pages(&theme) {
            let html = draw((&theme, template), &site, page.clone(), &frame);
            assert_eq!(html, draw((&written, template), &site, page, &frame), "{template}");
            assert_eq!(html.contains("By <i>"), has_own && template == "article.html");
        }
    }
}

#[test]
fn the_sections_that_links_may_name_are_those_of_the_templates() {
    let theme = theme();
    let site = value(&site(&theme));
    let mut seen = 0;
    for (template, page) in pages(&theme) {
        let kind = match template {
            "pain_area.html" => Kind::Area,
            _ => match Kind::from_word(template.trim_end_matches(".html")) {
                Some(kind) => kind,
                None => continue,
            },
        };
        if sections_of(kind).is_empty() {
            continue;
        }
        let html = draw((&theme, template), &site, page, &Frame::default());
        let drawn = html.split(" id=\"section--").skip(1).filter_map(|rest| rest.split('"').next());
        let drawn: BTreeSet<&str> = drawn.collect();
        assert_eq!(drawn, sections_of(kind).iter().copied().collect(), "{template}");
        seen += 1;
    }
    assert_eq!(seen, Kind::ALL.iter().filter(|kind| !sections_of(**kind).is_empty()).count());
}

#[test]
fn an_empty_view_shows_no_block_and_no_heading_without_text() {
    let theme = theme();
    let site = value(&SiteView { settings: theme.settings().clone(), ..SiteView::default() });
    for (template, page) in [
        ("muscle.html", value(&MuscleView::default())),
        ("region.html", value(&RegionView::default())),
        ("symptom.html", value(&SymptomView::default())),
        ("article.html", value(&ArticleView::default())),
        ("home.html", value(&HomeView::default())),
        ("pain.html", value(&PainView::default())),
        ("pain_area.html", value(&PainAreaView::default())),
    ] {
        let frame = theme.frame(&site, Some("muscles")).expect("the default theme draws it");
        let html = draw((&theme, template), &site, page, &frame);
        let headings = html.matches("<h2").count();
        let expected = if template == "muscle.html" { 1 } else { 0 };
        assert_eq!(headings, expected, "{template}: {html}");
    }
}

#[test]
fn a_script_in_a_title_stays_text() {
    let theme = theme();
    let site = value(&site(&theme));
    let mut view = article();
    view.title = text("</title><script>alert(1)</script>");
    view.meta.title.clone_from(&view.title);
    let html = draw((&theme, "article.html"), &site, value(&view), &Frame::default());
    assert!(html.contains("&lt;script&gt;alert(1)"));
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("\\u003c/script\\u003e"), "JSON-LD is escaped for its element");
}

#[test]
fn a_directive_tells_which_arguments_authors_may_write() {
    let theme = theme();
    let care = theme.component("care").expect("the default theme draws care cards");
    assert!(care.has_body && !care.needs_view);
    let names = |directive: &crate::theme::Directive| -> Vec<(String, bool)> {
        let arguments = directive.arguments.iter();
        arguments.map(|argument| (argument.name.clone(), argument.is_required)).collect()
    };
    assert_eq!(names(&care), [(text("level"), true)]);
    let map = theme.component("referral-map").expect("the default theme draws referral maps");
    assert!(!map.has_body && map.needs_view);
    assert_eq!(names(&map), ["muscle", "place", "region"].map(|name| (text(name), false)));
    assert_eq!(theme.component("care-card"), None, "a part is no directive");
}

#[test]
fn every_directive_is_drawn() {
    let theme = theme();
    let site = value(&site(&theme));
    let views: BTreeMap<&str, Value> = BTreeMap::from([
        ("figure", value(&picture())),
        ("technique", value(&technique())),
        ("techniques", value(&vec![technique()])),
        ("service", value(&service())),
        ("faq", value(&question("q"))),
        ("red-flags", value(&flags(&[CareLevel::Emergency]))),
        ("referral-map", value(&referral(&theme))),
    ]);
    let mut seen = 0;
    for name in theme.component_names() {
        let directive = theme.component(&name).expect("a listed directive exists");
        let mut arguments = BTreeMap::new();
        if directive.needs_view {
            arguments.insert(text("view"), views[name.as_str()].clone());
        }
        if name == "care" {
            arguments.insert(text("level"), Value::from("urgent"));
        }
        let body = directive.has_body.then_some("<p>The body.</p>");
        let html = theme.render_component(&name, arguments, body, &site);
        let html = html.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(html.contains("The body."), directive.has_body, "{name}: {html}");
        assert_eq!(unbalanced(&html), None, "{name}: {html}");
        assert!(!html.contains("<h"), "{name} has a heading");
        seen += 1;
    }
    assert_eq!(seen, 15);
}

/// What must hold of every page.
fn check(template: &str, html: &str) {
    assert_eq!(unbalanced(html), None, "{template}: {html}");
    assert_eq!(html.matches("<h1").count(), 1, "{template} has one h1");
    for word in ["undefined", "{{", "{%", " style=", " onclick", "<style", "[object", "&amp;lt;"] {
        assert!(!html.contains(word), "{template} holds `{word}`");
    }
    let mut last = 0;
    for (at, _) in html.match_indices("<h") {
        let Some(level) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else {
            continue;
        };
        assert!(level <= last + 1, "{template}: h{level} after h{last}: {}", &html[at..at + 60]);
        last = level;
    }
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let twice = ids.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None, "{template} uses an id twice");
}

/// The first tag that closes nothing, or is never closed.
fn unbalanced(html: &str) -> Option<String> {
    const VOID: &[&str] = &["meta", "link", "img", "source", "br", "hr", "input", "!doctype"];
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, tail) = after.split_once('>')?;
        rest = tail;
        let name: String =
            tag.trim_start_matches('/').chars().take_while(|c| !c.is_whitespace()).collect();
        if tag.starts_with('/') {
            if open.pop().as_deref() != Some(name.as_str()) {
                return Some(format!("</{name}> closes something else"));
            }
        } else if !tag.ends_with('/') && !VOID.contains(&name.to_lowercase().as_str()) {
            open.push(name);
        }
    }
    open.pop().map(|name| format!("<{name}> is never closed"))
}
