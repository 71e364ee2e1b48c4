//! Shapes of the body map that show no region.

use crate::check::{Find, Rule};
use crate::diagnostic::Level;

pub(crate) const RULE: Rule = Rule {
    code: "shape-without-region",
    default: Level::Allow,
    summary: "a shape of the theme's body map that shows no region",
    explanation: "\
A shape that belongs to no region cannot be chosen. The default theme draws the whole body, and a studio
may well know less of it, so this rule is off unless `[check]` turns it on. A theme of your own should
have no such shapes.

Give the shape the id of a region, or write the region.
",
    find: Find::Later,
};
