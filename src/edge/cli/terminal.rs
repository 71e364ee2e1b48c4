//! Writes to the terminal: results to standard output, everything else to standard error.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use crate::diagnostic::print::Colour;
use crate::edge::machine::MachineError;

/// Prints a result. Whoever reads it may stop: a closed pipe is a quiet end.
pub(super) fn print(text: &str) -> Result<(), MachineError> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let reason = crate::edge::machine::reason(&error);
            Err(MachineError::machine(format!("cannot write to standard output: {reason}")))
        }
        _ => Ok(()),
    }
}

/// Prints what is not a result. If nobody can read it, nobody can be told so.
pub(super) fn print_aside(text: &str) {
    let mut stderr = anstream::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

/// Prints why a command stopped.
pub(super) fn print_error(error: &MachineError) {
    let (red, bold, plain) = ("\x1b[1;91m", "\x1b[1m", "\x1b[0m");
    let mut text = format!("{red}error{plain}{bold}: {}{plain}\n", visible(&error.message));
    if let Some(hint) = &error.hint {
        text.push_str(&format!("  = {bold}help{plain}: {}\n", visible(hint)));
    }
    print_aside(&text);
}

/// Whether standard error shows colours: it is a terminal, and `NO_COLOR` is not set.
pub(super) fn colour() -> Colour {
    match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => Colour::Off,
        _ => Colour::On,
    }
}

/// How many columns standard error has, if it is a terminal.
pub(super) fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stderr()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

/// The text without characters that would do something to a terminal: paths may hold any.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
