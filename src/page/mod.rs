//! Decides which pages exist, and what each may show.
//! Knows nothing about where bytes go.

pub mod view;
