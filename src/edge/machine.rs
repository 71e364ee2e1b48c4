//! What the machine, or the person at it, got wrong; mistakes in content are diagnostics.

use std::fmt;
use std::io;
use std::path::Path;

/// The kinds of failure that stop a command, each with its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineErrorKind {
    /// The command was called wrongly, or the settings are wrong.
    Usage,
    /// The disk, the network or a port failed.
    Machine,
    /// Another build holds the lock.
    Locked,
}

impl MachineErrorKind {
    /// The exit status of a command that ends so.
    pub fn status(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::Machine => 3,
            Self::Locked => 4,
        }
    }
}

/// A failure that stops a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineError {
    /// What kind of failure.
    pub kind: MachineErrorKind,
    /// What failed, with the path: lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl MachineError {
    /// A wrong call, or wrong settings.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: MachineErrorKind::Usage, message: message.into(), hint: None }
    }

    /// A failure of the machine.
    pub fn machine(message: impl Into<String>) -> Self {
        Self { kind: MachineErrorKind::Machine, message: message.into(), hint: None }
    }

    /// A failure to do something (`read`, `write`) with a path.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::machine(format!("cannot {action} `{}`: {}", path.display(), reason(error)))
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for MachineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for MachineError {}

/// What the system says, as part of a sentence: lower case, without the number.
pub(crate) fn reason(error: &io::Error) -> String {
    let full = error.to_string();
    let text = full.split(" (os error").next().unwrap_or(&full);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
