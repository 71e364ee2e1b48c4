//! All tests from outside the crate, in one binary.

mod determinism;
mod incremental;
mod output;
mod project;
mod tidy;
mod walk;
