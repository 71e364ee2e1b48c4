//! Draws pages, what stands around them, and components.

use std::collections::BTreeMap;

use tera::{Context, Tera, Value};

use super::squeeze::Squeezed;
use super::templates::{FOOTER, HEADER};
use super::{Theme, component_name};
use crate::diagnostic::Diagnostic;
use crate::source::{Fingerprint, Fingerprinter};

/// The size of most pages, in bytes.
const USUAL_PAGE: usize = 32 << 10;

/// The size of most components, in bytes.
const USUAL_COMPONENT: usize = 512;

/// What stands around the pages of a section: `frame.header` and `frame.footer`.
#[derive(Debug, Clone)]
pub struct Frame {
    drawn: Value,
    section: Value,
    /// The fingerprint of what was drawn.
    pub fingerprint: Fingerprint,
}

impl Default for Frame {
    /// Nothing around a page.
    fn default() -> Self {
        let drawn = Value::from_serializable(&BTreeMap::from([("header", ""), ("footer", "")]));
        Self { drawn, section: Value::none(), fingerprint: Fingerprint::default() }
    }
}

impl Theme {
    /// Draws what stands around the pages of a section, such as `muscles`: the same on all of them.
    pub fn frame(&self, site: &Value, section: Option<&str>) -> Result<Frame, Box<Diagnostic>> {
        let mut context = self.context(site);
        context.insert("section", &section);
        let header = self.render_template(HEADER, &context)?;
        let footer = self.render_template(FOOTER, &context)?;
        let fingerprint = Fingerprinter::new().add(&header).add(&footer).finish();
        let safe = |html| Value::safe_string(&into_text(html));
        let drawn = BTreeMap::from([("header", safe(header)), ("footer", safe(footer))]);
        let section = Value::from_serializable(&section);
        Ok(Frame { drawn: Value::from_serializable(&drawn), section, fingerprint })
    }

    /// Draws a page: `site`, `page`, `frame`, `section` and `strings` are what its template sees.
    /// The bytes are those of a text.
    pub fn render(
        &self,
        template: &str,
        site: &Value,
        page: Value,
        frame: &Frame,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = self.context(site);
        context.insert_value("page", page);
        context.insert_value("frame", frame.drawn.clone());
        context.insert_value("section", frame.section.clone());
        self.render_template(template, &context)
    }

    /// What all templates see.
    fn context(&self, site: &Value) -> Context {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert_value("strings", self.words.own().clone());
        context
    }

    fn render_template(
        &self,
        template: &str,
        context: &Context,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        // Most pages fit; growing to it byte by byte costs as much as drawing half the page.
        let mut html = Squeezed::new(USUAL_PAGE, self.templates.are_built_in);
        self.templates.engine(template).render_to(template, context, &mut html).map_err(
            |error| {
                let written = self.templates.written().render(template, context);
                Box::new(self.diagnostic(&written.err().unwrap_or(error), template))
            },
        )?;
        Ok(html.into_page())
    }

    /// Draws a markdown directive with its arguments and its body, which is safe HTML.
    pub fn render_component(
        &self,
        name: &str,
        arguments: BTreeMap<String, Value>,
        body: Option<&str>,
        site: &Value,
    ) -> Result<String, Box<Diagnostic>> {
        let component = component_name(name);
        let file = format!("components/{component}.html");
        self.draw(&component, &file, arguments, body, site).map(into_text)
    }

    /// Draws a component of the templates, such as `card`, with its arguments.
    pub fn render_part(
        &self,
        component: &str,
        arguments: BTreeMap<String, Value>,
        site: &Value,
    ) -> Result<String, Box<Diagnostic>> {
        let file = format!("parts/{component}.html");
        self.draw(component, &file, arguments, None, site).map(into_text)
    }

    fn draw(
        &self,
        component: &str,
        file: &str,
        arguments: BTreeMap<String, Value>,
        body: Option<&str>,
        site: &Value,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::new();
        for (argument, value) in arguments {
            context.insert_value(argument, value);
        }
        let mut implicit = Context::new();
        implicit.insert_value("site", site.clone());
        let draw = |tera: &Tera| {
            // The same bytes whether or not a studio has templates: else every page with a card would be made anew
            // for the first of them. Where it has, pages are squeezed whole.
            let mut html = Squeezed::new(USUAL_COMPONENT, true);
            tera.render_component_with_implicits_to(
                component, &context, &implicit, body, true, &mut html,
            )?;
            Ok(html.into_part())
        };
        draw(self.templates.engine(file)).map_err(|error| {
            let error = draw(self.templates.written()).err().unwrap_or(error);
            Box::new(self.diagnostic(&error, file))
        })
    }
}

#[cfg(test)]
impl Theme {
    /// The same, drawing each template as it is written.
    pub(crate) fn as_written(&self) -> Self {
        let mut theme = self.clone();
        // As they are written they have idle space of their own.
        theme.templates.are_built_in = false;
        theme.templates.engines =
            super::engines::Engines::of_all(theme.templates.written().clone());
        theme
    }
}

/// What a template drew, as a text.
pub(crate) fn into_text(drawn: Vec<u8>) -> String {
    String::from_utf8(drawn).expect("templates and values are text")
}
