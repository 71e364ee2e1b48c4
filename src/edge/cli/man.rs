//! `sinew man [DIR]`: the manual pages, made from the declaration of the arguments.

use std::fs;
use std::io;

use clap::CommandFactory;
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use super::Outcome;
use super::arguments::{Arguments, Global, Man};
use super::terminal::{print, print_aside};
use crate::edge::machine::MachineError;

/// What a page says that the declaration of the arguments does not.
const STATUSES: [(&str, &str); 5] = [
    ("0", "It was done."),
    ("1", "The content has errors."),
    ("2", "The command was called wrongly, or site.toml has errors."),
    ("3", "The machine failed: disk, network, port."),
    ("4", "Another build holds the lock, and --no-wait was given."),
];

/// The environment that changes what commands do.
const ENVIRONMENT: [(&str, &str); 2] = [
    ("NO_COLOR", "If it is set, nothing is coloured."),
    ("SOURCE_DATE_EPOCH", "Without --as-of, the second whose day counts as today."),
];

pub(super) fn run(global: &Global, arguments: &Man) -> Result<Outcome, MachineError> {
    let pages =
        pages().map_err(|error| MachineError::io("make", "a manual page".as_ref(), &error))?;
    let Some(folder) = &arguments.dir else {
        print(pages.first().map_or("", |(_, text)| text))?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(folder)
        .map_err(|error| MachineError::io("make the folder", folder, &error))?;
    for (name, text) in &pages {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| MachineError::io("write", &path, &error))?;
    }
    if !global.quiet {
        print_aside(&format!("wrote {} pages to `{}`\n", pages.len(), folder.display()));
    }
    Ok(Outcome::Done)
}

/// The pages with the names of their files, that of `sinew` itself first.
fn pages() -> io::Result<Vec<(String, String)>> {
    let mut command = Arguments::command();
    command.build();
    let commands = command.get_subcommands().map(|one| (one.clone(), Vec::new()));
    let all = std::iter::once((command.clone(), extra())).chain(commands);
    all.map(|(command, extra)| {
        let page = Page::new(command).manual("sinew manual");
        let mut text = Vec::new();
        page.render(&mut text)?;
        text.extend(extra);
        Ok((page.get_filename(), String::from_utf8_lossy(&text).into_owned()))
    })
    .collect()
}

/// The sections at the end of the page of `sinew`.
fn extra() -> Vec<u8> {
    let mut roff = Roff::new();
    for (title, rows) in [("EXIT STATUS", &STATUSES[..]), ("ENVIRONMENT", &ENVIRONMENT[..])] {
        roff.control("SH", [title]);
        for (term, text) in rows {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(*text)]);
        }
    }
    roff.to_roff().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_and_the_first_one_has_the_statuses() {
        let pages = pages().expect("memory can be written to");
        assert_eq!(pages[0].0, "sinew.1");
        assert!(pages[0].1.contains(".SH \"EXIT STATUS\"") && pages[0].1.contains("NO_COLOR"));
        let commands = Arguments::command().get_subcommands().count();
        assert_eq!(pages.len(), commands + 1);
        let build = pages.iter().find(|(name, _)| name == "sinew-build.1").expect("it has one");
        assert!(build.1.contains("\\-\\-output"), "{}", build.1);
        assert!(!build.1.contains("EXIT STATUS"));
    }
}
