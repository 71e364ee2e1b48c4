//! A view of every kind of page, for tests.

use serde::Serialize;
use tera::Value;

use super::samples::*;
use super::*;
use crate::model::common::CareLevel;
use crate::model::muscle::Intensity;
use crate::model::technique::Performer;
use crate::theme::Theme;

/// The view of every kind of page, with its template.
pub(super) fn pages(theme: &Theme) -> Vec<(&'static str, Value)> {
    let mut pages = records(theme);
    pages.extend(lists(theme));
    pages.extend(small_pages());
    pages
}

pub(super) fn value<T: Serialize>(view: &T) -> Value {
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

pub(super) fn article() -> ArticleView {
    ArticleView {
        meta: meta("Nine ways"),
        crumbs: crumbs("Nine ways"),
        back_href: text("/kb/articles/"),
        title: text("Nine ways to release a trigger point"),
        summary: text("What trigger points are said to be, and nine methods."),
        author: Shared::new(&maybe("The studio's team")),
        published: some("2026-11-23"),
        updated: some("2026-11-24"),
        words: 2345,
        topics: ["Safety", "Home care"].map(|title| Shared::new(&link(title))).to_vec(),
        hero: Some(picture()),
        takeaways: vec![TakeawayView { lead: text("One spot."), text: text("It <em>may</em>.") }],
        toc: toc(),
        content: prose(),
        questions: vec![question("should-it-hurt")],
        services: vec![drawn("service_card", "service", &service())],
        related: vec![card("Read me")],
        sources: vec![source(Some(1))],
        author_box: Some(drawn("person_box", "person", &person())),
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
        red_flags: vec![care_card(CareLevel::Emergency), care_card(CareLevel::Urgent)],
        feels_like: vec![text("An ache deep in the front of the shoulder")],
        set_off_by: vec![text("Reaching behind")],
        pressure_caution: some("The armpit holds vessels and nerves."),
        techniques: vec![technique()],
        professional: vec![technique()],
        no_technique_because: some("It lies at the throat."),
        when_to_get_help: vec![care_card(CareLevel::Doctor)],
        services: vec![drawn("service_card", "service", &service())],
        toc: toc(),
        content: Some(prose()),
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        myths: vec![card("It is all in the knots")],
        mentions: vec![card("Deltoid")],
        similar: vec![card("Subscapularis")],
        checked: Some(CheckedView { pattern: true, anatomy: false }),
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
        first_help: vec![care_card(CareLevel::Emergency), care_card(CareLevel::Urgent)],
        map: Some(figure(theme, "map-region", &["front"])),
        candidates: vec![
            candidate("Infraspinatus", Intensity::Primary),
            candidate("Scalenes", Intensity::Spillover),
        ],
        pressure: Some(pressure()),
        techniques: vec![technique()],
        who_to_see: flags(&[CareLevel::Doctor]),
        services: vec![drawn("service_card", "service", &service())],
        symptoms: vec![card("Frozen feeling")],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        myths: vec![card("It is all in the knots")],
        neighbours: vec![link("Outer shoulder")],
        toc: toc(),
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
        first_help: vec![care_card(CareLevel::Emergency), care_card(CareLevel::Urgent)],
        map: Some(figure(theme, "map-symptom", &["back", "head"])),
        regions: vec![card("Back of the neck")],
        candidates: vec![candidate("Levator scapulae", Intensity::Primary)],
        can_feel_like: vec![text("A worn joint in the neck")],
        pressure: Some(pressure()),
        techniques: vec![technique()],
        who_to_see: flags(&[CareLevel::Doctor]),
        services: vec![drawn("service_card", "service", &service())],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        myths: vec![card("It is all in the knots")],
        toc: toc(),
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
        services: vec![drawn("service_card", "service", &service())],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        myths: vec![card("It is all in the knots")],
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
        regions: vec![card("Front of the shoulder")],
        muscles: vec![card("Infraspinatus")],
        symptoms: vec![card("Stiff neck")],
        articles: vec![card("Nine ways")],
        questions: vec![question("q")],
        myths: vec![card("It is all in the knots")],
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
        services: vec![drawn("service_card", "service", &service())],
        articles: vec![card("Nine ways")],
        reviewed: vec![card("Infraspinatus")],
        sources: vec![source(Some(1))],
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
        first_help: vec![care_card(CareLevel::Emergency), care_card(CareLevel::Urgent)],
        red_flags: flags(&[CareLevel::Doctor]),
        muscles: vec![card("Infraspinatus")],
        symptoms: vec![card("Frozen feeling")],
        services: vec![drawn("service_card", "service", &service())],
        articles: vec![card("Nine ways")],
        content: Some(prose()),
    }
}

fn lists(theme: &Theme) -> Vec<(&'static str, Value)> {
    let home = HomeView {
        meta: meta("Sinew Studio"),
        crumbs: Vec::new(),
        intro: some("Where does it hurt? Plain, sourced pages about muscles."),
        areas: vec![card_data("Head and face"), card_data("Neck"), card_data("Shoulder")],
        map: Some(figure(theme, "map-home", &["front", "back"])),
        symptoms: vec![card("Stiff neck")],
        symptoms_href: some("/kb/symptoms/"),
        articles: vec![card("Nine ways")],
        services: vec![drawn("service_card", "service", &service())],
        questions: vec![question("q")],
    };
    let pain = PainView {
        meta: meta("Where does it hurt?"),
        crumbs: crumbs("Where does it hurt?"),
        areas: vec![group("Head and face"), group("Neck")],
        map: Some(figure(theme, "map-pain", &["front", "back", "hand-palm", "foot-sole"])),
        symptoms: vec![card("Stiff neck")],
    };
    let articles = ArticlesView {
        meta: meta("Articles"),
        crumbs: crumbs("Articles"),
        topics: Shared::new(&vec![link("Safety")]),
        articles: vec![card("Nine ways")],
        pager: Some(Pager {
            number: 2,
            count: 3,
            previous: some("/kb/articles/"),
            next: some("/kb/articles/3/"),
            pages: [(1, "/kb/articles/"), (2, "/kb/articles/2/"), (3, "/kb/articles/3/")]
                .map(|(number, href)| PagerPage { number, href: text(href), is_after_gap: false })
                .to_vec(),
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
            ServicesView {
                services: vec![drawn("service_card", "service", &service())],
                questions: vec![question("q")]
            }
        ),
        view!(
            "faq.html",
            FaqView {
                groups: vec![QuestionGroup { id: text("safety"), topic, questions }],
                sources: vec![source(Some(1))],
            }
        ),
        view!("glossary.html", GlossaryView { terms: vec![term], sources: vec![source(Some(1))] }),
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
                myths: vec![card("It is all in the knots")],
                topics: vec![Shared::new(&link("Home care"))],
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
    ]
}
