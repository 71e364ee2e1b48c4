//! What a theme promises: layers override, and every mistake is reported at its place.

use std::collections::BTreeMap;

use serde_json::json;
use tera::Value;

use super::{Frame, Layer, Theme, embedded, into_text};
use crate::diagnostic::{At, Diagnostic};
use crate::model::settings::ThemeChoice;

fn load(layers: Vec<Layer>) -> (Theme, Vec<Diagnostic>) {
    Theme::load(layers, "en", &ThemeChoice::default())
}

/// A theme of a studio above a small default one.
fn themed(mine: &[(&str, &str)]) -> (Theme, Vec<Diagnostic>) {
    let base = Layer::of_texts(
        "default",
        &[
            (
                "templates/base.html",
                "[{% block main %}{% endblock %}{% include \"parts/foot.html\" %}]",
            ),
            (
                "templates/page.html",
                "{% extends \"base.html\" %}{% block main %}{{ page.title }}{{<mark text=\"!\" />}}{% endblock %}",
            ),
            ("templates/parts/foot.html", "foot"),
            (
                "templates/parts/mark.html",
                "{% component mark(text) %}{{ text }}{% endcomponent mark %}",
            ),
            ("templates/lone.html", "{{ strings.hello }}"),
            ("css/a.css", "a { color: red; }"),
            ("strings/en.toml", "hello = \"Hello\"\nbye = \"Bye\"\n"),
            (
                "theme.toml",
                "css = [\"a.css\"]\n[settings.size]\ntype = \"number\"\ndefault = 3\nhelp = \"how large\"\n",
            ),
        ],
    );
    load(vec![Layer::of_texts("mine", mine), base])
}

fn draw(theme: &Theme, template: &str) -> Result<String, Box<Diagnostic>> {
    let page = Value::from_serializable(&json!({"title": "T<"}));
    let site = Value::from_serializable(&json!({"title": "S"}));
    theme.render(template, &site, page, &Frame::default()).map(into_text)
}

/// The findings as `path:bytes: message`, with the text at those bytes.
fn said(files: &[(&str, &str)], found: &[Diagnostic]) -> Vec<String> {
    found
        .iter()
        .map(|diagnostic| {
            let path = diagnostic.place.path.as_str();
            let text = files.iter().find(|(name, _)| path.ends_with(name)).map(|(_, text)| *text);
            let at = match &diagnostic.place.at {
                At::Bytes(span) => text.and_then(|text| text.get(span.range())).unwrap_or("?"),
                At::File => "(file)",
                _ => "(field)",
            };
            format!("{path}: {at}: {}", diagnostic.message)
        })
        .collect()
}

#[test]
fn a_misspelt_filter_is_answered_with_one_of_ours() {
    let (_, found) = themed(&[("templates/page.html", "{{ page.title | on_papr }}")]);
    assert_eq!(found[0].help, ["a similar name exists: `on_paper`"]);
}

#[test]
fn the_default_theme_has_no_mistakes() {
    let (theme, found) = load(vec![embedded::layer()]);
    assert_eq!(found, []);
    assert!(theme.asset_paths()["site.css"].starts_with("assets/site."));
}

#[test]
fn every_region_of_the_drawings_lights_up_with_its_links() {
    let (theme, _) = load(vec![embedded::layer()]);
    let links = theme.assets().iter().find(|asset| asset.name == "records.css");
    let sheet = String::from_utf8_lossy(&links.expect("it is published").bytes).into_owned();
    let regions = theme.body_maps().values().flat_map(|map| &map.regions);
    for region in regions {
        let rule = format!(".r-{}{{main:has(&:is(:hover,:focus-visible)) &", region.id);
        assert!(
            sheet.contains(&rule),
            "`css/records/map-links.css` has no rule for `{}`",
            region.id
        );
    }
}

#[test]
fn a_setting_that_is_declared_wrongly_says_what_was_expected() {
    let declared = |line: &str| {
        let text = format!("[settings.one]\n{line}\nhelp = \"what it is for\"\n");
        let (_, found) =
            load(vec![Layer::of_texts("mine", &[("theme.toml", &text), ("strings/en.toml", "")])]);
        found.first().map(|one| one.message.clone()).unwrap_or_default()
    };
    assert_eq!(declared("type = \"colour\"\ndefault = \"\"\ncss = \"--one\""), "");
    let message = declared("type = \"color\"\ndefault = \"\"");
    assert!(message.starts_with("expected `type` to be `text`, `phone`"), "{message}");
    let message = declared("type = \"choice\"\ndefault = \"a\"");
    assert_eq!(message, "expected `choices`: a list of words");
    let message = declared("type = \"choice\"\nchoices = [\"a\", \"b\"]\ndefault = \"c\"");
    assert_eq!(message, "`default`: expected `a` or `b`, found `c`");
    let message = declared("type = \"text\"\ndefault = \"\"\ncss = \"--one\"");
    assert!(message.starts_with("expected `css` to name a custom property"), "{message}");
}

