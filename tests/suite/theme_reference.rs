//! `docs/theme-reference.md` says what the code says: `UPDATE=1 cargo test reference` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use sinew::model::directives::DIRECTIVES;

use crate::files::{expect_up_to_date, repository};

/// What stands before the first table.
const HEAD: &str = "\
# What a template may use

This page is made from the code; a test holds the two together. [Make a theme](make-a-theme.md) says how
to use it. A value that may be missing has the type `Option`, a list `Vec`. Every `href` is complete, and
what is called safe HTML goes through `| safe`. `Drawn` is HTML that a component drew, once for all pages that show
it, and needs no filter; what is `Shared` by pages is used like any other value. Records are drawn by `card`, services
by `service_card`, authors by `person_box`.

Every template sees `page`, which is its view; `site`, a `SiteView`; `strings`; `section`, the section of the
site, such as `muscles`; and `frame.header` and `frame.footer`, HTML that `parts/site_header.html` and
`parts/site_footer.html` drew once for the section, from `site`, `section` and `strings`.
";

/// The files with the views, those that many pages share last.
const SHARED: [&str; 4] = ["parts", "care", "body_map", "site"];

#[test]
fn the_reference_of_views_components_and_settings_is_what_the_code_says() {
    let mut text = HEAD.to_owned();
    text.push_str("\n## Pages\n\nEach kind of page has one template and one view.\n");
    let templates = templates_of_views();
    for (name, source) in view_sources().iter().filter(|(name, _)| !is_shared(name)) {
        text.push_str(&tables(source, &templates, name));
    }
    text.push_str("\n## Values that many pages share\n");
    for name in SHARED {
        text.push_str(&tables(&view_sources()[name], &templates, name));
    }
    text.push_str("\n## Components\n\n");
    text.push_str(
        "`{{<name argument={value} />}}` draws one. An upper layer's component wins.\n\n",
    );
    text.push_str(&components("themes/default/templates/parts"));
    text.push_str("\n## Directives\n\n");
    text.push_str(
        "Components in `components/` draw what authors write as `:::name` or `::name`. `view` is what sinew \
         found for the arguments; the others are what authors write.\n\n",
    );
    text.push_str(&components("themes/default/components"));
    text.push_str("\n## Settings of the built-in theme\n\n| setting | type | default | help |\n");
    text.push_str("| --- | --- | --- | --- |\n");
    text.push_str(&settings());
    expect_up_to_date("docs/theme-reference.md", &text);
}

#[test]
fn components_of_directives_take_what_authors_may_write_and_nothing_else() {
    let layers = vec![sinew::theme::embedded::layer()];
    let (theme, _) = sinew::theme::Theme::load(layers, "en", &Default::default());
    let names: BTreeSet<String> = DIRECTIVES.iter().map(|shape| shape.name.to_owned()).collect();
    assert_eq!(theme.component_names().collect::<BTreeSet<_>>(), names);
    for shape in DIRECTIVES {
        let component = theme.component(shape.name).expect("every directive has a component");
        let taken: BTreeSet<&str> =
            component.arguments.iter().map(|one| one.name.as_str()).collect();
        let written: BTreeSet<&str> = shape.arguments.iter().map(|one| one.name).collect();
        assert_eq!(taken, written, "{}", shape.name);
    }
}

fn is_shared(name: &str) -> bool {
    SHARED.contains(&name)
}

/// The sources of the views by the names of their files.
fn view_sources() -> BTreeMap<String, String> {
    let left_out =
        ["mod.rs", "drawn.rs", "on_many_pages.rs", "samples.rs", "sample_pages.rs", "tests.rs"];
    let entries = fs::read_dir(repository("src/page/view")).expect("there are views");
    entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| !left_out.iter().any(|name| path.ends_with(name)))
        .map(|path| {
            let name = path.file_stem().expect("files have names").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("readable"))
        })
        .collect()
}

