//! Every kind of page is drawn by the default theme, from a view with something in every block.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::samples::*;
use super::*;
use crate::model::common::CareLevel;
use crate::model::muscle::Intensity;
use crate::model::settings::ThemeChoice;
use crate::model::technique::Performer;
use crate::theme::{Theme, embedded};

fn theme() -> Theme {
    let (theme, found) = Theme::load(vec![embedded::layer()], "en", &ThemeChoice::default());
    assert_eq!(found, []);
    theme
}

/// The view of every kind of page, with its template.
fn pages(theme: &Theme) -> Vec<(&'static str, Value)> {
    let mut pages = records(theme);
    pages.extend(lists(theme));
    pages.extend(small_pages());
    pages
}

fn value<T: Serialize>(view: &T) -> Value {
    Value::from_serializable(view)
}

fn records(theme: &Theme) -> Vec<(&'static str, Value)> {
    vec![
        ("article.html", value(&article())),
        ("muscle.html", value(&muscle(theme))),
        ("region.html", value(&region(theme))),
        ("symptom.html", value(&symptom(theme))),
        ("technique.html", value(&technique_page())),
        ("service.html", value(&service_page())),
        ("person.html", value(&person_page())),
        ("pain_area.html", value(&pain_area(theme))),
    ]
}

fn article() -> ArticleView {
    ArticleView {
        meta: meta("Nine ways"),
        crumbs: crumbs("Nine ways"),
        back_href: text("/kb/articles/"),
        title: text("Nine ways to release a trigger point"),
        summary: text("What trigger points are said to be, and nine methods."),
        author: maybe("The studio's team"),
        published: some("2026-11-23"),
        updated: some("2026-11-24"),
        words: 2345,
        topics: vec![link("Safety"), link("Home care")],
        hero: Some(picture()),
        takeaways: vec![TakeawayView { lead: text("One spot."), text: text("It <em>may</em>.") }],
        toc: toc(),
        content: prose(),
        questions: vec![question("should-it-hurt")],
        services: vec![service()],
        related: vec![card("Read me")],
        previous: Some(link("Part one")),
        next: Some(link("Part three")),
        sources: vec![source(Some(1))],
        author_box: Some(person()),
        review: Some(review()),
    }
}

fn prose() -> String {
    let pieces = [
        "<h2 id=\"what\">What it is</h2><p>A <a href=\"/kb/glossary/#trigger-point\">trigger point</a>",
        " is a small, over-sensitive spot in a taut band of muscle. Many people call it a knot.</p>",
        "<ul><li>One</li><li>Two</li></ul><blockquote><p>Quoted.</p></blockquote>",
        "<table><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead>",
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table><h3 id=\"more\">More</h3><p>Text.</p>",
    ];
    pieces.concat()
}

fn muscle(theme: &Theme) -> MuscleView {
    MuscleView {
        meta: meta("Infraspinatus"),
        crumbs: crumbs("Infraspinatus"),
        title: text("Infraspinatus"),
        latin: some("Musculus infraspinatus"),
        pronounced: some("in-fra-spy-NAY-tus"),
        aliases: vec![text("infra")],
        summary: text("A flat muscle over the shoulder blade that turns the arm outward."),
        referral: Some(referral(theme)),
        red_flags: flags(&[CareLevel::Emergency, CareLevel::Urgent]),
        feels_like: vec![text("An ache deep in the front of the shoulder")],
        set_off_by: vec![text("Reaching behind")],
        pressure_caution: some("The armpit holds vessels and nerves."),
        techniques: vec![technique()],
        professional: vec![technique()],
        when_to_get_help: vec![care_card(CareLevel::Doctor)],
        services: vec![service()],
        toc: toc(),
        content: Some(prose()),
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        mentions: vec![card("Deltoid")],
        similar: vec![card("Subscapularis")],
        anatomy: AnatomyView {
            origin: text("infraspinous fossa"),
            insertion: text("greater tubercle"),
            actions: vec![text("turns the arm outward")],
            nerve: text("suprascapular nerve"),
            roots: vec![text("C5"), text("C6")],
            blood_supply: vec![text("suprascapular artery")],
            depth: some("superficial"),
            group: Some(maybe("Rotator cuff")),
            area: Some(maybe("Shoulder")),
            antagonists: vec![maybe("Subscapularis")],
            synergists: vec![maybe("Teres minor")],
            members: vec![text("one")],
            present_in: some("nearly everybody"),
            xrefs: vec![MaybeLink { href: None, title: text("UBERON:0001477") }],
        },
        evidence: some("The pattern was compared by eye with a manual."),
        sources: vec![source(Some(1))],
        review: Some(review()),
    }
}

