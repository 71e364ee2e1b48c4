//! Decides which pages exist, and what each may show.
//! Knows nothing about where bytes go.

mod compose;
pub mod output;
mod prose;
mod site;
pub mod view;

pub use site::Site;
