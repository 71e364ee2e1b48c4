//! Records get other ids: on the sample, one of each kind; on a small project, every form of link.

mod anchors;
mod interrupted;

use std::collections::BTreeMap;

use sinew::authoring::change::changed;
use sinew::authoring::diff::unified;
use sinew::authoring::rename::{Refusal, Renaming, Request, rename};
use sinew::diagnostic::FieldPath;
use sinew::graph::KnowledgeBase;
use sinew::model::{Id, Kind, Visitor};
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{SourcePath, Sources};

use crate::files;
use crate::project::{Project, circumstances};

fn input(sources: Sources) -> Input {
    // The sample was last reviewed on this day.
    let as_of = sinew::model::Date::parse("2026-11-25").expect("a day of the calendar");
    let circumstances = sinew::graph::Circumstances { as_of, ..circumstances() };
    Input { sources, circumstances }
}

/// The repository's own knowledge base.
fn sample() -> Input {
    let mut sources = Sources::default();
    for (path, bytes) in files::read(&files::repository("content")) {
        sources.insert(SourcePath::new(format!("content/{path}")), bytes);
    }
    let settings = std::fs::read(files::repository("site.toml")).expect("there are settings");
    sources.insert("site.toml".into(), settings);
    input(sources)
}

/// The texts of all files, those of pictures left out.
fn texts(sources: &Sources) -> BTreeMap<String, String> {
    let paths: Vec<SourcePath> = sources.paths().cloned().collect();
    let text = |path: &SourcePath| {
        let bytes = sources.bytes(path)?;
        Some((path.to_string(), String::from_utf8(bytes.to_vec()).ok()?))
    };
    paths.iter().filter_map(text).collect()
}

/// How often each id of a kind is referred to in fields.
fn references(base: &KnowledgeBase, kind: Kind) -> BTreeMap<String, usize> {
    struct Counter(Kind, BTreeMap<String, usize>);
    impl<'a> Visitor<'a> for Counter {
        fn reference(&mut self, _: &FieldPath, kind: Kind, id: &'a Id) {
            if kind == self.0 {
                *self.1.entry(id.to_string()).or_default() += 1;
            }
        }
    }
    let mut counter = Counter(kind, BTreeMap::new());
    for (_, entry) in base.records() {
        entry.data.walk(&mut FieldPath::root(), &mut counter);
    }
    counter.1
}

/// The first, the last, and the most referred to of the declared records of a kind.
fn chosen(base: &KnowledgeBase, kind: Kind) -> Vec<String> {
    let declared = |(_, entry): &(_, &sinew::model::Entry)| !entry.is_implied();
    let ids: Vec<String> =
        base.of_kind(kind).filter(declared).map(|(_, entry)| entry.id.to_string()).collect();
    let counts = references(base, kind);
    let most = ids.iter().max_by_key(|id| counts.get(*id).copied().unwrap_or_default());
    let mut chosen: Vec<String> =
        [ids.first(), ids.last(), most].into_iter().flatten().cloned().collect();
    chosen.sort();
    chosen.dedup();
    chosen
}

#[test]
fn the_sample_has_no_findings_after_a_record_of_each_kind_got_another_id() {
    let before = sample();
    let analysis = analyze(&before, &mut Memo::default());
    assert_eq!(files::lines(&analysis.diagnostics), "");
    let mut renamed = 0;
    let mut now = input(before.sources.clone());
    for kind in Kind::ALL {
        for old in chosen(&analysis.base, *kind) {
            let new = format!("{old}-x9");
            let request = Request { kind: *kind, old: &old, new: &new };
            let done = rename(&now, request);
            let done = done.unwrap_or_else(|refusal| panic!("{kind:?} {old}: {refusal:?}"));
            now = input(changed(&now.sources, &done.changes));
            renamed += 1;
        }
    }
    assert!(renamed > 2 * Kind::ALL.len(), "only {renamed} records were renamed");
    let after = analyze(&now, &mut Memo::default());
    assert_eq!(files::lines(&after.diagnostics), "");
    for kind in Kind::ALL {
        for old in chosen(&analysis.base, *kind) {
            let record = after.base.find(*kind, &old).expect("the old id is a former one");
            assert_eq!(*after.base.entry(record).id, *format!("{old}-x9"));
            let addresses = (analysis.base.find(*kind, &old), after.base.routes.address(record));
            if let (Some(was), Some(now)) = addresses
                && let Some(was) = analysis.base.routes.address(was)
                && was.anchor.is_none()
            {
                let leads = after.base.routes.redirection(&was.path).map(|one| one.to.clone());
                assert_eq!(leads, Some(now.href()));
            }
        }
    }
}

