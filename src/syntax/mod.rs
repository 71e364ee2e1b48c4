//! Turns text into parsed form: YAML, TOML, front matter, markdown. Never fails, never panics.
//! Knows nothing about muscles, and nothing about other files.

pub mod address;
pub mod align;
pub mod escape;
pub mod find;
pub mod front_matter;
pub mod highlight;
pub mod host;
pub mod insert;
pub mod locate;
pub mod markdown;
pub mod node;
pub mod plain_yaml;
pub mod records;
pub(crate) mod scalar;
pub mod slug;
pub mod text;
pub mod toml;
pub mod words;
pub mod yaml;
pub mod yaml_comment;
mod yaml_error;
mod yaml_extent;
mod yaml_slip;
mod yaml_text;
