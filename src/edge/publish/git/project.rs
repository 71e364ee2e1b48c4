//! What the project's own repository says of others: addresses, ways to them, credentials.

use std::path::Path;
use std::process::Command;

use crate::edge::publish::program::run;
use crate::edge::publish::trouble::{Nature, Trouble};

/// `git` in the project, without what a hook that called us may have set.
pub(super) fn plain(project: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(project);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"]
    {
        command.env_remove(name);
    }
    // There is nobody whom git could ask for a password: its own input is ours.
    command.env("GIT_TERMINAL_PROMPT", "0");
    command
}

/// The address of a remote: an address as it is, a name as the project knows it.
pub(super) fn resolved(root: &Path, remote: &str) -> Result<String, Trouble> {
    if remote.starts_with('-') {
        return Err(Trouble::new(Nature::Usage, format!("`{remote}` is not the name of a remote")));
    }
    if remote.contains(['/', ':']) {
        return Ok(remote.to_owned());
    }
    let found = run(plain(root).args(["remote", "get-url", remote]), b"")?;
    if found.is_success() {
        return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
    }
    Err(Trouble::new(Nature::Usage, format!("the project has no remote `{remote}`"))
        .hint("`git remote -v` lists them; an address works as well"))
}

/// What the project's repository says of credentials and of ways to others: machines that build for
/// others put them there.
pub(super) fn configuration(root: &Path) -> Result<Vec<(String, String)>, Trouble> {
    let wanted = r"^(http|credential|url|core\.sshcommand)";
    let arguments = ["config", "--local", "--includes", "-z", "--get-regexp", wanted];
    let found = run(plain(root).args(arguments), b"")?;
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    let pairs = text.split('\0').filter_map(|entry| entry.split_once('\n'));
    Ok(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
}

/// Who makes the commits.
pub(super) fn committer(root: &Path) -> String {
    let of = |key: &str| {
        let found = run(plain(root).args(["config", "--get", key]), b"").ok()?;
        let text = String::from_utf8_lossy(&found.stdout).trim().replace(['<', '>', '\n'], "");
        Some(text).filter(|text| !text.is_empty())
    };
    let name = of("user.name").unwrap_or_else(|| "sinew".to_owned());
    let email = of("user.email").unwrap_or_else(|| "sinew@localhost".to_owned());
    format!("{name} <{email}>")
}
