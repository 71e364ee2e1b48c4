//! Commands as they are typed, with what they print: `tests/cli/*.trycmd`.

/// `TRYCMD=overwrite cargo test transcripts` writes them anew.
#[test]
fn commands_print_what_their_transcripts_say() {
    // Windows writes other paths and errors; the folders are copied before each transcript.
    let cases = trycmd::TestCases::new();
    cases.env("SOURCE_DATE_EPOCH", "1795392000").env("NO_COLOR", "1").env("COLUMNS", "80");
    cases.case("tests/cli/*.trycmd");
}
