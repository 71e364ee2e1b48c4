//! Pictures that do not say who made them.

use super::pictures::pictures;
use crate::check::writing::Writing;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level};
use crate::model::Data;
use crate::picture::is_shown;

pub(crate) const RULE: Rule = Rule {
    code: "missing-credit",
    default: Level::Warn,
    summary: "a picture that does not say who made it",
    explanation: "\
A photo belongs to somebody. Say to whom, and that you may use it. Drawings in SVG are taken to be the
studio's own, except as the hero of an article.

Wrong: `![A tennis ball](media/ball.jpg)`

Right: `![A tennis ball](media/ball.jpg \"Photo: Ada Smith, CC BY 4.0\")`, `credit` in a `::figure`, or for the
hero:

```yaml
hero: {image: media/ball.jpg, alt: A tennis ball, credit: \"Photo: Ada Smith\"}
```
",
    find: Find::Writing(find),
};

fn find(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    for picture in pictures(writing.outline) {
        if picture.credit.trim().is_empty() && is_photo(picture.target) {
            let help = match picture.is_figure {
                true => "add `credit=\"who made it\"`",
                false => "add who made it as the title: `![…](file \"who made it\")`",
            };
            let message = format!("the picture `{}` has no credit", picture.target);
            found.push(RULE.finding(writing.place(picture.span), message).help(help));
        }
    }
    if let (true, Data::Article(article)) = (writing.is_main(), &*writing.entry.data)
        && let Some(hero) = article.hero.as_ref().filter(|hero| hero.credit.is_none())
    {
        let place = writing.entry.value(FieldPath::key("hero").then("image"));
        let message = format!("the picture `{}` has no credit", &*hero.image);
        found.push(RULE.finding(place, message).help("add `credit` to `hero`: who made it"));
    }
}

fn is_photo(target: &str) -> bool {
    let ending = target.rsplit_once('.').map_or("", |(_, ending)| ending);
    is_shown(ending) && !ending.eq_ignore_ascii_case("svg")
}