#[test]
fn what_was_renamed_and_renamed_back_differs_by_its_former_id_alone() {
    let before = sample();
    let there = Request { kind: Kind::Muscle, old: "infraspinatus", new: "under-the-spine" };
    let back = Request { kind: Kind::Muscle, old: "under-the-spine", new: "infraspinatus" };
    let once = rename(&before, there).expect("it can be renamed");
    let once = input(changed(&before.sources, &once.changes));
    let twice = rename(&once, back).expect("it can be renamed back");
    let twice = texts(&changed(&once.sources, &twice.changes));
    let mut expected = texts(&before.sources);
    let record = "content/muscles/infraspinatus.yaml";
    let line = |text: &String| text.replacen("sources: [", "was: [under-the-spine]\nsources: [", 1);
    let text = expected.get(record).map(line).expect("it is there");
    expected.insert(record.to_owned(), text);
    assert!(twice == expected, "{:?}", twice.get(record));
}

/// Adds to the end of a file.
fn append(project: &mut Project, path: &str, more: &str) {
    project.edit(path, |text| format!("{text}{more}"));
}

/// A small project in which a muscle and a question are named in every way there is.
fn named_in_every_way() -> Project {
    let mut project = Project::small();
    project.write(
        "content/pages/ways.md",
        "---\r\ntitle: Ways # infraspinatus\r\nmenu: 9\r\n---\r\n\r\n\
         The infraspinatus, [[infraspinatus]], [[ infraspinatus | infraspinatus ]],\r\n\
         [[muscle:infraspinatus#tp1|it]], [it](muscle:infraspinatus), `[[infraspinatus]]`,\r\n\
         [a](../muscles/infraspinatus.yaml \"infraspinatus\"), [b](<muscles/infraspinatus.md>),\r\n\
         [infraspinatus](/muscles/infraspinatus/#anatomy), [d](/muscles/infraspinatus), [e][], [f][e],\r\n\
         [h](/muscles/infraspinatus/?x=1#anatomy).\r\n\r\n\
         ::referral-map{muscle=infraspinatus}\r\n\r\n\
         ![infraspinatus](../muscles/infraspinatus.svg \"infraspinatus\")\r\n\r\n\
         [e]: ../muscles/infraspinatus.yaml\r\n[g]: https://example.com/infraspinatus\r\n",
    );
    project
        .write("content/muscles/infraspinatus.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    append(
        &mut project,
        "content/terms.yaml",
        "# infraspinatus\nshoulder-blade:\n  name: Shoulder blade # infraspinatus\n  definition: >-\n    The\n    \
         [infraspinatus](/muscles/infraspinatus/)\n    is there; see [[infraspinatus]].\n\
         fossa: {name: Fossa, definition: \"A \\\"pit\\\": [[infraspinatus|see\n    it]]\"}\n",
    );
    project.replace(
        "site.toml",
        "to = \"/muscles/infraspinatus/\"",
        "to = '/muscles/infraspinatus/#section--anatomy'",
    );
    project.build();
    project.expect_clean();
    project
}

fn rename_in(project: &Project, kind: Kind, old: &str, new: &str) -> Result<Renaming, Refusal> {
    rename(&project.input(), Request { kind, old, new })
}

