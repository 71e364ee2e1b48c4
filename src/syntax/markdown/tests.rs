//! What parsing makes of text as people write it.

use super::*;

/// The HTML between the holes, and `{}` for each hole.
fn shown(text: &str) -> String {
    let Prose { html, holes, .. } = parse(text).prose;
    let mut shown = String::new();
    let mut at = 0;
    for hole in &holes {
        shown.push_str(&html[at..hole.at as usize]);
        shown.push_str("{}");
        at = hole.at as usize;
    }
    shown + &html[at..]
}

fn names(text: &str) -> Vec<String> {
    parse(text).outline.directives.into_iter().map(|directive| directive.name).collect()
}

fn plain(text: &str) -> String {
    parse(text).plain_text(&Quotes::default(), |link, _| link.target.clone())
}

#[test]
fn directives_stand_wherever_text_does() {
    let text = "10. Ten\n\n    ::a\n- ::b\n  - c\n\n    ::c\n\n> :::d\n> x\n> :::\n\nx[^n]\n\n[^n]: y\n\n    ::e\n";
    assert_eq!(names(text), ["a", "b", "c", "d", "e"]);
    assert!(parse(text).outline.oddities.is_empty());
    assert_eq!(
        shown("x[^n]\n\n[^n]: y\n\n    ::e\n"),
        "<p>x<sup class=\"footnote\"><a id=\"fnref1\" href=\"#fn1\">1</a></sup></p>\n\
         <section class=\"footnotes\">\n<ol>\n<li id=\"fn1\"><p>y <a class=\"back\" href=\"#fnref1\" \
         aria-label=\"Back to the text\">\u{21a9}\u{fe0e}</a></p>\n{}</li>\n</ol>\n</section>\n"
    );
}

#[test]
fn code_keeps_its_colons() {
    for text in [
        "```\n:::note\n:::\n```\n",
        "- ```\n  :::note\n  ```\n",
        "> ~~~\n> :::note\n> ~~~\n",
        "``` `whole` ```\n\n    :::note\n",
        "1. x\n\n       :::note\n",
    ] {
        let document = parse(text);
        assert!(document.outline.directives.is_empty(), "{text:?}");
        assert!(document.outline.oddities.is_empty(), "{text:?}");
        assert!(document.prose.html.contains(":::note\n"), "{text:?}");
    }
    // A fence on the line of an item hides nothing that comes later.
    assert_eq!(names("- ```\n  x\n  ```\n\n::after\n"), ["after"]);
}

#[test]
fn directives_in_html_are_reported_and_stay_as_they_are() {
    let document = parse("<div>\n::a\n</div>\n\n<!--\n::b\n-->\n\n::c\n");
    let html: Vec<&str> = document.outline.raw_html.iter().map(|raw| &*raw.html).collect();
    assert_eq!(html, ["<div>\n::a\n</div>\n"]);
    assert_eq!(
        document.outline.oddities,
        [Oddity::MisplacedDirective(crate::source::Span::new(6..9))]
    );
    assert_eq!(names("<!--\n::b\n-->\n\n::c\n"), ["c"]);
}

#[test]
fn comments_on_lines_of_their_own_are_left_out() {
    for text in ["a\n\n<!-- b\n\nc -->\n\nd\n", "a\n\n  <!-- b --> <!-- c -->\n\nd\n"] {
        let document = parse(text);
        assert_eq!(document.prose.html, "<p>a</p>\n<p>d</p>\n", "{text:?}");
        assert_eq!(document.outline.raw_html, [], "{text:?}");
    }
    assert_eq!(shown("- a\n  <!-- b -->\n"), "<ul>\n<li>a</li>\n</ul>\n");
    for text in ["a <!-- b --> c\n", "<!-- b --> c\n", "<!-- b\n\nc\n"] {
        assert_eq!(parse(text).outline.raw_html.len(), 1, "{text:?}");
    }
}

#[test]
fn a_directive_ends_with_the_item_that_it_stands_in() {
    let text = "- a\n\n  :::note\n  b\n\n:::\n\nc\n";
    assert_eq!(shown(text), "<ul>\n<li><p>a</p>\n{}<p>b</p>\n{}</li>\n</ul>\n<p>c</p>\n");
    let oddities = parse(text).outline.oddities;
    assert!(matches!(&*oddities, [Oddity::UnclosedDirective(_)]), "{oddities:?}");
}

