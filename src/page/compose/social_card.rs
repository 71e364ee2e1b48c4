//! Social cards: which pages have one, and what stands on it.

use super::site::without_scheme;
use super::{Composer, Subject};
use crate::graph::RecordId;
use crate::model::Kind;
use crate::model::article::Article;
use crate::page::view::{BodyMapDrawing, BodyMapView, ShapeClass, SocialCardView};
use crate::picture::Weight;

impl Composer<'_> {
    /// The path in the site of a page's card. It does not change with what stands on the card: links
    /// that were shared long ago keep their picture. Pages without an address of their own, or with a
    /// photograph that previews can show, have none; nor have those whose letters the font lacks.
    pub(crate) fn card_path(&self, subject: &Subject) -> Option<String> {
        let path = match subject {
            Subject::Record(record) => &*self.base.routes.address(*record)?.path,
            Subject::Index("/404.html") => return None,
            Subject::Index(path) => path,
            Subject::Articles(1) => "/articles/",
            Subject::Articles(_) => return None,
        };
        if let Subject::Record(record) = subject
            && (self.has_photograph(*record) || !self.can_be_written(*record))
        {
            return None;
        }
        // No id has a low line, so no page can be in the way of the home page.
        let name = Some(path.trim_matches('/')).filter(|name| !name.is_empty());
        Some(format!("/cards/{}.png", name.unwrap_or("_home")))
    }

    /// What stands on the card of a page.
    pub(crate) fn social_card(&self, subject: &Subject) -> SocialCardView {
        let settings = self.base.settings();
        let card = SocialCardView {
            publisher: settings.studio.name.as_deref().unwrap_or(settings.title()).to_owned(),
            host: without_scheme(self.base.base_url()).to_owned(),
            ..SocialCardView::default()
        };
        let Subject::Record(record) = subject else {
            let mut composed = self.compose(subject);
            let meta = composed.view.meta_mut();
            let (title, lead) = (meta.title.clone(), meta.description.clone());
            return SocialCardView { title, lead, ..card };
        };
        let kind = self.base.entry(*record).kind;
        SocialCardView {
            title: self.base.name(*record).to_string(),
            kind: Some(self.word(&format!("kinds.{}", kind.word())).to_owned()),
            lead: self.base.summary(*record).map(|summary| summary.to_string()),
            map: match kind {
                Kind::Muscle | Kind::Region => self.card_map(*record),
                _ => None,
            },
            ..card
        }
    }

    /// Whether the page of an article shows a photograph at its top.
    fn has_photograph(&self, record: RecordId) -> bool {
        let hero = self.base.get::<Article>(record).and_then(|article| article.hero.as_ref());
        hero.is_some_and(|hero| {
            let path = self.media_at(record, self.base.entry(record).home(), &hero.image);
            let media = path.and_then(|path| self.base.content.media.get(&path));
            media.is_some_and(|media| media.picture.is_some())
        })
    }

    fn can_be_written(&self, record: RecordId) -> bool {
        let lead = self.base.summary(record).map_or("", |summary| &**summary);
        Weight::Strong.can_write(self.base.name(record)) && Weight::Italic.can_write(lead)
    }

    /// The drawing, front or back, that shows the most of where it hurts.
    fn card_map(&self, record: RecordId) -> Option<BodyMapView> {
        let mut map = self.referral_drawing(record);
        let zones = |view: &BodyMapDrawing| {
            view.shapes.iter().filter(|shape| shape.class != ShapeClass::Plain).count()
        };
        let most = map.views.iter().map(zones).max().filter(|most| *most > 0)?;
        let best = map.views.iter().position(|view| zones(view) == most)?;
        map.views = vec![map.views.swap_remove(best)];
        Some(map)
    }
}
