//! `sinew hosting SERVER`: prints what a server has to be told of headers, types and redirects.

use super::Outcome;
use super::arguments::{Global, Hosting, Server};
use super::project::open_to_analyze;
use super::report::report;
use super::root;
use super::terminal::print;
use crate::diagnostic::has_errors;
use crate::edge::machine::MachineError;
use crate::page::hosting::{apache, caddy, cloudfront_function, cloudfront_headers, nginx};

pub(super) fn run(global: &Global, arguments: &Hosting) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let project = open_to_analyze(&root, global, arguments.base_url.as_deref())?;
    let (analysis, diagnostics) = project.analyzed();
    if has_errors(&diagnostics) {
        return report(&project.input.sources, &diagnostics, global);
    }
    print(&match arguments.server {
        Server::Nginx => nginx(&analysis.base),
        Server::Apache => apache(&analysis.base),
        Server::Caddy => caddy(&analysis.base),
        Server::CloudfrontFunction => cloudfront_function(&analysis.base),
        Server::CloudfrontHeaders => cloudfront_headers(),
    })?;
    Ok(Outcome::Done)
}
