//! HTML in markdown, which readers would see as it stands.

use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::settings::HtmlPolicy;

pub(crate) const RULE: Rule = Rule {
    code: "raw-html",
    default: Level::Warn,
    summary: "HTML in a text, which is shown as text",
    explanation: "\
HTML in a text is not passed on to the page: readers see the tags. Nearly all of it has a form in markdown.

Wrong: `<div class=\"note\">Drink when you are thirsty.</div>`

Right:

```md
:::note
Drink when you are thirsty.
:::
```

A comment, `<!-- ask Jane -->`, on lines of its own is left out of pages, by either setting. A project that
needs HTML says so in `site.toml`, and answers for what it does:

```toml
[content]
html = \"allow\"
```
",
    find: Find::Writing(find),
};

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    if writing.base.settings().html_policy() == HtmlPolicy::Allow {
        return;
    }
    // What closes was opened: one finding is enough.
    let opening = writing.outline.raw_html.iter().filter(|raw| !raw.html.starts_with("</"));
    for raw in opening {
        let html = raw.html.trim().to_ascii_lowercase();
        let end = html.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(html.len());
        let tag = html[..end].trim_start_matches('<').trim_end_matches('/');
        let message = match tag.starts_with("!--") {
            true => "a comment of HTML is shown as text".to_owned(),
            false => format!("`<{tag}>` is shown as text"),
        };
        let finding = RULE.finding(writing.place(raw.span), message);
        found.push(finding.help(instead_of(tag, &html)));
    }
}

/// What to write instead of a piece of HTML.
fn instead_of(tag: &str, html: &str) -> &'static str {
    match tag {
        "img" => "write a picture in markdown: `![what it shows](media/file.jpg \"who made it\")`",
        "figure" => "write `::figure{src=media/file.jpg alt=\"…\" caption=\"…\" credit=\"…\"}`",
        "iframe" | "script" | "style" | "object" | "embed" | "form" | "input" | "video"
        | "link" => "this is never published; link to the page instead: `[text](address)`",
        "a" => "write a link in markdown: `[text](address)`",
        "b" | "strong" => "write `**text**`",
        "i" | "em" => "write `*text*`",
        "br" => "end the line with a backslash",
        "hr" => "write a line of `---`",
        "ul" | "ol" | "li" => "write a list in markdown: each item on a line that begins with `- `",
        "table" | "tr" | "td" => "write a table in markdown, with `|` between its cells",
        "blockquote" => "begin each line of the quote with `> `",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write a heading in markdown: `## Heading`",
        "details" => "write `:::note{title=\"…\"}` and close it with `:::`",
        "div" | "aside" | "section" if is_note(html) => "write `:::note` and close it with `:::`",
        _ if tag.starts_with("!--") => "put it on a line of its own, where readers do not see it",
        _ => "write it in markdown, or set `html = \"allow\"` in `[content]` of site.toml",
    }
}

fn is_note(html: &str) -> bool {
    ["note", "callout", "tip", "info", "warning", "alert", "box"]
        .iter()
        .any(|word| html.contains(word))
        || html.starts_with("<aside")
}
