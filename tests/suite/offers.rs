//! What pages about pain offer: signs that ask for help, muscles with their reason, services.

use crate::project::Project;

/// Two areas with a region each that share a set of signs, and a muscle that reaches both.
fn project() -> Project {
    Project::new([
        ("content/areas.yaml", "leg: {name: Leg}\nfoot: {name: Foot}\n"),
        ("content/groups.yaml", "limb: {name: Limb}\n"),
        (
            "content/regions.yaml",
            "calf: {name: Calf, area: leg, view: back, red_flags: [clot]}\n\
             heel: {name: Heel, area: foot, view: back, red_flags: [clot]}\n",
        ),
        (
            "content/red-flags.yaml",
            "clot: {title: Signs of a clot, flags: [{level: doctor, text: The leg is swollen}]}\n",
        ),
        (
            "content/muscles/soleus.yaml",
            "name: Soleus\ngroup: limb\narea: leg\nsummary: A flat muscle.\n\
             attachments: {origin: shin, insertion: heel}\nactions: [points the foot]\nnerve: tibial\n\
             techniques: [kneading]\ntrigger_points:\n  - id: tp1\n    where: middle\n    refers_to:\n\
             \u{20}     - {region: calf, side: same, intensity: spillover}\n\
             \u{20}     - {region: heel, side: same, intensity: primary}\n",
        ),
        (
            "content/muscles/arch.yaml",
            "name: Archer\ngroup: limb\narea: foot\nsummary: A short muscle.\n\
             attachments: {origin: heel, insertion: toes}\nactions: [bends the toes]\nnerve: plantar\n\
             techniques: [kneading]\ntrigger_points:\n  - id: tp1\n    where: middle\n    refers_to:\n\
             \u{20}     - {region: heel, side: same, intensity: spillover}\n",
        ),
        (
            "content/techniques.yaml",
            "kneading: {name: Kneading, performer: massage-therapist, setting: hands-on, summary: Slow., stop_if: It hurts.}\n\
             rolling: {name: Rolling, performer: massage-therapist, setting: hands-on, summary: Slower., stop_if: It hurts.}\n\
             resting: {name: Resting, performer: self, setting: at-home, summary: Lie down., stop_if: It hurts.}\n",
        ),
        (
            "content/services.yaml",
            "leg-hour: {name: Leg hour, summary: For legs., techniques: [kneading], areas: [leg]}\n\
             whole-hour: {name: Whole hour, summary: For all., techniques: [kneading, rolling]}\n",
        ),
        (
            "content/symptoms.yaml",
            "step: {name: First steps, summary: They ache., regions: [calf, heel], muscles: [arch]}\n",
        ),
    ])
}

const SYMPTOM: &str = "symptoms/step/index.html";

#[test]
fn signs_that_the_regions_of_a_symptom_share_are_shown_once() {
    let mut project = project();
    let symptom = "regions: [calf, heel], red_flags: [clot]";
    project.replace("content/symptoms.yaml", "regions: [calf, heel]", symptom);
    project
        .write("content/pages/signs.md", "---\ntitle: Signs\n---\n\n::red-flags{symptom=step}\n");
    project.build();
    let page = project.page("signs/index.html");
    assert_eq!(page.matches("The leg is swollen").count(), 1, "{page}");
}

#[test]
fn a_service_with_areas_is_offered_there_only() {
    let mut project = project();
    project.build();
    project.expect_page("muscles/soleus/index.html", ["/services/leg-hour/"]);
    project.expect_page_without("muscles/arch/index.html", "/services/leg-hour/");
    project.expect_page("pain/calf/index.html", ["/services/leg-hour/"]);
    project.expect_page_without("pain/heel/index.html", "/services/leg-hour/");
    for page in ["muscles/arch/index.html", "pain/heel/index.html"] {
        project.expect_page(page, ["/services/whole-hour/"]);
    }
}

#[test]
fn a_muscle_that_names_a_service_has_it_wherever_it_lies() {
    let mut project = project();
    project.replace(
        "content/muscles/arch.yaml",
        "techniques:",
        "services: [leg-hour]\ntechniques:",
    );
    project.build();
    project.expect_page("muscles/arch/index.html", ["/services/leg-hour/"]);
    project.expect_page_without("pain/heel/index.html", "/services/leg-hour/");
}

#[test]
fn a_symptom_and_its_services_name_each_other() {
    let mut project = project();
    project.build();
    for service in ["leg-hour", "whole-hour"] {
        project.expect_page(SYMPTOM, [&format!("/services/{service}/")]);
        project.expect_page(&format!("services/{service}/index.html"), ["/symptoms/step/"]);
    }
}

#[test]
fn a_symptom_that_names_techniques_has_the_services_that_use_one() {
    let mut project = project();
    let symptom = "regions: [calf, heel], techniques: [rolling]";
    project.replace("content/symptoms.yaml", "regions: [calf, heel]", symptom).build();
    project.expect_page(SYMPTOM, ["/services/whole-hour/"]);
    project.expect_page_without(SYMPTOM, "/services/leg-hour/");
    project.expect_page_without("services/leg-hour/index.html", "/symptoms/step/");
}

