//! All tests from outside the crate, in one binary.

mod determinism;
mod golden;
mod incremental;
mod output;
mod project;
mod properties;
mod tidy;
mod torture;
mod torture_text;
mod transcripts;
mod walk;
