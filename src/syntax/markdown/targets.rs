//! Where the targets of links and the ids of citations stand, byte for byte: for whoever rewrites
//! them. The outline knows where a link stands as a whole.

use std::ops::Range;

use pulldown_cmark::Parser;

use super::directive;
use super::document::LinkForm;
use super::write::options;
use crate::syntax::text::with_line_feeds;

/// The bytes of the target of a link or picture within its own text, such as `[text](target)`;
/// `None` if it stands elsewhere, as that of `[text][label]` does, or is not written as it reads.
pub fn target_in(link: &str, form: LinkForm, target: &str) -> Option<Range<usize>> {
    if form == LinkForm::Wiki {
        let start = link.find("[[")? + 2;
        let at = start + link[start..].find(target)?;
        return Some(at..at + target.len());
    }
    // The text of a link may hold a picture, so the last parenthesis is the first to look at.
    let after_brackets = link.rmatch_indices("](").map(|(at, _)| at + 2);
    let after_angle = link.starts_with('<').then_some(1);
    after_brackets.chain(after_angle).find_map(|start| target_at(link, start, target))
}

/// The targets of the definitions in a text, such as `[label]: target`, each with its bytes.
pub fn definitions(text: &str) -> Vec<(Range<usize>, String)> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let text = with_line_feeds(text);
    let hidden = directive::hide(&text);
    let parser = Parser::new_ext(&hidden.text, options());
    let definitions = parser.reference_definitions().iter();
    let mut found: Vec<(Range<usize>, String)> = definitions
        .filter_map(|(_, definition)| {
            let whole = &text[definition.span.clone()];
            let start = whole.find("]:")? + 2;
            let range = target_at(whole, start, &definition.dest)?;
            let shifted = range.start + definition.span.start..range.end + definition.span.start;
            Some((shifted, definition.dest.to_string()))
        })
        .collect();
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The bytes of each id in the text of a citation, such as `[@a; @b]`.
pub fn ids_in(citation: &str) -> impl Iterator<Item = Range<usize>> {
    let is_of_id = |c: char| !(c.is_whitespace() || matches!(c, ';' | ']' | '@'));
    citation.match_indices('@').map(move |(at, _)| {
        let rest = &citation[at + 1..];
        let start = at + 1 + (rest.len() - rest.trim_start_matches('@').len());
        let length = citation[start..].find(|c| !is_of_id(c)).unwrap_or(citation.len() - start);
        start..start + length
    })
}

/// The bytes of a target that begins at or after a byte, white space and `<` aside.
fn target_at(text: &str, start: usize, target: &str) -> Option<Range<usize>> {
    let rest = text[start..].trim_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    let after = rest.strip_prefix(target)?;
    let ends =
        after.is_empty() || after.starts_with([')', '>']) || after.starts_with(char::is_whitespace);
    let at = text.len() - rest.len();
    (ends && !target.is_empty()).then(|| at..at + target.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::markdown::parse;

    /// The targets of all links and pictures of a text, as they stand in it.
    fn targets(text: &str) -> Vec<&str> {
        let outline = parse(text).outline;
        let links = outline.links.iter().map(|link| (link.span, link.form, &link.target));
        let images =
            outline.images.iter().map(|image| (image.span, LinkForm::Inline, &image.target));
        let found = links.chain(images).filter_map(|(span, form, target)| {
            let whole = &text[span.range()];
            target_in(whole, form, target).map(|range| &whole[range])
        });
        found.collect()
    }

    #[test]
    fn the_target_of_every_form_of_link_is_found() {
        let text = "[[a]] [[ b | b]] [c](c) [d]( <d e> \"d\") [![f](f)](g) ![h](h 'h') [[i#i|i]]";
        assert_eq!(targets(text), ["a", "b", "c", "d e", "g", "i#i", "f", "h"]);
        assert_eq!(targets("[a](b(c)d) [x](a\\_b)"), ["b(c)d"]);
    }

    #[test]
    fn definitions_are_found_where_they_stand() {
        let text = "[x][a] [a]\n\n[a]: ../a.md \"A\"\n[B c]:\n  <b.md>\n[^n]: note\n\n[^n]\n";
        assert_eq!(targets(text), Vec::<&str>::new());
        let found: Vec<_> = definitions(text).into_iter().map(|(range, _)| &text[range]).collect();
        assert_eq!(found, ["../a.md", "b.md"]);
    }

    #[test]
    fn each_id_of_a_citation_is_found() {
        let text = "[@a-1; @b;@c ]";
        assert_eq!(ids_in(text).map(|range| &text[range]).collect::<Vec<_>>(), ["a-1", "b", "c"]);
    }
}
