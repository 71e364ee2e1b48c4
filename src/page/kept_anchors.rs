//! Former anchors on pages: an empty element where what they named is now, so that a link to one
//! leads there. No host sees anchors, so none can redirect them.

use std::collections::BTreeMap;

use crate::syntax::escape::push_escaped;

/// Adds former anchors to a page; each stands at the beginning of the element that has the anchor it
/// leads to. One that leads to the top of the page, or to nothing, needs no element.
pub(super) fn with_former_anchors(
    html: String,
    former: &BTreeMap<String, Option<String>>,
) -> String {
    let mut html = html;
    for (old, new) in former {
        let Some(new) = new else { continue };
        if start_tag_end(&html, old).is_some() {
            continue;
        }
        let Some(at) = start_tag_end(&html, new) else { continue };
        let mut element = String::from("<span id=\"");
        push_escaped(&mut element, old);
        element.push_str("\"></span>");
        html.insert_str(at, &element);
    }
    html
}

/// Where the content of the element with an id begins. In a list of definitions, that is within the
/// term: nothing else may stand there.
fn start_tag_end(html: &str, id: &str) -> Option<usize> {
    let mut mark = String::from(" id=\"");
    push_escaped(&mut mark, id);
    mark.push('"');
    let at = html.find(&mark)? + mark.len();
    let end = at + html[at..].find('>')? + 1;
    let rest = &html[end..];
    let term = rest.trim_start();
    match term.starts_with("<dt>") {
        true => Some(end + (rest.len() - term.len()) + "<dt>".len()),
        false => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str, former: &[(&str, Option<&str>)]) -> String {
        let former = former.iter().map(|(old, new)| ((*old).to_owned(), new.map(str::to_owned)));
        with_former_anchors(html.to_owned(), &former.collect())
    }

    #[test]
    fn a_former_anchor_stands_in_what_has_its_place() {
        assert_eq!(
            page("<h2 id=\"new\">x</h2>", &[("old", Some("new")), ("older", Some("new"))]),
            "<h2 id=\"new\"><span id=\"older\"></span><span id=\"old\"></span>x</h2>",
        );
        assert_eq!(
            page("<div class=\"term\" id=\"a\">\n  <dt>A</dt></div>", &[("b", Some("a"))]),
            "<div class=\"term\" id=\"a\">\n  <dt><span id=\"b\"></span>A</dt></div>",
        );
    }

    #[test]
    fn nothing_is_added_twice_or_without_a_place() {
        let html = "<h2 id=\"new\">x</h2><h2 id=\"old\">y</h2>";
        assert_eq!(page(html, &[("old", Some("new")), ("x", None), ("y", Some("z"))]), html);
    }
}
