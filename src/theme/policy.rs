//! What the policy of the pages forbids: scripts and styles within HTML, and files of other sites.
//! Browsers leave it out without a word, so it is said here.

use std::ops::Range;

/// Something in a template that browsers leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forbidden {
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// The cure.
    pub(super) help: &'static str,
}

const TO_ASSETS: &str = "put it into a file of `assets/`, or a sheet of `css/`";
/// The cure for what another site has.
pub(super) const OWN_COPY: &str = "put a copy into `assets/`";

/// Attributes that name a file which a page loads.
const LOADED: [&str; 5] = ["src", "srcset", "poster", "data", "xlink:href"];

/// Whether a browser would load a file from another site, or out of its own address.
pub(super) fn is_foreign(address: &str) -> bool {
    let scheme = ["http:", "https:", "data:", "//"];
    scheme.iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// What browsers leave out of the HTML in a template, in its order.
pub(super) fn forbidden(template: &str) -> Vec<Forbidden> {
    tags(template).flat_map(|tag| of_tag(template, &tag)).collect()
}

fn of_tag(template: &str, tag: &Tag) -> Vec<Forbidden> {
    let mut found = Vec::new();
    let mut say = |at: &Range<usize>, message: String, help| {
        found.push(Forbidden { at: at.clone(), message, help });
    };
    let value = |name: &str| {
        let attribute = tag.attributes.iter().find(|one| template[one.name.clone()] == *name)?;
        Some(template[attribute.value.clone()].trim())
    };
    let name = template[tag.name.clone()].to_ascii_lowercase();
    match name.as_str() {
        "script" if value("src").is_none() && value("type").is_none_or(is_script) => {
            say(
                &tag.name,
                "browsers do not run scripts that stand in a page".to_owned(),
                TO_ASSETS,
            );
        }
        "style" => {
            say(&tag.name, "browsers leave out styles that stand in a page".to_owned(), TO_ASSETS)
        }
        "iframe" | "object" | "embed" => {
            let help = "link to what it shows";
            say(&tag.name, format!("browsers leave `<{name}>` empty on these pages"), help);
        }
        _ => {}
    }
    for attribute in &tag.attributes {
        let key = template[attribute.name.clone()].to_ascii_lowercase();
        let address = template[attribute.value.clone()].trim();
        let is_sheet = key == "href" && name == "link" && value("rel") == Some("stylesheet");
        if key == "style" {
            let message = "browsers leave out styles that stand in a page".to_owned();
            say(&attribute.name, message, "give it a class, and write a sheet of `css/`");
        } else if key.starts_with("on") && !address.is_empty() {
            say(&attribute.name, format!("browsers do not run `{key}` of an element"), TO_ASSETS);
        } else if (is_sheet || LOADED.contains(&key.as_str())) && is_foreign(address) {
            let message = "pages load nothing from other sites".to_owned();
            say(&attribute.value, message, OWN_COPY);
        }
    }
    found
}

/// Whether a `type` makes a script of an element, and not data.
fn is_script(kind: &str) -> bool {
    kind.is_empty() || kind == "module" || kind.ends_with("javascript")
}

/// A tag that opens, by places in its template.
struct Tag {
    name: Range<usize>,
    attributes: Vec<Attribute>,
}

struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
}

/// The tags that open in a template. What stands in comments is none.
fn tags(template: &str) -> impl Iterator<Item = Tag> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += template[at..].find(['<', '{'])?;
            let rest = &template[at..];
            if let Some(length) = engine(rest) {
                at += length;
            } else if rest.starts_with("<!--") {
                at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            } else if rest.starts_with('<')
                && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic())
            {
                let (tag, end) = tag(template, at + 1);
                at = end;
                return Some(tag);
            } else {
                at += 1;
            }
        }
    })
}

/// The length of the piece of the template's own language that a text begins with.
fn engine(text: &str) -> Option<usize> {
    let close = match text.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        "{#" => "#}",
        _ => return None,
    };
    Some(text.find(close).map_or(text.len(), |end| end + 2))
}

/// The tag whose name begins at a place, and where it ends.
fn tag(template: &str, start: usize) -> (Tag, usize) {
    let name = start..word(template, start);
    let mut tag = Tag { attributes: Vec::new(), name };
    let mut at = tag.name.end;
    while let Some(next) = template[at..].chars().next() {
        if let Some(length) = engine(&template[at..]) {
            at += length;
        } else if next == '>' {
            return (tag, at + 1);
        } else if next.is_ascii_whitespace() || "/\"'=".contains(next) {
            at += 1;
        } else {
            let name = at..word(template, at).max(at + next.len_utf8());
            at = name.end;
            let value = value(template, at);
            at = value.as_ref().map_or(at, |value| value.end);
            tag.attributes.push(Attribute { name, value: value.unwrap_or(at..at) });
        }
    }
    (tag, template.len())
}

/// Where the name ends that begins at a place.
fn word(template: &str, start: usize) -> usize {
    let ends = |c: char| c.is_ascii_whitespace() || "/>=\"'{".contains(c);
    template[start..].find(ends).map_or(template.len(), |length| start + length)
}

/// Where the value stands that follows the name of an attribute, without its quotation marks.
fn value(template: &str, after: usize) -> Option<Range<usize>> {
    let rest = template[after..].trim_start().strip_prefix('=')?.trim_start();
    let mut start = template.len() - rest.len();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    start += usize::from(quote.is_some());
    let mut at = start;
    while let Some(next) = template[at..].chars().next() {
        let is_end = match quote {
            Some(quote) => next == quote,
            None => next.is_ascii_whitespace() || next == '>',
        };
        if is_end {
            break;
        }
        at += engine(&template[at..]).unwrap_or(next.len_utf8());
    }
    Some(start..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(template: &str) -> Vec<&str> {
        forbidden(template).into_iter().map(|one| &template[one.at]).collect()
    }

    #[test]
    fn what_browsers_leave_out_is_found_where_it_stands() {
        assert_eq!(said("<p style='a: b' onclick=\"x('>')\">"), ["style", "onclick"]);
        assert_eq!(said("<script>a</script><style>b</style>"), ["script", "style"]);
        assert_eq!(said("<script type=\"module\">a</script>"), ["script"]);
        assert_eq!(
            said("<iframe src=https://a.example/b></iframe>"),
            ["iframe", "https://a.example/b"]
        );
        assert_eq!(
            said(
                "<img alt='' src = '//a.example/b.png'><link rel=\"stylesheet\" href=\"HTTPS://c.example/d\">"
            ),
            ["//a.example/b.png", "HTTPS://c.example/d"]
        );
    }

    #[test]
    fn what_pages_may_do_is_left_alone() {
        let fine = [
            "<script src=\"{{ site.assets[\"a.js\"] }}\" defer></script>",
            "<script type=\"application/ld+json\">{}</script>",
            "<a href=\"https://a.example/\" {% if a %}class=\"on\"{% endif %}>b</a>",
            "<link rel=\"me\" href=\"https://a.example/\">",
            "<!-- <script>a</script> --> {# <p style=\"\"> #} {{ \"<p style='x'>\" }}",
            "a < b <{{ tag }} one=\"\"> <p data-style=x once>",
            "<p title=\"{{ a | replace(from=\"b\", to=\"c\") }}\">",
            "<p",
            "<",
        ];
        for template in fine {
            assert_eq!(said(template), Vec::<&str>::new(), "{template}");
        }
    }
}