#[test]
fn line_ends_of_windows_are_line_ends() {
    let text = "::a{id=x}\r\n\r\n:::note\r\nb\r\n:::\r\n";
    let outline = parse(text).outline;
    assert_eq!(outline.directives.len(), 2);
    assert!(outline.raw_html.is_empty() && outline.oddities.is_empty());
}

#[test]
fn citations_may_be_broken_between_lines() {
    let ids =
        |text| parse(text).outline.citations.into_iter().map(|one| one.ids).collect::<Vec<_>>();
    assert_eq!(ids("A [@a;\n@b] claim, [@c]."), [vec!["a", "b"], vec!["c"]]);
    assert_eq!(shown("A [@a;\n@b] claim."), "<p>A {} claim.</p>\n");
    assert!(ids("[@] [@a; b]").is_empty());
    assert_eq!(plain("An [@] sign"), "An [@] sign");
    assert_eq!(
        plain("No need for water [@a]. None [@b] at all."),
        "No need for water. None at all."
    );
    assert_eq!(plain("No need for water\n[@a]. None."), "No need for water. None.");
}

#[test]
fn the_box_of_a_task_is_called_what_its_item_says() {
    let task = "<label><input type=\"checkbox\" disabled> ";
    assert_eq!(
        shown("- [ ] *one* `two`\n  - [x] three\n"),
        format!(
            "<ul>\n<li>{task}<em>one</em> <code>two</code></label><ul>\n\
             <li><label><input type=\"checkbox\" disabled checked> three</label></li>\n</ul>\n</li>\n</ul>\n"
        )
    );
    let loose = format!("<ul>\n<li><p>{task}one</label></p>\n<p>two</p>\n</li>\n</ul>\n");
    assert_eq!(shown("- [ ] one\n\n  two\n"), loose);
}

#[test]
fn a_footnote_leads_back_to_each_place_that_refers_to_it() {
    let html = shown("a[^n] b[^n]\n\n[^n]: c\n");
    for part in [
        "href=\"#fnref1\" aria-label=\"Back to the text 1\"",
        "href=\"#fnref1-2\" aria-label=\"Back to the text 2\"",
    ] {
        assert!(html.contains(part), "{html}");
    }
}

#[test]
fn words_stay_apart_and_code_is_text() {
    assert_eq!(plain("one  \ntwo `three` four"), "one\ntwo three four");
    assert_eq!(parse("one  \ntwo `three` four").outline.words, 4);
    let is_linkable = |run: &Run| run.is_linkable;
    assert!(!parse("`code`").prose.runs.iter().any(is_linkable));
    assert!(parse("`[[code]]`").outline.oddities.is_empty());
}

#[test]
fn a_picture_is_what_its_link_shows() {
    assert_eq!(shown("[![a](b.png)](c.md)"), "<p>{}{}{}</p>\n");
    assert_eq!(parse("![[b.png]]").outline.images[0].alt, "");
    assert_eq!(parse("![[b.png|A ball]]").outline.images[0].alt, "A ball");
}

#[test]
fn a_link_with_an_empty_text_shows_the_name_of_its_target() {
    assert_eq!(shown("[[a|]]"), "<p>{}{}{}</p>\n");
    assert_eq!(shown("[[a| ]]"), "<p>{}{}{}</p>\n");
    assert_eq!(shown("[ ](a.md)"), "<p>{}{}{}</p>\n");
    assert_eq!(shown("[[a|b]]"), "<p>{}b{}</p>\n");
}

#[test]
fn a_heading_says_what_it_links_to() {
    let headings = parse("## About [[muscle:soleus]]\n").outline.headings;
    assert_eq!((&*headings[0].id, &*headings[0].text), ("about-soleus", "About soleus"));
    assert_eq!(shown("## Pain {0-10}\n"), "<h2 id=\"pain-0-10\">Pain {0-10}</h2>\n");
    assert_eq!(shown("## Pain {#scale}\n"), "<h2 id=\"scale\">Pain</h2>\n");
}

#[test]
fn a_quote_of_a_kind_is_a_note() {
    let text = "> [!WARNING]\n> x\n>\n> :::do\n> y\n\n:::note\nz\n:::\n";
    let document = parse(text);
    let notes: Vec<_> =
        document.outline.directives.iter().map(|one| (&*one.name, one.argument("kind"))).collect();
    assert_eq!(notes, [("note", Some("warning")), ("do", None), ("note", None)]);
    assert_eq!(shown(text), "{}<p>x</p>\n{}<p>y</p>\n{}{}{}<p>z</p>\n{}");
    assert!(document.prose.runs.iter().all(|run| run.is_linkable));
}

