//! Input that nobody would write, and somebody will: each gives a finding or the right page, and
//! never a panic or a hang.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::project::Project;

/// Builds a page `/odd/` of this text within a time that only a hang takes.
fn page(body: impl AsRef<[u8]>) -> Project {
    let text = [b"---\ntitle: Odd\n---\n", body.as_ref()].concat();
    built("content/pages/odd.md", text)
}

/// Builds a topic `odd` of this YAML.
fn topic(yaml: impl AsRef<[u8]>) -> Project {
    built("content/topics/odd.yaml", yaml.as_ref().to_vec())
}

fn built(path: &str, bytes: Vec<u8>) -> Project {
    let path = path.to_owned();
    in_time(move || {
        let mut project = Project::new([]);
        project.write(&path, bytes).build();
        project
    })
}

fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || sender.send(work()));
    match receiver.recv_timeout(Duration::from_secs(60)) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            drop(worker.join().map_err(|reason| std::panic::resume_unwind(reason)));
            panic!("the worker is gone")
        }
    }
}

#[track_caller]
fn expect_title(yaml: &str, title: &str) {
    topic(yaml).expect_clean().expect_page("topics/odd/index.html", [&format!("<h1>{title}</h1>")]);
}

#[track_caller]
fn expect_finding(yaml: impl AsRef<[u8]>, finding: &str) {
    topic(yaml).expect_findings([&format!("content/topics/odd.yaml:{finding}")]);
}

#[test]
fn words_that_yaml_changes_stay_what_was_written() {
    for word in ["no", "yes", "012", "1e3", "2026-13-45", "0x1F", ".inf", "1_000", "true", "off"] {
        expect_title(&format!("name: {word}\n"), word);
    }
}

#[test]
fn nothing_is_not_a_text() {
    for nothing in ["", "~", "null", "''", "\"  \"", "NULL"] {
        let finding = topic(format!("name: {nothing}\n")).findings();
        assert!(finding.contains("expected text, found nothing"), "{nothing:?}: {finding}");
    }
}

#[test]
fn a_flag_is_true_or_false_and_nothing_else() {
    for (word, found) in [("yes", "text"), ("1", "a whole number"), ("\"true\"", "text")] {
        let finding = format!("2:8: error[wrong-type] expected `true` or `false`, found {found}");
        expect_finding(format!("name: x\ndraft: {word}\n"), &finding);
    }
}

#[test]
fn a_date_is_a_day_of_the_calendar() {
    for day in ["2026-13-45", "2026-02-30", "2026-1-1", "20261101", "2026-11-01T00:00:00", "today"]
    {
        let findings = topic(format!("name: x\npublished: {day}\n")).findings();
        assert!(findings.contains(":2:12: error[wrong-type]"), "{day}: {findings}");
    }
    expect_title("name: x\npublished: \"2026-11-01\"\n", "x");
}

#[test]
fn a_number_is_never_guessed() {
    for number in ["012", "1e3", "-1", "1.5", "\"3\"", "99999999999", "many"] {
        let area = format!("name: x\norder: {number}\n");
        let findings = built("content/areas/odd.yaml", area.into()).findings();
        assert!(findings.contains(":2:8: error[wrong-type]"), "{number}: {findings}");
    }
}

#[test]
fn marks_and_line_ends_of_other_systems_are_read() {
    for text in ["\u{feff}name: x\n", "name: x\r\nsummary: y\r\n", "name: x\rsummary: y\r"] {
        expect_title(text, "x");
    }
    for end in ["\r\n", "\r"] {
        let text = format!("\u{feff}---{end}title: Odd{end}---{end}{end}one{end}{end}# Two{end}");
        let project = built("content/pages/odd.md", text.into());
        project.expect_clean().expect_page("odd/index.html", ["<p>one", "id=\"two\""]);
    }
}

#[test]
fn bytes_that_are_no_text_are_said_to_be_so() {
    expect_finding(b"\xff\xfen\0a\0", "1:1: error[not-text] the file is in UTF-16");
    expect_finding(b"name: \xe9\n", "1:7: error[not-text] the byte 0xe9 is not UTF-8");
    expect_finding("name: a\0b\n", "1:8: error[not-text] the file holds a NUL byte");
    let control = "1:7: error[wrong-type] the text holds the control character U+0007";
    expect_finding("name: \"a\\u0007\"\n", control);
    page(b"\xe9")
        .expect_findings(["content/pages/odd.md:4:1: error[not-text] the byte 0xe9 is not UTF-8"]);
}

