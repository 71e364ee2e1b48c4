//! `sinew serve`: shows the site while it is written.

use std::process::{Command, Stdio};
use std::sync::Arc;

use super::Outcome;
use super::analyze::circumstances;
use super::arguments::{Global, Serve};
use super::report::show;
use super::root;
use super::terminal::print_aside;
use crate::diagnostic::print::{self, Finding};
use crate::edge::machine::MachineError;
use crate::edge::serve::{Change, Door, News, Project, serve as serve_project};

pub(super) fn run(global: &Global, serve: &Serve) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let root = std::path::absolute(&root)
        .map_err(|error| MachineError::io("find the folder", &root, &error))?;
    let door = Door { interface: serve.interface, port: serve.port };
    let (of_project, of_news) = (global.clone(), global.clone());
    let circumstances = move |base_url: &str| circumstances(&of_project, Some(base_url));
    let project = Project { root, circumstances: Box::new(circumstances) };
    let opens = serve.open;
    let tell = move |news| tell(&of_news, opens, news);
    serve_project(project, door, Arc::new(tell))?;
    Ok(Outcome::Done)
}

fn tell(global: &Global, opens: bool, news: News) {
    match news {
        News::Notice(notice) => print_aside(&format!("{notice}\n")),
        News::Findings(findings) => tell_findings(global, &findings),
        News::Ready(url) => {
            if !global.quiet {
                print_aside(&format!("serving {url} (Ctrl-C ends it)\n"));
            }
            if opens {
                open(&url);
            }
        }
        News::Changed(change) => {
            if !global.quiet {
                print_aside(&summary(&change));
            }
            tell_findings(global, &change.findings);
        }
    }
}

fn tell_findings(global: &Global, findings: &[Finding]) {
    // Whoever closed the pipe of the findings goes on looking at the site.
    let _ = show(findings, global);
}

/// One line for a change: `content/a.md changed: made 1 of 2 open pages in 12 ms, 1 error`.
fn summary(change: &Change) -> String {
    let what = match change.files.as_slice() {
        [] => "the day or what can be read changed".to_owned(),
        [one] => format!("{one} changed"),
        many => format!("{} files changed", many.len()),
    };
    let (made, open) = (change.pages_made, change.pages_open);
    let pages = if open == 1 { "open page" } else { "open pages" };
    let found = print::summary(&change.findings);
    format!("{what}: made {made} of {open} {pages} in {} ms, {found}\n", change.took.as_millis())
}

/// Opens an address in the browser, and waits for nothing.
fn open(url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        // Somebody has to take note of its end, or the system keeps it.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => {
            let reason = crate::edge::machine::reason(&error);
            print_aside(&format!("cannot open the browser with `{program}`: {reason}\n"));
        }
    }
}
