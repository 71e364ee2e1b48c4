//! One small view of every kind, with something in every block, for tests.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::*;
use crate::model::common::CareLevel;
use crate::model::muscle::{Intensity, Side};
use crate::model::myth::Verdict;
use crate::model::settings::ThemeChoice;
use crate::model::technique::{Performer, Setting};
use crate::theme::{Theme, embedded};

pub(super) fn text(words: &str) -> String {
    words.to_owned()
}

pub(super) fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}

pub(super) fn link(title: &str) -> Link {
    Link { href: format!("/kb/{}/", crate::syntax::slug::anchor(title)), title: text(title) }
}

pub(super) fn maybe(title: &str) -> MaybeLink {
    MaybeLink { href: Some(link(title).href), title: text(title) }
}

pub(super) fn meta(title: &str) -> Meta {
    Meta {
        title: text(title),
        description: some("What it is \"about\" & why."),
        canonical: some("https://example.com/kb/x/"),
        shown_address: some("example.com/kb/x/"),
        og_type: text("article"),
        image: some("https://example.com/kb/x.png"),
        image_alt: some("A muscle"),
        image_width: Some(1200),
        image_height: Some(630),
        json_ld: some("{\"@context\":\"https://schema.org\",\"name\":\"</script>\"}"),
        section: some("muscles"),
        is_hidden: false,
    }
}

pub(super) fn crumbs(title: &str) -> Vec<Crumb> {
    vec![
        Crumb { href: some("/kb/"), title: text("Home") },
        Crumb { href: some("/kb/muscles/"), title: text("Muscles") },
        Crumb { href: None, title: text(title) },
    ]
}

pub(super) fn site(theme: &Theme) -> SiteView {
    let stylesheet = format!("/kb/{}", theme.asset_paths()["site.css"]);
    let entry = |title: &str, section: &str| MenuItem {
        href: format!("/kb/{section}/"),
        title: text(title),
        section: some(section),
    };
    SiteView {
        title: text("Sinew Studio"),
        description: some("Where does it hurt?"),
        language: text("en"),
        direction: text("ltr"),
        base_url: text("https://example.com/kb"),
        base_path: text("/kb"),
        home_href: text("/kb/"),
        search_href: some("/kb/search/"),
        pain_href: some("/kb/pain/"),
        feed_href: some("/kb/feed.xml"),
        stylesheet,
        settings: theme.settings().clone(),
        menu: vec![
            entry("Where does it hurt?", "pain"),
            entry("Muscles", "muscles"),
            entry("Techniques", "techniques"),
            entry("Articles", "articles"),
            entry("Services", "services"),
        ],
        footer_pages: vec![link("About us"), link("Privacy")],
        notice: some("Closed on Thursday & Friday."),
        studio: StudioView {
            name: some("Sinew Studio"),
            legal_name: some("Sinew Studio LLC"),
            address: some("1 Sample Street, Exampletown"),
            phone: some("+1 555 0100"),
            phone_href: some("tel:+15550100"),
            email: some("hello@example.com"),
            hours: some("Monday to Friday, 9 a.m. to 6 p.m."),
            booking_href: some("https://example.com/book"),
            licence: some("LA-1234"),
            social: vec![link("Elsewhere")],
        },
        ..SiteView::default()
    }
}

/// What a component of the default theme draws of a view.
pub(super) fn drawn(component: &str, argument: &str, view: &impl Serialize) -> Drawn {
    static THEME: LazyLock<Theme> =
        LazyLock::new(|| Theme::load(vec![embedded::layer()], "en", &ThemeChoice::default()).0);
    let arguments = BTreeMap::from([(text(argument), tera::Value::from_serializable(view))]);
    let html = THEME.render_part(component, arguments, &tera::Value::none());
    Drawn::new(&html.expect("the default theme draws it"))
}

pub(super) fn card(title: &str) -> Drawn {
    drawn("card", "card", &card_data(title))
}

pub(super) fn card_data(title: &str) -> Card {
    Card {
        href: link(title).href,
        title: text(title),
        summary: some("A flat muscle over the shoulder blade that turns the arm outward."),
        kind: text("muscle"),
        meta: vec![text("12 muscles"), text("Shoulder")],
        regions: vec![text("shoulder-front")],
    }
}

pub(super) fn group(title: &str) -> CardGroup {
    let id = crate::syntax::slug::anchor(title);
    let cards = vec![card_data("Infraspinatus"), card_data("Deltoid")];
    CardGroup { href: Some(link(title).href), title: text(title), id, cards }
}

