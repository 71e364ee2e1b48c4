//! The pictures of a site: how those of referrals are drawn, and what each is made from.

use super::{File, Site};
use crate::diagnostic::Diagnostic;
use crate::graph::RecordId;
use crate::page::output::Made;
use crate::page::view::BodyMapView;
use crate::source::{Fingerprint, fingerprint_of};
use crate::theme::Frame;

/// The template of a referral's picture.
pub(super) const REFERRAL_PICTURE: &str = "referral_picture.svg.xml";

impl Site<'_> {
    /// A fingerprint of all that a picture is made from; other files have none.
    pub fn picture(&self, index: usize) -> Option<Fingerprint> {
        match &self.files[index] {
            File::Media(path) => Some(self.composer.base.content.media[path].fingerprint),
            File::Sized(_, variant) => Some(variant.fingerprint()),
            File::Drawing(record) => {
                Some(self.drawing_key(&self.composer.referral_drawing(*record)))
            }
            File::Page(_) | File::Asset(_) | File::Card(_) | File::Text(_) => None,
        }
    }

    pub(super) fn drawing(
        &self,
        record: RecordId,
        known: Option<Fingerprint>,
    ) -> Result<Made, Box<Diagnostic>> {
        // Templates that cannot be loaded draw nothing, whatever is remembered of this one.
        self.frame(None)?;
        let mut view = self.composer.referral_drawing(record);
        let key = self.drawing_key(&view);
        if known == Some(key) {
            return Ok(Made::Same);
        }
        self.composer.ink(record, &mut view)?;
        let page = tera::Value::from_serializable(&view);
        let bytes =
            self.theme.render(REFERRAL_PICTURE, self.view.own(), page, &Frame::default())?;
        Ok(Made::New { key, bytes })
    }

    fn drawing_key(&self, view: &BodyMapView) -> Fingerprint {
        fingerprint_of(&(self.templates.get(REFERRAL_PICTURE), view))
    }
}
