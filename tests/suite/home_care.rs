//! What readers are told to do: for which muscle, when not to, and when to get help instead.

use crate::project::Project;

/// A neck of three muscles: one that may be pressed with care, one that may not, and one from elsewhere.
fn project() -> Project {
    Project::new([
        ("content/areas.yaml", "neck: {name: Neck}\n"),
        ("content/groups.yaml", "neck: {name: Neck}\n"),
        (
            "content/regions.yaml",
            "nape: {name: Nape, area: neck, view: back, red_flags: [neck]}\n\
             throat: {name: Throat, area: neck, view: front}\n",
        ),
        (
            "content/red-flags.yaml",
            "neck:\n  title: Neck\n  flags:\n    - {level: emergency, text: you fell}\n    \
             - {level: urgent, text: an arm is weak}\n    - {level: doctor, text: it does not get better}\n",
        ),
        (
            "content/muscles/soft.yaml",
            &*muscle(
                "Soft",
                "pressure_caution: Stop at a pulse.\nself_pressure: with-care\n\
                 techniques: [pressing, warming]",
                "nape, side: same, intensity: primary",
            ),
        ),
        (
            "content/muscles/deep.yaml",
            &muscle(
                "Deep",
                "pressure_caution: An artery.\nself_pressure: therapist-only",
                "nape, side: same, intensity: primary}\n      - {region: throat, side: same, intensity: primary",
            ),
        ),
        (
            "content/muscles/far.yaml",
            &muscle(
                "Far",
                "techniques: [rolling, warming]",
                "nape, side: same, intensity: spillover}\n      - {region: throat, side: same, intensity: spillover",
            ),
        ),
        (
            "content/techniques.yaml",
            "pressing: {name: Pressing, performer: self, setting: at-home, summary: S, stop_if: Sharp., \
             steps: [{text: Press slowly.}], cautions: [Not with blood thinners.]}\n\
             rolling: {name: Rolling, performer: self, setting: at-home, summary: S, stop_if: Sharp.}\n\
             warming: {name: Warming, performer: self, setting: at-home, summary: S, stop_if: Hot., pressure: false}\n\
             resting: {name: Resting, performer: self, setting: at-home, summary: S, stop_if: Hot., pressure: false}\n",
        ),
        (
            "content/symptoms.yaml",
            "crick: {name: Crick, summary: So., regions: [nape], techniques: [pressing, resting]}\n",
        ),
    ])
}

fn muscle(name: &str, care: &str, region: &str) -> String {
    format!(
        "name: {name}\ngroup: neck\narea: neck\nsummary: S\nattachments: {{origin: o, insertion: i}}\n\
         actions: [a]\nnerve: n\n{care}\ntrigger_points:\n  - id: tp1\n    where: middle\n    refers_to:\n      \
         - {{region: {region}}}\n"
    )
}

const REGION: &str = "pain/nape/index.html";
const SYMPTOM: &str = "symptoms/crick/index.html";

/// The part of a page from one text to another.
#[track_caller]
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start}:\n{page}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}:\n{page}")).0
}

/// The card of a technique on a page.
fn card<'a>(page: &'a str, technique: &str) -> &'a str {
    between(
        page,
        &format!("class=\"technique-title\"><a href=\"/techniques/{technique}/\""),
        "</dl>",
    )
}

#[test]
fn whoever_reads_the_steps_has_read_when_not_to_begin() {
    let mut project = project();
    project.write("content/pages/us.md", "---\ntitle: Us\n---\n\n::technique{id=pressing}\n");
    project.build();
    for page in ["muscles/soft/index.html", REGION, SYMPTOM, "us/index.html"] {
        let page = project.page(page);
        let caution = page.find("Not with blood thinners.").expect("it is said");
        let step = page.find("Press slowly.").expect("there are steps");
        assert!(caution < step, "{page}");
        assert!(!between(page, "Not for you", "blood thinners").contains("<details"), "{page}");
    }
    let page = project.page("techniques/pressing/index.html");
    assert_eq!(page.matches("<li>Not with blood thinners.").count(), 1, "{page}");
}

