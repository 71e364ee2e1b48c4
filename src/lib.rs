//! `sinew` turns markdown articles and YAML records about muscles, trigger points and referred
//! pain into a linked, checked static site.
//!
//! The whole program stands on one page: [`pipeline`]. The floors below it, from the ground:
//! [`source`] and [`picture`], [`diagnostic`], [`syntax`], [`model`], [`graph`], [`check`], [`theme`], [`page`];
//! above it, [`authoring`] is what authors ask for beside the site, and [`edge`] the only one that
//! reads disks, serves and prints.

pub mod authoring;
pub mod check;
pub mod diagnostic;
pub mod edge;
pub mod graph;
pub mod model;
pub mod page;
pub mod picture;
pub mod pipeline;
pub mod source;
pub mod syntax;
pub mod theme;
