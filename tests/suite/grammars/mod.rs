//! The grammars that code is highlighted with: those of `two-face`, with regular expressions that are quick
//! to compile (`simpler.rs`). `UPDATE=1 cargo test grammars` writes `src/syntax/grammars.bin` anew.

mod edges;
mod lookaround;
mod pieces;
mod print;
mod simpler;

use std::fs;

use syntect::dumps;
use syntect::parsing::syntax_definition::Pattern;
use syntect::parsing::{ParseState, Regex, SyntaxSet, SyntaxSetBuilder};
use syntect::util::LinesWithEndings;

use super::files::{expect_up_to_date, repository};

/// The grammars of `two-face`, each expression as `change` leaves it.
fn grammars(change: impl Fn(&str, bool) -> Option<String>) -> SyntaxSet {
    let mut grammars = SyntaxSetBuilder::new();
    for grammar in two_face::syntax::extra_newlines().into_builder().syntaxes() {
        let mut grammar = grammar.clone();
        // They are part of the expressions already.
        grammar.variables.clear();
        for pattern in grammar.contexts.values_mut().flat_map(|context| &mut context.patterns) {
            if let Pattern::Match(rule) = pattern
                && let Some(simpler) = change(rule.regex.regex_str(), rule.has_captures)
            {
                rule.regex = Regex::new(simpler);
            }
        }
        grammars.add(grammar);
    }
    grammars.build()
}

fn written() -> SyntaxSet {
    let bytes = fs::read(repository("src/syntax/grammars.bin")).expect("it is there");
    dumps::from_uncompressed_data(&bytes).expect("a dump of grammars")
}

#[test]
fn they_are_those_of_two_face_in_a_simpler_form() {
    let made = grammars(simpler::simpler);
    if std::env::var_os("UPDATE").is_some() {
        let path = repository("src/syntax/grammars.bin");
        dumps::dump_to_uncompressed_file(&made, path).expect("it is written");
    }
    let (made, written) = (made.into_builder(), written().into_builder());
    let same = made.syntaxes() == written.syntaxes();
    assert!(same, "src/syntax/grammars.bin is not up to date (`UPDATE=1` accepts)");
}

#[test]
fn each_expression_can_be_compiled() {
    let grammars = written().into_builder();
    let contexts = grammars.syntaxes().iter().flat_map(|grammar| grammar.contexts.values());
    for pattern in contexts.flat_map(|context| &context.patterns) {
        let Pattern::Match(rule) = pattern else { continue };
        let mut expression = rule.regex.regex_str().to_owned();
        if rule.has_captures {
            // What opened the context stands there by then.
            expression = (0..10).fold(expression, |text, n| text.replace(&format!("\\{n}"), "x"));
        }
        let mistake = Regex::try_compile(&expression);
        assert!(mistake.is_none(), "{expression}: {mistake:?}");
    }
}

#[test]
fn their_licences_are_beside_them() {
    let mut made = String::from("# Licences of the grammars in `grammars.bin`\n\n");
    made.push_str("They were collected by [bat](https://github.com/sharkdp/bat) and packed by ");
    made.push_str("[two-face](https://github.com/CosmicHorrorDev/two-face).\n\n");
    for licence in two_face::acknowledgement::listing().for_syntaxes() {
        licence.write_md(&mut made);
    }
    expect_up_to_date("src/syntax/grammars-licences.md", &made);
}

#[test]
fn they_read_code_as_those_of_two_face_do() {
    let (ours, theirs) = (written(), two_face::syntax::extra_newlines());
    let read = |grammars: &SyntaxSet, ending: &str, code: &str| {
        let grammar = grammars
            .find_syntax_by_token(ending)
            .unwrap_or_else(|| panic!("{ending} is not known"));
        let mut state = ParseState::new(grammar);
        let lines = LinesWithEndings::from(code);
        lines
            .map(|line| state.parse_line(line, grammars).expect("it can be read"))
            .collect::<Vec<_>>()
    };
    for path in CODE {
        let code = fs::read_to_string(repository(path)).expect("a file of the repository");
        let code: String = code.split_inclusive('\n').take(MOST).collect();
        let ending = path.rsplit(['.', '/']).next().expect("a name");
        for (number, (one, other)) in
            read(&ours, ending, &code).iter().zip(read(&theirs, ending, &code)).enumerate()
        {
            assert_eq!(*one, other, "{path}:{}", number + 1);
        }
    }
    for (language, code) in SNIPPETS {
        assert_eq!(read(&ours, language, code), read(&theirs, language, code), "{language}");
    }
}

/// How many lines of each file are read.
const MOST: usize = 150;

/// Code of many sorts, letters beyond ASCII among it.
const CODE: [&str; 12] = [
    "src/syntax/highlight.rs",
    "build.rs",
    "benches/run.py",
    "benches/corpus/words.py",
    "themes/default/assets/search.js",
    "tests/browser/package.json",
    "themes/default/css/base.css",
    "themes/default/templates/base.html",
    "Cargo.toml",
    "README.md",
    "content/people.yaml",
    "Makefile",
];

const SNIPPETS: [(&str, &str); 10] = [
    ("rust", "let a = text.trim_matches(['\\'', '’', '→']).len();\n"),
    (
        "python",
        "@größe\nclass Übung(Reha):\n    dauer_s: int = 0x1f  # ℃\n    def f(self) -> str: return f\"{self.ä!r:>10} %d\" % (1,)\n",
    ),
    (
        "js",
        "const größe = async (x, ...y) => ({ [x]: /a[^b]\\/é/gi.test(`t${y}`) }); class Ä extends B { get é() { return this.#p ?? 1n } }\nfor(const returned of ifs){if(!é)break;else continue}\nreturné;\ntypeof x in$ y;do{}while(new.target);return",
    ),
    (
        "bash",
        "#!/bin/sh\nfor ü in \"${a[@]:-é}\"; do echo $((1 + 2)) 'x' \"$ü\" | sed -e 's/é/e/' >&2; done\ncat <<EOF\n$HOME\nEOF\n",
    ),
    (
        "yaml",
        "größe: &a [1, 2.5, ~, 'é', \"\\n\"]\n? x\n: - <<: *a\n  - !!str |\n    text # no comment\n",
    ),
    ("json", "{\"é\": [1e-3, null, true, \"\\u00e9\"]}\n"),
    (
        "html",
        "<!doctype html><p class=\"é\" data-größe='1'>&amp; é<script>let x = 1 < 2</script><style>p::after{content:\"é\"}</style>\n",
    ),
    ("sql", "SELECT größe, COUNT(*) FROM t WHERE a LIKE 'é%' -- c\nGROUP BY 1;\n"),
    ("ruby", "class Ä < B\n  def é?(x = :sym) = \"#{x}\" =~ /é\\d+/i\nend\n"),
    (
        "go",
        "package é\nfunc (m *M) Größe(x ...int) (y map[string]int, err error) { return nil, `é` }\n",
    ),
];
