//! Explanations of what is always reported: files that cannot be read, names that lead nowhere.

/// A code, what it finds in one line, and how to mend it in markdown.
pub(super) type Structural = (&'static str, &'static str, &'static str);

pub(super) const ALL: &[Structural] = &[];
