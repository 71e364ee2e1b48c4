//! What a code means, at more length than a message has.

/// The explanation of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code, such as `duplicate-record`.
    pub code: &'static str,
    /// What it means and why it matters, in whole sentences.
    pub text: &'static str,
}