pub(super) fn care_card(level: CareLevel) -> CareCard {
    CareCard {
        level,
        title_key: text(level.word()),
        items: vec![
            text("chest pressure or tightness, with or without spread to the arm"),
            text("pain with breathlessness, sweating, nausea or faintness"),
        ],
    }
}

pub(super) fn flags(levels: &[CareLevel]) -> Vec<FlagGroup> {
    let cards = levels.iter().map(|level| care_card(*level)).collect();
    vec![FlagGroup { title: text("Chest & arm"), cards }]
}

pub(super) fn question(id: &str) -> Question {
    Question {
        id: text(id),
        question: text("Should trigger point work hurt?"),
        answer: text("<p>It may feel strong, but it should stay <em>bearable</em>.</p>"),
        href: some("/kb/faq/#should-it-hurt"),
        more: vec![link("Aftercare"), link("Your first session")],
    }
}

pub(super) fn picture() -> Picture {
    Picture {
        src: text("/kb/media/taut-band.svg"),
        srcset: some("/kb/media/a.png 400w, /kb/media/b.png 800w"),
        sizes: some("100vw"),
        sources: vec![PictureSource {
            format: text("image/avif"),
            srcset: text("/kb/media/a.avif 400w, /kb/media/b.avif 800w"),
        }],
        width: Some(640),
        height: Some(360),
        alt: text("A tight strand with a \"knot\" in it"),
        caption: some("A taut band."),
        credit: some("Drawing by the studio's team"),
    }
}

pub(super) fn technique() -> TechniqueCard {
    TechniqueCard {
        href: text("/kb/techniques/ball/"),
        title: text("Ball pressure"),
        summary: text("You lean on a ball against a wall and hold still on one tender spot."),
        performer: Performer::Oneself,
        setting: Setting::AtHome,
        tools: vec![text("A tennis ball"), text("A wall")],
        steps: vec![
            StepView { text: text("Lean in slowly."), seconds: None, repetitions: None },
            StepView { text: text("Hold still."), seconds: Some(600), repetitions: Some(3) },
        ],
        hold: Some(HoldView { min: 30, max: 60 }),
        lasts: Some(HoldView { min: 120, max: 300 }),
        per_day: Some(2),
        is_pressure: true,
        cautions: vec![text("Ask your doctor first with a clotting problem.")],
        stop_if: text("The pain is sharp or shoots, or anything tingles or goes numb."),
        muscles: vec![maybe("Infraspinatus"), maybe("Deltoid")],
    }
}

pub(super) fn pressure() -> PressureView {
    let caution = text("The armpit holds vessels and nerves.");
    PressureView {
        cautions: vec![MuscleCaution { muscle: maybe("Teres major"), text: caution }],
        not_by_oneself: vec![maybe("Subscapularis")],
    }
}

pub(super) fn service() -> ServiceCard {
    ServiceCard {
        href: text("/kb/services/trigger-point-session/"),
        title: text("Trigger point session"),
        summary: text("A short session on one or two places that bother you."),
        minutes: Some(45),
        price: Some(PriceView { amount: text("85"), currency: text("USD") }),
        booking_href: some("https://example.com/book"),
    }
}

pub(super) fn candidate(title: &str, intensity: Intensity) -> MuscleCandidate {
    MuscleCandidate {
        href: link(title).href,
        title: text(title),
        summary: some("It can hurt deep in the front of the shoulder."),
        intensity: Some(intensity),
        reaching: 2,
        trigger_points: 4,
        points: vec![link("Trigger point 1")],
        share: Some(Shared::new(&text("2 of its 4 trigger points"))),
    }
}

pub(super) fn source(number: Option<u32>) -> SourceItem {
    SourceItem {
        id: text("source-simons-1999"),
        number,
        authors: some("David G. Simons, Janet G. Travell, Lois S. Simons"),
        and_others: true,
        title: text("The Trigger Point Manual, volume 1"),
        publisher: some("Williams & Wilkins"),
        year: Some(1999),
        accessed: some("2026-11-23"),
        kind: some("book"),
        href: some("https://example.com/manual"),
        doi: some("10.1000/182"),
        takeaway: some("Draws where pain from muscles is said to be felt."),
        takeaway_href: None,
        backlinks: vec![text("#page--main")],
        cited_by: vec![link("Infraspinatus")],
    }
}

