//! Markdown and templates that nobody would write, and somebody will. Work is measured by what
//! comes out, which must not grow faster than what goes in.

use std::time::{Duration, Instant};

use sinew::syntax::markdown::parse;

use crate::project::Project;

/// The text of a family of a size.
type Family = fn(usize) -> String;

/// Families of text that have made parsers slow, each by its size.
const FAMILIES: [(&str, Family); 27] = [
    ("quotes", |n| ">".repeat(n)),
    ("open brackets", |n| "[".repeat(n)),
    ("brackets", |n| format!("{}a{}", "[".repeat(n), "]".repeat(n))),
    ("wiki links", |n| "[[".repeat(n)),
    ("empty links", |n| "[](".repeat(n)),
    ("emphasis", |n| "*a ".repeat(n)),
    ("mixed emphasis", |n| "**a*_".repeat(n)),
    ("backticks", |n| (0..n / 50).flat_map(|i| ["`".repeat(i % 50), "a".to_owned()]).collect()),
    ("tags", |n| "<a ".repeat(n)),
    ("angles", |n| "<".repeat(n)),
    ("entities", |n| "&".repeat(n)),
    ("headings", |n| "# a\n".repeat(n / 4)),
    ("headings in each other's way", |n| {
        let first: String = (2..n / 8).map(|i| format!("# a {i}\n")).collect();
        first + &"# a\n".repeat(n / 8)
    }),
    ("figures", |n| "![a](x.png)\n\n".repeat(n / 8)),
    ("cells", |n| format!("{}\n{}\n{}", "|a".repeat(90), "|-".repeat(90), "|a".repeat(n))),
    ("open directives", |n| ":::note\n".repeat(n / 4)),
    ("directives", |n| ":::note\nx\n:::\n".repeat(n / 8)),
    ("fences", |n| "```\n".repeat(n / 4)),
    ("footnotes", |n| (0..n / 8).map(|i| format!("[^{i}]\n\n[^{i}]: x\n\n")).collect()),
    ("definitions", |n| (0..n / 8).map(|i| format!("[a{i}]: /x\n")).collect()),
    ("undefined labels", |n| "[a][b] ".repeat(n / 4)),
    ("citations", |n| "[@a] ".repeat(n / 4)),
    ("lists", |n| "- ".repeat(n / 4)),
    ("indented lists", |n| (0..n / 40).map(|i| format!("{}- a\n", "  ".repeat(i % 100))).collect()),
    ("quotes and lists", |n| "> - ".repeat(n / 8)),
    ("comments", |n| "<!-".repeat(n)),
    ("instructions", |n| "a <?\n".repeat(n / 4)),
];

#[test]
fn no_family_of_text_grows_faster_than_its_size() {
    for (name, family) in FAMILIES {
        let out = [5_000, 20_000].map(|size| {
            let text = family(size);
            let start = Instant::now();
            let document = parse(&text);
            assert!(start.elapsed() < Duration::from_secs(10), "{name} of {size} hangs");
            let html = document.prose.html.len() + 100 * document.prose.holes.len();
            (text.len(), html)
        });
        let [(small_in, small), (large_in, large)] = out;
        let growth = large_in.div_ceil(small_in.max(1)) + 1;
        assert!(large <= small.max(1_000) * growth * 2, "{name}: {small} becomes {large}");
    }
}

#[test]
fn a_million_nested_quotes_and_a_hundred_thousand_headings_are_read() {
    parse(&">".repeat(1_000_000));
    parse(&"> ".repeat(500_000));
    let headings = parse(&"## Same\n".repeat(100_000)).outline.headings;
    assert_eq!(headings.len(), 100_000);
    assert_eq!(headings[99_999].id, "same-100000");
}

#[test]
fn a_page_of_many_links_and_mistakes_is_built() {
    let links = "[[odd]] [up](#two) ".repeat(2_000);
    let wrong = "[[gone]] [@none] ".repeat(200);
    let text = format!("---\ntitle: Odd\n---\n\n# Two\n\n{links}\n\n{wrong}\n");
    let mut project = Project::new([("content/pages/odd.md", text.as_str())]);
    project.build();
    assert_eq!(project.findings().lines().count(), 400);
}

#[test]
fn text_around_footnotes_and_directives_is_never_lost() {
    for text in [
        "KEPT\n\n[^a]: > [^b]: x\n\nKEPT too[^a]",
        "KEPT[^a]\n\n[^a]: - [^b]: x\n\nKEPT too[^b]",
        "KEPT\n\n- a\n\n  :::note\n  b\n\n:::\n\nKEPT too",
        "KEPT\n\n:::note\n\n> a\n:::\n\nKEPT too",
        "KEPT\n\n[^a]: x\n\n    :::note\n    y\n\nKEPT too[^a]\n",
        "KEPT[^a]\n\n[^a]:\n    :::note\n\nKEPT too\n\n:::\n",
        ":::note\n[^a]: x\n:::\n\nKEPT\n\nKEPT too[^a]",
        "::note\nKEPT\n\nKEPT too",
        "KEPT\n::note\nKEPT too",
    ] {
        let page = format!("---\ntitle: Odd\n---\n\n{text}\n");
        let mut project = Project::new([("content/pages/odd.md", page.as_str())]);
        project.build();
        let shown = project.page("odd/index.html");
        assert!(shown.matches("KEPT").count() == 2, "{text:?} becomes\n{shown}");
    }
}

#[test]
fn mistakes_in_templates_are_findings() {
    for template in [
        "{% include \"page.html\" %}",
        "{% extends \"page.html\" %}",
        "{{ nothing.there }}",
        "{{ page.nothing.there }}",
        "{% for i in range(end=100000000) %}x{% endfor %}",
        "{{ page.meta.title",
        "{{ page.content | nofilter }}",
        "{{ get_env(name=\"HOME\") }}",
        "{% include \"../../../etc/passwd\" %}",
        "{% component a() %}{{<a />}}{% endcomponent a %}{{<a />}}",
        "\u{0}{% if",
    ] {
        let path = "themes/default/templates/page.html";
        let page = ("content/pages/odd.md", "---\ntitle: Odd\n---\nx\n");
        let mut project = Project::new([(path, template), page]);
        project.build();
        let findings = project.findings();
        assert!(findings.contains(&format!("{path}:1:")), "{template}: {findings}");
        assert!(project.has_errors());
    }
}

#[test]
fn templates_that_include_each_other_are_findings() {
    let one = ("themes/default/templates/parts/one.html", "{% include \"parts/two.html\" %}");
    let two = ("themes/default/templates/parts/two.html", "{% include \"parts/one.html\" %}");
    let page = ("themes/default/templates/page.html", "{% include \"parts/one.html\" %}");
    let text = ("content/pages/odd.md", "---\ntitle: Odd\n---\nx\n");
    let mut project = Project::new([one, two, page, text]);
    project.build();
    assert!(project.has_errors());
}

#[test]
fn a_heading_after_a_directive_stands_outside_of_it() {
    let text =
        "---\ntitle: Odd\n---\n\n:::note\na\n:::\n\n## [[odd]] next\n\n![x](y.svg)\n\n## Last\n";
    let mut project = Project::new([("content/pages/odd.md", text)]);
    project.build();
    let page = project.page("odd/index.html");
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part:?} in\n{page}"));
    assert!(at("</aside>") < at("next</h2>") && at("</aside>") < at("<h2 id=\"odd-next\""));
    assert!(at("<figure") < at("<h2 id=\"last\">Last</h2>"));
}
