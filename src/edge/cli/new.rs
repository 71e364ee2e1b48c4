//! `sinew new KIND ID`: begins a record, in the file where it belongs.

use super::Outcome;
use super::arguments::{Global, New};
use super::project::open;
use super::root;
use super::terminal::{print, print_aside};
use crate::authoring::scaffold::{Scaffold, scaffold};
use crate::edge::disk::{create, rewrite};
use crate::edge::machine::MachineError;

pub(super) fn run(global: &Global, arguments: &New) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open(&root, global, None)?;
    let New { kind, id } = arguments;
    let begun = scaffold(&project.input, *kind, id)
        .map_err(|refusal| MachineError::usage(refusal.message).hint(refusal.help))?;
    match &begun {
        Scaffold::File { path, text } => {
            create(&root, &[(path.to_string(), text.clone().into_bytes())])?;
        }
        Scaffold::Lines(change) => rewrite(&root, std::slice::from_ref(change))?,
    }
    print(&format!("{}\n", root.join(begun.path().as_str()).display()))?;
    if !global.quiet {
        let word = kind.word();
        print_aside(&format!(
            "began the {word} `{id}` as a draft: fill in what is empty, which `sinew check --drafts` \
             names, and take the line `draft: true` away\n"
        ));
    }
    Ok(Outcome::Done)
}