#[test]
fn every_form_of_reference_is_rewritten_and_no_other_byte_changes() {
    let project = named_in_every_way();
    let done = rename_in(&project, Kind::Muscle, "infraspinatus", "teres").expect("it is safe");
    let after = texts(&changed(&project.input().sources, &done.changes));
    let before = texts(&project.input().sources);
    let page = before["content/pages/ways.md"]
        .replace("[[infraspinatus]],", "[[teres]],")
        .replace("[[ infraspinatus |", "[[ teres |")
        .replace("muscle:infraspinatus", "muscle:teres")
        .replace("muscles/infraspinatus", "muscles/teres")
        .replace("muscle=infraspinatus", "muscle=teres");
    assert_eq!(after["content/pages/ways.md"], page);
    let terms = before["content/terms.yaml"]
        .replace("muscles/infraspinatus/", "muscles/teres/")
        .replace("[[infraspinatus", "[[teres");
    assert_eq!(after["content/terms.yaml"], terms);
    assert!(after["site.toml"].contains("to = '/muscles/teres/#section--anatomy'"));
    for moved in ["teres.yaml", "teres.md", "teres.svg"] {
        assert!(after.contains_key(&format!("content/muscles/{moved}")), "{moved}");
    }
    assert!(!after.keys().any(|path| path.contains("infraspinatus")));
}

#[test]
fn a_list_of_ids_in_a_directive_is_rewritten_where_it_names_the_record() {
    let mut project = Project::small();
    let list = "::techniques{ids=\"heat, heat-x,finger-pressure  heat\" muscle=infraspinatus}\n";
    project.write("content/pages/list.md", format!("---\ntitle: L\nmenu: 9\n---\n\n{list}"));
    let technique =
        project.text("content/techniques/finger-pressure.yaml").expect("one").to_owned();
    for id in ["heat", "heat-x"] {
        let text = technique.replace("Finger pressure", id);
        project.write(&format!("content/techniques/{id}.yaml"), text);
    }
    project.build();
    project.expect_clean();
    let done = rename_in(&project, Kind::Technique, "heat", "warmth").expect("it is safe");
    let after = texts(&changed(&project.input().sources, &done.changes));
    let expected =
        "::techniques{ids=\"warmth, heat-x,finger-pressure  warmth\" muscle=infraspinatus}\n";
    assert!(after["content/pages/list.md"].ends_with(expected), "{after:?}");
    assert_eq!(done.references, 2);
}

#[test]
fn a_name_that_would_mean_another_record_is_told_apart() {
    let mut project = Project::small();
    project.write("content/pages/knot.md", "---\ntitle: Knot page\nmenu: 8\n---\n[[terms-page]]\n");
    project.write("content/pages/terms-page.md", "---\ntitle: T\nmenu: 9\n---\n[[lump]]\n");
    append(&mut project, "content/terms.yaml", "lump: {name: Lump, definition: A word.}\n");
    project.build();
    project.expect_clean();
    let done = rename_in(&project, Kind::Page, "terms-page", "lump").expect("it is safe");
    let after = texts(&changed(&project.input().sources, &done.changes));
    assert!(after["content/pages/knot.md"].ends_with("[[page:lump]]\n"));
    assert!(after["content/pages/lump.md"].ends_with("[[term:lump]]\n"));
}

#[test]
fn a_mark_of_byte_order_stays_at_the_start_of_a_record() {
    for (path, kind, old) in [
        ("content/techniques/heat.yaml", Kind::Technique, "heat"),
        ("content/terms.yaml", Kind::Term, "first"),
        ("content/pages/terms-page.md", Kind::Page, "terms-page"),
    ] {
        let mut project = Project::small();
        let technique = project.text("content/techniques/finger-pressure.yaml").expect("one");
        let text = match kind {
            Kind::Technique => technique.to_owned(),
            Kind::Term => {
                "first: {name: F, definition: d}\nsecond: {name: S, definition: d}\n".to_owned()
            }
            _ => "---\ntitle: T\nmenu: 9\n---\nText.\n".to_owned(),
        };
        project.write(path, format!("\u{feff}{text}")).build();
        let done = rename_in(&project, kind, old, "new-one").expect("it is safe");
        let after = texts(&changed(&project.input().sources, &done.changes));
        let text = after.get(&path.replace(old, "new-one")).expect("it is there");
        assert!(text.starts_with('\u{feff}') && text.contains(&format!("was: [{old}]")), "{text}");
    }
}

