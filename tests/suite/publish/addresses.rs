//! Addresses are promises: what was published is written down, and nothing of it is lost in silence.

use std::fs;

use super::Studio;

const LIVE: &str = "[publish.live]\ntype = \"folder\"\npath = \"../www\"\n";

/// The project, with the two rules that its settings leave out.
fn strict(settings: &str) -> Studio {
    let studio = Studio::new(settings);
    let path = studio.root().join("site.toml");
    let text = fs::read_to_string(&path).expect("readable");
    let rules = "default = \"allow\"\nvanished-address = \"error\"\nvanished-anchor = \"error\"\n";
    fs::write(path, text.replace("default = \"allow\"\n", rules)).expect("written");
    studio
}

#[test]
fn a_publish_writes_down_what_a_later_build_must_not_lose() {
    let studio = strict(LIVE);
    let file = studio.root().join("addresses.txt");
    studio.done(&["build"]);
    studio.done(&["publish", "--dry-run"]);
    assert!(!file.exists(), "written before anything was published");
    let said = studio.done(&["publish", "--yes"]);
    assert!(said.contains("to `addresses.txt`"), "{said}");
    let promised = fs::read_to_string(&file).expect("it was written");
    let lines: Vec<&str> = promised.lines().filter(|line| line.starts_with('/')).collect();
    assert!(lines.contains(&"/muscles/infraspinatus/"), "{promised}");
    assert!(lines.contains(&"/muscles/infraspinatus/#tp1"), "{promised}");
    assert!(lines.is_sorted() && !lines.contains(&"/404.html"), "{promised}");
    let again = studio.done(&["publish", "--yes"]);
    assert!(!again.contains("addresses.txt"), "{again}");
    studio.done(&["publish", "--yes"]);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), promised);

    let page = studio.root().join("content/pages/about.md");
    let moved = studio.root().join("content/pages/us.md");
    fs::rename(&page, &moved).expect("moved");
    let said = studio.refused(1, &["build"]);
    assert!(said.contains("error[vanished-address]: the address `/about/`"), "{said}");
    assert!(said.contains("--> kb/addresses.txt:") && said.contains("`was: [about]`"), "{said}");
    assert!(said.contains("[[redirect]]"), "{said}");
    studio.refused(1, &["publish", "--yes"]);
    let text = fs::read_to_string(&moved).expect("readable");
    fs::write(&moved, text.replacen("---\n", "---\nwas: [about]\n", 1)).expect("written");
    studio.done(&["publish", "--yes"]);
    let after = fs::read_to_string(&file).expect("it is there");
    assert!(after.contains("\n/us/\n") && after.contains("\n/about/\n"), "{after}");
}

#[test]
fn authors_can_write_addresses_down_and_take_a_promise_back() {
    let studio = strict("");
    let file = studio.root().join("addresses.txt");
    let planned = studio.done(&["addresses", "--dry-run"]);
    assert!(planned.contains("/muscles/infraspinatus/\n") && !file.exists(), "{planned}");
    studio.done(&["addresses"]);
    let text = fs::read_to_string(&file).expect("it was written");
    fs::write(&file, format!("{text}/printed/\n")).expect("written");
    let said = studio.refused(1, &["check"]);
    assert!(said.contains("`/printed/` leads nowhere"), "{said}");
    fs::write(&file, &text).expect("written");
    studio.done(&["check"]);
    assert_eq!(studio.done(&["addresses", "--quiet"]), "");
}

#[test]
fn addresses_of_half_a_project_are_not_written_down() {
    let studio = strict("");
    let page = studio.root().join("content/pages/about.md");
    let text = fs::read_to_string(&page).expect("readable");
    fs::write(&page, text.replacen("---\n", "---\ntitle: [\n", 1)).expect("written");
    let said = studio.refused(1, &["addresses"]);
    assert!(said.contains("error[invalid-yaml]: "), "{said}");
    assert!(!studio.root().join("addresses.txt").exists(), "half of them were written down");
}

#[test]
fn a_trial_beside_the_site_promises_nothing() {
    let trial = "[publish.trial]\ntype = \"folder\"\npath = \"../trial\"\n\
                 base_url = \"https://trial.example\"\n";
    let studio = Studio::new(&format!("{LIVE}\n{trial}"));
    let file = studio.root().join("addresses.txt");
    studio.done(&["publish", "trial", "--yes"]);
    assert!(!file.exists(), "a trial was written down");
    studio.done(&["publish", "live", "--yes"]);
    assert!(file.exists());
}

#[test]
fn a_former_anchor_leads_to_what_has_its_place() {
    let redirect = "[[redirect]]\nfrom = \"/muscles/infraspinatus/#old\"\n\
                    to = \"/muscles/infraspinatus/#tp1\"\n";
    let studio = Studio::new(redirect);
    studio.done(&["build"]);
    let page = studio.root().join("public/muscles/infraspinatus/index.html");
    let html = fs::read_to_string(page).expect("it was built");
    let (_, after) = html.split_once(" id=\"tp1\"").expect("the anchor is there");
    let (_, inside) = after.split_once('>').expect("the element begins");
    assert!(inside.starts_with("<span id=\"old\"></span>"), "{inside:.80}");
}

#[test]
fn a_record_that_cannot_be_read_takes_no_address_with_it() {
    let studio = strict(
        "[[redirect]]\nfrom = \"/about/#old\"\nto = \"/about/\"\n\
         [[redirect]]\nfrom = \"/nowhere/#old\"\nto = \"/nowhere/\"\n",
    );
    let promised = "/about/\n/about/#old\n/before/\n/before/#x\n";
    fs::write(studio.root().join("addresses.txt"), promised).expect("written");
    let page = studio.root().join("content/pages/about.md");
    let text = fs::read_to_string(&page).expect("readable");
    // It was also called `before`, which nobody can know now.
    let broken = text.replacen("---\n", "---\nwas: [before\n", 1);
    fs::write(&page, broken).expect("written");
    let said = studio.refused(2, &["check"]);
    assert!(said.contains("error[invalid-yaml]"), "{said}");
    assert!(!said.contains("vanished-") && !said.contains("`/about/`"), "{said}");
    assert!(said.contains("error[bad-redirect]: `/nowhere/` is not a page"), "{said}");
}
