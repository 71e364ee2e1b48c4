//! What every page may show of the site.

use std::collections::BTreeMap;

use super::Composer;
use crate::model::page::Page;
use crate::page::sections::listed_indexes;
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
        locale: locale(settings.language()),
        direction: direction(settings.language()).to_owned(),
        base_url: composer.site.base_url().to_owned(),
        shown_address: without_scheme(base.base_url()).to_owned(),
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
        other_lists: composer.other_lists(),
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

/// An address as people write it.
pub(super) fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

/// Scripts at the root of the assets are loaded by every page; those in folders, on demand.
fn is_script(name: &str) -> bool {
    name.ends_with(".js") && !name.contains('/')
}

/// A tag that says more than the language, as Open Graph writes it.
fn locale(language: &str) -> Option<String> {
    language.contains('-').then(|| language.replace('-', "_"))
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
            let paths =
                ["/pain/", "/muscles/", "/techniques/", "/articles/", "/services/", "/faq/"];
            let there = paths.into_iter().filter(|path| self.has_page(path));
            return there
                .map(|path| MenuItem {
                    href: self.at(path),
                    title: self.index_name(path).to_owned(),
                    section: Some(path.trim_matches('/').to_owned()),
                })
                .collect();
        }
        let items = entries.iter().map(|entry| MenuItem {
            href: self.standing(&entry.url),
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

    /// The pages that list records, but for those that the menu leads to.
    fn other_lists(&self) -> Vec<Link> {
        let menu = self.menu();
        let links = listed_indexes(self.base)
            .map(|path| Link { href: self.at(path), title: self.index_name(path).to_owned() });
        let is_in_menu = |link: &Link| {
            menu.iter()
                .any(|item| item.href.trim_end_matches('/') == link.href.trim_end_matches('/'))
        };
        links.filter(|link| !is_in_menu(link)).collect()
    }

    fn social_title(&self, address: &str) -> String {
        if address.starts_with('/') { self.link_title(address) } else { address.to_owned() }
    }

    fn studio(&self) -> StudioView {
        let studio = &self.base.settings().studio;
        let text = |text: &Option<crate::model::Text>| text.as_ref().map(ToString::to_string);
        StudioView {
            name: text(&studio.name),
            legal_name: text(&studio.legal_name),
            address: text(&studio.address),
            phone: text(&studio.phone),
            phone_href: studio.phone.as_deref().and_then(dialled),
            email: text(&studio.email),
            hours: text(&studio.hours),
            booking_href: studio.booking_url.as_ref().map(|url| self.standing(url)),
            licence: text(&studio.licence),
            social: studio
                .social
                .iter()
                .map(|url| Link { href: self.standing(url), title: self.social_title(url) })
                .collect(),
        }
    }
}

/// The address that dials a number as people write it: the first one of several, with its extension.
pub(super) fn dialled(phone: &str) -> Option<String> {
    let phone = &phone[phone.find(|c: char| c.is_ascii_digit() || c == '+')?..];
    // The zero in "+44 (0)20" is for those who call from within the country.
    let is_from_abroad = phone.starts_with('+') || phone.starts_with("00");
    let phone = if is_from_abroad { phone.replacen("(0)", "", 1) } else { phone.to_owned() };
    let phone = on_keypad(&phone).unwrap_or(phone);
    let (number, rest) = phone.split_at(end_of_number(&phone));
    let plus = if number.starts_with('+') { "+" } else { "" };
    let digits = digits_of(number);
    let is_extended = ["ext", "x", "#"].iter().any(|mark| rest.to_lowercase().starts_with(mark));
    let extension = rest.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    let extension = extension.filter(|_| is_extended);
    let extension = extension.map(|digits| format!(";ext={digits}")).unwrap_or_default();
    (!digits.is_empty()).then(|| format!("tel:{plus}{digits}{extension}"))
}

/// A number that ends in words, such as `1-800-MASSAGE`, with the digits of the keys that its letters are on.
/// Words of prose are not written in capitals only, nor tied to digits that are too few for a number.
fn on_keypad(phone: &str) -> Option<String> {
    let word = phone.find(|c: char| c.is_ascii_alphabetic())?;
    // What follows in brackets is the same number in digits.
    let ends = |(at, c): &(usize, char)| match c {
        '(' => *at > word,
        _ => !c.is_ascii_digit() && !c.is_ascii_uppercase() && !"+-. )".contains(*c),
    };
    let end = phone.char_indices().find(ends).map_or(phone.len(), |(at, _)| at);
    let number: String = phone[..end].chars().map(key).collect();
    let is_whole = (LEAST_DIGITS..=MOST_DIGITS).contains(&digits_of(&number).len());
    let is_word = word < end && digits_of(&phone[..word]).len() < LEAST_DIGITS;
    let rest = if phone[end..].starts_with('(') { "" } else { &phone[end..] };
    (is_word && is_whole).then(|| format!("{number}{rest}"))
}

/// The digit of the key that a letter is on.
fn key(letter: char) -> char {
    match letter {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        other => other,
    }
}

/// How many digits a number has that is dialled from everywhere in a country, and at most.
const LEAST_DIGITS: usize = 7;
const MOST_DIGITS: usize = 15;

/// The byte after the first number of a line: what follows is an extension, a word or another number.
fn end_of_number(phone: &str) -> usize {
    let ends = |(at, c): &(usize, char)| match c {
        // "030/1234567" is one number.
        '/' => digits_of(&phone[..*at]).len() >= LEAST_DIGITS,
        ',' | ';' | '|' | '+' | '#' => *at > 0,
        _ => c.is_alphabetic(),
    };
    phone.char_indices().find(ends).map_or(phone.len(), |(at, _)| at)
}

fn digits_of(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::{dialled, locale};

    #[test]
    fn a_language_of_one_country_is_a_locale() {
        assert_eq!(locale("en-GB").as_deref(), Some("en_GB"));
        assert_eq!(locale("en"), None);
    }

    #[test]
    fn a_number_is_dialled_as_it_is_meant() {
        let meant = [
            ("+1 555 010-0123", "tel:+15550100123"),
            ("+44 (0)20 7946 0000", "tel:+442079460000"),
            ("(555) 010-0123 ext. 4", "tel:5550100123;ext=4"),
            ("555 010 0123 x12", "tel:5550100123;ext=12"),
            ("Tel. 020 7946 0000 (mornings)", "tel:02079460000"),
            ("020 7946 0000 / 020 7946 0001", "tel:02079460000"),
            ("020 7946 0000 or 020 7946 0001", "tel:02079460000"),
            ("+44 20 7946 0000, +44 20 7946 0001", "tel:+442079460000"),
            ("030/1234567", "tel:0301234567"),
            ("(0) 30 1234567", "tel:0301234567"),
            ("1-800-MASSAGE", "tel:18006277243"),
            ("+1 800 GO RELAX, or by mail", "tel:+18004673529"),
            ("(800) MASSAGE (627-7243)", "tel:8006277243"),
            ("1-800-MASSAGE ext. 4", "tel:18006277243;ext=4"),
            ("112 EU", "tel:112"),
        ];
        for (written, dials) in meant {
            assert_eq!(dialled(written).as_deref(), Some(dials), "{written}");
        }
        assert_eq!(dialled("by letter"), None);
    }
}