#[test]
fn a_draft_that_is_not_finished_stops_no_other_record() {
    let mut project = Project::small();
    project
        .write("content/muscles/teres.yaml", "draft: true\nname:\nantagonists: [infraspinatus]\n");
    project.build();
    let done = rename_in(&project, Kind::Muscle, "infraspinatus", "subscapularis");
    assert!(done.is_ok(), "{done:?}");
    let expect = |old, new, message| expect_refused(&project, (Kind::Muscle, old, new), message);
    expect("teres", "teres-minor", "the muscle `teres` is a draft that is not finished");
    expect("infraspinatus", "teres", "there is a muscle `teres` already");
}

#[test]
fn the_diff_names_every_file_that_changes() {
    let project = named_in_every_way();
    let done = rename_in(&project, Kind::Muscle, "infraspinatus", "teres").expect("it is safe");
    let diff = unified(&done.changes);
    for change in &done.changes {
        assert!(diff.contains(&format!("diff --git a/{} b/{}\n", change.from, change.to)));
    }
    let lines = |mark: char| diff.lines().filter(|line| line.starts_with(mark)).count();
    // One line more: the former id.
    let heads = diff.lines().filter(|line| line.starts_with("+++ ")).count();
    assert_eq!(lines('+') - heads, lines('-') - heads + 1);
}

#[track_caller]
fn expect_refused(project: &Project, (kind, old, new): (Kind, &str, &str), message: &str) {
    match rename_in(project, kind, old, new) {
        Err(Refusal::Request { message: found, .. }) => assert_eq!(found, message),
        Err(Refusal::Content(found) | Refusal::Outcome(_, found)) => {
            assert!(files::lines(&found).contains(message), "{}", files::lines(&found));
        }
        Ok(_) => panic!("it was renamed"),
    }
}

#[test]
fn what_cannot_be_renamed_is_refused_and_says_why() {
    let mut project = named_in_every_way();
    let muscle = Kind::Muscle;
    let refused = |project: &Project, old, new, message| {
        expect_refused(project, (muscle, old, new), message);
    };
    refused(&project, "infraspinatis", "teres", "no muscle is called `infraspinatis`");
    refused(&project, "infraspinatus", "Teres minor", "`Teres minor` cannot be an id");
    refused(&project, "infraspinatus", "trapezius", "there is a muscle `trapezius` already");
    refused(
        &project,
        "infraspinatus",
        "infraspinatus",
        "the muscle `infraspinatus` has this id already",
    );
    expect_refused(&project, (Kind::Page, "ways", "muscles"), "address-collision");
    project.write("content/muscles/teres.svg", "<svg/>").build();
    refused(
        &project,
        "infraspinatus",
        "teres",
        "there is a file `content/muscles/teres.svg` already",
    );
    project.delete("content/muscles/teres.svg");
    let faqs = project.text("content/faqs.yaml").expect("there are questions").to_owned();
    let escaped = "odd: {question: Q, answer: A, muscles: [\"infra\\x73pinatus\"]}\n";
    append(&mut project, "content/faqs.yaml", escaped);
    refused(&project, "infraspinatus", "teres", "not-renamed");
    project.write("content/faqs.yaml", faqs);
    project.replace("content/techniques/finger-pressure.yaml", "name:", "nmae:").build();
    refused(&project, "infraspinatus", "teres", "unknown-key");
}
