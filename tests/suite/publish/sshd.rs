//! To a real sshd on the loopback interface, by rsync and by sftp.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::calls::Calls;
use super::servers::{Server, free_port, has, left_out, tool};
use super::{Studio, said, while_read};
use crate::project::files_below;

/// A server with a key of its own, a client that trusts it, and a project that is published there.
struct Remote {
    _server: Server,
    studio: Studio,
    calls: Calls,
    home: tempfile::TempDir,
}

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
    // It wants to be called by its whole path, as it runs itself again for each client.
    let sshd = tool("sshd").expect("it was looked for");
    Server::start(Command::new(sshd).args(["-D", "-e", "-f"]).arg(folder.join("sshd_config")), port)
}

impl Remote {
    fn start(with: &str) -> Option<Self> {
        if !["sshd", "ssh", "ssh-keygen", "rsync", "sftp"].into_iter().all(has) {
            return None;
        }
        if !Path::new("/run/sshd").is_dir() && fs::create_dir("/run/sshd").is_err() {
            left_out("sshd needs the folder `/run/sshd`");
            return None;
        }
        let home = tempfile::tempdir().expect("a folder");
        let here = home.path().join("ssh");
        let server = start(&here);
        let studio = Studio::new(&format!(
            "[publish.live]\ntype = \"ssh\"\nhost = \"127.0.0.1\"\nport = {}\npath = {:?}\n\
             identity_file = {:?}\nwith = {with:?}\ncompress = [\"br\"]\n",
            server.port,
            home.path().join("www"),
            here.join("client"),
        ));
        let calls = Calls::new(home.path().join("bin"));
        // The client finds the server's key by a program of that name before the system's own.
        let known = format!("-o UserKnownHostsFile={}", here.join("known").display());
        calls.stand_before("ssh", &known, "*");
        calls.stand_before("sftp", &known, "*");
        Some(Self { _server: server, studio, calls, home })
    }

    fn www(&self) -> PathBuf {
        self.home.path().join("www")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.studio.command(&["publish", "--yes"]);
        command.args(arguments).env("PATH", self.calls.path()).output().expect("it runs")
    }

    #[track_caller]
    fn publish(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }
}

#[test]
fn a_site_goes_to_a_server_by_rsync_and_by_sftp() {
    for with in ["rsync", "sftp"] {
        let Some(remote) = Remote::start(with) else { return };
        remote.publish(&[]);
        let before = files_below(&remote.www());
        assert!(before.contains_key("index.html.br") && before.contains_key(".sinew-published"));
        assert!(remote.publish(&[]).contains("nothing to do"), "{with}");
        remote.studio.edit();
        remote.publish(&[]);
        let built = files_below(&remote.studio.root().join("public"));
        let page = "muscles/infraspinatus/index.html";
        assert!(files_below(&remote.www())[page] == built[page], "{with}: the page is an old one");
        remote.publish(&["--rollback"]);
        assert!(files_below(&remote.www()) == before, "{with}: the build before is not back");
    }
}

#[test]
fn what_stands_in_the_way_on_a_server_stays_however_often() {
    for with in ["rsync", "sftp"] {
        let Some(remote) = Remote::start(with) else { return };
        let www = remote.www();
        fs::create_dir_all(www.join("about")).expect("made");
        for name in ["about/index.html", "articles"] {
            fs::write(www.join(name), "theirs").expect("written");
        }
        for _ in 0..2 {
            let output = remote.run(&[]);
            assert_eq!(output.status.code(), Some(2), "{}", said(&output));
            assert!(said(&output).contains("`about/index.html` and "), "{}", said(&output));
            let names: Vec<String> = files_below(&www).into_keys().collect();
            assert_eq!(names, ["about/index.html", "articles"], "{with}");
        }
    }
}

fn expect_each_call_may_fail(with: &str) {
    let Some(remote) = Remote::start(with) else { return };
    let www = remote.www();
    let expect = |when: &str| {
        let mut there = files_below(&www);
        assert!(!there.contains_key(".sinew-claim"), "{with}: {when}: the claim is still there");
        there.retain(|path, _| !path.starts_with(".sinew-") && !path.ends_with(".br"));
        let mut built = files_below(&remote.studio.root().join("public"));
        built.remove(".sinew-manifest");
        assert!(there == built, "{with}: {when}: files differ");
    };
    let publish = || {
        let output = remote.run(&["--quiet"]);
        // Whoever was killed says nothing.
        assert!(output.status.success() || output.status.code().is_none(), "{}", said(&output));
        output.status.success()
    };
    let missed = while_read(&www, || {
        remote.calls.do_wrong(&|| remote.studio.edit(), &publish, &expect);
    });
    assert!(missed.is_empty(), "{with}: a reader met pages without their assets: {missed:?}");
}

#[test]
fn each_call_of_rsync_may_fail_and_a_reader_misses_nothing() {
    expect_each_call_may_fail("rsync");
}

#[test]
fn each_call_of_sftp_may_fail_and_a_reader_misses_nothing() {
    expect_each_call_may_fail("sftp");
}

#[test]
fn a_server_that_is_not_known_or_does_not_let_in_is_told_of() {
    let Some(remote) = Remote::start("sftp") else { return };
    let here = remote.home.path().join("ssh");
    for (file, words, cure) in [
        ("authorized", "Permission denied (publickey", "`ssh` to that server has to work"),
        ("known", "Host key verification failed", "connect once by hand"),
    ] {
        fs::write(here.join(file), "").expect("written");
        let output = remote.run(&[]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words) && said.contains(cure), "{said}");
    }
    assert!(!remote.www().exists(), "something was published");
}
