//! All tests from outside the crate, in one binary.

mod checks;
mod codes;
mod files;
mod output;
mod sample;
mod specs;
