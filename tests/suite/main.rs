//! All tests from outside the crate, in one binary.
#![expect(clippy::disallowed_methods, reason = "tests look at what reached the disk")]

mod checks;
mod codes;
mod determinism;
mod files;
mod incremental;
mod output;
mod project;
mod sample;
mod specs;
mod tidy;
mod walk;
