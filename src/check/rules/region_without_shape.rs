//! Regions that the body map does not show.

use crate::check::{Find, Rule};
use crate::diagnostic::Level;

pub(crate) const RULE: Rule = Rule {
    code: "region-without-shape",
    default: Level::Error,
    summary: "a region that the theme's body map does not show",
    explanation: "\
Readers point to where it hurts. A region without a shape on the body map can only be found in lists.

Add a shape to a file of your theme below `body-map/`, with the region's id:

```toml
[[shape]]
region = \"shoulder-front\"
```

or give the region the id of a shape that is there, and keep the old one in `was`.
",
    find: Find::Later,
};
