//! The pictures in a piece of markdown, as `![…](…)` and as figures.

use crate::source::Span;
use crate::syntax::markdown::Outline;

/// A picture, however it was written.
pub(super) struct Picture<'a> {
    pub(super) target: &'a str,
    pub(super) alt: &'a str,
    pub(super) credit: &'a str,
    pub(super) is_figure: bool,
    pub(super) span: Span,
}

/// All pictures; those of markdown first.
pub(super) fn pictures(outline: &Outline) -> impl Iterator<Item = Picture<'_>> {
    let images = outline.images.iter().map(|image| Picture {
        target: &image.target,
        alt: &image.alt,
        credit: &image.title,
        is_figure: false,
        span: image.span,
    });
    let is_figure = |name: &str| name == "figure";
    let figures = outline.directives.iter().filter(move |one| is_figure(&one.name));
    let figures = figures.filter_map(|figure| {
        Some(Picture {
            target: figure.argument("src")?,
            alt: figure.argument("alt").unwrap_or_default(),
            credit: figure.argument("credit").unwrap_or_default(),
            is_figure: true,
            span: figure.span,
        })
    });
    images.chain(figures)
}
