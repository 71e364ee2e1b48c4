//! What holds for any text at all.

use proptest::prelude::*;
use sinew::diagnostic::{At, Diagnostic, FieldPath, Piece, Segment};
use sinew::graph::{GraphMemo, resolve};
use sinew::model::{Field, Kind, RecordShape, Shape, SourceMemo};
use sinew::page::output::OutputPath;
use sinew::source::{SourcePath, Span};
use sinew::syntax::find::find;
use sinew::syntax::markdown::{Document, parse};
use sinew::syntax::{front_matter, locate, slug, text, toml, yaml};

use crate::project::Project;

/// Pieces that mean something to some reader.
const PIECES: [&str; 48] = [
    "a",
    "é",
    "\u{1f9b4}",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "#",
    "## ",
    "- ",
    "1. ",
    "> ",
    "`",
    "```",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[[",
    "]]",
    "|",
    "|-|",
    "![",
    "[^1]",
    "[^1]: ",
    "[@a]",
    "<b>",
    "<!--",
    "?>",
    "<?",
    ":::",
    ":::note",
    "::note{a=b}",
    "{#x}",
    "---",
    ": ",
    "\\",
    "&amp;",
    "\u{202e}",
    "\u{feff}",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => prop::sample::select(&PIECES[..]).prop_map(ToOwned::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Text that looks like data of this format more often than not.
fn any_data() -> impl Strategy<Value = String> {
    let line =
        (0..4_usize, "[a-c]{1,2}", prop::sample::select(&[": ", ":", " = ", "- "][..]), any_text());
    let lines = prop::collection::vec(line, 0..8);
    lines.prop_map(|lines| {
        let line = |(indent, key, mark, value): (usize, String, &str, String)| {
            format!("{}{key}{mark}{value}\n", " ".repeat(indent))
        };
        lines.into_iter().map(line).collect()
    })
}

fn any_field() -> impl Strategy<Value = FieldPath> {
    let segment = prop_oneof![
        "[a-c]{1,2}".prop_map(|key| Segment::Key(key.into())),
        (0..4_usize).prop_map(Segment::Index),
        ("[a-c]{1,2}", 0..3_usize).prop_map(|(key, before)| Segment::Repeated(key.into(), before)),
    ];
    prop::collection::vec(segment, 0..4).prop_map(|segments| {
        let mut path = FieldPath::root();
        segments.into_iter().for_each(|segment| path.push(segment));
        path
    })
}

/// What is promised of every document, whatever its text.
fn check_document(source: &str, document: &Document) {
    let is_inside = |span: Span, what: &str| {
        let range = span.range();
        assert!(
            range.start <= range.end && range.end <= source.len(),
            "{what} {range:?} is outside"
        );
        assert!(source.is_char_boundary(range.start), "{what} {range:?} cuts a character");
        assert!(source.is_char_boundary(range.end), "{what} {range:?} cuts a character");
    };
    let outline = &document.outline;
    outline.headings.iter().for_each(|heading| is_inside(heading.span, "heading"));
    outline.links.iter().for_each(|link| is_inside(link.span, "link"));
    outline.images.iter().for_each(|image| is_inside(image.span, "image"));
    outline.citations.iter().for_each(|citation| is_inside(citation.span, "citation"));
    outline.raw_html.iter().for_each(|html| is_inside(html.span, "html"));
    for directive in &outline.directives {
        is_inside(directive.span, "directive");
        assert_eq!(&source[directive.span.range()], directive.name);
        directive.arguments.iter().for_each(|argument| is_inside(argument.span, "argument"));
    }
    let prose = &document.prose;
    let is_boundary = |at: u32| prose.html.is_char_boundary(at as usize);
    assert!(prose.holes.windows(2).all(|pair| pair[0].at <= pair[1].at), "holes out of order");
    assert!(prose.holes.iter().all(|hole| is_boundary(hole.at)), "a hole outside of the text");
    let mut end = 0;
    for run in &prose.runs {
        assert!(end <= run.start && run.start <= run.end, "runs overlap");
        assert!(is_boundary(run.start) && is_boundary(run.end), "a run cuts a character");
        assert!((run.block as usize) < prose.blocks.len(), "a run of no block");
        let is_in = |at: u32| run.start < at && at < run.end;
        assert!(!prose.holes.iter().any(|hole| is_in(hole.at)), "a hole inside a run");
        assert!(!prose.html[run.start as usize..run.end as usize].contains(['<', '>']));
        end = run.end;
    }
    let mut ids: Vec<&str> = outline.headings.iter().map(|heading| heading.id.as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "two headings with one anchor");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_is_read_whatever_it_is(source in any_text()) {
        check_document(&source, &parse(&source));
    }

    #[test]
    fn what_is_wrong_with_a_page_has_a_place_whatever_its_text(source in any_text()) {
        let page = format!("---\ntitle: x\n---\n{source}");
        let project = Project::new([("content/pages/odd.md", page.as_str())]);
        let _ = find(&project.input().sources, &found(&project));
    }

    #[test]
    fn front_matter_is_split_whatever_the_text(source in any_text()) {
        let split = front_matter::split(&source);
        prop_assert!(source.get(split.body.clone()).is_some());
        if let Some(front) = split.front_matter {
            prop_assert!(source.get(front.clone()).is_some() && front.end <= split.body.start);
        }
    }

    #[test]
    fn decoding_keeps_every_position(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        match text::decode(&bytes) {
            Ok(text) => prop_assert_eq!(text.len(), bytes.len()),
            Err(error) => prop_assert!(error.span.range().end <= bytes.len()),
        }
    }

    #[test]
    fn a_slug_is_always_the_part_of_an_address(source in any_text()) {
        let slug = slug::anchor(&source);
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        prop_assert!(!slug.is_empty() && slug.chars().all(is_plain), "{}", slug);
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        prop_assert_eq!(slug::anchor(&slug), slug.clone());
        prop_assert!(slug::slug(&source).is_none_or(|own| own == slug));
    }

    #[test]
    fn paths_take_any_text(source in any_text()) {
        let path = SourcePath::new(&source);
        prop_assert!(source.ends_with(path.file_name()) && source.starts_with(path.folder()));
        prop_assert!(path.file_name().starts_with(path.stem()));
        if let Some(output) = OutputPath::new(&source) {
            prop_assert_eq!(output.as_str(), &source);
            prop_assert!(!source.starts_with('/') && !source.split('/').any(|name| name == ".."));
        }
    }

    #[test]
    fn a_place_is_found_inside_the_text_or_not_at_all(
        source in any_data(),
        field in any_field(),
        name in prop::sample::select(&["a.yaml", "a.md", "a.toml", "a.html"][..]),
        needle in any_text(),
        bytes in (0..200_usize, 0..200_usize),
    ) {
        let path = SourcePath::new(name);
        let places = [
            At::File,
            At::Bytes(Span::new(std::ops::Range { start: bytes.0, end: bytes.1 })),
            At::Value(field.clone()),
            At::Key(field.clone()),
            At::Within(field, Piece::new(&needle, bytes.0..bytes.1)),
        ];
        for at in places {
            if let Some(range) = locate::locate(&path, &source, &at) {
                prop_assert!(source.get(range.clone()).is_some(), "{:?} {:?}", at, range);
            }
            if let Some(range) = locate::locate_roughly(&source, &at) {
                prop_assert!(source.get(range.clone()).is_some(), "{:?} {:?}", at, range);
            }
        }
    }

    #[test]
    fn data_is_read_whatever_it_is(source in any_data()) {
        let _ = toml::parse(&source);
        if let Err(error) = yaml::parse(&source) {
            prop_assert!(source.is_char_boundary(error.at.start));
        }
        let mut project = Project::new([]);
        project.write("site.toml", &source).write("content/terms.yaml", &source);
        let _ = find(&project.input().sources, &found(&project));
    }
}

/// All findings of a project without its theme, which takes the most time to load.
fn found(project: &Project) -> Vec<Diagnostic> {
    let input = project.input();
    let (content, mut diagnostics) = sinew::model::read(&input.sources, &mut SourceMemo::default());
    let memo = &mut GraphMemo::default();
    diagnostics.extend(resolve(content, input.circumstances, &input.sources, memo).1);
    diagnostics
}

/// A value of a shape, as YAML in flow style; `twist` counts down to a place where it is wrong.
fn value(shape: &Shape, dice: &mut Dice) -> String {
    if dice.is_twisted() {
        let odd = [
            "null",
            "[]",
            "{}",
            "12",
            "-1.5",
            "true",
            "text",
            "2026-02-30",
            "''",
            "[[x]]",
            "~",
            "{id: x}",
            "\"null\"",
            "yes",
            "[null]",
            "1e3",
            "!t x",
            "\"\\u0007\"",
            "012",
        ];
        return odd[dice.roll(odd.len())].to_owned();
    }
    match shape {
        Shape::Text | Shape::Markdown => {
            ["some text", "\"12\"", "12", "'a: b'"][dice.roll(4)].into()
        }
        Shape::Flag => ["true", "false"][dice.roll(2)].into(),
        Shape::Count => dice.roll(99).to_string(),
        Shape::Number(_) => ["1", "0.5", "2e-1"][dice.roll(3)].into(),
        Shape::Date => "2026-11-01".into(),
        Shape::Currency => "USD".into(),
        Shape::Address => ["https://example.org", "media/a.png"][dice.roll(2)].into(),
        Shape::Picture => "media/a.png".into(),
        Shape::Reference(_) | Shape::Target => "some-id".into(),
        Shape::Choice(choices) => choices[dice.roll(choices.len())].word.into(),
        Shape::List(item) => list(item, 0, dice),
        Shape::Many(item) => list(item, 1, dice),
        Shape::Map(item) => format!("{{k: {}}}", value(item, dice)),
        Shape::Anything => "anything".into(),
        Shape::Record(record) => flow(record, dice),
        Shape::OneOf(shapes) => value(&shapes[dice.roll(shapes.len())], dice),
    }
}

fn list(item: &Shape, least: usize, dice: &mut Dice) -> String {
    let count = least + dice.roll(2);
    let items: Vec<String> = (0..count).map(|_| value(item, dice)).collect();
    format!("[{}]", items.join(", "))
}

fn fields<'a>(record: &'a RecordShape, dice: &mut Dice) -> Vec<&'a Field> {
    let mut fields: Vec<&Field> = Vec::new();
    for field in record.fields {
        // An article needs its day, and a citation its year.
        let is_needed = field.required || matches!(field.name, "published" | "year");
        let is_wanted = is_needed || dice.roll(3) == 0;
        if is_wanted && !dice.is_twisted() {
            fields.push(field);
        }
    }
    fields
}

fn flow(record: &RecordShape, dice: &mut Dice) -> String {
    let fields = fields(record, dice);
    let pairs: Vec<String> = fields
        .into_iter()
        .map(|field| format!("{}: {}", field.name, value(&field.shape, dice)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// Numbers that look random; every so often something is to be wrong.
struct Dice {
    state: u64,
    until_twist: Option<usize>,
}

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).expect("31 bits fit") % sides
    }

    fn is_twisted(&mut self) -> bool {
        let Some(left) = &mut self.until_twist else { return false };
        let is_now = *left == 0;
        self.until_twist = left.checked_sub(1);
        is_now
    }
}

/// The findings of one record alone, in a file of its own and in a file of many; those about other
/// records, which are not there, and about the form of ids, which no declaration knows, are left out.
fn findings(kind: Kind, record: &str) -> [Vec<String>; 2] {
    let own = format!("content/{}/some-id.yaml", kind.folder());
    let many = format!("content/{}.yaml", kind.folder());
    [(own, record.to_owned()), (many, format!("some-id: {record}"))].map(|(path, text)| {
        let mut project = Project::new([]);
        project.write(&path, format!("{text}\n"));
        let diagnostics = found(&project);
        let not_declared =
            ["unknown-reference", "broken-link", "ambiguous-name", "self-reference", "invalid-id"];
        let own = diagnostics.iter().filter(|one| !not_declared.contains(&one.code.as_ref()));
        let own = own.filter(|one| one.place.path.as_str() == path && one.code != "missing-file");
        own.map(|one| format!("{} {}", one.code, one.message)).collect()
    })
}

#[test]
fn records_made_by_their_declaration_are_right_to_both_readers() {
    for (number, kind) in Kind::ALL.iter().cycle().take(96).enumerate() {
        let mut dice = Dice { state: number as u64, until_twist: None };
        let record = flow(kind.shape(), &mut dice);
        let [own, many] = findings(*kind, &record);
        assert_eq!((own, many), (Vec::new(), Vec::new()), "{record}");
    }
}

#[test]
fn a_mistake_is_found_in_a_file_of_its_own_and_in_a_file_of_many() {
    for (number, kind) in Kind::ALL.iter().cycle().take(640).enumerate() {
        let mut dice = Dice { state: number as u64, until_twist: None };
        dice.until_twist = Some(dice.roll(24));
        let record = flow(kind.shape(), &mut dice);
        let [own, many] = findings(*kind, &record);
        let is_tag = record.contains("!t");
        assert!(is_tag || own == many, "{record}\n{own:#?}\n{many:#?}");
        // The thorough reader says what is wrong, so the typed one never has the last word.
        assert!(
            is_tag || !own.iter().any(|one| one.starts_with("invalid-yaml")),
            "{record}\n{own:#?}"
        );
    }
}
