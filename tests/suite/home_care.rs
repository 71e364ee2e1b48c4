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
