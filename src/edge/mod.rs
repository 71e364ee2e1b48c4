//! The world outside: disk, terminal, network. The only floor that reads or writes anything.
//! Knows no rules of the domain: it carries sources in, and findings and pages out.

pub mod cli;
pub mod disk;
pub mod machine;
