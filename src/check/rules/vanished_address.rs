//! Pages and files that were published, and are not there any more.

use crate::check::promised::Broken;
use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::KnowledgeBase;
use crate::model::nearest;

pub(crate) const RULE: Rule = Rule {
    code: "vanished-address",
    default: Level::Error,
    summary: "a published address that leads nowhere any more",
    explanation: "\
`addresses.txt` lists what was published, and `sinew publish` adds to it. Whoever has a link, a bookmark or a
sheet of paper with such an address has to find the page, or be led to what took its place.

Wrong: `content/articles/neck.md` is removed, or becomes `neck-pain.md`, and nothing says so.

Right: give it its new id with `sinew rename`, or say in the record that took its place what it was,

```yaml
was: [neck]
```

or lead the address elsewhere, in `site.toml`:

```toml
[[redirect]]
from = \"/articles/neck/\"
to = \"/articles/neck-pain/\"
```

If nobody is to be led there any more, take its line out of `addresses.txt`.
",
    find: Find::Promised(find),
};

fn find(base: &KnowledgeBase, broken: &[Broken], found: &mut Vec<Diagnostic>) {
    for broken in broken.iter().filter(|broken| !broken.is_anchor) {
        let address = &broken.address;
        let message = format!("the address `{address}` leads nowhere any more");
        let mut finding = RULE.finding(broken.place.clone(), message);
        if broken.is_draft {
            finding = finding.note("its record is a draft, which is not published");
        }
        let near = nearest(address, base.routes.paths());
        let to = near.unwrap_or("/");
        let redirect = format!("`[[redirect]]` with `from = \"{address}\"` and `to = \"{to}\"`");
        let id = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let is_record = address.ends_with('/') && !id.is_empty();
        let help = match is_record {
            true if broken.is_draft => format!("publish its record again, or add {redirect}"),
            true => format!("add `was: [{id}]` to the record that took its place, or {redirect}"),
            false => format!("add {redirect}"),
        };
        found.push(broken.told(finding.help(help)));
    }
}
