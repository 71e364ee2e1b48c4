//! `sinew why PAGE`: says what a page is made from, and what leads to it.

use super::Outcome;
use super::analyze::open;
use super::arguments::{Format, Global, Why as Arguments};
use super::build::ANALYSIS;
use super::root;
use super::terminal::print;
use crate::authoring::why::{Why, why};
use crate::edge::machine::MachineError;
use crate::pipeline::analyze;

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open(&root, global, None)?;
    let analysis = analyze(&project.input, &mut project.cache.load(ANALYSIS));
    let found = why(&analysis, &project.input, &arguments.page);
    let found = found.map_err(|(message, help)| MachineError::usage(message).hint(help))?;
    print(&match global.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&found).expect("a JSON value is always JSON");
            format!("{text}\n")
        }
        Format::Full | Format::Concise | Format::Github | Format::Gitlab => shown(&found),
    })?;
    Ok(Outcome::Done)
}

fn shown(why: &Why) -> String {
    let mut text = format!("{} ({})\n", why.address, why.output);
    if let (Some(record), Some(name)) = (&why.record, &why.name) {
        text.push_str(&format!("{record}: {name}\n"));
    }
    let refers_to: Vec<String> = why
        .refers_to
        .iter()
        .map(|(record, fields)| format!("{record} ({})", fields.join(", ")))
        .collect();
    for (title, lines) in [
        ("made from", &why.sources),
        ("drawn by", &why.templates),
        ("directives", &why.directives),
        ("refers to", &refers_to),
        ("mentions by name", &why.mentions),
        ("referred to by", &why.referred_to_by),
        ("related", &why.related),
        ("former addresses", &why.redirects),
    ] {
        if !lines.is_empty() {
            text.push_str(&format!("\n{title}\n"));
            text.extend(lines.iter().map(|line| format!("  {line}\n")));
        }
    }
    text
}
