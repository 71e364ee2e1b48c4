//! Sites in other languages than English: what follows from the strings of a theme, and what is not done.

use crate::project::Project;

/// The strings of the default theme with some of them changed, as those of a language of their own.
fn strings<const N: usize>(changes: [(&str, &str); N]) -> String {
    let mut text = include_str!("../../themes/default/strings/en.toml").to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

const GERMAN: [(&str, &str); 5] = [
    ("names_within_sentences = \"small\"", "names_within_sentences = \"as-written\""),
    ("open = \"“\"\nclose = \"”\"", "open = \"„\"\nclose = \"“\""),
    ("decimal_mark = \".\"", "decimal_mark = \",\""),
    ("thousands_mark = \",\"", "thousands_mark = \".\""),
    ("EUR = \"€{amount}\"", "EUR = \"{amount}\u{a0}€\""),
];

const TEXT: &str = "---\ntitle: Massage\nsummary: Was sie ist.\n---\n\n\
                    Man sagt \"der [[triggerpunkt]]\" dazu.\n\n## Was \"hilft\"\n\nGeht's?\n";

/// A small site in a language, in the words of a theme of its own if there are any.
fn site(language: &str, strings: Option<&str>) -> Project {
    let settings = format!("language = \"{language}\"\ntheme = \"mine\"\n");
    let mut project = Project::new([
        ("site.toml", &*settings),
        ("themes/mine/theme.toml", ""),
        (
            "content/terms.yaml",
            "triggerpunkt: {name: Triggerpunkt, definition: 'Heißt \"Punkt\".'}\n\
             umweg: {name: Umweg, definition: 'Der [[triggerpunkt]] und \"er\".'}\n",
        ),
        (
            "content/services.yaml",
            "kur: {name: Kur, summary: Lang., techniques: [druck], price: {amount: 1279.5, currency: EUR}}\n",
        ),
        (
            "content/techniques.yaml",
            "druck: {name: Druck, performer: massage-therapist, setting: hands-on, summary: Kurz., stop_if: Es kribbelt., steps: [{text: Halten.}]}\n",
        ),
        ("content/pages/massage.md", TEXT),
    ]);
    if let Some(strings) = strings {
        project.write(&format!("themes/mine/strings/{language}.toml"), strings);
    }
    project
}

#[test]
fn names_quotes_and_amounts_are_written_as_the_strings_of_the_language_say() {
    let mut project = site("de", Some(&strings(GERMAN)));
    project.build();
    let page = "massage/index.html";
    project.expect_page(
        page,
        ["Man sagt „der <a href=\"/glossary/#triggerpunkt\">Triggerpunkt</a>“ dazu."],
    );
    project.expect_page(page, ["Was „hilft“</h2>", "Geht’s?"]);
    let glossary = ["„Punkt“.", "\"description\":\"Der Triggerpunkt und „er“.\""];
    project.expect_page("glossary/index.html", glossary);
    project.expect_page("llms.txt", ["Der Triggerpunkt und „er“."]);
    project.expect_page("services/kur/index.html", ["1.279,50\u{a0}€"]);
}

#[test]
fn without_strings_of_the_language_names_and_quotes_stay_as_they_are_written() {
    let mut project = site("lb", None);
    project.build();
    let page = "massage/index.html";
    project.expect_page(
        page,
        ["Man sagt \"der <a href=\"/glossary/#triggerpunkt\">Triggerpunkt</a>\" dazu."],
    );
    project.expect_page("llms.txt", ["Der Triggerpunkt und \"er\"."]);
    let mut project = site("en", None);
    project.build();
    project.expect_page(
        page,
        ["Man sagt “der <a href=\"/glossary/#triggerpunkt\">triggerpunkt</a>” dazu."],
    );
    project.expect_page("services/kur/index.html", ["€1,279.50"]);
}

#[test]
fn what_a_translation_does_not_say_yet_readers_are_told_in_english() {
    let without = strings([("do_not_drive = \"Do not drive yourself.\"\n", "")]);
    let mut project = site("de", Some(&without));
    project.write("content/areas.yaml", "hals: {name: Hals}\n");
    project.write(
        "content/regions.yaml",
        "nacken: {name: Nacken, area: hals, view: back, red_flags: [hals]}\n",
    );
    project.write(
        "content/red-flags.yaml",
        "hals: {title: Hals, flags: [{level: emergency, text: Sie fielen}]}\n",
    );
    project.build().expect_page("pain/nacken/index.html", ["<strong>Do not drive yourself."]);
    let findings = project.findings();
    assert!(findings.contains("1 string for `de` is missing: `care.do_not_drive`"), "{findings}");
}

#[test]
fn a_change_of_the_quotes_reaches_texts_that_were_drawn_before() {
    let mut project = site("de", Some(&strings(GERMAN)));
    project.build();
    project.write("themes/mine/strings/de.toml", strings([("“", "«"), ("”", "»")])).build();
    project.expect_page("massage/index.html", ["Man sagt «der ", "Was «hilft»</h2>"]);
}

#[test]
fn names_stand_under_their_letters_whatever_their_accents() {
    let mut project = site("de", Some(&strings(GERMAN)));
    let names = ["Zyste", "Ödem", "Oberarm", "Ärmel", "Arm", "Fuß", "Fusion"];
    let term = |name: &&str| {
        format!("{}: {{name: {name}, definition: Ja.}}\n", sinew::syntax::slug::anchor(name))
    };
    project.write("content/terms.yaml", names.iter().map(term).collect::<String>());
    project.delete("content/pages/massage.md").build();
    let page = project.page("glossary/index.html");
    let mut sorted = names;
    sorted.sort_by_key(|name| page.find(&format!(">{name}<")).expect("it is there"));
    assert_eq!(sorted, ["Arm", "Ärmel", "Fusion", "Fuß", "Oberarm", "Ödem", "Zyste"]);
}

#[test]
fn rules_that_know_english_words_are_not_run_for_other_languages() {
    let promise = TEXT.replace("Man sagt", "Guaranteed: studies show that man sagt");
    let mut project = site("de", Some(&strings(GERMAN)));
    project.write("content/pages/massage.md", &promise).build();
    let is_said = |project: &Project| {
        ["promising-words", "uncited-research"].map(|code| project.findings().contains(code))
    };
    assert_eq!(is_said(&project), [false, false]);
    project.replace("site.toml", "\"de\"", "\"en-GB\"").build();
    assert_eq!(is_said(&project), [true, true], "the memo knows of the language");
}

#[test]
fn readers_see_the_host_as_people_write_it_and_machines_as_they_call_it() {
    let mut project = site("de", Some(&strings(GERMAN)));
    project.edit("site.toml", |text| {
        format!("base_url = \"https://praxis-müller.de/wissen\"\n{text}")
    });
    project.build();
    project.expect_page(
        "massage/index.html",
        [
            "<p class=\"page-address\">praxis-müller.de/wissen/massage/</p>",
            "<link rel=\"canonical\" href=\"https://xn--praxis-mller-klb.de/wissen/massage/\">",
        ],
    );
}