#[test]
fn the_page_of_a_pain_says_on_which_muscles_to_press_and_what_asks_for_care_there() {
    let mut project = project();
    project.build();
    for page in [REGION, SYMPTOM] {
        let page = project.page(page);
        let before = between(page, "id=\"section--what-you-can-do\"", "technique-title");
        assert!(
            before.contains("<a href=\"/muscles/soft/\">Soft</a>: Stop at a pulse."),
            "{before}"
        );
        let not_to_press = between(before, "Do not press these yourself:", "</p>");
        assert_eq!(not_to_press.trim(), "<a href=\"/muscles/deep/\">Deep</a>");
        let muscles = between(card(page, "pressing"), "For:", "</p>");
        assert_eq!(muscles.trim(), "<a href=\"/muscles/soft/\">Soft</a>");
    }
    assert!(!card(project.page(SYMPTOM), "resting").contains("For:"));
}

#[test]
fn what_is_for_a_muscle_from_elsewhere_is_offered_only_where_no_main_muscle_has_anything() {
    let mut project = project();
    project.build();
    project.expect_page_without(REGION, "/techniques/rolling/");
    // The muscle that lies there is not to be pressed, so the other one does not bring pressure.
    let throat = "pain/throat/index.html";
    project.expect_page(throat, ["/techniques/warming/"]);
    project.expect_page_without(throat, "/techniques/rolling/");
    project.expect_page_without(throat, "Before you press");
    project.replace("content/muscles/deep.yaml", "therapist-only", "with-care").build();
    project.expect_page(throat, ["/techniques/rolling/", "Before you press"]);
}

#[test]
fn a_symptom_of_muscles_for_therapists_offers_no_pressure() {
    let mut project = project();
    project.replace("content/symptoms.yaml", "regions: [nape]", "regions: [throat]").build();
    project.expect_page_without(SYMPTOM, "/techniques/pressing/");
    project.expect_page(SYMPTOM, ["/techniques/resting/"]);
    // Of muscles that say nothing, one that names no technique may be pressed.
    project.replace("content/muscles/deep.yaml", "therapist-only", "with-care").build();
    assert!(card(project.page(SYMPTOM), "pressing").contains("/muscles/deep/"));
}

/// Asserts that a page has some parts in this order.
#[track_caller]
fn expect_order<const N: usize>(page: &str, parts: [&str; N]) {
    let found = parts.map(|part| page.find(part).unwrap_or_else(|| panic!("no {part}:\n{page}")));
    assert!(found.is_sorted(), "{page}");
}

#[test]
fn pages_about_a_pain_begin_with_what_needs_help_now_or_today() {
    let mut project = project();
    project.build();
    let area = "pain/neck/index.html";
    for (path, next) in
        [(area, "section--regions"), (REGION, "section--muscles"), (SYMPTOM, "short-answer")]
    {
        let page = project.page(path);
        let parts = ["section--emergency", "you fell", "an arm is weak", next, "it does not get"];
        expect_order(page, parts);
        assert_eq!(page.matches("you fell").count(), 1, "{page}");
        assert_eq!(page.matches("an arm is weak").count(), 1, "{page}");
    }
    project.replace("content/red-flags.yaml", "level: emergency", "level: urgent").build();
    project.expect_page(REGION, ["id=\"section--emergency\"", "you fell"]);
}

#[test]
fn a_muscle_says_the_soonest_help_first_whatever_the_order_of_its_regions_and_sets() {
    let mut project = project();
    project.replace("content/regions.yaml", "[neck]", "[arm, neck]");
    project.edit("content/red-flags.yaml", |text| {
        format!(
            "arm:\n  title: Arm\n  flags:\n    - {{level: doctor, text: it tingles}}\n    \
             - {{level: urgent, text: it swells}}\n    - {{level: urgent, text: an arm is weak}}\n{text}"
        )
    });
    let page = project.build().page("muscles/soft/index.html");
    expect_order(page, ["you fell", "it swells", "it tingles", "it does not get better"]);
    assert_eq!(page.matches("an arm is weak").count(), 1, "{page}");
    for level in ["emergency", "urgent", "doctor"] {
        assert_eq!(page.matches(&format!("care-card-{level}")).count(), 1, "{page}");
    }
}

