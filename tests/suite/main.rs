//! All tests from outside the crate, in one binary.
#![expect(clippy::disallowed_methods, reason = "tests look at what reached the disk")]

mod cards;
mod checks;
mod citations;
mod codes;
mod determinism;
mod disk_faults;
mod drafts;
mod files;
mod full_disk;
mod golden;
mod heads;
mod incremental;
mod languages;
mod mutations;
mod offers;
mod output;
mod pictures;
mod project;
mod properties;
mod publish;
mod reading;
mod records;
mod rename;
mod sample;
mod sections;
mod serve;
mod slips;
mod specs;
mod theme_reference;
mod themes;
mod tidy;
mod torture;
mod torture_text;
mod transcripts;
mod walk;
