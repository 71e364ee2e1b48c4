//! Turns the knowledge base into what is published: pages for people, and files for machines.
//! Knows nothing about where the bytes go.

pub mod address;
pub mod data;
pub mod feed;
pub mod hosting;
pub mod json;
pub mod json_ld;
pub mod llms;
pub mod reading;
pub mod robots;
pub mod sections;
pub mod sitemap;
pub mod xml;

#[cfg(test)]
mod sample;
