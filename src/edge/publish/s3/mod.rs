//! Object storage that speaks S3: AWS, R2, MinIO, Backblaze and their like. One call an
//! object, two for a new one, and none to list them: what lies there, the record knows.

mod answer;
mod bucket;
mod credentials;
mod sign;

use std::path::{Path, PathBuf};

use super::http::agent;
use super::parallel::{ask_each, for_each};
use super::plan::Plan;
use super::record::{Files, Held, RECORD_NAME};
use super::retry::Patience;
use super::target::{Arrived, CLAIM_NAME, Found, Standing, Standings, Target, Upload};
use super::trouble::{Nature, Trouble};
use crate::model::publish::PublishTarget;
use crate::page::hosting::{cache_control, content_type};
use crate::page::output::OutputPath;

use bucket::{Bucket, Condition, Place};
use credentials::Surroundings;

/// How many calls are on their way at once.
const THREADS: usize = 16;
/// The header that says which bytes an object has.
const MARK: &str = "x-amz-meta-sinew";

/// A bucket as target.
pub struct S3 {
    bucket: Bucket,
    /// Whether the storage itself answers readers, and is told where redirections lead.
    is_website: bool,
    name: String,
}

impl S3 {
    /// The bucket that the settings name, with the credentials of this user.
    ///
    /// # Errors
    /// Without credentials, or with an address that is none.
    pub fn new(settings: &PublishTarget, patience: Patience) -> Result<Self, Trouble> {
        let variable = |name: &str| std::env::var(name).ok();
        let file = |path: &Path| std::fs::read_to_string(path).ok();
        let home: Option<PathBuf> = std::env::home_dir();
        let around = Surroundings { variable: &variable, file: &file, home };
        let profile = settings.profile.as_deref();
        let credentials = around.credentials(profile)?;
        let region = around.region(settings.region.as_deref(), profile);
        let bucket = settings.bucket.as_deref().unwrap_or_default();
        let place = Place::new(bucket, settings.endpoint.as_deref(), &region, settings.addressing)?;
        let prefix = settings.prefix.as_deref().unwrap_or_default().trim_matches('/');
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let name = format!("the bucket `{bucket}`");
        let agent = agent(concat!("sinew/", env!("CARGO_PKG_VERSION")))?;
        let bucket = Bucket::new(agent, place, prefix, region, credentials, patience);
        Ok(Self { bucket, is_website: settings.website, name })
    }

    fn put_one(&self, upload: &Upload<'_>) -> Result<(), Trouble> {
        let path = upload.path.as_str();
        let bytes = upload.bytes()?;
        let hash = upload.travel.held.hash.to_string();
        let mut headers = vec![
            ("cache-control".to_owned(), cache_control(path).to_owned()),
            ("content-type".to_owned(), content_type(path).to_owned()),
            (MARK.to_owned(), hash.clone()),
        ];
        if self.is_website
            && let Some(to) = upload.leads_to
        {
            headers.push(("x-amz-website-redirect-location".to_owned(), to.to_owned()));
        }
        let condition = if upload.travel.is_new { Condition::Absent } else { Condition::None };
        match self.bucket.write(path, &bytes, &headers, condition) {
            // An attempt that arrived, and whose answer did not, left the object that is in the way.
            Err(trouble) if trouble.nature == Nature::Conflict => {
                let found = self.bucket.header(path, MARK)?;
                if found.as_deref() == Some(hash.as_str()) {
                    Ok(())
                } else {
                    Err(self.in_the_way(path))
                }
            }
            settled => settled.map(drop),
        }
    }

    fn in_the_way(&self, path: &str) -> Trouble {
        Trouble::in_the_way(&[path], &self.name).expect("there is something")
    }

    /// What stands where an object is to go: of ours, the mark says what it is.
    fn standing_at(&self, path: &OutputPath, held: &Held) -> Result<Option<Standing>, Trouble> {
        let mark = self.bucket.header(path.as_str(), MARK)?;
        Ok(mark.map(|mark| match mark == held.hash.to_string() {
            true => Standing::Meant,
            false => Standing::other(path.as_str()),
        }))
    }

    /// Writes a note over the version that was seen.
    fn exchange(&self, name: &str, bytes: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        let headers = [
            ("cache-control".to_owned(), "no-store".to_owned()),
            ("content-type".to_owned(), "text/plain; charset=utf-8".to_owned()),
        ];
        let condition = over.map_or(Condition::Absent, Condition::Version);
        match self.bucket.write(name, bytes, &headers, condition) {
            Err(trouble) if trouble.nature == Nature::Conflict => {
                // It may be our own, of an attempt whose answer was lost.
                match self.bucket.read(name)? {
                    Some(note) if note.bytes == bytes => Ok(note.version),
                    _ => Err(Trouble::new(
                        Nature::Conflict,
                        format!("somebody else changed {} meanwhile", self.name),
                    )
                    .hint("publish again")),
                }
            }
            settled => settled,
        }
    }
}

impl Target for S3 {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&self) -> Result<Found, Trouble> {
        Ok(Found { record: self.bucket.read(RECORD_NAME)?, claim: self.bucket.read(CLAIM_NAME)? })
    }

    fn standing(&self, files: &Files) -> Result<Standings, Trouble> {
        ask_each(THREADS, files, |path, held| self.standing_at(path, held))
    }

    fn claim(&self, claim: &[u8], over: Option<&str>) -> Result<String, Trouble> {
        self.exchange(CLAIM_NAME, claim, over)
    }

    fn put(&self, uploads: &[Upload<'_>], arrived: Arrived<'_>) -> Result<(), Trouble> {
        for_each(THREADS, uploads, |upload| {
            self.put_one(upload)?;
            arrived(upload.path);
            Ok(())
        })
    }

    fn commit(&self, _: &Plan, record: &[u8], over: Option<&str>) -> Result<(), Trouble> {
        self.exchange(RECORD_NAME, record, over).map(drop)
    }

    fn remove(&self, paths: &[OutputPath], removed: Arrived<'_>) -> Result<(), Trouble> {
        for_each(THREADS, paths, |path| {
            self.bucket.remove(path.as_str())?;
            removed(path);
            Ok(())
        })
    }

    fn release(&self, version: &str) -> Result<(), Trouble> {
        match self.bucket.read(CLAIM_NAME)? {
            Some(note) if note.version == version => self.bucket.remove(CLAIM_NAME),
            _ => Ok(()),
        }
    }
}
