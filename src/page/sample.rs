//! A small knowledge base for tests, and the reading of any other.

use super::published::{Published, TextFile};
use crate::graph::{self, Circumstances, GraphMemo, KnowledgeBase};
use crate::model::{self, Date, SourceMemo};
use crate::source::{SourcePath, Sources};
use crate::theme::{Strings, embedded};

/// The knowledge base of a few files, which must be right.
pub(crate) fn knowledge_base(files: &[(&str, &str)]) -> KnowledgeBase {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.insert(SourcePath::new(path), text);
    }
    let (content, found) = model::read(&sources, &mut SourceMemo::default());
    let mistakes: Vec<_> = found.iter().map(|one| (&one.code, &one.message)).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let as_of = Date::parse("2026-11-23").expect("it is a day");
    let circumstances = Circumstances { as_of, with_drafts: false, base_url: None };
    graph::resolve(content, circumstances, &sources, &mut GraphMemo::default()).0
}

/// A project with a record or two of every kind.
pub(crate) fn small_project() -> KnowledgeBase {
    knowledge_base(SMALL_PROJECT)
}

/// The words of the built-in theme.
pub(crate) fn strings() -> Strings {
    Strings::load(&[embedded::layer()], "en", &mut Vec::new())
}

/// The files of one sort for machines, made in the words of the built-in theme.
pub(crate) fn made(
    base: &KnowledgeBase,
    files: for<'b> fn(&Published<'b>) -> Vec<TextFile<'b>>,
) -> Vec<(String, String)> {
    let strings = strings();
    let published = Published::new(base, &strings).with_emergency_number(Some("911"));
    let files = files(&published);
    files.into_iter().map(|file| (file.path.clone(), file.text(&published))).collect()
}

/// The files of [`small_project`].
pub(crate) const SMALL_PROJECT: &[(&str, &str)] = &[
    (
        "site.toml",
        r#"title = "Knots & aches"
base_url = "https://x.org/kb"
description = "Where does it hurt?"

[studio]
name = "Knot Studio"
phone = "+1 555 0100"
hours = "Mo-Fr 09:00-18:00"
licence = "LA 1"
booking_url = "https://book.example/?a=1&b=2"
social = ["https://social.example/knot"]
notice = "Closed on *Friday*."

[[redirect]]
from = "/old.html"
to = "/faq/#how-many"

[[redirect]]
from = "/gone"
to = "https://y.org/?q=\"<b>\""
"#,
    ),
    ("content/areas.yaml", "shoulder: {name: Shoulder}\n"),
    ("content/groups.yaml", "cuff: {name: Rotator cuff}\n"),
    (
        "content/regions.yaml",
        "front: {name: Front of the shoulder, term: Regio deltoidea, area: shoulder, view: front, synonyms: [ball of the shoulder]}\n",
    ),
    (
        "content/symptoms.yaml",
        "stiff: {name: Stiff shoulder, summary: It is stiff., regions: [front]}\n",
    ),
    (
        "content/muscles/infra.yaml",
        "name: Infraspinatus\nlatin: Musculus infraspinatus\ngroup: cuff\narea: shoulder\nsummary: It turns the arm outward.\n\
         attachments: {origin: infraspinous fossa, insertion: greater tubercle}\nactions: [turns the arm outward]\n\
         nerve: suprascapular nerve\nroots: [C5, C6]\nblood_supply: [suprascapular artery]\nantagonists: [sub]\n\
         trigger_points:\n  - {id: tp1, where: middle, refers_to: [{region: front, side: same, intensity: primary}]}\n\
         techniques: [ball, pressing]\nxrefs: {uberon: 'UBERON:0001477', fma: 'FMA:32546', wikidata: Q1, ta98: A04.6.02.008}\n\
         sources: [simons]\nreviewed: {by: ann, on: 2026-03-01, scope: clinical}\nwas: [infra-old]\n",
    ),
    (
        "content/muscles/sub.yaml",
        "name: Subscapularis\ngroup: cuff\narea: shoulder\nsummary: It turns the arm inward.\n\
         attachments: {origin: subscapular fossa, insertion: lesser tubercle}\nactions: [turns the arm inward]\n\
         nerve: subscapular nerves\nantagonists: [infra]\n\
         trigger_points:\n  - {id: tp1, where: middle, refers_to: [{region: front, side: same, intensity: spillover}]}\n",
    ),
    (
        "content/techniques.yaml",
        "ball:\n  name: Ball pressure\n  performer: self\n  setting: at-home\n  summary: Lean on a ball.\n  stop_if: It tingles.\n\
         \u{20}\u{20}tools: [a ball]\n  steps: [{text: Lean on it., seconds: 30}, {text: Breathe.}]\n\
         \u{20}\u{20}cautions: [Not on a bruise., Not on the neck.]\n\
         pressing:\n  name: Held pressure\n  performer: massage-therapist\n  setting: hands-on\n  summary: The therapist presses.\n\
         \u{20}\u{20}stop_if: It hurts.\n  steps: [{text: Press.}]\n  cautions: [Not over open skin.]\n  risks: [A bruise]\n  then: Rest.\n",
    ),
    (
        "content/services.yaml",
        "session: {name: Session, summary: An hour of work., techniques: [pressing], price: {amount: 90, currency: USD}, performed_by: [ann]}\n",
    ),
    (
        "content/faqs.yaml",
        "how-many:\n  question: How many sessions?\n  answer: \"*One* to see if it helps. &lt;/script>\"\n  muscles: [infra]\n  topics: [care]\n",
    ),
    (
        "content/terms.yaml",
        "knot: {name: Knot, definition: A tender spot., aliases: [taut spot]}\n",
    ),
    (
        "content/myths.yaml",
        "toxins: {claim: Knots are toxins, verdict: 'false', explanation: They are not.}\n",
    ),
    (
        "content/people.yaml",
        "ann:\n  name: Ann Doe\n  role: Massage therapist\n  credentials: [LMT]\n  licence: {number: '42', authority: Louisiana Board}\n\
         \u{20}\u{20}links: ['https://ann.example']\nteam: {name: The team, role: Writers}\n",
    ),
    (
        "content/citations.yaml",
        "simons: {title: Trigger points, year: 1999, kind: book, authors: [D. Simons]}\n\
         lu: {title: A review, year: 2022, kind: review, publisher: Letters, doi: 10.1/x}\n\
         office: {title: Cramps, accessed: 2026-11-20, publisher: Health Office, kind: web-page}\n",
    ),
    (
        "content/articles/nine.md",
        "---\ntitle: Nine ways\nsummary: What helps & what does not.\nauthor: team\npublished: 2026-01-02\nupdated: 2026-02-03\n\
         hero: {image: media/band.svg, alt: A band, credit: Us}\nmuscles: [infra]\ntopics: [care]\nsources: [simons]\n\
         faqs: [how-many, {question: Does it hurt?, answer: A little.}]\n---\n\nA knot in the Subscapularis [@lu; @office].\n",
    ),
    (
        "content/articles/older.md",
        "---\ntitle: Older\nsummary: Before.\nauthor: ann\npublished: 2025-12-31\n---\n\nText.\n",
    ),
    ("content/pages/about.md", "---\ntitle: About us\nsummary: Who we are.\n---\n\nText.\n"),
    (
        "content/media/band.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"5\"/>",
    ),
];
