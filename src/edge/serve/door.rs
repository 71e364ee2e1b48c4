//! Where a server listens, and the address under which it is found.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use super::{News, Tell};
use crate::edge::machine::{MachineError, reason};

/// The port of a server that was not given one.
pub const DEFAULT_PORT: u16 = 1313;
/// How many ports are tried from there.
const PORTS: u16 = 100;

/// Where a server listens, and to whom.
#[derive(Debug, Clone)]
pub struct Door {
    /// The address.
    pub interface: IpAddr,
    /// The port; 0 for any that is free; `None` for the default one or the next that is free.
    pub port: Option<u16>,
    /// The names under which it may be asked for, beside this machine's own.
    pub hosts: Vec<String>,
}

/// Listens at a door. If the default port is taken, at the next one that is free.
pub(super) fn listen(door: &Door, tell: &Tell) -> Result<(TcpListener, SocketAddr), MachineError> {
    let ports = match door.port {
        Some(port) => port..=port,
        None => DEFAULT_PORT..=DEFAULT_PORT + PORTS,
    };
    let first = *ports.start();
    let mut failure = None;
    for port in ports {
        let wanted = SocketAddr::new(door.interface, port);
        match TcpListener::bind(wanted).and_then(|bound| Ok((bound.local_addr()?, bound))) {
            Ok((address, listener)) => {
                if failure.is_some() {
                    let notice = format!("port {first} is taken: using port {port} instead");
                    tell(News::Notice(notice));
                }
                return Ok((listener, address));
            }
            Err(error) => {
                let is_taken = error.kind() == io::ErrorKind::AddrInUse;
                let failure = failure.get_or_insert_with(|| cannot_listen(wanted, &error));
                if !is_taken {
                    return Err(failure.clone());
                }
            }
        }
    }
    Err(failure.expect("at least one port was tried"))
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> MachineError {
    let failure = MachineError::machine(format!("cannot listen on {address}: {}", reason(error)));
    match error.kind() {
        io::ErrorKind::AddrInUse => failure.hint("`--port 0` takes any port that is free"),
        _ => failure,
    }
}

/// The address of a site that is served at a socket, without a slash at the end.
pub(super) fn url_of(address: SocketAddr) -> String {
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(host, address.port()))
}

/// What nobody can guess.
pub(super) fn token() -> Result<String, MachineError> {
    let mut bytes = [0; 16];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .map_err(|error| MachineError::machine(format!("cannot get random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