/// Which template shows a view: `Muscle(MuscleView) in "muscle.html"`.
fn templates_of_views() -> BTreeMap<String, String> {
    let source = fs::read_to_string(repository("src/page/compose/mod.rs")).expect("readable");
    let lines = source.lines().filter_map(|line| {
        let (view, template) = line.trim().split_once(") in \"")?;
        let view = view.split_once('(')?.1;
        Some((view.to_owned(), template.trim_end_matches('"').to_owned()))
    });
    lines.collect()
}

/// A table for each type of a file: its fields with their types and comments, or its words.
fn tables(source: &str, templates: &BTreeMap<String, String>, file: &str) -> String {
    let mut text = String::new();
    let mut comment = String::new();
    for line in source.lines().map(str::trim) {
        if let Some(part) = line.strip_prefix("/// ") {
            let space = if comment.is_empty() { "" } else { " " };
            let _ = write!(comment, "{space}{}", part.replace('|', "\\|"));
            continue;
        }
        if line.starts_with("#[") {
            continue;
        }
        let said = std::mem::take(&mut comment);
        let declared = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
        if let Some(declared) = declared {
            let name = declared.trim_end_matches(" {");
            let _ = write!(text, "\n### `{name}`\n\n{said}");
            if let Some(template) = templates.get(name) {
                let _ = write!(text, " Template: `{template}`.");
            }
            text.push_str("\n\n| name | type | what it is |\n| --- | --- | --- |\n");
        } else if let Some((field, kind)) =
            line.strip_prefix("pub ").and_then(|field| field.split_once(": "))
        {
            assert!(!said.is_empty(), "{file}: `{field}` is not documented");
            let _ = writeln!(text, "| `{field}` | `{}` | {said} |", kind.trim_end_matches(','));
        } else if !said.is_empty() && line.ends_with(',') {
            let word = line.trim_end_matches(',').to_lowercase();
            let _ = writeln!(text, "| `{word}` | a word | {said} |");
        }
    }
    text
}

/// The components below a folder with their arguments, and what their files say of them.
fn components(folder: &str) -> String {
    let mut paths: Vec<_> = fs::read_dir(repository(folder))
        .expect("there are components")
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    let mut text = "| component | what it shows |\n| --- | --- |\n".to_owned();
    for path in paths {
        let source = fs::read_to_string(&path).expect("readable");
        let about = source
            .strip_prefix("{# ")
            .and_then(|rest| rest.split_once(" #}"))
            .map(|(about, _)| about.split_whitespace().collect::<Vec<_>>().join(" "));
        let about = about.unwrap_or_else(|| panic!("{} begins with a comment", path.display()));
        let signatures = source.split("{% component ").skip(1).filter_map(|rest| {
            let (name, rest) = rest.split_once('(')?;
            let (arguments, _) = rest.split_once(')')?;
            let arguments = arguments.split(", ").filter(|one| !one.starts_with('@'));
            Some(format!("{name}({})", arguments.collect::<Vec<_>>().join(", ")))
        });
        for (position, signature) in signatures.enumerate() {
            let about = if position == 0 { about.as_str() } else { "a piece of the one above" };
            let _ = writeln!(text, "| `{signature}` | {about} |");
        }
    }
    text
}

fn settings() -> String {
    let shown = |value: &toml::Value| match value {
        toml::Value::Array(words) => {
            let words: Vec<&str> = words.iter().filter_map(toml::Value::as_str).collect();
            words.join(", ")
        }
        toml::Value::String(text) if text.is_empty() => "nothing".to_owned(),
        toml::Value::String(text) => text.clone(),
        value => serde_json::to_string(value).unwrap_or_default(),
    };
    let source = fs::read_to_string(repository("themes/default/theme.toml")).expect("readable");
    let tree: toml::Table = source.parse().expect("it is TOML");
    let settings = tree["settings"].as_table().expect("a table");
    let mut text = String::new();
    for (name, setting) in settings {
        let kind = setting["type"].as_str().expect("a word");
        let choices =
            setting.get("choices").map(|words| format!(": {}", shown(words))).unwrap_or_default();
        let help = setting["help"].as_str().expect("a line");
        let _ = writeln!(
            text,
            "| `{name}` | {kind}{choices} | {} | {help} |",
            shown(&setting["default"])
        );
    }
    text
}
