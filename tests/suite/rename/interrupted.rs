//! A rename that is killed on its way is finished by the same command.

use sinew::authoring::change::changed;
use sinew::authoring::rename::{Request, rename};
use sinew::model::Kind;

use super::{input, named_in_every_way, rename_in, texts};

#[test]
fn what_was_interrupted_can_be_finished() {
    let project = named_in_every_way();
    let done = rename_in(&project, Kind::Muscle, "infraspinatus", "teres").expect("it is safe");
    let whole = texts(&changed(&project.input().sources, &done.changes));
    // A kill after any number of files leaves a project that says the same, and can be finished.
    for count in 1..done.changes.len() {
        let part = input(changed(&project.input().sources, &done.changes[..count]));
        if part.sources.get(&"content/muscles/infraspinatus.md".into()).is_some() {
            continue;
        }
        let rest =
            rename(&part, Request { kind: Kind::Muscle, old: "infraspinatus", new: "teres" });
        let rest = rest.expect("it can be finished");
        assert!(texts(&changed(&part.sources, &rest.changes)) == whole, "after {count}");
    }
}
