//! Reviews that are overdue.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::graph::KnowledgeBase;
use crate::model::Date;
use crate::model::common::Review;

pub(crate) const RULE: Rule = Rule {
    code: "stale-review",
    default: Level::Warn,
    summary: "a page whose review is overdue",
    explanation: "\
Health advice ages. A page is due for review on `reviewed.next`; without it, 24 months after
`reviewed.on`. The day by which this is judged is today, or `--as-of`.

Wrong, in 2026:

```yaml
reviewed: {by: studio-team, on: 2023-11-23}
```

Right, after reading the whole page again:

```yaml
reviewed: {by: studio-team, on: 2026-11-23, next: 2027-11-23}
```

A small edit is no review: write that in `updated`.
",
    find: Find::Base(find),
};

/// How often a page is reviewed where it does not say so, in months.
const EVERY: i32 = 24;

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    let as_of = base.circumstances.as_of;
    for (_, entry) in base.records() {
        let Some(review) = entry.data.common().reviewed else { continue };
        if let Some(message) = overdue(review, as_of) {
            let place = entry.value(FieldPath::key("reviewed"));
            found.push(
                RULE.finding(place, message)
                    .help("read the whole page again, then set `reviewed.on` and `reviewed.next`"),
            );
        }
    }
}

/// The last day on which a review still holds.
pub(crate) fn due(review: &Review) -> Date {
    let every = jiff::Span::new().months(EVERY);
    review.next.unwrap_or_else(|| Date::from_civil(review.on.civil().saturating_add(every)))
}

fn overdue(review: &Review, as_of: Date) -> Option<String> {
    let ago = ago(months(review.on, as_of));
    match review.next {
        Some(next) if next >= as_of => None,
        Some(next) => {
            let every = months(review.on, next);
            let is_later = months(review.on, as_of) > every;
            Some(match is_later && every > 0 {
                true => format!("last reviewed {ago}, due every {every}"),
                false => format!("the review was due on {next}, the last one was on {}", review.on),
            })
        }
        None => (months(review.on, as_of) > EVERY)
            .then(|| format!("last reviewed {ago}, due every {EVERY}")),
    }
}

fn ago(months: i32) -> String {
    if months == 1 { "1 month ago".to_owned() } else { format!("{months} months ago") }
}

/// The whole months from one day to another.
fn months(from: Date, to: Date) -> i32 {
    let (from, to) = (from.civil(), to.civil());
    let between = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
    between - i32::from(to.day() < from.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_months_count() {
        let day = |text| Date::parse(text).expect("it is a day");
        assert_eq!(months(day("2024-09-23"), day("2026-11-23")), 26);
        assert_eq!(months(day("2024-09-24"), day("2026-11-23")), 25);
        assert_eq!(months(day("2026-11-23"), day("2026-11-23")), 0);
    }
}
