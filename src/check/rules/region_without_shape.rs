//! Regions that the body map does not show.

use crate::check::{Find, Rule};
use crate::diagnostic::Level;

pub(crate) const RULE: Rule = Rule {
    code: "region-without-shape",
    default: Level::Error,
    summary: "a region that the theme's body map does not show",
    explanation: "\
Readers point to where it hurts. A region without a shape on the body map can only be found in lists.

The built-in map has shapes with these ids. From the front: `head-top`, `forehead`, `temple`, `eye`, `cheek`,
`ear`, `jaw`, `teeth`, `throat`, `neck-base`, `shoulder-top`, `shoulder-front`, `shoulder-outer`,
`upper-arm-front`, `upper-arm-inner`, `elbow-outer`, `elbow-inner`, `forearm-front`, `wrist-front`, `palm`,
`thumb`, `fingers-index-middle`, `fingers-ring-little`, `breastbone`, `chest-front`, `ribs-side`,
`belly-upper`, `belly-lower`, `groin`, `pelvic-floor`, `hip-side`, `thigh-front`, `thigh-inner`,
`thigh-outer`, `knee-front`, `knee-inner`, `knee-outer`, `shin`, `leg-outer`, `ankle-inner`, `ankle-outer`,
`foot-top`, `big-toe`, `small-toes`.

From behind: `head-top`, `head-back`, `ear`, `neck-back`, `neck-base`, `shoulder-top`, `shoulder-back`,
`shoulder-outer`, `shoulder-blade`, `shoulder-blade-inner`, `upper-arm-back`, `elbow-outer`, `elbow-back`,
`forearm-back`, `wrist-back`, `hand-back`, `thumb`, `fingers-index-middle`, `fingers-ring-little`, `mid-back`,
`low-back`, `hip-crest`, `sacrum`, `tailbone`, `buttock`, `buttock-lower`, `hip-side`, `thigh-back`,
`thigh-outer`, `knee-back`, `knee-outer`, `calf`, `leg-outer`, `ankle-outer`, `ankle-inner`, `achilles`,
`heel`, `arch`, `ball-of-foot`, `big-toe`, `small-toes`.

Give the region the id of its shape. An id of your own goes with the id of a shape in `was`, which then leads
to it:

```yaml
nacken:
  name: Nacken
  was: [neck-back]
```

A shape of your own needs the drawing in a theme of your own: `sinew theme body-map/back.toml --copy` writes it
there, whole, since it takes the place of the built-in one. A shape in it is

```toml
[[region]]
id = \"nacken\"
points = \"107.2,58.1 120,58.1 120,74.3 104.9,74.3\"
```
",
    find: Find::Later,
};
