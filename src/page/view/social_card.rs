//! The picture that other programs show beside a link to a page.

use serde::Serialize;

use super::body_map::BodyMapView;

/// What `social_card.svg.xml` draws, 1200 by 630 pixels.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SocialCardView {
    /// The title of the page, without the site's.
    pub title: String,
    /// What kind of page it is, such as "Muscle"; lists have none.
    pub kind: Option<String>,
    /// One or two sentences about it.
    pub lead: Option<String>,
    /// Who publishes it: the studio, or else the site.
    pub publisher: String,
    /// The address of the site as people write it, such as `example.com`.
    pub host: String,
    /// Where it hurts, for a muscle or region: one drawing, cut to what surrounds the zones.
    pub map: Option<BodyMapView>,
}
