//! Lists the files of the default theme and of the starter, so that they are part of the binary.
#![allow(clippy::disallowed_methods, reason = "a build script reads its files from the disk")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    link_at_a_fixed_place();
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut theme = Vec::new();
    collect(&root.join("themes/default"), "", &mut theme)?;
    write_list("default_theme.rs", theme)?;
    // Whoever tries the starter leaves a built site beside it, which does not belong to it.
    let starter = root.join("starter");
    let mut files = Vec::new();
    collect(&starter.join("content"), "content/", &mut files)?;
    files.extend([".gitignore", "site.toml"].map(|name| (name.to_owned(), starter.join(name))));
    println!("cargo:rerun-if-changed=starter/.gitignore");
    println!("cargo:rerun-if-changed=starter/site.toml");
    write_list("starter.rs", files)
}

/// Has the program linked for one place in memory. Otherwise the system's loader puts 41,000 addresses in order each
/// time that it starts, and copies the pages where they stand: a sixth of a build of a thousand articles in which
/// nothing changed. A static program is left as it is.
fn link_at_a_fixed_place() {
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux"
        && target("ENV") == "gnu"
        && !target("FEATURE").contains("crt-static")
    {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}

/// Writes the list of some files as the source of a slice of names and bytes.
fn write_list(name: &str, mut files: Vec<(String, PathBuf)>) -> io::Result<()> {
    files.sort();
    let mut list = String::from("&[\n");
    for (name, path) in &files {
        // A list that cannot be written to memory would be out of memory.
        let _ = writeln!(list, "    ({name:?}, include_bytes!({path:?})),");
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(name), list)
}

/// Adds the files below `folder`, without hidden ones, with their names from the theme's root.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push((name, entry.path()));
        }
    }
    Ok(())
}