#[test]
fn a_card_of_an_emergency_and_no_other_one_says_not_to_drive() {
    let mut project = project();
    project.write("content/pages/us.md", "---\ntitle: Us\n---\n\n::red-flags{region=nape}\n");
    project.build();
    for page in [REGION, SYMPTOM, "muscles/soft/index.html", "us/index.html"] {
        let page = project.page(page);
        assert!(
            between(page, "you fell", "an arm is").contains("Do not drive yourself."),
            "{page}"
        );
        assert_eq!(page.matches("Do not drive yourself.").count(), 1, "{page}");
    }
}

#[test]
fn what_an_author_wrote_of_a_pain_stands_before_what_to_do_and_in_the_contents() {
    let mut project = project();
    for (file, text) in [
        ("symptoms/crick", "## Only if"),
        ("regions/nape", "## Only if"),
        ("muscles/soft", "## Only if"),
    ] {
        project.write(&format!("content/{file}.md"), format!("{text}\n\nYou can see.\n"));
    }
    project
        .write("content/services.yaml", "hour: {name: Hour, summary: S, techniques: [warming]}\n");
    project.build();
    for page in [SYMPTOM, REGION] {
        let page = project.page(page);
        let contents = between(page, "class=\"toc\"", "</nav>");
        let (text, care) = (contents.find("#only-if"), contents.find("#section--what-you-can-do"));
        assert!(text.is_some() && text < care, "{contents}");
        let (text, care) =
            (page.find("id=\"only-if\""), page.find("id=\"section--what-you-can-do\""));
        assert!(text.is_some() && text < care, "{page}");
    }
    let page = project.page("muscles/soft/index.html");
    let (text, services) = (page.find("id=\"only-if\""), page.find("id=\"section--services\""));
    assert!(text.is_some() && text < services, "{page}");
}

#[test]
fn the_home_page_begins_with_the_symptoms_that_most_is_linked_to() {
    let mut project = project();
    project.write(
        "content/symptoms.yaml",
        "ache: {name: Ache, summary: So., regions: [throat]}\n\
         crick: {name: Crick, summary: So., regions: [throat]}\n\
         stiff: {name: Stiff neck, summary: So., regions: [nape]}\n",
    );
    project.write("content/pages/us.md", "---\ntitle: Us\n---\n\nA [[crick]], I think.\n").build();
    let page = project.page("index.html");
    let shown =
        ["stiff", "crick", "ache"].map(|id| page.find(&format!("href=\"/symptoms/{id}/\"")));
    assert!(shown.iter().all(Option::is_some), "{page}");
    // Two muscles may cause the first, one page tells of the second, and the last comes first by its name only.
    assert!(shown[0] < shown[2] && shown[1] < shown[2], "{page}");
}

#[test]
fn all_trigger_points_are_said_in_so_many_words() {
    let mut project = project();
    let point = |number: u32| {
        format!(
            "  - id: tp{number}\n    where: end\n    refers_to:\n      - {{region: nape, side: same, intensity: primary}}\n"
        )
    };
    let why = |project: &Project| {
        let page = project.page(REGION).to_owned();
        let (_, rest) = page.split_once("href=\"/muscles/soft/\">Soft").expect("it is a candidate");
        between(rest, "Main area, ", "</p>").to_owned()
    };
    assert_eq!(why(project.build()), "its one trigger point");
    project.edit("content/muscles/soft.yaml", |text| format!("{text}{}", point(2))).build();
    assert_eq!(why(&project), "both its trigger points");
    project.edit("content/muscles/soft.yaml", |text| format!("{text}{}", point(3))).build();
    assert_eq!(why(&project), "all its 3 trigger points");
}