#[test]
fn techniques_that_no_service_uses_say_nothing_about_services() {
    let mut project = project();
    let symptom = "regions: [calf, heel], techniques: [resting]";
    project.replace("content/symptoms.yaml", "regions: [calf, heel]", symptom).build();
    project.expect_page(SYMPTOM, ["/services/whole-hour/", "/services/leg-hour/"]);
}

#[test]
fn a_muscle_that_may_be_involved_shows_its_best_reason_and_main_areas_come_first() {
    let mut project = project();
    project.build();
    let page = project.page(SYMPTOM);
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part}:\n{page}"));
    // The author names the other one, which reaches the heel as spillover.
    let (main, spillover) = (at("candidate-primary"), at("candidate-spillover"));
    assert!(main < spillover, "{page}");
    assert!(page[main..spillover].contains("Soleus"), "{page}");
    assert!(page[spillover..].contains("Archer"), "{page}");
}

#[test]
fn a_service_named_in_an_emergency_card_or_right_after_it_is_no_link() {
    let mut project = project();
    let text = "whole hour is a service. soleus too.\n\n";
    let page = format!(
        "---\ntitle: Calls\n---\n\n:::care{{level=emergency}}\nNo {text}:::\n\nNor a {text}A {text}"
    );
    project.write("content/pages/calls.md", page).build();
    let page = project.page("calls/index.html");
    let services: Vec<_> = page.match_indices("data-kind=\"service\"").map(|(at, _)| at).collect();
    let after = page.find("<p>A ").expect("the last paragraph is there");
    assert_eq!(services.len(), 1, "{page}");
    assert!(services[0] > after, "{page}");
    let muscle = page.find("data-kind=\"muscle\"").expect("other names are links");
    assert!(muscle < after, "{page}");
}

#[test]
fn an_area_without_regions_does_not_ask_where_exactly() {
    let mut project = project();
    project.edit("content/areas.yaml", |areas| format!("{areas}arm: {{name: Arm}}\n")).build();
    project.expect_page_without("pain/arm/index.html", "section--regions");
    project.expect_page("pain/leg/index.html", ["section--regions"]);
}

#[test]
fn a_service_named_right_after_red_flags_is_no_link() {
    let mut project = project();
    let page = "---\ntitle: Signs\n---\n\n::red-flags{region=calf}\n\nNor a whole hour.\n\nA whole hour.\n";
    project.write("content/pages/signs.md", page).build();
    let page = project.page("signs/index.html");
    let links: Vec<_> = page.match_indices("data-kind=\"service\"").map(|(at, _)| at).collect();
    let after = page.find("<p>A ").expect("the last paragraph is there");
    assert_eq!(links.len(), 1, "{page}");
    assert!(links[0] > after, "{page}");
}

#[test]
fn a_muscle_that_is_named_for_a_symptom_and_reaches_none_of_its_regions_comes_last() {
    let mut project = project();
    project.replace("content/symptoms.yaml", "regions: [calf, heel]", "regions: [calf]").build();
    let page = project.page(SYMPTOM);
    let named = page.find("candidate-named").unwrap_or_else(|| panic!("no reason:\n{page}"));
    assert!(page.find("candidate-primary").is_none_or(|other| other < named), "{page}");
    assert!(page[named..].contains("Archer"), "{page}");
    assert!(page[named..].contains("Named for this symptom"), "{page}");
}

#[test]
fn the_home_page_leads_to_the_symptoms_that_it_does_not_show() {
    let mut project = project();
    project.build().expect_page_without("index.html", "All symptoms");
    let more =
        (1..=6).map(|n| format!("s{n}: {{name: Ache {n}, summary: So., regions: [calf]}}\n"));
    let more: String = more.collect();
    project.edit("content/symptoms.yaml", |symptoms| format!("{symptoms}{more}")).build();
    project.expect_page("index.html", ["<a href=\"/symptoms/\">All symptoms</a>"]);
}

#[test]
fn a_service_says_in_which_regions_it_may_help_and_is_for_their_areas() {
    let mut project = project();
    project.build();
    let page = project.page("services/whole-hour/index.html");
    let (_, rest) = page.split_once("id=\"section--regions\"").expect("there is a block");
    assert!(rest.contains("href=\"/pain/heel/\""), "{rest}");
    // The muscle that lies in the leg is felt there as spillover.
    let (_, rest) = page.split_once("<dt>For</dt>").expect("it is for something");
    let (areas, _) = rest.split_once("</dd>").expect("it ends");
    assert!(areas.contains("Foot") && !areas.contains("Leg"), "{areas}");
}

#[test]
fn a_booking_address_of_the_site_itself_lies_below_the_sites_folder() {
    let mut project = project();
    project.write(
        "site.toml",
        "title = \"Knead\"\nbase_url = \"https://x.org/kb\"\n[studio]\nbooking_url = \"/book/\"\n\
         [check]\norphan-page = \"allow\"\n",
    );
    project.write("content/pages/book.md", "---\ntitle: Book\n---\n\nCall us.\n");
    project.build();
    let page = project.page("services/leg-hour/index.html");
    assert!(page.contains("href=\"/kb/book/\""), "{page}");
    assert!(!page.contains("href=\"/book/\""), "{page}");
}
