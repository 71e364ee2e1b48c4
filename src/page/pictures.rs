//! Pictures in the sizes that pages ask for: which there are, where they are in the site, and how they
//! are made, once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cards::Cards;
use super::shelf::{Making, Shelf, Tell, put_sealed, take_sealed};
use crate::diagnostic::Diagnostic;
use crate::model::{Content, Media, damaged_picture, lost};
use crate::picture::{ENCODER, Format, Sized, Trouble, sizes};
use crate::source::{Fingerprint, Fingerprinter, SourcePath, Sources, fingerprint_of};
use crate::syntax::slug::slug;

/// How much of a picture's own name stands in the names of its sizes.
const LONGEST_STEM: usize = 60;

/// A picture in one size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Variant {
    pub(crate) format: Format,
    pub(crate) width: u32,
    /// The fingerprint of its bytes.
    fingerprint: Fingerprint,
}

/// What became of one picture, as it lies on the shelf.
type Listed = Result<Vec<Variant>, String>;

/// The sizes of all pictures; none at all where the originals are shown.
#[derive(Default)]
pub struct Pictures<'a> {
    shelf: Option<&'a dyn Shelf>,
    /// The social cards, if the site has any.
    pub(crate) cards: Option<Cards<'a>>,
    variants: BTreeMap<SourcePath, Vec<Variant>>,
}

impl<'a> Pictures<'a> {
    /// All pictures in one size: what `check` and `serve` are content with, since nothing waits then.
    pub fn as_they_are() -> Self {
        Self::default()
    }

    /// The same, with social cards where the site has them.
    pub fn with_cards(self, content: &Content, shelf: &'a dyn Shelf, tell: Tell<'a>) -> Self {
        let cards = content.settings.build.social_cards.then(|| Cards::new(shelf, tell));
        Self { cards, ..self }
    }

    /// Makes all sizes of all pictures that the shelf lacks, and says which could not be read.
    pub fn make(
        content: &Content,
        sources: &Sources,
        shelf: &'a dyn Shelf,
        tell: Tell<'a>,
    ) -> (Self, Vec<Diagnostic>) {
        let pictures = content.media.iter().filter(|(_, media)| is_resized(media));
        let pictures: Vec<(&SourcePath, Work<'_>)> =
            pictures.map(|(path, media)| (path, Work { path, media, sources, shelf })).collect();
        // The same picture may lie in several places.
        let works: BTreeMap<String, &Work<'_>> =
            pictures.iter().map(|(_, work)| (key(work.media), work)).collect();
        let listed: Vec<(&String, Option<Listed>)> =
            works.par_iter().map(|(key, _)| (key, listed(shelf, key))).collect();
        let all = listed.iter().filter(|(_, listed)| listed.is_none()).count();
        let done = AtomicUsize::new(0);
        let made = listed.into_par_iter().map(|(key, listed)| {
            let listed = listed.unwrap_or_else(|| {
                let made = works[key].make(key);
                tell(Making::Sizes, done.fetch_add(1, Ordering::Relaxed) + 1, all);
                made
            });
            (key.as_str(), listed)
        });
        let made: BTreeMap<&str, Listed> = made.collect();
        let mut variants = BTreeMap::new();
        let mut found = Vec::new();
        for (path, work) in &pictures {
            match &made[key(work.media).as_str()] {
                Ok(listed) => drop(variants.insert((*path).clone(), listed.clone())),
                Err(trouble) => {
                    let message = format!("`{path}` cannot be decoded: {trouble}");
                    found.push(damaged_picture(path, message));
                }
            }
        }
        // A picture that was lost meanwhile has no sizes; no page may say so.
        found.extend(lost(sources));
        let made = Self { shelf: Some(shelf), cards: None, variants };
        (made.with_cards(content, shelf, tell), found)
    }

    /// The sizes of a picture, by format and width.
    pub(crate) fn of(&self, picture: &SourcePath) -> &[Variant] {
        self.variants.get(picture).map_or(&[], Vec::as_slice)
    }

    /// All sizes, by their picture.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&SourcePath, &Variant)> {
        self.variants.iter().flat_map(|(path, all)| all.iter().map(move |one| (path, one)))
    }