#[test]
fn the_first_layer_that_has_a_path_wins() {
    let mine = [
        ("templates/parts/foot.html", "mine {% include \"default/parts/foot.html\" %}"),
        ("strings/en.toml", "hello = \"Hi\"\n"),
        ("css/b.css", "b { color: blue; }"),
    ];
    let (theme, found) = themed(&mine);
    assert_eq!(found, []);
    assert_eq!(draw(&theme, "page.html").as_deref(), Ok("[T&lt;!mine foot]"));
    assert_eq!(draw(&theme, "lone.html").as_deref(), Ok("Hi"));
    assert_eq!(theme.strings().get("bye"), Some("Bye"));
    assert_eq!(&*theme.assets()[0].bytes, b"a{color:red}\nb{color:blue}\n");
}

#[test]
fn a_plural_of_a_language_is_taken_whole() {
    let english = "[plurals]\ntimes = { one = \"once\", \"2\" = \"twice\", other = \"{n} times\" }\n\
                   days = { one = \"a day\", other = \"{n} days\" }\n";
    let german = "[plurals]\ntimes = { one = \"{n}-mal\", other = \"{n}-mal\" }\n";
    let files = [("strings/en.toml", english), ("strings/de.toml", german), ("theme.toml", "")];
    let (theme, _) =
        Theme::load(vec![Layer::of_texts("mine", &files)], "de", &ThemeChoice::default());
    assert_eq!(theme.strings().plural(2, "times").as_deref(), Some("2-mal"));
    assert_eq!(theme.strings().plural(2, "days").as_deref(), Some("2 days"));
}

#[test]
fn a_component_of_an_upper_layer_wins_wherever_it_stands() {
    let (theme, found) =
        themed(&[("templates/my/mark.html", "{% component mark(text) %}*{% endcomponent mark %}")]);
    assert_eq!(found, []);
    assert_eq!(draw(&theme, "page.html").as_deref(), Ok("[T&lt;*foot]"));
}

#[test]
fn every_mistake_in_templates_is_reported_once_at_its_place() {
    let mine = [
        ("templates/base.html", "é\n{% block main %}{% endblock %}{{ 1 | upcase }}"),
        ("templates/lone.html", "{{ }}"),
        ("templates/parts/foot.html", "{% include \"parts/fot.html\" %}{{<marc />}}"),
        ("templates/parts/mark.html", "{% component mark(text) %}{{ text "),
    ];
    let (_, found) = themed(&mine);
    let said = said(&mine, &found);
    assert_eq!(
        said,
        [
            "themes/mine/templates/lone.html: }}: found `}}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
            "themes/mine/templates/parts/mark.html: text: unexpected end of input",
            "themes/mine/templates/base.html: upcase: unknown filter `upcase`",
            "themes/mine/templates/parts/foot.html: \"parts/fot.html\": unknown template `parts/fot.html`",
            "themes/mine/templates/parts/foot.html: <marc />: unknown component `marc`",
        ]
    );
    let help: Vec<&str> = found.iter().flat_map(|found| &found.help).map(String::as_str).collect();
    assert_eq!(help, ["a similar name exists: `parts/foot.html`", "a similar name exists: `mark`"]);
}

#[test]
fn a_circle_is_a_mistake_and_says_how_to_reach_the_overridden_template() {
    let mine = [("templates/page.html", "{% extends \"page.html\" %}")];
    let (_, found) = themed(&mine);
    assert_eq!(
        said(&mine, &found),
        ["themes/mine/templates/page.html: extends: the template extends itself"]
    );
    assert_eq!(
        found[0].help,
        ["the overridden template is reached by its theme: `{% extends \"default/page.html\" %}`"]
    );
}

#[test]
fn a_missing_parent_is_reported_where_it_is_named() {
    let mine = [("templates/page.html", "{% extends \"bse.html\" %}")];
    let (_, found) = themed(&mine);
    assert_eq!(
        said(&mine, &found),
        ["themes/mine/templates/page.html: bse.html: no template is called `bse.html`"]
    );
    assert_eq!(found[0].help, ["a similar name exists: `base.html`"]);
}