fn region(theme: &Theme) -> RegionView {
    RegionView {
        meta: meta("Pain: front of the shoulder"),
        crumbs: crumbs("Front of the shoulder"),
        title: text("Front of the shoulder"),
        term: some("anterior deltoid region"),
        synonyms: vec![text("front of my shoulder")],
        summary: some("An ache here often comes from a muscle on the shoulder blade."),
        emergency: vec![care_card(CareLevel::Emergency)],
        map: Some(figure(theme, "map-region", &["front"])),
        candidates: vec![
            candidate("Infraspinatus", Intensity::Primary),
            candidate("Scalenes", Intensity::Spillover),
        ],
        techniques: vec![technique()],
        who_to_see: flags(&[CareLevel::Urgent, CareLevel::Doctor]),
        services: vec![service()],
        symptoms: vec![card("Frozen feeling")],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        neighbours: vec![link("Outer shoulder")],
        content: Some(prose()),
        sources: vec![source(Some(1))],
        review: Some(review()),
    }
}

fn symptom(theme: &Theme) -> SymptomView {
    SymptomView {
        meta: meta("Stiff neck"),
        crumbs: crumbs("Stiff neck"),
        title: text("Stiff neck"),
        aliases: vec![text("crick in the neck")],
        summary: text("The head turns badly to one side, and it hurts."),
        emergency: vec![care_card(CareLevel::Emergency)],
        map: Some(figure(theme, "map-symptom", &["back", "head"])),
        regions: vec![card("Back of the neck")],
        candidates: vec![candidate("Levator scapulae", Intensity::Primary)],
        can_feel_like: vec![text("A worn joint in the neck")],
        techniques: vec![technique()],
        who_to_see: flags(&[CareLevel::Doctor]),
        services: vec![service()],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        content: Some(prose()),
        sources: vec![source(Some(1))],
        review: Some(review()),
    }
}

fn technique_page() -> TechniqueView {
    TechniqueView {
        meta: meta("Ball pressure"),
        crumbs: crumbs("Ball pressure"),
        card: technique(),
        aliases: vec![text("tennis ball massage")],
        feel: some("Strong but bearable."),
        then: some("Warmth, then easy movement."),
        cautions: vec![text("Ask your doctor first with a clotting problem.")],
        risks: vec![text("Soreness for up to two days.")],
        if_nothing: some("Many muscle aches ease by themselves."),
        compared_with: some("Fingers are more exact."),
        evidence: some("Small studies only."),
        content: Some(prose()),
        muscles: vec![card("Infraspinatus")],
        services: vec![service()],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        sources: vec![source(Some(1))],
        review: Some(review()),
    }
}

fn service_page() -> ServiceView {
    ServiceView {
        meta: meta("Trigger point session"),
        crumbs: crumbs("Trigger point session"),
        card: service(),
        cautions: vec![text("Not with fever.")],
        performed_by: vec![maybe("The studio's team")],
        techniques: vec![technique()],
        areas: vec![maybe("Neck"), maybe("Shoulder")],
        muscles: vec![card("Infraspinatus")],
        symptoms: vec![card("Stiff neck")],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        content: Some(prose()),
        sources: vec![source(Some(1))],
        review: Some(review()),
    }
}

fn person_page() -> PersonView {
    PersonView {
        meta: meta("The studio's team"),
        crumbs: crumbs("The studio's team"),
        person: person(),
        licence: some("LA-1234, Louisiana Board of Massage Therapy"),
        links: vec![link("Elsewhere")],
        services: vec![service()],
        articles: vec![card("Nine ways")],
        reviewed: vec![card("Infraspinatus")],
    }
}

fn pain_area(theme: &Theme) -> PainAreaView {
    PainAreaView {
        meta: meta("Shoulder"),
        crumbs: crumbs("Shoulder"),
        title: text("Shoulder"),
        summary: some("The joint and what lies around it."),
        map: Some(figure(theme, "map-area", &["front"])),
        regions: vec![card("Front of the shoulder")],
        red_flags: flags(&[CareLevel::Emergency]),
        muscles: vec![card("Infraspinatus")],
        symptoms: vec![card("Frozen feeling")],
        services: vec![service()],
        articles: vec![card("Nine ways")],
        content: Some(prose()),
    }
}

fn lists(theme: &Theme) -> Vec<(&'static str, Value)> {
    let home = HomeView {
        meta: meta("Sinew Studio"),
        crumbs: Vec::new(),
        intro: some("Where does it hurt? Plain, sourced pages about muscles."),
        content: Some(text("<p>Welcome.</p>")),
        areas: vec![card("Head and face"), card("Neck"), card("Shoulder")],
        map: Some(figure(theme, "map-home", &["front", "back"])),
        symptoms: vec![card("Stiff neck")],
        articles: vec![card("Nine ways")],
        services: vec![service()],
        questions: vec![question("q")],
    };
    let pain = PainView {
        meta: meta("Where does it hurt?"),
        crumbs: crumbs("Where does it hurt?"),
        areas: vec![group("Head and face"), group("Neck")],
        map: Some(figure(theme, "map-pain", &["front", "back", "hand-palm", "foot-sole"])),
        red_flags: vec![care_card(CareLevel::Emergency)],
        symptoms: vec![card("Stiff neck")],
    };
    let articles = ArticlesView {
        meta: meta("Articles"),
        crumbs: crumbs("Articles"),
        topics: vec![link("Safety")],
        articles: vec![card("Nine ways")],
        pager: Some(Pager {
            number: 2,
            count: 3,
            previous: some("/kb/articles/"),
            next: some("/kb/articles/3/"),
            pages: vec![text("/kb/articles/"), text("/kb/articles/2/"), text("/kb/articles/3/")],
        }),
    };
    let muscles = MusclesView {
        meta: meta("Muscles"),
        crumbs: crumbs("Muscles"),
        areas: vec![group("Neck")],
        letters: vec![group("I")],
    };
    let symptoms = SymptomsView {
        meta: meta("Symptoms"),
        crumbs: crumbs("Symptoms"),
        areas: vec![group("Neck")],
    };
    let performer = Performer::Oneself;
    let techniques = TechniquesView {
        meta: meta("Techniques"),
        crumbs: crumbs("Techniques"),
        groups: vec![TechniqueGroup { performer, techniques: vec![technique()] }],
    };
    vec![
        ("home.html", value(&home)),
        ("pain.html", value(&pain)),
        ("articles.html", value(&articles)),
        ("muscles.html", value(&muscles)),
        ("symptoms.html", value(&symptoms)),
        ("techniques.html", value(&techniques)),
    ]
}

