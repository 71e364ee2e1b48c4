//! `sinew serve`: shows the site while it is written.

use std::process::{Command, Stdio};
use std::sync::Arc;

use super::Outcome;
use super::arguments::{Global, Serve};
use super::project::circumstances;
use super::report::show;
use super::root;
use super::terminal::print_aside;
use crate::diagnostic::print::{self, Finding};
use crate::edge::machine::MachineError;
use crate::edge::serve::{Attention, Change, Door, News, Project, Swept, serve as serve_project};

pub(super) fn run(global: &Global, serve: &Serve) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let root = std::path::absolute(&root)
        .map_err(|error| MachineError::io("find the folder", &root, &error))?;
    let hosts = serve.allow_host.clone();
    let door = Door { interface: serve.interface, port: serve.port, hosts };
    let (of_project, of_news) = (global.clone(), global.clone());
    let circumstances = move |base_url: &str| circumstances(&of_project, Some(base_url));
    let project = Project {
        root,
        circumstances: Box::new(circumstances),
        attention: if serve.poll { Attention::Looks } else { Attention::Listens },
        follows: serve.follow,
    };
    let opens = serve.open;
    let tell = move |news| tell(&of_news, opens, news);
    serve_project(project, door, Arc::new(tell))?;
    Ok(Outcome::Done)
}

fn tell(global: &Global, opens: bool, news: News) {
    match news {
        News::Notice(notice) => print_aside(&format!("{notice}\n")),
        News::Findings(findings) => tell_findings(global, &findings),
        News::Ready { here, elsewhere } => {
            if !global.quiet {
                print_aside(&format!("serving {here} (Ctrl-C ends it)\n"));
                if let Some(elsewhere) = elsewhere {
                    print_aside(&format!("on other devices: {elsewhere}\n"));
                }
            }
            if opens {
                open(&here);
            }
        }
        News::Changed(change) => {
            if !global.quiet {
                print_aside(&summary(&change));
            }
        }
    }
}

fn tell_findings(global: &Global, findings: &[Finding]) {
    // Whoever closed the pipe of the findings goes on looking at the site.
    let _ = show(findings, global);
}

/// One line for a change:
/// `content/a.md changed: 3 pages rendered, 258 kept in 41 ms (shown after 12 ms), 1 error`.
fn summary(change: &Change) -> String {
    let Change { pages, findings } = change;
    let Swept { rendered, kept, failed, left, took, shown_after, .. } = pages;
    let what = match pages.files.as_slice() {
        _ if pages.is_first => String::new(),
        [] => "the day or what can be read changed: ".to_owned(),
        [one] => format!("{one} changed: "),
        many => format!("{} files changed: ", many.len()),
    };
    let plural = if *rendered == 1 { "page" } else { "pages" };
    let mut line = format!("{what}{rendered} {plural} rendered, {kept} kept");
    for (count, word) in [(failed, "failed"), (left, "left for later")] {
        if *count > 0 {
            line.push_str(&format!(", {count} {word}"));
        }
    }
    line.push_str(&format!(" in {} ms", took.as_millis()));
    if !pages.is_first {
        line.push_str(&format!(" (shown after {} ms)", shown_after.as_millis()));
    }
    format!("{line}, {}\n", print::summary(findings))
}

/// The program of the desktop that opens addresses.
const OPENER: &str = "xdg-open";

/// Opens an address in the browser, and waits for nothing.
fn open(url: &str) {
    let mut command = Command::new(OPENER);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        // Somebody has to take note of its end, or the system keeps it.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => {
            let reason = crate::edge::machine::reason(&error);
            print_aside(&format!("cannot open the browser with `{OPENER}`: {reason}\n"));
        }
    }
}
