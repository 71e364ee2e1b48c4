//! `sinew check`: reports every mistake, and writes nothing but what it remembers.

use super::Outcome;
use super::arguments::{Check, Global};
use super::external::external;
use super::project::open_to_analyze;
use super::report::report;
use super::root;
use crate::diagnostic::has_errors;
use crate::edge::machine::MachineError;
use crate::page::Pictures;
use crate::page::output::Pages;

pub(super) fn run(global: &Global, arguments: &Check) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open_to_analyze(&root, global, None)?;
    let mut memo = project.memo();
    let (analysis, mut diagnostics) = project.analyzed_with(&mut memo);
    // Templates show their mistakes only when they are used, and those of a directive as their own.
    if !has_errors(&diagnostics) {
        let pictures = Pictures::as_they_are();
        let pictures = pictures.with_cards(&analysis.base.content, &project.shelf, &|_, _, _| {});
        let site = analysis.site(&project.input, pictures);
        let files = site.one_of_each_template().into_iter();
        let mistakes = files.filter_map(|index| site.make(index, None).err());
        diagnostics.extend(mistakes.map(|mistake| *mistake));
    }
    project.remember(&memo);
    if arguments.external {
        diagnostics.extend(external(&analysis.base, &project, global)?);
    }
    report(&project.input.sources, &diagnostics, global)
}