#[test]
fn yaml_with_a_trap_in_it_is_an_error() {
    let name = "error[invalid-yaml]";
    for (yaml, place) in [
        ("name: x\naliases:\n\t- a\n", "3:1"),
        ("name: *gone\n", "1:7"),
        ("name: x\n---\nname: y\n", "2:1"),
        ("name: a: b\n", "1:8"),
        ("name: \"open\n", "1:7"),
    ] {
        let findings = topic(yaml).findings();
        let start = format!("content/topics/odd.yaml:{place}: {name}");
        assert!(findings.starts_with(&start), "{yaml:?}: {findings}");
    }
    let twice = "2:1: error[duplicate-key] the key `name` stands here a second time";
    expect_finding("name: x\nname: y\n", twice);
    let merged = topic("name: x\n<<: {summary: y}\n").findings();
    assert!(merged.contains("merge keys `<<` are not supported"), "{merged}");
    let unknown = "2:1: error[unknown-key] unknown key `nam`";
    expect_finding("name: x\nnam: y\n", unknown);
}

#[test]
fn unknown_tags_are_errors() {
    for yaml in ["name: !foo x\n", "name: x\naliases: [!foo a]\n", "!foo\nname: x\n"] {
        let findings = topic(yaml).findings();
        assert!(findings.contains("tags such as `!name` are not used here"), "{yaml}: {findings}");
    }
    expect_title("name: Stop! !\n", "Stop! !");
}

