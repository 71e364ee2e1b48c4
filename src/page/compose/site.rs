//! What every page may show of the site.

use std::collections::BTreeMap;

use super::Composer;
use crate::model::page::Page;
use crate::page::address::encoded;
use crate::page::view::{Link, MenuItem, SiteView, StudioView};
use crate::theme::{SettingKind, Theme};

/// The site as templates see it.
pub(crate) fn site_view(composer: &Composer<'_>, theme: &Theme) -> SiteView {
    let base = composer.base;
    let settings = base.settings();
    let assets: BTreeMap<String, String> = theme
        .asset_paths()
        .iter()
        .map(|(name, path)| (name.clone(), composer.at(&format!("/{path}"))))
        .collect();
    let path_if_there = |path: &str| composer.has_page(path).then(|| composer.at(path));
    SiteView {
        title: settings.title().to_owned(),
        description: settings.description.as_ref().map(ToString::to_string),
        language: settings.language().to_owned(),
        direction: direction(settings.language()).to_owned(),
        base_url: composer.site.base_url().to_owned(),
        base_path: composer.site.base_path().to_owned(),
        home_href: composer.at("/"),
        search_href: path_if_there("/search/"),
        pain_href: path_if_there("/pain/"),
        feed_href: composer.has_page("/articles/").then(|| composer.at("/feed.xml")),
        stylesheet: assets.get("site.css").cloned().unwrap_or_default(),
        scripts: assets
            .iter()
            .filter(|(name, _)| is_script(name))
            .map(|(_, path)| path.clone())
            .collect(),
        icon: assets.get("icon.svg").cloned(),
        assets,
        settings: theme_settings(composer, theme),
        menu: composer.menu(),
        footer_pages: composer.footer_pages(),
        notice: settings.studio.notice.as_ref().map(ToString::to_string),
        studio: composer.studio(),
    }
}

/// The settings of the theme; one that names a picture becomes that picture, or nothing.
fn theme_settings(composer: &Composer<'_>, theme: &Theme) -> BTreeMap<String, serde_json::Value> {
    let mut settings = theme.settings().clone();
    for (name, setting) in theme.declared_settings() {
        if setting.kind != SettingKind::Picture {
            continue;
        }
        let picture = theme.pictures().get(name).map(|path| composer.media_picture(path));
        settings.insert(name.clone(), serde_json::json!(picture));
    }
    settings
}

/// Scripts at the root of the assets are loaded by every page; those in folders, on demand.
fn is_script(name: &str) -> bool {
    name.ends_with(".js") && !name.contains('/')
}

/// The direction in which a language is written.
fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or(language);
    if matches!(primary, "ar" | "fa" | "he" | "ur" | "yi" | "ps" | "dv") { "rtl" } else { "ltr" }
}

impl Composer<'_> {
    /// The menu of the settings; without one, the sections that have content.
    fn menu(&self) -> Vec<MenuItem> {
        let entries = &self.base.settings().menu;
        if entries.is_empty() {
            let sections = ["pain", "muscles", "techniques", "articles", "services", "faq"];
            let paths = sections.map(|section| (section, format!("/{section}/")));
            let there = paths.iter().filter(|(_, path)| self.has_page(path));
            return there
                .map(|(section, path)| MenuItem {
                    href: self.at(path),
                    title: self.word(&format!("{section}.title")).to_owned(),
                    section: Some((*section).to_owned()),
                })
                .collect();
        }
        let items = entries.iter().map(|entry| MenuItem {
            href: if entry.url.starts_with('/') {
                self.at(&entry.url)
            } else {
                encoded(&entry.url)
            },
            title: entry.label.to_string(),
            section: entry
                .url
                .split('/')
                .nth(1)
                .filter(|part| !part.is_empty())
                .map(ToOwned::to_owned),
        });
        items.collect()
    }

    /// The standing pages that ask for a place at the foot of each page.
    fn footer_pages(&self) -> Vec<Link> {
        let mut pages: Vec<_> = self
            .base
            .all::<Page>()
            .filter_map(|(record, page)| page.menu.map(|order| (order, record)))
            .collect();
        pages.sort_unstable();
        pages.into_iter().filter_map(|(_, record)| self.record_link(record)).collect()
    }

    fn studio(&self) -> StudioView {
        let studio = &self.base.settings().studio;
        let text = |text: &Option<crate::model::Text>| text.as_ref().map(ToString::to_string);
        let dialled = |phone: &crate::model::Text| {
            let digits = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+');
            format!("tel:{}", digits.collect::<String>())
        };
        StudioView {
            name: text(&studio.name),
            legal_name: text(&studio.legal_name),
            address: text(&studio.address),
            phone: text(&studio.phone),
            phone_href: studio.phone.as_ref().map(dialled),
            email: text(&studio.email),
            hours: text(&studio.hours),
            booking_href: studio.booking_url.as_ref().map(|url| encoded(url)),
            licence: text(&studio.licence),
            social: studio
                .social
                .iter()
                .map(|url| Link { href: encoded(url), title: url.to_string() })
                .collect(),
        }
    }
}
