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
        let place = FieldPath::key("reviewed");
        if let Some(next) = review.next.filter(|next| *next < review.on) {
            let message =
                format!("the next review, on {next}, is before the last one, on {}", review.on);
            let finding = RULE.finding(entry.value(place.then("next")), message);
            found.push(finding.help("set `next` to a day after `on`"));
        } else if as_of > due(review) {
            found.push(
                RULE.finding(entry.value(place), overdue(review, as_of))
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

/// Says that a review is overdue: in months, where these tell the days apart.
fn overdue(review: &Review, as_of: Date) -> String {
    let (passed, every) = (months(review.on, as_of), months(review.on, due(review)));
    if every == 0 || passed <= every {
        return format!("the review was due on {}, the last one was on {}", due(review), review.on);
    }
    let count =
        |months: i32| if months == 1 { "1 month".to_owned() } else { format!("{months} months") };
    let every = if every == 1 { "month".to_owned() } else { count(every) };
    format!("last reviewed {} ago, due every {every}", count(passed))
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
