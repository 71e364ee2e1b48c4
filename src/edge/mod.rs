//! The world outside: disk, terminal, network, clock. The only floor that reads or writes anything.
//! Knows no rules of the domain: it carries sources in, and findings and pages out.
#![expect(clippy::disallowed_methods, reason = "what is forbidden elsewhere is this floor's work")]

pub mod cli;
pub mod disk;
pub mod external;
pub mod machine;
mod memory;
pub mod publish;
mod sealed;
pub mod serve;