fn small_pages() -> Vec<(&'static str, Value)> {
    let (meta, crumbs) = (meta("A list"), crumbs("A list"));
    let head = || (meta.clone(), crumbs.clone());
    macro_rules! view {
        ($template:literal, $view:ident { $($field:ident: $value:expr),* $(,)? }) => {{
            let (meta, crumbs) = head();
            ($template, value(&$view { meta, crumbs, $($field: $value),* }))
        }};
    }
    let questions = vec![question("a"), question("b")];
    let topic = maybe("Safety");
    let term = TermEntry {
        id: text("trigger-point"),
        name: text("Trigger point"),
        aliases: vec![text("muscle knot")],
        definition: text("<p>A small spot.</p>"),
        see_also: vec![link("Taut band")],
    };
    let entry = SearchEntry {
        href: text("/kb/muscles/infraspinatus/"),
        name: text("Infra"),
        see: some("Infraspinatus"),
        kind: text("muscle"),
    };
    let letter = SearchGroup { id: text("letter-i"), title: text("I"), entries: vec![entry] };
    vec![
        view!(
            "services.html",
            ServicesView { services: vec![service()], questions: vec![question("q")] }
        ),
        view!(
            "faq.html",
            FaqView { groups: vec![QuestionGroup { id: text("safety"), topic, questions }] }
        ),
        view!("glossary.html", GlossaryView { terms: vec![term] }),
        view!("myths.html", MythsView { myths: vec![myth()], sources: vec![source(Some(1))] }),
        view!("team.html", TeamView { people: vec![person()] }),
        view!("references.html", ReferencesView { sources: vec![source(None)] }),
        view!(
            "topic.html",
            TopicView {
                title: text("Safety"),
                summary: some("When to stop."),
                content: Some(prose()),
                articles: vec![card("Nine ways")],
                questions: vec![question("q")],
                topics: vec![link("Home care")],
            }
        ),
        view!("search.html", SearchView { groups: vec![letter] }),
        view!(
            "page.html",
            PageView {
                title: text("Privacy"),
                summary: some("What we keep."),
                toc: toc(),
                content: prose(),
                updated: some("2026-11-23"),
                sources: vec![source(Some(1))],
                review: None,
            }
        ),
        view!("not_found.html", NotFoundView { suggestions: vec![link("Muscles")] }),
        view!(
            "redirect.html",
            RedirectView { target: text("/kb/new/"), target_title: text("New") }
        ),
    ]
}

#[test]
fn every_kind_of_page_is_sound_html() {
    let theme = theme();
    let site = value(&site(&theme));
    let dump = std::option_env!("SINEW_PREVIEW");
    for (template, page) in pages(&theme) {
        let html = theme.render(template, &site, page);
        let html = html.unwrap_or_else(|error| panic!("{template}: {error:?}"));
        check(template, &html);
        if let Some(folder) = dump {
            std::fs::write(format!("{folder}/{template}"), &html)
                .expect("the preview can be written");
        }
    }
    if let Some(folder) = dump {
        let sheet = &theme.assets()[0];
        std::fs::create_dir_all(format!("{folder}/kb/assets")).expect("the preview can be written");
        std::fs::write(format!("{folder}/kb/{}", sheet.path), &sheet.bytes)
            .expect("the preview can be written");
    }
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
        let html = theme.render(template, &site, page);
        let html = html.unwrap_or_else(|error| panic!("{template}: {error:?}"));
        let headings = html.matches("<h2").count();
        let expected = if ["muscle.html", "pain_area.html"].contains(&template) { 1 } else { 0 };
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
    let html = theme.render("article.html", &site, value(&view)).unwrap_or_default();
    assert!(html.contains("&lt;script&gt;alert(1)"));
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("\\u003c/script\\u003e"), "JSON-LD is escaped for its element");
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
    const VOID: &[&str] = &["meta", "link", "img", "br", "hr", "input", "!doctype"];
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
