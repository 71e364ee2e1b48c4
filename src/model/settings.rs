//! `site.toml`: the settings of a project.

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};

use super::Pairs;
use super::declare::{Declared, Shape, choice, record};
use super::publish::PublishTarget;
use super::scalars::{Address, Anything, Text};
use crate::diagnostic::Level;

record! {
    /// The settings of a project, from `site.toml`. Everything has a default.
    Settings {
        must {}
        may {
            /// The name of the site.
            title: Option<Text>,
            /// The address under which the site is published, such as `https://example.com/kb`.
            base_url: Option<Text>,
            /// The language of the site, as a tag such as `en`.
            language: Option<Text>,
            /// One sentence about the site.
            description: Option<Text>,
            /// The theme: a folder below `themes/`.
            theme: ThemeSetting,
            /// The studio that publishes the site.
            studio: Studio,
            /// The main menu.
            menu: Vec<MenuEntry>,
            /// How content is read.
            content: ContentSettings,
            /// What `sinew build` makes beside pages.
            build: BuildSettings,
            /// The level of each rule: `default`, or a rule's name.
            check: Pairs<CheckLevel>,
            /// How `sinew serve` works for this project.
            serve: ServeSettings,
            /// Links to other sites, for `sinew check --external`.
            external: ExternalSettings,
            /// Addresses that lead elsewhere.
            redirect: Vec<Redirect>,
            /// Where the site is published, by name.
            publish: Pairs<PublishTarget>,
        }
    }
}

record! {
    /// The studio that publishes the site.
    Studio {
        must {}
        may {
            /// The name as clients know it.
            name: Option<Text>,
            /// The name of the business.
            legal_name: Option<Text>,
            /// Where it is.
            address: Option<Text>,
            /// Its telephone number.
            phone: Option<Text>,
            /// Its address for mail.
            email: Option<Text>,
            /// When it is open.
            hours: Option<Text>,
            /// Where to book.
            booking_url: Option<Address>,
            /// The number of its licence.
            licence: Option<Text>,
            /// The state or country whose rules hold, such as `US-LA`.
            jurisdiction: Option<Text>,
            /// Its pages elsewhere.
            social: Vec<Address>,
            /// A line shown on every page, for closures.
            notice: Option<Text>,
        }
    }
}

record! {
    /// One entry of the main menu.
    MenuEntry {
        must {
            /// What readers see.
            label: Text,
            /// A path of the site, or a web address.
            url: Text,
        }
        may {}
    }
}

record! {
    /// How content is read.
    ContentSettings {
        must {}
        may {
            /// What happens to HTML in markdown; without it, it is shown as text.
            html: Option<HtmlPolicy>,
            /// How many articles a page of the list shows; without it, 20.
            per_page: Option<u32>,
        }
    }
}

impl ContentSettings {
    /// How many articles a page of the list shows.
    pub fn articles_per_page(&self) -> usize {
        self.per_page.map_or(20, |number| number.max(1) as usize)
    }
}

record! {
    /// What `sinew build` makes beside pages.
    BuildSettings {
        must {}
        may {
            /// Whether each page gets a picture that other programs show beside a link to it; without
            /// it, none does.
            social_cards: bool,
        }
    }
}

record! {
    /// How `sinew serve` works for a project.
    ServeSettings {
        must {}
        may {
            /// The address that opens a file in the author's editor, with `{file}` or `{path}`, `{line}`
            /// and `{column}` in it; without it, that of VS Code.
            editor: Option<Text>,
        }
    }
}

record! {
    /// Links to other sites, as `sinew check --external` asks for them.
    ExternalSettings {
        must {}
        may {
            /// Addresses that are taken to work and not asked for; a `*` at the end stands for any end.
            allow: Vec<Text>,
        }
    }
}

record! {
    /// An address that leads to another one.
    Redirect {
        must {
            /// The old path, such as `/old/`.
            from: Text,
            /// The new path, or a web address.
            to: Text,
        }
        may {}
    }
}

choice! {
    /// What happens to HTML in markdown.
    HtmlPolicy {
        /// It is shown as text, with a warning.
        Escape = "escape",
        /// It is passed through.
        Allow = "allow",
    }
}

choice! {
    /// How much the findings of a rule matter.
    CheckLevel {
        /// They are not reported.
        Allow = "allow",
        /// They are reported.
        Warn = "warn",
        /// They are reported, and nothing is written.
        Error = "error",
    }
}

impl From<CheckLevel> for Level {
    fn from(level: CheckLevel) -> Self {
        match level {
            CheckLevel::Allow => Self::Allow,
            CheckLevel::Warn => Self::Warn,
            CheckLevel::Error => Self::Error,
        }
    }
}

record! {
    /// A theme and its settings.
    ThemeChoice {
        must {}
        may {
            /// The folder below `themes/`; without it, `default`.
            name: Option<Text>,
            /// The settings of the theme, as its `theme.toml` declares them.
            settings: Pairs<Anything>,
        }
    }
}

/// The theme: `theme = "name"`, or a table with its name and settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(transparent)]
pub struct ThemeSetting(pub ThemeChoice);

impl Declared for ThemeSetting {
    const SHAPE: Shape = Shape::OneOf(&[Shape::Text, ThemeChoice::SHAPE]);
}

impl<'de> Deserialize<'de> for ThemeSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ThemeVisitor).map(Self)
    }
}

struct ThemeVisitor;

impl<'de> de::Visitor<'de> for ThemeVisitor {
    type Value = ThemeChoice;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name of a theme, or a table")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<ThemeChoice, E> {
        Ok(ThemeChoice { name: Some(Text::from(name)), settings: Pairs::default() })
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<ThemeChoice, A::Error> {
        ThemeChoice::deserialize(de::value::MapAccessDeserializer::new(map))
    }
}

impl Settings {
    /// The name of the site; without one, the studio's.
    pub fn title(&self) -> &str {
        let studio = self.studio.name.as_deref();
        self.title.as_deref().or(studio).unwrap_or("Knowledge base")
    }

    /// The language of the site.
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// Whether the site is in English, of whichever country.
    pub fn is_english(&self) -> bool {
        self.language().split('-').next() == Some("en")
    }

    /// The address under which the site is published, without a slash at the end; may be empty.
    pub fn base_url(&self) -> &str {
        self.base_url.as_deref().unwrap_or_default().trim_end_matches('/')
    }

    /// What happens to HTML in markdown.
    pub fn html_policy(&self) -> HtmlPolicy {
        self.content.html.unwrap_or(HtmlPolicy::Escape)
    }
}

/// Whether a text has the form of a tag (BCP 47). The code of the language is in small letters, as in the names of
/// files with strings.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language = parts.next().is_some_and(|code| {
        (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    is_language && parts.all(is_part)
}
