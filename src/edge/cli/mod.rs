//! The `sinew` command: from arguments to one of its commands, from its end to an exit status.
//! Knows nothing of content: commands pass it on to the stages and print what comes back.

mod addresses;
mod amounts;
mod arguments;
mod build;
mod check;
mod completions;
mod explain;
mod external;
mod hosting;
mod init;
mod man;
mod new;
mod plan;
mod progress;
mod project;
mod publish;
mod rename;
mod report;
mod reports;
mod root;
mod schema;
mod serve;
mod terminal;
mod theme;
mod why;

use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Command};
use super::machine::MachineError;
use super::memory::take_in_large_steps;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It did what it was asked to.
    Done,
    /// The content has errors.
    ContentHasErrors,
    /// The settings have errors.
    SettingsHaveErrors,
}

/// Runs the command that the process was started with.
///
/// The exit status is 0 if it was done, 1 if the content has errors, 2 if the command or the
/// settings are wrong, 3 if the machine failed, 4 if another build holds the lock.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(end_at));
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is an answer; whoever does not listen to it has not been wronged.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::ContentHasErrors) => ExitCode::from(1),
        Ok(Outcome::SettingsHaveErrors) => ExitCode::from(2),
        Err(error) => {
            terminal::print_error(&error);
            ExitCode::from(error.kind.status())
        }
    }
}

/// Ends the process where sinew itself is wrong, as a failing machine would.
fn end_at(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let what = panic.payload_as_str().unwrap_or("no reason given");
    let error = MachineError::machine(format!("sinew panicked{place}: {what}"))
        .hint("this is a mistake in sinew, not in your files: please report it");
    terminal::print_error(&error);
    std::process::exit(i32::from(error.kind.status()));
}

fn run(arguments: &Arguments) -> Result<Outcome, MachineError> {
    let global = &arguments.global;
    if global.as_of.is_none() {
        // Before anything is made on another day than was meant.
        project::source_date()?;
    }
    let reads_all = matches!(arguments.command, Command::Build(_) | Command::Check(_));
    let _threads = reads_all.then(|| {
        take_in_large_steps();
        work_along()
    });
    match &arguments.command {
        Command::Init(init) => init::run(global, init),
        Command::New(new) => new::run(global, new),
        Command::Build(build) => build::run(global, build),
        Command::Check(check) => check::run(global, check),
        Command::Serve(serve) => serve::run(global, serve),
        Command::Publish(publish) => publish::run(global, publish),
        Command::Addresses(addresses) => addresses::run(global, addresses),
        Command::Hosting(hosting) => hosting::run(global, hosting),
        Command::Explain(explain) => explain::run(explain),
        Command::Theme(theme) => theme::run(global, theme),
        Command::Rename(rename) => rename::run(global, rename),
        Command::Why(why) => why::run(global, why),
        Command::Report(report) => reports::run(global, report),
        Command::Schema(schema) => schema::run(global, schema),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(man) => man::run(global, man),
    }
}

/// Lets this thread be one of those that work side by side, instead of waiting for them. They work as long as the
/// result is kept.
fn work_along() -> Option<rayon::ThreadPool> {
    // A pool of its own: whoever makes that of the process waits for its threads, each of which asks for memory first.
    rayon::ThreadPoolBuilder::new().use_current_thread().build().ok()
}