pub(super) fn review() -> ReviewLine {
    ReviewLine {
        by: Some(Shared::new(&maybe("The studio's team"))),
        on: some("2026-11-23"),
        next: some("2027-11-23"),
        scope: text("editorial"),
        published: some("2026-01-02"),
        updated: some("2026-11-23"),
    }
}

pub(super) fn person() -> PersonCard {
    PersonCard {
        href: text("/kb/team/studio-team/"),
        name: text("The studio's team"),
        role: text("Writers and editors"),
        credentials: vec![text("LMT"), text("RN")],
        bio: some("<p>We are not doctors.</p>"),
        photo: Some(Picture { caption: None, credit: None, ..picture() }),
        articles_href: some("/kb/team/studio-team/#section--articles"),
    }
}

pub(super) fn zones() -> Vec<Zone> {
    let zone = |region: &str, side, intensity| Zone {
        region: Shared::new(&maybe(region)),
        link: Drawn::new(&format!("<a href=\"/kb/pain/\">{region}</a>")),
        side,
        intensity,
    };
    vec![
        zone("Front of the shoulder", Side::Same, Intensity::Primary),
        zone("Outer shoulder", Side::Same, Intensity::Primary),
        zone("Back of the neck", Side::Opposite, Intensity::Spillover),
    ]
}

pub(super) fn trigger_point(number: u32) -> TriggerPointView {
    TriggerPointView {
        id: format!("tp{number}"),
        number,
        label: some("central"),
        place: text("upper part of the fossa, below the spine of the shoulder blade"),
        zones: zones(),
        notes: some("Often found with a second one."),
        other_sensations: vec![text("gooseflesh")],
        satellites: vec![maybe("Deltoid")],
    }
}

/// A figure of the real drawings: every region, with some that stand out.
pub(super) fn figure(theme: &Theme, id: &str, views: &[&str]) -> BodyMapView {
    let drawings = views.iter().map(|view| drawing(theme, view)).collect();
    BodyMapView {
        id: text(id),
        label: text("Where infraspinatus can hurt"),
        caption: some("Solid: main area. Dotted: some people feel it there."),
        has_links: true,
        has_legend: true,
        views: drawings,
    }
}

fn drawing(theme: &Theme, view: &str) -> BodyMapDrawing {
    let map = &theme.body_maps()[view];
    let shape = |id: &str, path: Shared<String>, class, half| MapShape {
        href: Some(format!("/kb/pain/{id}/")),
        label: format!("{id}, 12 muscles"),
        id: text(id),
        path,
        class,
        half,
    };
    let mut shapes = Vec::new();
    for region in &map.regions {
        let (id, path) = (region.id.as_str(), Shared::new(&region.path));
        let class = match id {
            "shoulder-front" | "shoulder-outer" | "upper-arm-front" => ShapeClass::Primary,
            "forearm-front" | "neck-back" | "thumb" | "forearm-back" => ShapeClass::Spillover,
            _ => ShapeClass::Plain,
        };
        if class == ShapeClass::Plain || !map.mirrored {
            shapes.push(shape(id, path, class, Half::Both));
            continue;
        }
        let is_right_drawn = view == "front";
        let (right, left) = if is_right_drawn {
            (Half::Drawn, Half::Mirrored)
        } else {
            (Half::Mirrored, Half::Drawn)
        };
        shapes.push(shape(id, path.clone(), class, right));
        shapes.push(shape(id, path, ShapeClass::Plain, left));
    }
    let markers = if view == "back" {
        vec![MapMarker { x: 155.0, y: 125.0, label: text("Trigger point 1") }]
    } else {
        Vec::new()
    };
    BodyMapDrawing { shapes, markers, ..BodyMapDrawing::blank(map) }
}

pub(super) fn referral(theme: &Theme) -> ReferralMap {
    ReferralMap {
        subject: maybe("Infraspinatus"),
        map: figure(theme, "map-infraspinatus", &["front", "back"]),
        image: None,
        trigger_points: vec![trigger_point(1), trigger_point(2)],
        candidates: Vec::new(),
    }
}

pub(super) fn toc() -> Vec<TocEntry> {
    let child = TocEntry { href: text("#what"), title: text("What"), children: Vec::new() };
    vec![TocEntry { href: text("#page--main"), title: text("First & last"), children: vec![child] }]
}

pub(super) fn myth() -> MythEntry {
    MythEntry {
        id: text("washes-out-waste"),
        claim: text("Massage washes waste out of your muscles."),
        verdict: Verdict::False,
        explanation: text("<p>Nobody has shown that.</p>"),
    }
}
