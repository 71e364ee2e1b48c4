//! Marks that nothing reads: what an author meant by them does not come about.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// Markdown, or a mark of another program, that makes nothing, so that readers see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unread {
    /// What it was meant to be.
    pub meant: Meant,
    /// How it begins, on one line.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

/// What a mark was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meant {
    /// `[text](an address)`: a link or a picture whose address cannot be one.
    Link,
    /// `[text] (address)`: a link with a space within.
    LinkApart,
    /// `(text)[address]`: a link with its brackets exchanged.
    LinkTurned,
    /// `@id` that does not stand alone in its brackets; it is a mark only if a work has that id.
    Citation,
    /// `:name{…}`, with one colon; it is a mark only if a directive has that name.
    Directive,
    /// `> [!word] text`: a quote that is no note.
    Note,
    /// `!!! note`.
    Admonition,
    /// `##Heading`.
    Heading,
    /// `**text **`.
    Strong,
    /// Lines of cells that are no table.
    Table,
    /// Code that no fence closes.
    Code,
    /// `{{ … }}` or `{% … %}`.
    Template,
    /// `{.class}` or `{width=300}`.
    Attributes,
    /// `[TOC]`.
    Contents,
}
