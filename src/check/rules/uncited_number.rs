//! Numbers about people, without the study that counted them.

use std::ops::Range;

use crate::check::{Find, Passage, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(crate) const RULE: Rule = Rule {
    code: "uncited-number",
    default: Level::Allow,
    summary: "a percentage or \"3 out of 4\" without a citation in the paragraph",
    explanation: "\
A number sounds as if somebody had counted. Name the work that did, or leave the number out. This rule is
off unless `[check]` turns it on: prices and plain arithmetic have percentages too.

Wrong: `About 74 % of points refer their pain elsewhere.`

Right: `Most points in their practice referred pain elsewhere [@simons-1999].`

Beside signs of percent it knows English words only.
",
    find: Find::Text(find),
};

fn find(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if passage.is_cited {
        return;
    }
    if let Some(bytes) = number(passage.text) {
        let message =
            format!("`{}` without a citation in the paragraph", &passage.text[bytes.clone()]);
        let place = passage.place(&bytes);
        found.push(
            RULE.finding(place, message).help("cite the work: `[@id]`, or leave the number out"),
        );
    }
}

/// The first percentage, or "n out of m" and "n in m people".
fn number(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '–' | '-');
        let rest = &text[start..];
        let digits = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let after = rest[digits..].trim_start();
        let skipped = rest.len() - after.len();
        if let Some(unit) =
            ["%", "per cent", "percent"].iter().find(|unit| after.starts_with(**unit))
        {
            return Some(start..start + skipped + unit.len());
        }
        if let Some(length) = share(after) {
            return Some(start..start + skipped + length);
        }
        at = start + digits.max(1);
    }
    None
}

/// The length of "out of 4" or "in 4 people" at the start of a text.
fn share(text: &str) -> Option<usize> {
    let (rest, needs_people) = match text.strip_prefix("out of ") {
        Some(rest) => (rest, false),
        None => (text.strip_prefix("in ")?, true),
    };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let has_people = ["people", "adults", "women", "men", "patients"]
        .iter()
        .any(|word| rest[digits..].trim_start().starts_with(word));
    (digits > 0 && (has_people || !needs_people)).then(|| text.len() - rest.len() + digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_people_are_numbers_and_doses_are_not() {
        let found = |text: &'static str| number(text).map(|bytes| &text[bytes]);
        assert_eq!(found("about 74 % of points"), Some("74 %"));
        assert_eq!(found("in 20 to 3.5% of"), Some("3.5%"));
        assert_eq!(found("3 out of 4 said"), Some("3 out of 4"));
        assert_eq!(found("1 in 5 people"), Some("1 in 5"));
        assert_eq!(found("hold for 30 in 2 rounds, 5 times"), None);
    }
}