    /// The fingerprint of all that pages see of it.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        fingerprint_of(&(&self.variants, self.cards.is_some()))
    }

    /// The bytes of one size: from the shelf, or made again if they are not there any more.
    pub(crate) fn bytes(
        &self,
        picture: (&SourcePath, &Media),
        wanted: &Variant,
        sources: &Sources,
    ) -> Option<Vec<u8>> {
        let shelf = self.shelf?;
        let (path, media) = picture;
        let key = key(media);
        let take = || {
            let bytes = shelf.take(&wanted.name(&key))?;
            (Fingerprint::of(&bytes) == wanted.fingerprint).then_some(bytes)
        };
        take().or_else(|| {
            let made = Work { path, media, sources, shelf }.encode(&key)?.ok()?;
            let is_wanted = |one: &Sized| (one.format, one.width) == (wanted.format, wanted.width);
            made.into_iter().find(is_wanted).map(|one| one.bytes)
        })
    }
}

impl Variant {
    /// Its path in the site: the name says what is in it, so it may be kept for ever.
    pub(crate) fn address(&self, picture: &SourcePath) -> String {
        let stem = slug(picture.stem()).unwrap_or_else(|| "picture".to_owned());
        let stem: String = stem.chars().take(LONGEST_STEM).collect();
        let (width, hash) = (self.width, self.fingerprint.short(8));
        format!("/assets/pictures/{stem}-{width}.{hash}.{}", self.format.ending())
    }

    /// The fingerprint of its bytes.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Its name on the shelf.
    fn name(&self, key: &str) -> String {
        format!("{key}-{}.{}", self.width, self.format.ending())
    }
}

fn is_resized(media: &Media) -> bool {
    media.picture.is_some_and(|header| header.is_resized())
}

/// What the sizes of a picture are kept by: all that their bytes depend on.
fn key(media: &Media) -> String {
    let mut key = Fingerprinter::new();
    key.add(env!("CARGO_PKG_VERSION").as_bytes()).add(ENCODER.as_bytes());
    key.add_value(&media.fingerprint).finish().short(32)
}

/// The sizes that are on the shelf already.
fn listed(shelf: &dyn Shelf, key: &str) -> Option<Listed> {
    postcard::from_bytes(&take_sealed(shelf, &format!("{key}.sizes"))?).ok()
}

/// One picture that has to be made in other sizes.
struct Work<'a> {
    path: &'a SourcePath,
    media: &'a Media,
    sources: &'a Sources,
    shelf: &'a dyn Shelf,
}

impl Work<'_> {
    /// Makes all sizes, and lays them on the shelf; last, the list of them.
    fn make(&self, key: &str) -> Listed {
        let Some(made) = self.encode(key) else {
            // It changed while the site was built, which is said in the end.
            return Ok(Vec::new());
        };
        let made = made.map_err(|trouble| trouble.to_string());
        let listed: Listed = made.map(|made| made.iter().map(variant).collect());
        if let Ok(list) = postcard::to_stdvec(&listed) {
            put_sealed(self.shelf, &format!("{key}.sizes"), &list);
        }
        listed
    }

    /// All sizes; nothing if the picture is no longer there.
    fn encode(&self, key: &str) -> Option<Result<Vec<Sized>, Trouble>> {
        let bytes = self.sources.bytes_once(self.path)?;
        let made = sizes(&bytes, &self.media.picture?);
        for one in made.iter().flatten() {
            self.shelf.put(&variant(one).name(key), &one.bytes);
        }
        Some(made)
    }
}

fn variant(sized: &Sized) -> Variant {
    let Sized { format, width, bytes } = sized;
    Variant { format: *format, width: *width, fingerprint: Fingerprint::of(bytes) }
}
