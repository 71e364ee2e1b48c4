//! Pictures that tell nothing to those who do not see them.

use super::pictures::pictures;
use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(crate) const RULE: Rule = Rule {
    code: "missing-alt",
    default: Level::Error,
    summary: "a picture without a text for those who do not see it",
    explanation: "\
Some readers hear the page, and some pictures do not load. The text between the brackets says what the
picture shows.

Wrong: `![](media/taut-band.svg)`

Right: `![Muscle strands, one of them tight with a small knot](media/taut-band.svg)`, or
`::figure{src=media/taut-band.svg alt=\"Muscle strands, one of them tight\"}`
",
    find: Find::Writing(find),
};

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    for picture in pictures(writing.outline) {
        if picture.alt.trim().is_empty() {
            let help = match picture.is_figure {
                true => "add `alt=\"what it shows\"`",
                false => "write what it shows between the brackets: `![…](…)`",
            };
            let place = writing.place(picture.span);
            let message = format!("the picture `{}` has no alt text", picture.target);
            found.push(RULE.finding(place, message).help(help));
        }
    }
}
