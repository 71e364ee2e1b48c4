//! What goes wrong between here and a target, and whether it is worth another attempt.

use std::io;
use std::path::Path;

use crate::edge::machine::{MachineError, MachineErrorKind};

/// What sort of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// It may be over in a moment: a lost connection, a server that is busy.
    Passing,
    /// It will be the same the next time.
    Lasting,
    /// Somebody else changed the target.
    Conflict,
    /// The settings, or what the environment lacks.
    Usage,
}

/// A step that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What sort of trouble.
    pub nature: Nature,
    /// What failed: lower case, without a full stop, and never with a secret.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// How many seconds the server asks to wait.
    pub wait: Option<u64>,
}

impl Trouble {
    /// Trouble of some nature.
    pub fn new(nature: Nature, message: impl Into<String>) -> Self {
        Self { nature, message: message.into(), hint: None, wait: None }
    }

    /// Trouble that may be over in a moment.
    pub fn passing(message: impl Into<String>) -> Self {
        Self::new(Nature::Passing, message)
    }

    /// Trouble that will be the same the next time.
    pub fn lasting(message: impl Into<String>) -> Self {
        Self::new(Nature::Lasting, message)
    }

    /// A failure to do something (`read`, `write`) with a path.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::PermissionDenied => Some("see who may read and write there"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Some("make room there, and publish again: it goes on where it stopped")
            }
            _ => None,
        };
        let hint = hint.map(ToOwned::to_owned);
        Self { hint, ..Self::lasting(MachineError::io(action, path, error).message) }
    }

    /// The refusal to write over what somebody else put there, if there is any.
    pub fn in_the_way(names: &[&str], place: &str) -> Option<Self> {
        let (first, others) = names.split_first()?;
        let message = match others.len() {
            0 => format!("`{first}` is in the way in {place}: sinew did not put it there"),
            more => format!(
                "`{first}` and {more} more are in the way in {place}: sinew did not put them there"
            ),
        };
        let hint = "see whether this is the right place; then move away what is in the way, or \
                    write over it with `--take-over`";
        Some(Self::new(Nature::Usage, message).hint(hint))
    }

    /// Trouble that came when something was on its way already.
    #[must_use]
    pub fn halfway(self) -> Self {
        match &self.hint {
            None => self.hint("what is published works; publish again to go on where it stopped"),
            Some(_) => self,
        }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<MachineError> for Trouble {
    fn from(error: MachineError) -> Self {
        let nature = match error.kind {
            MachineErrorKind::Usage => Nature::Usage,
            MachineErrorKind::Machine => Nature::Lasting,
            MachineErrorKind::Locked => Nature::Conflict,
        };
        Self { nature, message: error.message, hint: error.hint, wait: None }
    }
}

impl From<Trouble> for MachineError {
    fn from(trouble: Trouble) -> Self {
        let kind = match trouble.nature {
            Nature::Passing | Nature::Lasting => MachineErrorKind::Machine,
            Nature::Conflict => MachineErrorKind::Locked,
            Nature::Usage => MachineErrorKind::Usage,
        };
        Self { kind, message: trouble.message, hint: trouble.hint }
    }
}
