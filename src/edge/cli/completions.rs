//! `sinew completions SHELL`: prints what a shell needs to complete commands, flags and kinds.

use clap::CommandFactory;

use super::Outcome;
use super::arguments::{Arguments, Completions};
use super::terminal::print;
use crate::edge::machine::MachineError;

pub(super) fn run(arguments: &Completions) -> Result<Outcome, MachineError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "sinew", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;
    use clap_complete::Shell;

    use super::*;

    #[test]
    fn every_shell_is_told_every_command() {
        let command = Arguments::command();
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command.clone(), "sinew", &mut script);
            let script = String::from_utf8_lossy(&script);
            for command in command.get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
        }
    }
}
