//! All tests from outside the crate, in one binary.
#![expect(clippy::disallowed_methods, reason = "tests look at what reached the disk")]

mod checks;
mod codes;
mod files;
mod output;
mod sample;
mod serve;
mod specs;