#[test]
fn straight_quotes_become_those_of_the_language_and_curly_ones_stay() {
    let mark = |mark: &str| Some(mark.to_owned());
    let german = Quotes {
        open: mark("„"),
        close: mark("“"),
        open_within: mark("‚"),
        close_within: mark("‘"),
    };
    let text = "\"Das 'ist' so\", geht's? „Wort“ &ldquo;\n\n# Ein \"Titel\" 's\n";
    let document = parse(text);
    let said = |quotes| document.plain_text(quotes, |_, _| unreachable!("it has no links"));
    assert_eq!(said(&german), "„Das ‚ist‘ so“, geht’s? „Wort“ “ Ein „Titel“ ’s");
    let straight = Quotes::default();
    assert_eq!(said(&straight), "\"Das 'ist' so\", geht’s? „Wort“ “ Ein \"Titel\" ’s");
    let heading = &document.outline.headings[0];
    assert_eq!(german.set_in(&heading.text, &heading.quotes), "Ein „Titel“ ’s");
    assert_eq!(heading.id, "ein-titel-s");
    assert_eq!(parse("![a \"b\" c](d.png)").outline.images[0].alt, "a \"b\" c");
}

#[test]
fn inches_are_no_quotation() {
    let text = "A 6\" ball or a 36\" roller, \"of 6\" and \"x\" 5\".\n\n\"A\n\n# 6\" long\n";
    let document = parse(text);
    let said = document.plain_text(&Quotes::default(), |_, _| unreachable!("it has no links"));
    assert_eq!(said, "A 6″ ball or a 36″ roller, \"of 6\" and \"x\" 5″. \"A 6″ long");
    assert_eq!(document.outline.headings[0].text, "6″ long");
}

#[test]
fn a_colon_begins_a_definition_only_with_a_space_behind_it() {
    assert_eq!(
        shown("A.\n\n:) smile\n:b `c\n:d`\n"),
        "<p>A.</p>\n<p>:) smile\n:b <code>c :d</code></p>\n"
    );
    assert_eq!(shown("A\n: b\n"), "<dl>\n<dt>A</dt>\n<dd>b</dd>\n</dl>\n");
    assert_eq!(shown("```\n:a\n::b\n```\n"), "<pre tabindex=\"0\"><code>:a\n::b\n</code></pre>\n");
    assert!(shown("|a|b|\n:-|-:\n1|2\n").contains("<table>"));
    let written = (Meant::Directive, ":technique{id=b}".to_owned());
    assert_eq!(unread("A.\n\n:technique{id=b}\n"), [written]);
}

#[test]
fn directives_begin_on_the_first_line_of_definitions_and_footnotes() {
    let text = "A\n: :::b\n  c\n  :::\n\nx[^n]\n\n[^n]: :::d\n    e\n    :::\n";
    assert_eq!(names(text), ["b", "d"]);
    assert_eq!(parse(text).outline.oddities, []);
}

#[test]
fn the_first_of_two_footnotes_with_one_label_is_shown() {
    let document = parse("x[^n]\n\n[^n]: First\n\n[^n]: Second\n");
    assert!(document.prose.html.contains("First") && !document.prose.html.contains("Second"));
    let oddities = document.outline.oddities;
    assert!(
        matches!(&*oddities, [Oddity::RepeatedFootnote(label, _)] if label == "n"),
        "{oddities:?}"
    );
}

#[test]
fn a_citation_after_an_exclamation_is_no_picture() {
    let outline = parse("Stop![@a; @b] ![c](d.png) ![@e](f.png)").outline;
    assert_eq!(outline.citations.iter().map(|one| &one.ids).collect::<Vec<_>>(), [&["a", "b"]]);
    let targets: Vec<&str> = outline.images.iter().map(|image| &*image.target).collect();
    assert_eq!(targets, ["d.png", "f.png"]);
    assert_eq!(shown("Stop![@a]!"), "<p>Stop!{}!</p>\n");
}

/// What nothing reads in a text.
fn unread(text: &str) -> Vec<(Meant, String)> {
    let is_unread = |oddity| match oddity {
        Oddity::Unread(Unread { meant, span, .. }) => Some((meant, text[span.range()].to_owned())),
        _ => None,
    };
    parse(text).outline.oddities.into_iter().filter_map(is_unread).collect()
}

