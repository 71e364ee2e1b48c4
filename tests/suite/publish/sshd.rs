//! To a real sshd on the loopback interface, by rsync and by sftp.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::servers::{Server, free_port, has, left_out};
use super::{Studio, said};
use crate::project::files_below;

/// A server with a key of its own, and the settings of a client that trusts it.
fn start(folder: &Path) -> Server {
    fs::create_dir(folder).expect("made");
    for name in ["host", "client"] {
        let mut keygen = Command::new("ssh-keygen");
        keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(folder.join(name));
        assert!(keygen.status().expect("it runs").success());
    }
    let key = |name: &str| fs::read_to_string(folder.join(name)).expect("it was made");
    fs::write(folder.join("authorized"), key("client.pub")).expect("written");
    let (port, here) = (free_port(), folder.display());
    fs::write(folder.join("known"), format!("[127.0.0.1]:{port} {}", key("host.pub")))
        .expect("written");
    let settings = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {here}/host\nPidFile {here}/pid\n\
         AuthorizedKeysFile {here}/authorized\nStrictModes no\nUsePAM no\n\
         PasswordAuthentication no\nSubsystem sftp internal-sftp\n"
    );
    fs::write(folder.join("sshd_config"), settings).expect("written");
    let sshd = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join("sshd"))
        .find(|path| path.is_file())
        .expect("it is installed");
    // It wants to be called by its whole path, as it runs itself again for each client.
    Server::start(Command::new(sshd).args(["-D", "-e", "-f"]).arg(folder.join("sshd_config")), port)
}

#[test]
fn a_site_goes_to_a_server_by_rsync_and_by_sftp() {
    if !["sshd", "ssh", "ssh-keygen", "rsync", "sftp"].into_iter().all(has) {
        return;
    }
    if !Path::new("/run/sshd").is_dir() && fs::create_dir("/run/sshd").is_err() {
        return left_out("sshd needs the folder `/run/sshd`");
    }
    for with in ["rsync", "sftp"] {
        let home = tempfile::tempdir().expect("a folder");
        let server = start(&home.path().join("ssh"));
        let here = home.path().join("ssh");
        let studio = Studio::new(&format!(
            "[publish.live]\ntype = \"ssh\"\nhost = \"127.0.0.1\"\nport = {}\npath = {:?}\n\
             identity_file = {:?}\nwith = {with:?}\ncompress = [\"br\"]\n",
            server.port,
            home.path().join("www"),
            here.join("client"),
        ));
        // The client finds the server's key by a program of that name before the system's own.
        let ssh = format!(
            "#!/bin/sh\nPATH={:?} exec ssh -o UserKnownHostsFile={} \"$@\"\n",
            std::env::var("PATH").unwrap_or_default(),
            here.join("known").display(),
        );
        let bin = home.path().join("bin");
        fs::create_dir(&bin).expect("made");
        fs::write(bin.join("ssh"), ssh).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(bin.join("ssh"), mode).expect("it may run");
        let sftp = format!(
            "#!/bin/sh\nPATH={:?} exec sftp -o UserKnownHostsFile={} \"$@\"\n",
            std::env::var("PATH").unwrap_or_default(),
            here.join("known").display(),
        );
        fs::write(bin.join("sftp"), sftp).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(bin.join("sftp"), mode).expect("it may run");
        let publish = |arguments: &[&str]| {
            let mut command = studio.command(&["publish", "--yes"]);
            let path = std::env::var("PATH").unwrap_or_default();
            command.args(arguments).env("PATH", format!("{}:{path}", bin.display()));
            let output = command.output().expect("it runs");
            assert!(output.status.success(), "{with}: {}", said(&output));
            said(&output)
        };
        let www = home.path().join("www");
        publish(&[]);
        let before = files_below(&www);
        assert!(before.contains_key("index.html.br") && before.contains_key(".sinew-published"));
        assert!(publish(&[]).contains("nothing to do"), "{with}");
        studio.edit();
        publish(&[]);
        let built = files_below(&studio.root().join("public"));
        let page = "muscles/infraspinatus/index.html";
        assert!(files_below(&www)[page] == built[page], "{with}: the page is an old one");
        publish(&["--rollback"]);
        assert!(files_below(&www) == before, "{with}: the build before is not back");
    }
}
