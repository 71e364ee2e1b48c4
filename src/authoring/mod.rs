//! What authors ask for beside the site: changes to their files, and reports on them, as values.
//! Knows nothing about disks and terminals: whoever asks writes and prints.

pub mod addresses;
pub mod change;
pub mod ci;
pub mod diff;
mod ids;
pub mod readability;
pub mod rename;
pub mod report;
pub mod scaffold;
pub mod starter;
pub mod theme_files;
pub mod why;
