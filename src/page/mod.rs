//! Turns the knowledge base into what is published: pages for people, and files for machines.
//! Knows nothing about where the bytes go.

pub mod about;
pub mod address;
mod cards;
mod compose;
pub mod data;
pub mod feed;
mod fields;
pub mod hosting;
pub mod json;
pub mod json_ld;
mod kept_anchors;
pub mod llms;
pub mod output;
mod pictures;
mod prose;
pub mod published;
pub mod reading;
pub mod robots;
#[cfg(test)]
pub(crate) mod sample;
pub mod search;
pub mod sections;
mod sentence;
mod shelf;
mod site;
pub mod sitemap;
pub mod view;
pub mod xml;

pub use pictures::Pictures;
pub use shelf::{Making, Shelf, Tell};
pub use site::Site;
