//! Programs that stand before the system's own: they count the calls that go over a network, and do
//! one of them wrong.

use std::fs;
use std::path::PathBuf;

/// Where they stand, and what they do.
pub(super) struct Calls {
    folder: PathBuf,
}

/// `@…@` are filled in. Whoever is killed is `sinew`, however many programs are in between.
const SCRIPT: &str = r#"#!/bin/sh
PATH='@PATH@'
case "$*" in @COUNTED@) ;; *) exec @PROGRAM@ @OPTIONS@ "$@" ;; esac
cd_back=$PWD; cd '@FOLDER@' || exit 1
echo >> calls
fault=
[ "$(wc -l < calls)" = "$(cat at 2> /dev/null)" ] && fault=$(cat fault) && rm at
if [ -e each ]; then
    case $(($(wc -l < calls) % 4)) in 1) fault=unheard ;; 3) fault=lost ;; esac
fi
cd "$cd_back" || exit 1
[ "$fault" = unheard ] && { echo 'Connection reset by peer' >&2; exit 255; }
@PROGRAM@ @OPTIONS@ "$@"
status=$?
[ "$fault" = lost ] && { echo 'Connection reset by peer' >&2; exit 255; }
if [ "$fault" = kill ]; then
    process=$PPID
    while [ "$process" -gt 1 ] && [ "$(cat "/proc/$process/comm")" != sinew ]; do
        process=$(sed 's/.*) . \([0-9]*\).*/\1/' "/proc/$process/stat")
    done
    kill -9 "$process"
fi
exit $status
"#;

impl Calls {
    /// None yet, in a folder that is made.
    pub(super) fn new(folder: PathBuf) -> Self {
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("calls"), "").expect("written");
        Self { folder }
    }

    /// Stands before a program, with further options for it. `counted` is a pattern of the shell for
    /// those of its arguments that make a call one over the network.
    pub(super) fn stand_before(&self, program: &str, options: &str, counted: &str) {
        let script = SCRIPT
            .replace("@PATH@", &std::env::var("PATH").unwrap_or_default())
            .replace("@FOLDER@", &self.folder.display().to_string())
            .replace("@PROGRAM@", program)
            .replace("@OPTIONS@", options)
            .replace("@COUNTED@", counted);
        let path = self.folder.join(program);
        fs::write(&path, script).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(path, mode).expect("it may run");
    }

    /// What `PATH` has to be.
    pub(super) fn path(&self) -> String {
        format!("{}:{}", self.folder.display(), std::env::var("PATH").unwrap_or_default())
    }

    /// How many there were since the last look.
    pub(super) fn taken(&self) -> usize {
        let calls = self.folder.join("calls");
        let count = fs::read(&calls).expect("it is there").len();
        fs::write(calls, "").expect("written");
        count
    }

    /// Lets one of the calls to come, counted from 0, be `unheard`, `lost` after it was heard, or
    /// `kill` whoever calls.
    pub(super) fn plan(&self, at: usize, fault: &str) {
        self.taken();
        fs::write(self.folder.join("fault"), fault).expect("written");
        fs::write(self.folder.join("at"), (at + 1).to_string()).expect("written");
    }

    /// Lets every call fail once from now on, by turns `unheard` and `lost`, or no more.
    pub(super) fn fail_each_once(&self, is_so: bool) {
        self.taken();
        let each = self.folder.join("each");
        if is_so {
            fs::write(each, "").expect("written")
        } else {
            fs::remove_file(each).expect("removed")
        }
    }

    /// Whether what was planned has happened.
    pub(super) fn has_come(&self) -> bool {
        !self.folder.join("at").exists()
    }

    /// Publishes an edit where each call fails once, and then another where call after call kills
    /// whoever calls, until one comes through. `publish` says whether it worked.
    pub(super) fn do_wrong(
        &self,
        edit: &dyn Fn(),
        publish: &dyn Fn() -> bool,
        expect: &dyn Fn(&str),
    ) {
        assert!(publish());
        edit();
        self.fail_each_once(true);
        assert!(publish(), "it ended at a call that failed once");
        let calls = self.taken() / 2;
        assert!(calls >= 3, "{calls}");
        self.fail_each_once(false);
        expect("each call failed once");
        edit();
        for at in 0.. {
            self.plan(at, "kill");
            if publish() {
                assert!(!self.has_come() && at >= 3, "call {at} did not kill");
                break;
            }
            assert!(self.has_come(), "it failed before call {at}");
        }
        fs::remove_file(self.folder.join("at")).expect("it did not come");
        expect("call after call killed whoever called");
    }
}
