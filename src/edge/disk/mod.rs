//! Files on disk: how a built site gets there whole, or not at all.
//! Knows nothing about what the files say.

mod carry;
mod error;
mod findings;
mod foreign;
mod in_place;
mod lock;
mod making;
mod manifest;
mod memo;
mod output;
mod refuse;
mod remove;
mod stage;
mod swap;

pub use error::{MachineError, MachineErrorKind};
pub use lock::WhenLocked;
pub use memo::OutputMemo;
pub use output::{Destination, Written, write_site};
