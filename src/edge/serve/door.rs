//! Where a server listens, and the address under which it is found.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

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

/// The address under which other devices find a server that listens at all addresses of this machine,
/// if that has a network. Without a slash at the end.
pub(super) fn url_elsewhere(address: SocketAddr) -> Option<String> {
    if !address.ip().is_unspecified() {
        return None;
    }
    let v4 = || outward(Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::new(192, 0, 2, 1).into());
    let v6 = || {
        outward(Ipv6Addr::UNSPECIFIED.into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())
    };
    let own = match address {
        SocketAddr::V4(_) => v4(),
        SocketAddr::V6(_) => v4().or_else(v6),
    };
    let own = own.filter(|own| !own.is_loopback() && !own.is_unspecified())?;
    Some(url_of(SocketAddr::new(own, address.port())))
}

/// The address of this machine from which a way leads to another. Nothing is sent there: the system is
/// asked, and the other one is of those that stand in documentation.
fn outward(any: IpAddr, there: IpAddr) -> Option<IpAddr> {
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((there, 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// What nobody can guess.
pub(super) fn token() -> Result<String, MachineError> {
    Ok(random()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The same, as short as somebody has to type it on a telephone: 80 bits in letters that nobody takes
/// for each other.
pub(super) fn password() -> Result<String, MachineError> {
    let letters = b"abcdefghijkmnpqrstuvwxyz23456789";
    Ok(random()?.iter().map(|byte| char::from(letters[usize::from(byte % 32)])).collect())
}

fn random() -> Result<[u8; 16], MachineError> {
    let mut bytes = [0; 16];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .map_err(|error| MachineError::machine(format!("cannot get random numbers: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_that_listens_everywhere_has_another_address() {
        let port = |ip: &str| SocketAddr::new(ip.parse().expect("an address"), 80);
        assert_eq!(url_elsewhere(port("127.0.0.1")), None);
        assert_eq!(url_elsewhere(port("192.168.1.5")), None);
        // A machine without a network has none.
        if let Some(url) = url_elsewhere(port("0.0.0.0")) {
            assert!(url.starts_with("http://") && !url.contains("//127."), "{url}");
        }
    }

    #[test]
    fn a_password_is_short_and_never_the_same() {
        let (one, other) = (password().expect("it is random"), password().expect("it is random"));
        assert_eq!(one.len(), 16);
        assert_ne!(one, other);
    }
}
