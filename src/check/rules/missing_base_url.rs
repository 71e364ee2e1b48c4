//! Sites that do not know their own address.

use crate::check::{Find, Rule};
use crate::diagnostic::{Diagnostic, FieldPath, Level, Place};
use crate::graph::KnowledgeBase;
use crate::model::settings::Settings;
use crate::source::SourcePath;

pub(crate) const RULE: Rule = Rule {
    code: "missing-base-url",
    default: Level::Warn,
    summary: "a site that does not know its own address",
    explanation: "\
The feed, the sitemap, canonical links and previews in other programs need whole addresses. Set `base_url` in
`site.toml`, or give `--base-url` to one build. `sinew publish` also finds addresses that stand for others,
such as `https://example.com`.

Right:

```toml
base_url = \"https://example.com\"
```
",
    find: Find::Base(find),
};

/// Hosts that are nobody's (RFC 2606), with all below them.
const PLACEHOLDERS: [&str; 5] = ["example.com", "example.net", "example.org", "example", "invalid"];

/// Addresses in the settings that stand for others, such as those of a project that `sinew init` began.
/// They are no mistake until readers are to follow them.
pub fn placeholders(settings: &Settings, base_url: &str) -> Vec<Diagnostic> {
    let studio = &settings.studio;
    let level = settings.check.get(RULE.code).or_else(|| settings.check.get("default"));
    let level = level.map_or(RULE.default, |level| Level::from(*level));
    let of_studio = |field: &str| FieldPath::key("studio").then(field);
    let booking = studio.booking_url.as_deref().unwrap_or_default();
    let email = studio.email.as_deref().unwrap_or_default();
    let addresses = [
        (FieldPath::key("base_url"), base_url, host_of(base_url)),
        (of_studio("booking_url"), booking, host_of(booking)),
        (of_studio("email"), email, email.rsplit_once('@').map(|(_, host)| host)),
    ];
    let led_to = addresses.into_iter().filter(|(.., host)| host.is_some_and(is_placeholder));
    let found = led_to.filter(|_| level != Level::Allow).map(|(field, address, _)| {
        let place = Place::value(&SourcePath::new("site.toml"), field);
        let message = format!("`{address}` is nobody's, and readers are led there");
        Diagnostic { level, ..RULE.finding(place, message).help("write your own") }
    });
    found.collect()
}

/// The host of a web address, without its port.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.split(['/', '?', '#', ':']).next()
}

fn is_placeholder(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|name| {
        host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

fn find(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    if base.base_url().is_empty() {
        let place = Place::file(&SourcePath::new("site.toml"));
        found.push(
            RULE.finding(place, "the site has no `base_url`")
                .note("the feed, the sitemap and previews elsewhere need whole addresses")
                .help("add `base_url = \"https://example.com\"`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_stand_for_others_are_told_from_those_of_somebody() {
        for host in ["example.com", "www.Example.ORG", "studio.example", "a.invalid"] {
            assert!(is_placeholder(host), "{host}");
        }
        for host in ["notexample.com", "example.de", "example.com.de", "me.test", "localhost", ""] {
            assert!(!is_placeholder(host), "{host}");
        }
    }

    #[test]
    fn what_readers_would_follow_is_found_where_the_rule_is_on() {
        let found = |settings: &str, base_url: &str| -> Vec<String> {
            let settings: Settings = toml::from_str(settings).expect("they can be read");
            placeholders(&settings, base_url).into_iter().map(|one| one.message).collect()
        };
        let studio =
            "[studio]\nemail = 'a@example.com'\nbooking_url = 'https://example.com:80/b'\n";
        assert_eq!(
            found(studio, "https://studio.de"),
            [
                "`https://example.com:80/b` is nobody's, and readers are led there",
                "`a@example.com` is nobody's, and readers are led there",
            ]
        );
        assert_eq!(found("", "https://example.com/kb").len(), 1);
        assert_eq!(found("[check]\nmissing-base-url = 'allow'\n", "https://example.com").len(), 0);
    }
}
