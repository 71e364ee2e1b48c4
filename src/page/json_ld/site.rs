//! The web site and the studio that publishes it: their names on every page, the rest where it is asked for.

use super::linked::Linked;
use super::node::Node;
use crate::model::settings::Studio;
use crate::syntax::address::is_web;

pub(super) fn nodes(linked: &Linked<'_>) -> Vec<Node> {
    std::iter::once(website(linked)).chain(business(linked)).collect()
}

/// What the two are called. A business without its address would be found incomplete on every page; an
/// organization needs none.
pub(super) fn names(linked: &Linked<'_>) -> Vec<Node> {
    let business = business_name(linked, "Organization");
    std::iter::once(website_name(linked)).chain(business).collect()
}

fn website_name(linked: &Linked<'_>) -> Node {
    Node::of("WebSite")
        .id(linked.website_id())
        .with("name", linked.base.settings().title())
        .with("url", linked.site.url("/"))
}

fn business_name(linked: &Linked<'_>, kind: &'static str) -> Option<Node> {
    let studio = &linked.base.settings().studio;
    let name = studio.name.as_deref().or(studio.legal_name.as_deref());
    let node = Node::of(kind).id(linked.business_id()?);
    Some(node.with("name", name).with("url", linked.site.url("/")))
}

fn website(linked: &Linked<'_>) -> Node {
    let settings = linked.base.settings();
    website_name(linked)
        .with("description", settings.description.as_deref())
        .with("inLanguage", settings.language())
        .with("publisher", linked.business())
}

/// The studio, with nothing but what the settings say.
fn business(linked: &Linked<'_>) -> Option<Node> {
    let studio = &linked.base.settings().studio;
    let social = studio.social.iter().filter(|url| is_web(url)).map(|url| linked.site.url(url));
    let node = business_name(linked, "HealthAndBeautyBusiness")?
        .with("legalName", studio.legal_name.as_deref())
        .with("address", studio.address.as_deref())
        .with("telephone", studio.phone.as_deref())
        .with("email", studio.email.as_deref())
        .with("openingHours", studio.hours.as_deref().filter(|hours| is_opening_hours(hours)))
        .with("identifier", licence(studio))
        .with("potentialAction", booking(linked, studio))
        .with("sameAs", social.collect::<Vec<_>>());
    Some(node)
}

fn licence(studio: &Studio) -> Option<Node> {
    let number = studio.licence.as_deref()?;
    let property = Node::of("PropertyValue").with("name", "licence").with("value", number);
    Some(property.with("propertyID", studio.jurisdiction.as_deref()))
}

fn booking(linked: &Linked<'_>, studio: &Studio) -> Option<Node> {
    let url = linked.site.url(studio.booking_url.as_deref()?);
    Some(Node::of("ReserveAction").with("target", Node::of("EntryPoint").with("urlTemplate", url)))
}

/// Whether a text is in the form that the vocabulary asks for, such as `Mo-Fr 09:00-18:00`; prose
/// would be misread.
fn is_opening_hours(text: &str) -> bool {
    const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let is_time = |time: &str| matches!(time.as_bytes(), [a, b, b':', c, d] if [a, b, c, d].iter().all(|d| d.is_ascii_digit()));
    let Some((days, times)) = text.split_once(' ') else { return false };
    days.split([',', '-']).all(|day| DAYS.contains(&day))
        && times.split_once('-').is_some_and(|(from, to)| is_time(from) && is_time(to))
}

#[cfg(test)]
mod tests {
    use super::is_opening_hours;

    #[test]
    fn opening_hours_are_said_in_the_form_of_the_vocabulary_or_not_at_all() {
        assert!(is_opening_hours("Mo-Fr 09:00-18:00"));
        assert!(is_opening_hours("Mo,We,Fr 09:00-12:00"));
        assert!(!is_opening_hours("Monday to Friday, 9 a.m. to 6 p.m."));
        assert!(!is_opening_hours("Mo-Fr 9-18"));
    }
}
