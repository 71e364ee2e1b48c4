//! `llms.txt`: the whole site on one page of markdown, for language models (llmstxt.org).

use super::address::SiteAddress;
use super::published::{Published, TextFile};
use super::reading::{InWords, on_one_line, plain_text, shortened};
use super::sections::{areas, index_name};
use crate::graph::RecordId;
use crate::model::{Data, Kind};
use crate::syntax::escape::with_escapes;
use crate::syntax::markdown::Document;

/// The most characters of a summary.
const SUMMARY: usize = 240;

/// The kinds that have pages, in the order in which readers need them.
const KINDS: [Kind; 14] = [
    Kind::Area,
    Kind::Region,
    Kind::Symptom,
    Kind::Muscle,
    Kind::Technique,
    Kind::Article,
    Kind::Faq,
    Kind::Myth,
    Kind::Term,
    Kind::Service,
    Kind::Person,
    Kind::Topic,
    Kind::Citation,
    Kind::Page,
];

/// The page for language models.
pub fn files<'a>(_: &Published<'a>) -> Vec<TextFile<'a>> {
    vec![TextFile::new("llms.txt", text)]
}

fn text(published: &Published<'_>) -> String {
    let Published { base, site, strings, .. } = published;
    let mut text = format!("# {}\n", line(base.settings().title()));
    if let Some(description) = &base.settings().description {
        text.push_str(&format!("\n> {}\n", line(description)));
    }
    let notice = base.settings().studio.notice.as_ref().map(ToString::to_string);
    for told in notice.into_iter().chain(disclaimer(published)) {
        text.push_str(&format!("\n{}\n", line(&told)));
    }
    let mut last = "";
    for kind in KINDS {
        let records: Vec<RecordId> = match kind {
            Kind::Area => areas(base),
            kind => base.of_kind(kind).map(|(record, _)| record).collect(),
        };
        let mut links = String::new();
        for record in records {
            push_link(&mut links, (base, strings), site, record);
        }
        if links.is_empty() {
            continue;
        }
        // Areas and regions share a page, and so a section.
        let list = base.index_of(kind).map(|path| index_name(strings, path));
        let title = list.or_else(|| strings.get("nav.footer")).unwrap_or_default();
        if title != last {
            text.push_str(&format!("\n## {}\n\n", line(title)));
            last = title;
        }
        text.push_str(&links);
    }
    text
}

/// What stands at the foot of each page: what the texts are not, and whom to call in an emergency.
fn disclaimer(published: &Published<'_>) -> Option<String> {
    let words = published.strings.get("footer.disclaimer")?;
    Some(words.replace("{number}", published.emergency_number?))
}

fn push_link(text: &mut String, words: InWords<'_>, site: &SiteAddress, record: RecordId) {
    let (base, _) = words;
    let Some(address) = base.routes.address(record) else { return };
    text.push_str("- [");
    push_line(text, base.name(record));
    text.push_str("](");
    let ends = |byte| (byte == b'(') | (byte == b')');
    with_escapes(&site.url(&address.href()), ends, end_of_link, |piece| text.push_str(piece));
    text.push(')');
    if let Some(summary) = summary(words, record) {
        text.push_str(": ");
        push_line(text, &summary);
    }
    text.push('\n');
}

/// What would be the end of an address, or seem to be.
fn end_of_link(bytes: &[u8]) -> Option<(usize, &'static str)> {
    match bytes {
        [b'(', ..] => Some((1, "%28")),
        [b')', ..] => Some((1, "%29")),
        _ => None,
    }
}

/// One sentence about a record: its summary, or how its text begins.
pub(crate) fn summary(words: InWords<'_>, record: RecordId) -> Option<String> {
    let (base, _) = words;
    if let Some(summary) = base.summary(record) {
        return Some(shortened(summary, SUMMARY));
    }
    let begin = |text: &Document| shortened(&plain_text(words, record, text), SUMMARY);
    match &*base.entry(record).data {
        Data::Faq(faq) => Some(begin(&faq.answer)),
        Data::Term(term) => Some(begin(&term.definition)),
        Data::Myth(myth) => Some(begin(&myth.explanation)),
        Data::Citation(citation) => citation.takeaway.as_deref().map(|it| shortened(it, SUMMARY)),
        _ => None,
    }
}

/// Text on one line that opens no link, heading or HTML of its own.
fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_line(&mut out, text);
    out
}

fn push_line(out: &mut String, text: &str) {
    with_escapes(&on_one_line(text), may_open, escape_of, |piece| out.push_str(piece));
}

/// Whether a sign may open something. No branches: the compiler looks at many at once.
#[inline(always)]
const fn may_open(byte: u8) -> bool {
    (byte == b'[')
        | (byte == b']')
        | (byte == b'<')
        | (byte == b'`')
        | (byte == b'\\')
        | (byte == b'*')
        | (byte == b'_')
}

/// The escape of the sign at the beginning, if it may open something.
fn escape_of(bytes: &[u8]) -> Option<(usize, &'static str)> {
    let escape = match bytes.first()? {
        b'[' => "\\[",
        b']' => "\\]",
        b'<' => "\\<",
        b'`' => "\\`",
        b'\\' => "\\\\",
        b'*' => "\\*",
        b'_' => "\\_",
        _ => return None,
    };
    Some((1, escape))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::KnowledgeBase;
    use crate::page::sample::{made, small_project};

    fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
        made(base, super::files)
    }

    #[test]
    fn every_record_with_an_address_stands_in_the_section_of_its_kind() {
        let files = files(&small_project());
        assert_eq!(
            files[0].1,
            "\
# Knots & aches

> Where does it hurt?

Closed on \\*Friday\\*.

These pages give general information. They do not replace advice from a doctor or a physical therapist who has seen \
you. In an emergency, call 911.

## Where does it hurt?

- [Shoulder](https://x.org/kb/pain/shoulder/)
- [Front of the shoulder](https://x.org/kb/pain/front/)

## Symptoms

- [Stiff shoulder](https://x.org/kb/symptoms/stiff/): It is stiff.

## Muscles

- [Infraspinatus](https://x.org/kb/muscles/infra/): It turns the arm outward.
- [Subscapularis](https://x.org/kb/muscles/sub/): It turns the arm inward.

## Techniques

- [Ball pressure](https://x.org/kb/techniques/ball/): Lean on a ball.
- [Held pressure](https://x.org/kb/techniques/pressing/): The therapist presses.

## Articles

- [Nine ways](https://x.org/kb/articles/nine/): What helps & what does not.
- [Older](https://x.org/kb/articles/older/): Before.

## Questions

- [How many sessions?](https://x.org/kb/faq/#how-many): One to see if it helps. \\</script>

## Myths

- [Knots are toxins](https://x.org/kb/myths/#toxins): They are not.

## Words explained

- [Knot](https://x.org/kb/glossary/#knot): A tender spot.

## Services

- [Session](https://x.org/kb/services/session/): An hour of work.

## Who we are

- [Ann Doe](https://x.org/kb/team/ann/): Massage therapist
- [The team](https://x.org/kb/team/team/): Writers

## Topics

- [Care](https://x.org/kb/topics/care/)

## Sources

- [A review](https://x.org/kb/references/#lu)
- [Cramps](https://x.org/kb/references/#office)
- [Trigger points](https://x.org/kb/references/#simons)

## More pages

- [About us](https://x.org/kb/about/): Who we are.
"
        );
    }

    #[test]
    fn names_cannot_open_links_or_lines() {
        assert_eq!(line("a](b)\n# [c]"), "a\\](b) # \\[c\\]");
    }
}