#[test]
fn an_unknown_field_is_reported_where_the_template_names_it() {
    let mine = [("templates/lone.html", "x {{ page.titel }}")];
    let (theme, found) = themed(&mine);
    assert_eq!(found, []);
    let error = draw(&theme, "lone.html").err().map(|error| *error).into_iter().collect::<Vec<_>>();
    let said = said(&mine, &error);
    assert_eq!(said.len(), 1);
    let expected = "themes/mine/templates/lone.html: titel: field `titel` is not defined. Available fields: title";
    assert_eq!(said[0], expected);
}

#[test]
fn a_file_that_overrides_nothing_and_is_used_by_nothing_is_a_warning() {
    let (_, found) = themed(&[
        ("templates/pgae.html", "x"),
        ("templates/used.html", "x"),
        ("templates/lone.html", "{% include \"used.html\" %}"),
        ("assets/logo.svg", "<svg/>"),
        ("css/extra.css", ""),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "unused-theme-file");
    assert_eq!(found[0].place.path.as_str(), "themes/mine/templates/pgae.html");
    assert!(found[0].help[0].contains("templates/page.html"));
}

#[test]
fn a_part_that_does_not_define_what_it_overrides_is_a_warning() {
    let (_, found) = themed(&[("templates/parts/mark.html", "<b>!</b>")]);
    let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(messages, ["the component `mark` is not defined here, so this is never drawn"]);
    assert!(found[0].help[0].contains("`{% component mark(…) %}`"), "{:?}", found[0].help);
    let misspelt = "{% component marc(text) %}{{ text }}{% endcomponent marc %}";
    let (_, found) = themed(&[("templates/parts/mark.html", misspelt)]);
    assert_eq!(found[0].help, ["a component with a similar name is: `marc`"]);
    let (_, found) = themed(&[
        ("templates/parts/mark.html", "!"),
        ("templates/lone.html", "{% include \"parts/mark.html\" %}"),
    ]);
    assert_eq!(found, []);
}

/// The sheet of every page.
fn sheet(theme: &Theme) -> &str {
    std::str::from_utf8(&theme.assets()[0].bytes).expect("sheets are text")
}

#[test]
fn a_sheet_that_is_not_whole_is_left_out_and_reported_where_it_opens() {
    let mine = [("css/m.css", ":root{--radius:0"), ("css/n.css", "n { top: 0 } /* n")];
    let (theme, found) = themed(&mine);
    assert_eq!(
        said(&mine, &found),
        [
            "themes/mine/css/m.css: {: `{` is closed by nothing",
            "themes/mine/css/n.css: /*: `/*` is closed by nothing",
        ]
    );
    assert_eq!(found[0].code, "style-error");
    assert_eq!(sheet(&theme), "a{color:red}\n");
}

#[test]
fn a_theme_says_which_sheets_of_the_built_in_one_it_has() {
    let css = |list: &str| {
        let text = format!("css = {list}\n");
        let (theme, found) = themed(&[("theme.toml", &text), ("css/b.css", "b { top: 0 }")]);
        let found = found.iter().map(|one| (one.message.clone(), one.help.clone())).collect();
        (sheet(&theme).to_owned(), found)
    };
    let nothing: Vec<(String, Vec<String>)> = Vec::new();
    assert_eq!(css("[]"), ("b{top:0}\n".to_owned(), nothing.clone()));
    assert_eq!(css("[\"b.css\", \"a.css\"]"), ("b{top:0}\na{color:red}\n".to_owned(), nothing));
    let (message, help) = &css("[\"a.css\", \"bb.css\"]").1[0];
    assert_eq!(message, "there is no style sheet `css/bb.css`");
    assert_eq!(help[0], "a sheet with a similar name exists: `b.css`");
    assert_eq!(css("[3]").1[0].0, "expected `css` to be a list of names, and `settings` a table");
}

#[test]
fn a_file_of_assets_does_not_take_the_place_of_the_sheet() {
    let mine =
        [("assets/site.css", "b { top: 0 }"), ("css/more/b.css", ""), ("assets/more.css", "")];
    let (theme, found) = themed(&mine);
    assert_eq!(
        said(&mine, &found),
        [
            "themes/mine/assets/more.css: (file): `more.css` is the name of the sheet that is made from `css/`",
            "themes/mine/assets/site.css: (file): `site.css` is the name of the sheet that is made from `css/`",
        ]
    );
    assert!(theme.asset_paths()["site.css"] == theme.assets()[0].path);
}

#[test]
fn files_that_a_sheet_names_are_named_as_they_are_published() {
    let mine = [
        (
            "css/m.css",
            "a { b: url(fonts/x.woff2?#i), url('../assets/fonts/x.woff2'), url(../media/a.png) }",
        ),
        ("assets/apart/n.css", "a { b: url(../fonts/x.woff2), url(#p), url(../%66onts/x.woff2) }"),
        ("assets/fonts/x.woff2", "x"),
    ];
    let (theme, found) = themed(&mine);
    assert_eq!(found, []);
    let font = theme.asset_paths()["fonts/x.woff2"].strip_prefix("assets/").expect("it is there");
    let own = sheet(&theme).lines().last().unwrap_or_default();
    assert_eq!(own, format!("a{{b:url({font}?#i),url('{font}'),url(../media/a.png)}}"));
    let apart =
        theme.assets().iter().find(|asset| asset.name == "apart/n.css").expect("it is there");
    let expected = format!("a{{b:url(../{font}),url(#p),url(../{font})}}");
    assert_eq!(String::from_utf8_lossy(&apart.bytes), expected);
    let mine = [("css/m.css", "a { b: url(fonts/y.woff2) }"), ("assets/fonts/x.woff2", "x")];
    let (_, found) = themed(&mine);
    assert_eq!(
        said(&mine, &found),
        [
            "themes/mine/css/m.css: fonts/y.woff2: no file of the theme's `assets/` is called `fonts/y.woff2`"
        ]
    );
    assert_eq!(found[0].help, ["a file with a similar name exists: `fonts/x.woff2`"]);
}

#[test]
fn what_browsers_leave_out_is_said_where_it_stands() {
    let mine = [
        ("css/m.css", "\u{feff}@import 'n.css';\na { b: url(//a.example/b.png), url(data:x) }"),
        ("templates/lone.html", "\u{feff}<p style=\"a: b\">{{ page.title }}</p>"),
    ];
    let (_, found) = themed(&mine);
    let forbidden = "pages load nothing from other sites, and nothing that stands in a sheet";
    assert_eq!(
        said(&mine, &found),
        [
            "themes/mine/templates/lone.html: style: browsers leave out styles that stand in a page".to_owned(),
            "themes/mine/css/m.css: @import: the sheets are joined, and browsers read `@import` at the beginning only".to_owned(),
            format!("themes/mine/css/m.css: //a.example/b.png: {forbidden}"),
            format!("themes/mine/css/m.css: data:x: {forbidden}"),
        ]
    );
}

#[test]
fn a_wrong_or_unknown_setting_is_reported_in_site_toml() {
    let choice: ThemeChoice = toml::from_str("[settings]\nsize = \"x\"\nsise = 1\n")
        .expect("the settings are well-formed");
    let base = Layer::of_texts(
        "default",
        &[
            (
                "theme.toml",
                "[settings.size]\ntype = \"number\"\ndefault = 3\nhelp = \"how large\"\n",
            ),
            ("strings/en.toml", ""),
        ],
    );
    let (theme, found) = Theme::load(vec![base], "en", &choice);
    let messages: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages, ["the theme has no setting called `sise`", "expected a number"]);
    assert!(found.iter().all(|diagnostic| diagnostic.place.path.as_str() == "site.toml"));
    assert_eq!(theme.settings(), &BTreeMap::from([("size".to_owned(), json!(3))]));
}

#[test]
fn a_fingerprint_changes_exactly_with_what_a_template_uses() {
    let (plain, _) = themed(&[]);
    let keys = |files: &[(&str, &str)]| {
        let (theme, _) = themed(files);
        ["page.html", "lone.html"]
            .map(|template| theme.fingerprint_of(template) != plain.fingerprint_of(template))
    };
    assert_eq!(keys(&[]), [false, false]);
    assert_eq!(keys(&[("templates/parts/foot.html", "feet")]), [true, false]);
    assert_eq!(keys(&[("templates/lone.html", "new")]), [false, true]);
    assert_eq!(keys(&[("strings/en.toml", "hello = \"Hi\"")]), [true, true]);
    assert_eq!(keys(&[("css/a.css", "")]), [false, false]);
}

#[test]
fn a_language_without_strings_falls_back_and_says_so() {
    let layers = vec![embedded::layer()];
    let (theme, found) = Theme::load(layers, "de", &ThemeChoice::default());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "missing-strings");
    assert_eq!(theme.strings().get("nav.home"), Some("Home"));
}
