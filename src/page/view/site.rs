//! What every page may show of the site.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::Link;

/// The site, as templates see it: `site`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SiteView {
    /// The name of the site.
    pub title: String,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The language, as a tag such as `en`.
    pub language: String,
    /// The same as Open Graph writes it, such as `en_GB`; `None` if it is a language and no more.
    pub locale: Option<String>,
    /// The direction of its writing: `ltr` or `rtl`.
    pub direction: String,
    /// The address without a slash at the end, such as `https://example.com/kb`; may be empty.
    pub base_url: String,
    /// The same as people write it, for readers: `example.com/kb`.
    pub shown_address: String,
    /// The path below the host, without a slash at the end: empty, or `/kb`.
    pub base_path: String,
    /// The home page.
    pub home_href: String,
    /// The page with an A–Z of everything, which is also where search begins.
    pub search_href: Option<String>,
    /// The page that asks where it hurts.
    pub pain_href: Option<String>,
    /// The feed.
    pub feed_href: Option<String>,
    /// The style sheet.
    pub stylesheet: String,
    /// Scripts of the theme, loaded with `defer`; no page needs one.
    pub scripts: Vec<String>,
    /// The published address of each file below the theme's `assets/`, by its name there.
    pub assets: BTreeMap<String, String>,
    /// The icon of the site.
    pub icon: Option<String>,
    /// The theme's settings with their defaults, by name.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// Standing pages that are named at the foot of each page.
    pub footer_pages: Vec<Link>,
    /// The pages that list records and have no place in the menu.
    pub other_lists: Vec<Link>,
    /// A line shown on every page, for closures.
    pub notice: Option<String>,
    /// The studio.
    pub studio: StudioView,
}

/// One entry of the main menu.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MenuItem {
    /// Where it leads.
    pub href: String,
    /// What readers see.
    pub title: String,
    /// The section it stands for, to be compared with `page.meta.section`, such as `muscles`.
    pub section: Option<String>,
}

/// The studio that publishes the site.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StudioView {
    /// The name as clients know it.
    pub name: Option<String>,
    /// The name of the business.
    pub legal_name: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Its telephone number, as people read it.
    pub phone: Option<String>,
    /// The same as an address: `tel:+15550100`.
    pub phone_href: Option<String>,
    /// Its address for mail.
    pub email: Option<String>,
    /// When it is open.
    pub hours: Option<String>,
    /// Where to book.
    pub booking_href: Option<String>,
    /// The number of its licence.
    pub licence: Option<String>,
    /// Its pages elsewhere.
    pub social: Vec<Link>,
}
