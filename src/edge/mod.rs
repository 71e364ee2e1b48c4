//! The only floor that touches the world: disks, network, terminal, clock, processes.
//! Knows nothing about the rules of the domain.
#![expect(clippy::disallowed_methods, reason = "what is forbidden elsewhere is this floor's work")]

pub mod disk;
