//! `feed.xml`: the newest articles, as an Atom feed (RFC 4287).

use super::address::SiteAddress;
use super::published::{Published, TextFile};
use super::xml::Xml;
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::article::Article;
use crate::model::{Date, Kind};
use crate::source::Fingerprint;

/// The most articles that a feed holds.
const MOST_ENTRIES: usize = 50;

/// The feed; none without articles.
pub fn files<'a>(published: &Published<'a>) -> Vec<TextFile<'a>> {
    match published.base.has_feed() {
        true => vec![TextFile::new("feed.xml", text)],
        false => Vec::new(),
    }
}

/// The day of the last change of an article, if it says one.
fn updated(article: &Article) -> Option<Date> {
    article.updated.max(article.published)
}

fn text(published: &Published<'_>) -> String {
    let Published { base, site, .. } = published;
    let articles = newest(base);
    let updated = articles.iter().map(|article| article.updated).max();
    let settings = base.settings();
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", settings.language())];
    xml.parent("feed", &namespace, |xml| {
        xml.text("id", &[], &id(site, "/"));
        xml.text("title", &[], settings.title());
        if let Some(description) = &settings.description {
            xml.text("subtitle", &[], description);
        }
        if let Some(updated) = updated {
            xml.text("updated", &[], &moment(updated));
        }
        let own = site.url("/feed.xml");
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &site.url("/"))]);
        xml.parent("author", &[], |xml| {
            let name = settings.studio.name.as_deref().unwrap_or(settings.title());
            xml.text("name", &[], name);
        });
        for article in &articles {
            entry(xml, base, site, article);
        }
    });
    xml.finish()
}

struct Dated<'a> {
    record: RecordId,
    article: &'a Article,
    published: Option<Date>,
    updated: Date,
}

fn newest(base: &KnowledgeBase) -> Vec<Dated<'_>> {
    let articles = base.relations.newest.iter().filter_map(|record| {
        let article = base.get::<Article>(*record)?;
        let updated = updated(article)?;
        Some(Dated { record: *record, article, published: article.published, updated })
    });
    articles.take(MOST_ENTRIES).collect()
}

fn entry(xml: &mut Xml, base: &KnowledgeBase, site: &SiteAddress, dated: &Dated<'_>) {
    let Some(address) = base.routes.address(dated.record) else { return };
    let article = dated.article;
    xml.parent("entry", &[], |xml| {
        xml.text("id", &[], &id(site, &address.path));
        xml.text("title", &[], &article.title);
        let url = site.url(&address.path);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
        if let Some(published) = dated.published {
            xml.text("published", &[], &moment(published));
        }
        xml.text("updated", &[], &moment(dated.updated));
        author(xml, base, site, article);
        for topic in &article.topics {
            if let Some(topic) = base.find(Kind::Topic, &topic.id) {
                let term = &base.entry(topic).id;
                xml.empty("category", &[("term", term), ("label", base.name(topic))]);
            }
        }
        xml.text("summary", &[], &article.summary);
    });
}

fn author(xml: &mut Xml, base: &KnowledgeBase, site: &SiteAddress, article: &Article) {
    let Some(person) = base.find(Kind::Person, &article.author.id) else { return };
    xml.parent("author", &[], |xml| {
        xml.text("name", &[], base.name(person));
        if let Some(address) = base.routes.address(person) {
            xml.text("uri", &[], &site.url(&address.path));
        }
    });
}

/// An id that is the same in every build: the address, or where the host is not known a UUID
/// (version 8) of the path, because an id must be a whole IRI.
fn id(site: &SiteAddress, path: &str) -> String {
    if site.is_known() {
        return site.url(path);
    }
    let hash = Fingerprint::of(path.as_bytes()).to_string();
    let (one, two, three) = (&hash[..8], &hash[8..12], &hash[13..16]);
    let (four, five) = (&hash[17..20], &hash[20..32]);
    format!("urn:uuid:{one}-{two}-8{three}-8{four}-{five}")
}

/// The first moment of a day, as Atom writes it.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{knowledge_base, made, small_project};

    fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
        made(base, super::files)
    }

    #[test]
    fn the_feed_tells_of_the_newest_articles_first_and_of_no_clock() {
        let files = files(&small_project());
        let [(name, text)] = files.as_slice() else { panic!("expected one file") };
        assert_eq!(name, "feed.xml");
        assert_eq!(
            text,
            r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>https://x.org/kb/</id>
  <title>Knots &amp; aches</title>
  <subtitle>Where does it hurt?</subtitle>
  <updated>2026-02-03T00:00:00Z</updated>
  <link rel="self" type="application/atom+xml" href="https://x.org/kb/feed.xml"/>
  <link rel="alternate" type="text/html" href="https://x.org/kb/"/>
  <author>
    <name>Knot Studio</name>
  </author>
  <entry>
    <id>https://x.org/kb/articles/nine/</id>
    <title>Nine ways</title>
    <link rel="alternate" type="text/html" href="https://x.org/kb/articles/nine/"/>
    <published>2026-01-02T00:00:00Z</published>
    <updated>2026-02-03T00:00:00Z</updated>
    <author>
      <name>The team</name>
      <uri>https://x.org/kb/team/team/</uri>
    </author>
    <category term="care" label="Care"/>
    <summary>What helps &amp; what does not.</summary>
  </entry>
  <entry>
    <id>https://x.org/kb/articles/older/</id>
    <title>Older</title>
    <link rel="alternate" type="text/html" href="https://x.org/kb/articles/older/"/>
    <published>2025-12-31T00:00:00Z</published>
    <updated>2025-12-31T00:00:00Z</updated>
    <author>
      <name>Ann Doe</name>
      <uri>https://x.org/kb/team/ann/</uri>
    </author>
    <summary>Before.</summary>
  </entry>
</feed>
"#,
        );
    }

    #[test]
    fn a_site_without_a_known_host_has_ids_that_are_whole_all_the_same() {
        let article =
            "---\ntitle: A\nsummary: B.\nauthor: c\npublished: 2026-01-02\n---\n\nText.\n";
        let base = knowledge_base(&[
            ("content/articles/a.md", article),
            ("content/people.yaml", "c: {name: C, role: D}\n"),
        ]);
        let text = files(&base).remove(0).1;
        assert_eq!(text.matches("<id>urn:uuid:").count(), 2);
        assert!(text.contains("href=\"/articles/a/\""));
    }

    #[test]
    fn a_site_without_articles_has_no_feed() {
        assert!(files(&knowledge_base(&[("site.toml", "title = \"A\"\n")])).is_empty());
    }

    #[test]
    fn a_feed_holds_the_fifty_newest() {
        let texts: Vec<(String, String)> = (0..60)
            .map(|number| {
                let day = format!("2026-0{}-{:02}", 1 + number / 28, 1 + number % 28);
                let text = format!(
                    "---\ntitle: T{number}\nsummary: S.\nauthor: c\npublished: {day}\n---\n\nText.\n"
                );
                (format!("content/articles/a{number}.md"), text)
            })
            .chain([("content/people.yaml".into(), "c: {name: C, role: D}\n".into())])
            .collect();
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let text = files(&knowledge_base(&texts)).remove(0).1;
        assert_eq!(text.matches("<entry>").count(), 50);
        assert!(text.contains("<title>T59</title>") && text.contains("<title>T10</title>"));
        assert!(!text.contains("<title>T9</title>"));
    }
}
