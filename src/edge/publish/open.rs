//! From the settings of a target to the target.

use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::git::Git;
use super::handover::{Handover, Program};
use super::home::at_home;
use super::local::Local;
use super::retry::Patience;
use super::s3::S3;
use super::site::{LocalSite, Packing};
use super::ssh::Ssh;
use super::target::Target;
use super::trouble::{Nature, Trouble};
use crate::edge::disk::{Destination, resolve_output};
use crate::model::publish::{Compression, PublishTarget, TargetType};
use crate::syntax::host::ascii_host;

/// The target that the settings of a project at `root` describe. `build` is where its site is
/// built, which cannot be where it is published.
///
/// # Errors
/// If the settings lead nowhere, or what they need is not there.
pub fn target_of(
    settings: &PublishTarget,
    root: &Path,
    local: &Local,
    build: &Destination<'_>,
) -> Result<Box<dyn Target>, Trouble> {
    let patience = Patience::default();
    Ok(match settings.r#type {
        TargetType::Folder => Box::new(Folder::new(folder(settings, root, build)?)),
        TargetType::S3 => Box::new(S3::new(settings, patience)?),
        TargetType::Git => {
            local.make()?;
            Box::new(Git::new(settings, root, local.repository(), patience)?)
        }
        TargetType::Netlify => {
            local.make()?;
            Box::new(Handover::new(Program::netlify(settings), &local.stage()))
        }
        TargetType::CloudflarePages => {
            local.make()?;
            Box::new(Handover::new(Program::wrangler(settings), &local.stage()))
        }
        TargetType::Ssh => {
            local.make()?;
            Box::new(Ssh::new(settings, local.stage(), patience)?)
        }
    })
}

/// Adds what a host reads, and what it wants to be given packed.
pub fn prepare(site: &mut LocalSite, settings: &PublishTarget) {
    if let Some(domain) = settings.domain.as_deref() {
        // What lies in the content under that name was meant.
        site.add_unless_there("CNAME", format!("{}\n", ascii_host(domain)).into_bytes());
    }
    for compression in &settings.compress {
        site.pack(match compression {
            Compression::Brotli => Packing::Brotli,
            Compression::Gzip => Packing::Gzip,
        });
    }
}

/// The folder of a `folder` target; never one that must not be lost.
fn folder(
    settings: &PublishTarget,
    root: &Path,
    build: &Destination<'_>,
) -> Result<PathBuf, Trouble> {
    let path = at_home(settings.path.as_deref().unwrap_or_default());
    if path.to_string_lossy().starts_with('~') {
        let message = format!("`{}` names a folder that only shells know", path.display());
        return Err(Trouble::new(Nature::Usage, message)
            .hint("write it out, or begin it with `~/` for your own"));
    }
    let folder = root.join(path);
    let folder = resolve_output(&Destination { output: &folder, ..build.clone() })?;
    let built = resolve_output(build)?;
    if folder.starts_with(&built) || built.starts_with(&folder) {
        let message = format!("`{}` is where the site is built", folder.display());
        return Err(Trouble::new(Nature::Usage, message).hint("publish to another folder"));
    }
    Ok(folder)
}