#[test]
fn marks_that_nothing_reads_are_found_where_they_stand() {
    for (text, meant, written) in [
        ("A ![b c](../d e.svg \"f\").", Meant::Link, "![b c](../d e.svg \"f\")"),
        ("A [*b* c](d e.md), f", Meant::Link, "[*b* c](d e.md)"),
        ("Call [us](tel:+1 555 (0) 1).", Meant::Link, "[us](tel:+1 555 (0) 1)"),
        ("> See [b\n> c](d e.md).", Meant::Link, "[b\n> c](d e.md)"),
        ("A [b](https://c.d/e and", Meant::Link, "[b](https://c.d/e and"),
        ("[![a](b.png)](c d.md)", Meant::Link, "[![a](b.png)](c d.md)"),
        ("A [b [c](d) e](f).", Meant::Link, "[b [c](d) e](f)"),
        ("A [b] (/c/d/).", Meant::LinkApart, "[b] (/c/d/)"),
        ("A (b)[/c/d/].", Meant::LinkTurned, "(b)[/c/d/]"),
        ("A [see @b-2].", Meant::Citation, "@b-2"),
        ("A :technique{id=b} c", Meant::Directive, ":technique{id=b}"),
        ("> [!INFO]\n> A", Meant::Note, "[!INFO]"),
        ("- > [!WARNING] B c\n  > A", Meant::Note, "[!WARNING] B c"),
        ("!!! note \"A\"\n    b", Meant::Admonition, "!!! note \"A\""),
        ("A\n##B c\nd", Meant::Heading, "##B c"),
        ("#About us\n\nA", Meant::Heading, "#About us"),
        ("A **b **c", Meant::Strong, "**b **"),
        ("A **b.**c", Meant::Strong, "**b.**"),
        ("| a | b |\n| - |\n| 1 | 2 |", Meant::Table, "| a | b |"),
        ("> | *a* | b |\n> | 1 | 2 |", Meant::Table, "| *a* | b |"),
        ("```rust\na\n``\nb", Meant::Code, "```rust"),
        ("> ~~~\n> a\n\nb", Meant::Code, "~~~"),
        ("A {{< b c=\"d\" >}}", Meant::Template, "{{< b c=\"d\" >}}"),
        ("{% note() %}", Meant::Template, "{% note() %}"),
        ("[a](b){target=_blank}", Meant::Attributes, "{target=_blank}"),
        ("![a](b.png){: .c }", Meant::Attributes, "{: .c }"),
        ("## A {.b}", Meant::Attributes, "{.b}"),
        ("[TOC]\n\nA", Meant::Contents, "[TOC]"),
    ] {
        assert_eq!(unread(text), [(meant, written.to_owned())], "{text:?}");
    }
}

#[test]
fn signs_of_prose_and_of_code_are_no_marks() {
    for text in [
        "(a) [b] (c), [sic](d), [e] (see f), f[0] (g) [1] and [@h](p. 4)",
        "\\[a](b c), [d\\](e f), [g]\\(h i), \\{{a}}, \\{.b}, \\**c **, \\##d",
        "\\[[a]], \\[[b|c]], \\[[ d, \\[^2], \\::technique{id=a}, \\:technique{id=a}",
        "`[a](b c)` and ``{{a}} **b ** [[c``, <!-- [a](b c) --> 2 ** 3 ** 4",
        "    [a](b c)\n\n~~~\n##A\n{{b}}\n~~~\n\n```\n```` `\n```\n",
        "#1 of all, #tag\n\n#MeToo is one.\n\n#One #two\n\n# A heading\n",
        "Rest!!! note that |x| is {0-10}, {a, b}, {e.g. c} or {}; a@b.de, @ 5, 79** and 45**",
        "!!! Wichtig\n\n|a| b\n\n| a |\n\n| a |\n| - |\n",
        "> [!NOTE]\n> a\n\n> [b] c\n\n> [!tip]\n> a\n",
        "See [a](<b c.svg> \"d\"), [e]( f ), **g**, ***h*** and\n\n***\n",
    ] {
        let found = parse(text).outline.oddities;
        let found: Vec<_> = found.into_iter().filter(|one| !is_known_only(one)).collect();
        assert_eq!(found, [], "{text:?}");
    }
}

/// Whether it counts only if a record has that name.
fn is_known_only(oddity: &Oddity) -> bool {
    matches!(oddity, Oddity::Unread(Unread { meant: Meant::Citation, .. }))
}
