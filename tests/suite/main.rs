//! All tests from outside the crate, in one binary.

mod codes;
mod files;
mod output;
mod sample;
mod specs;
