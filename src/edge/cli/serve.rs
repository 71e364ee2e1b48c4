//! `sinew serve`: shows the site while it is written.

use super::Outcome;
use super::arguments::{Global, Serve};
use super::root;
use crate::edge::machine::MachineError;

pub(super) fn run(global: &Global, serve: &Serve) -> Result<Outcome, MachineError> {
    let root = root::find(global)?;
    let _ = serve.open;
    let address = std::net::SocketAddr::new(serve.interface, serve.port);
    let message = format!("`{}` cannot be served on {address} yet", root.display());
    Err(MachineError::machine(message))
}
