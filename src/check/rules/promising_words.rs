//! Words that promise more than anybody knows.

use std::sync::LazyLock;

use crate::check::phrase::Phrases;
use crate::check::{Find, Passage, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(crate) const RULE: Rule = Rule {
    code: "promising-words",
    default: Level::Warn,
    summary: "wording that promises more than is known",
    explanation: "\
A promise of health needs evidence from people, and is judged by law as well as by readers. Most such
words have a plainer line that says what is known. Each finding shows one.

Wrong: `Pressure flushes toxins out of the muscle.`

Right: `Pressure may change how sensitive the spot feels.`

A sentence that denies the promise is no promise: `Nobody can guarantee that` is fine. So is the claim of a
myth, and a reader's question. `Nothing cures it faster than we do` denies nothing, and neither does `No drugs,
guaranteed relief`: `no` and `without` reach to the next comma.

It knows English words only: where `language` is another one, nothing is looked for.
",
    find: Find::English(find),
};

/// Words, and the safer line for them.
const PROMISES: &[(&str, &str)] = &[
    ("toxin|toxins|detox|detoxes|detoxify|detoxifies|detoxifying|detoxification", SENSITIVE),
    ("flush|flushes|flushing", SENSITIVE),
    ("flush|flushes|flushing|flushed … toxin|toxins|waste", SENSITIVE),
    ("flushed out|away", SENSITIVE),
    ("flushed the|your muscle|muscles|tissue|tissues", SENSITIVE),
    ("metabolic waste", SENSITIVE),
    ("waste products", SENSITIVE),
    ("break|breaks|breaking|broken up|down|apart … adhesion|adhesions|scar|scars", SENSITIVE),
    ("dissolve|dissolves|dissolving … adhesion|adhesions|knot|knots|scar|scars", SENSITIVE),
    ("cure|cures|cured|curing|curative", RELIEF),
    ("guarantee|guarantees|guaranteed|guaranteeing", RELIEF),
    ("miracle|miracles|miraculous|miraculously", RELIEF),
    ("permanently|instantly relieve|relieves|removes|remove|heals|heal|fixes|fix", RELIEF),
    ("permanent|instant|lasting relief", RELIEF),
    ("pain-free forever|again|for", RELIEF),
    ("gold standard", COMPARED),
    ("nothing beats", COMPARED),
    ("most effective", COMPARED),
    ("proven|clinically-proven|scientifically-proven", KNOWN),
    ("heal|heals|healing|repair|repairs … cellular level", KNOWN),
    ("cellular level", KNOWN),
    ("root cause|causes", CAUSE),
    ("sign of healing", "mild soreness for up to two days can happen; call us if it gets worse"),
];

const SENSITIVE: &str = "pressure may change how sensitive the spot feels";
const RELIEF: &str = "some people report relief";
const COMPARED: &str = "no method has been shown to beat all the others";
const KNOWN: &str =
    "say what was studied, in whom, and cite it; else: used by some, the evidence is mixed";
const CAUSE: &str = "may be one of several reasons";

/// How many are reported in one paragraph. Each place is looked for from its start.
const MOST: usize = 20;

static PHRASES: LazyLock<Phrases<&str>> =
    LazyLock::new(|| Phrases::new(PROMISES.iter().map(|(phrase, line)| (*phrase, *line))));

fn find(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let promises = passage.find(&PHRASES).into_iter().filter(|promise| !promise.is_denied);
    for promise in promises.take(MOST) {
        let words = passage.words(&promise.bytes).to_lowercase();
        let message = format!("`{words}` promises more than is known");
        let place = passage.place(&promise.bytes);
        found.push(RULE.finding(place, message).help(format!("a safer line: {}", promise.said)));
    }
}
