//! All tests from outside the crate, in one binary.

mod incremental;
mod output;
mod project;
mod walk;
