//! Sites that do not know their own address.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::graph::KnowledgeBase;
use crate::source::SourcePath;

pub(crate) const RULE: Rule = Rule {
    code: "missing-base-url",
    default: Level::Warn,
    summary: "a site that does not know its own address",
    explanation: "\
The feed, the sitemap, canonical links and previews in other programs need whole addresses. Set `base_url` in
`site.toml`, or give `--base-url` to one build.

Right:

```toml
base_url = \"https://example.com\"
```
",
    find: Find::Base(find),
};

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    if base.base_url().is_empty() {
        let place = Place::file(&SourcePath::new("site.toml"));
        found.push(
            RULE.finding(place, "the site has no `base_url`")
                .note("the feed, the sitemap and previews elsewhere need whole addresses")
                .help("add `base_url = \"https://example.com\"`"),
        );
    }
}