#[test]
fn deep_and_bombing_yaml_is_refused_at_once() {
    let open = format!("name: {}\n", "[".repeat(100_000));
    let closed = format!("name: x\naliases: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    let maps = format!("name: {}\n", "{a: ".repeat(50_000));
    let shallow = format!("name: {}\n", "[".repeat(5_000));
    let blocks = format!("name:\n  {}x\n", "- ".repeat(20_000));
    let levels: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let bomb: String = ('b'..='i')
        .zip('a'..)
        .map(|(name, before)| {
            format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(","))
        })
        .collect();
    let bomb = format!("a: &a [x,x,x,x,x,x,x,x,x]\n{bomb}name: *i\n");
    for yaml in [open, closed, maps, shallow, blocks, levels, bomb] {
        assert!(topic(yaml).findings().contains("error[invalid-yaml]"));
    }
}

#[test]
fn long_values_are_read_and_larger_files_refused() {
    let long = format!("name: x\nsummary: {}\n", "a".repeat(1 << 20));
    topic(long).expect_clean();
    let finding = "1:1: error[invalid-yaml] the text is larger than 4 MiB";
    expect_finding(format!("name: x\nsummary: {}\n", "a".repeat(5 << 20)), finding);
}

#[test]
fn unclosed_and_missing_front_matter_is_said() {
    built("content/pages/odd.md", b"---\ntitle: x\n".to_vec()).expect_findings([
        "content/pages/odd.md:1:1: error[unclosed-front-matter] the front matter is never closed",
    ]);
    built("content/pages/odd.md", b"".to_vec()).expect_findings([
        "content/pages/odd.md:1:1: error[missing-record] there is no page `odd` for this text",
    ]);
    built("content/pages/odd.md", b"---\ntitle: Odd\n---".to_vec()).expect_clean();
}

#[test]
fn ids_that_lead_elsewhere_are_refused() {
    let long = "a".repeat(10_000);
    for id in
        ["../x", "/etc/x", "%2e%2e", "..", "", "Knee", "a b", "é", "-a", "a/b", "a\u{202e}", &long]
    {
        let yaml = format!("? \"{id}\"\n: {{name: x}}\n");
        let project = built("content/topics.yaml", yaml.into());
        let findings = project.findings();
        assert!(findings.contains("error[invalid-id]"), "{id:?}: {findings}");
        assert!(findings.len() < 400, "a long id is told in short");
        let pages = project.pages();
        assert!(
            pages.keys().all(|path| !path.starts_with("topics/") || *path == "topics/index.html")
        );
    }
}

#[test]
fn a_title_cannot_close_what_it_stands_in() {
    let title = "</script></title><script>alert(1)</script>\u{2028}-->]]>\"'&";
    let yaml = serde_json::to_string(title).expect("it is JSON");
    let text = format!("---\ntitle: {yaml}\nsummary: {yaml}\nmenu: 1\n---\n\n[[odd]] {title}\n");
    let project = built("content/pages/odd.md", text.into());
    project.expect_clean();
    // Browsers run nothing of what is served as text or as JSON.
    let markup = |path: &str| path.ends_with(".html") || path.ends_with(".xml");
    for (path, bytes) in project.pages().into_iter().filter(|(path, _)| markup(path)) {
        let page = String::from_utf8_lossy(bytes);
        assert!(!page.contains("<script>alert"), "{path} runs what an author wrote:\n{page}");
        assert!(!page.contains("</script></title>"), "{path}");
        for json in page.split("application/ld+json\">").skip(1) {
            let json = json.split("</script>").next().unwrap_or_default();
            assert!(!json.contains('<'), "{path}: {json}");
            serde_json::from_str::<serde_json::Value>(json).expect("JSON-LD is JSON");
        }
    }
}

#[test]
fn links_that_run_something_are_not_published() {
    let links = "[a](javascript:x) [b](data:text/html,x) <javascript:x> ![c](javascript:x) \
                 [d](java&#x73;cript:x) [e](JAVA\u{1}SCRIPT:x) [[javascript:x]]\n\n<b onclick=x>raw</b>\n";
    let project = page(links);
    assert!(project.has_errors());
    for needle in ["href=\"javascript:", "href=\"data:", "src=\"javascript:", "<b onclick"] {
        project.expect_page_without("odd/index.html", needle);
    }
}

#[test]
fn a_project_may_be_next_to_nothing() {
    Project::new([]).build().expect_clean().expect_page("index.html", ["<h1>"]);
    Project::new([("site.toml", "")])
        .build()
        .expect_findings(["site.toml:1:1: warning[missing-base-url] the site has no `base_url`"]);
    let article = "---\ntitle: A\nsummary: s\nauthor: n\npublished: 2026-01-01\n---\nx\n";
    let people = "n: {name: N, role: r}\n";
    Project::new([("content/articles/a.md", article), ("content/people.yaml", people)])
        .build()
        .expect_clean()
        .expect_page("articles/a/index.html", ["<h1>A</h1>"]);
}

#[test]
fn broken_settings_are_findings() {
    let deep = format!("a={}", "[".repeat(100_000));
    for settings in
        ["title = 012", "a=1\na=2", "title = ", "\u{0}", "[[", "x[[[[", &deep, "title=''"]
    {
        let findings = built("site.toml", settings.into()).findings();
        assert!(findings.contains("site.toml:") && findings.contains("error["), "{settings:?}");
    }
}

#[test]
fn a_setting_without_a_value_is_one_mistake() {
    for (settings, others) in [
        ("[check]\nfoo = \n", 0),
        ("title = \nstudio = 1\n", 1),
        ("[[menu]]\nlabel = \nurl = \"/\"\n", 0),
        ("[build]\nsocial_cards = \n", 0),
    ] {
        let findings = built("site.toml", settings.into()).findings();
        assert_eq!(findings.matches("error[invalid-toml]").count(), 1, "{settings:?}: {findings}");
        assert_eq!(findings.matches("error[").count(), 1 + others, "{settings:?}: {findings}");
    }
}

#[test]
fn addresses_in_the_settings_run_nothing() {
    let settings = "base_url = \"javascript:x\"\n[studio]\nbooking_url = \"javascript:x\"\n\
                    social = [\"data:text/html,x\"]\n[[menu]]\nlabel = \"a\"\nurl = \"JAVA\\tSCRIPT:x\"\n\
                    [[redirect]]\nfrom = \"/old/\"\nto = \"vbscript:x\"\n[check]\ndefault = \"allow\"\n";
    let mut project = Project::new([("site.toml", settings)]);
    let findings = project.build().findings();
    assert_eq!(findings.matches("error[unsafe-address]").count(), 5, "{findings}");
}
