//! What a template names: templates, components and blocks, read out of its tags.

/// What a template names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Uses {
    /// Templates that it extends or includes.
    pub(super) templates: Vec<String>,
    /// Components that it defines.
    pub(super) components: Vec<String>,
    /// Blocks that it defines.
    pub(super) blocks: Vec<String>,
}

/// Reads what a template names out of its tags; a template in comments is not read.
pub(super) fn uses(text: &str) -> Uses {
    let mut uses = Uses::default();
    let mut rest = text;
    while let Some(start) = next_tag(rest) {
        let is_comment = rest[start..].starts_with("{#");
        let (inside, end) = if is_comment { ("", "#}") } else { (&rest[start + 2..], "%}") };
        let inside = inside.trim_start_matches(['-', ' ', '\n', '\r', '\t']);
        // The engine wants nothing between a tag and what it names, and takes any white space.
        let (tag, tail) = inside.split_at(end_of_name(inside));
        let tail = tail.trim_start();
        let quoted = || {
            let quote = tail.chars().next().filter(|sign| ['"', '\'', '`'].contains(sign))?;
            tail[1..].split(quote).next()
        };
        let name = || tail[..end_of_name(tail)].to_owned();
        match tag {
            "extends" | "include" => uses.templates.extend(quoted().map(str::to_owned)),
            "component" => uses.components.push(name()),
            "block" => uses.blocks.push(name()),
            _ => {}
        }
        rest = rest[start + 2..].split_once(end).map_or("", |(_, after)| after);
    }
    uses
}

/// Where the first tag or comment of a text begins.
fn next_tag(text: &str) -> Option<usize> {
    let mut braces = text.match_indices('{').map(|(at, _)| at);
    braces.find(|at| matches!(text.as_bytes().get(at + 1), Some(b'%' | b'#')))
}

/// Where the name ends with which a text begins.
fn end_of_name(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_names_is_read_from_its_tags() {
        let text = "{% extends \"base.html\" %}{# {% include 'no.html' %} #}{%- block a -%}\n{% include 'b.html' %}{% endblock %}{% component c.d(x, @strings) %}{% endcomponent %}";
        let expected = Uses {
            templates: vec!["base.html".to_owned(), "b.html".to_owned()],
            components: vec!["c.d".to_owned()],
            blocks: vec!["a".to_owned()],
        };
        assert_eq!(uses(text), expected);
    }

    #[test]
    fn names_are_read_however_a_tag_is_broken_and_quoted() {
        let text = "{% include\n  \"a.html\" %}{%include\t'it\"s.html'%}{% include`c.html` %}{% include\r\n'd.html' %}\
                    {% includes 'no.html' %}{% set include = 'no.html' %}";
        assert_eq!(uses(text).templates, ["a.html", "it\"s.html", "c.html", "d.html"]);
    }
}
