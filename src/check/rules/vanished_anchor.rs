//! Anchors that were published, on pages that do not have them any more.

use crate::check::promised::Broken;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::KnowledgeBase;

pub(crate) const RULE: Rule = Rule {
    code: "vanished-anchor",
    default: Level::Error,
    summary: "a published anchor that its page does not have any more",
    explanation: "\
`addresses.txt` lists the anchors that were published: headings, trigger points, questions, and the entries of
lists, such as `/glossary/#knot`. A link to one that is gone shows the top of the page, and the reader searches.

Wrong: `## Why it hurts` becomes `## Where the pain comes from`, and its anchor changes with it.

Right: keep the anchor where the heading says something else now,

```md
## Where the pain comes from {#why-it-hurts}
```

or say `was: [old-id]` in an entry of a list, or lead one anchor to another of the same page, in `site.toml`:

```toml
[[redirect]]
from = \"/articles/neck/#why-it-hurts\"
to = \"/articles/neck/#causes\"
```

Without an anchor in `to`, the reader finds the top of the page, and it is said that this is meant. If nobody is
to be led there any more, take its line out of `addresses.txt`.
",
    find: Find::Promised(find),
};

fn find(base: &KnowledgeBase, broken: &[Broken], found: &mut Vec<Diagnostic>) {
    for broken in broken.iter().filter(|broken| broken.is_anchor) {
        let address = &broken.address;
        let Some((page, anchor)) = address.split_once('#') else { continue };
        let message = format!("the page `{page}` has no anchor `#{anchor}` any more");
        let mut finding = RULE.finding(broken.place.clone(), message);
        if broken.is_draft {
            finding = finding.note("its record is a draft, which is not published");
        }
        let redirect =
            format!("`[[redirect]]` with `from = \"{address}\"` and `to = \"{page}#…\"`");
        let help = match base.routes.page(page) {
            Some(None) => format!("add `was: [{anchor}]` to the record that took its place"),
            _ => format!("keep it at its heading: `## Heading {{#{anchor}}}`"),
        };
        found.push(broken.told(finding.help(format!("{help}, or {redirect}"))));
    }
}
