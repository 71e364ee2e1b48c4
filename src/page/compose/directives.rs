//! What the components of directives are given.

use serde::Serialize;
use tera::Value;

use super::Composer;
use super::prose::Cited;
use crate::diagnostic::Diagnostic;
use crate::graph::RecordId;
use crate::model::Kind;
use crate::model::muscle::Muscle;
use crate::model::red_flags::FlagLevel;
use crate::page::prose::DirectiveFilling;
use crate::page::view::ReferralMap;
use crate::source::SourcePath;
use crate::syntax::markdown::Directive;
use crate::theme::Theme;

impl Composer<'_> {
    /// The component of a directive with its arguments. A directive that is wrong shows nothing:
    /// it was reported where it stands.
    pub(super) fn directive(
        &self,
        record: RecordId,
        file: &SourcePath,
        directive: &Directive,
        cited: &mut Cited,
    ) -> DirectiveFilling {
        let arguments = match directive.name.as_str() {
            "takeaways" | "do" | "dont" | "steps" => Some(Vec::new()),
            "note" => {
                let named = ["title", "kind", "place"];
                Some(named.map(|name| text_argument(directive, name)).to_vec())
            }
            "compare" => Some(vec![text_argument(directive, "caption")]),
            "care" => Some(vec![text_argument(directive, "level")]),
            "myth" => Some(vec![text_argument(directive, "verdict")]),
            "figure" => self.figure_arguments(record, file, directive),
            "referral-map" => self.referral_map(record, directive),
            "technique" => self.shown(Kind::Technique, directive, |one| {
                self.technique_card(one).map(|card| kept(&card))
            }),
            "service" => self.shown(Kind::Service, directive, |one| {
                self.service_card(one).map(|card| kept(&card))
            }),
            "faq" => self.shown(Kind::Faq, directive, |one| {
                self.question_within(record, one, cited).map(|question| kept(&question))
            }),
            "techniques" => Some(vec![view_argument(self.technique_list(directive))]),
            "red-flags" => Some(vec![view_argument(self.red_flags(directive))]),
            _ => None,
        };
        DirectiveFilling {
            component: arguments.is_some().then(|| directive.name.clone()),
            arguments: arguments.unwrap_or_default(),
            is_block: directive.is_block,
        }
    }

    fn shown(
        &self,
        kind: Kind,
        directive: &Directive,
        show: impl FnOnce(RecordId) -> Option<Value>,
    ) -> Option<Vec<(String, Value)>> {
        let record = self.base.find(kind, directive.argument("id")?)?;
        Some(vec![view_argument(show(record)?)])
    }

    fn figure_arguments(
        &self,
        record: RecordId,
        file: &SourcePath,
        directive: &Directive,
    ) -> Option<Vec<(String, Value)>> {
        let mut picture = self.picture(record, file, directive.argument("src")?)?;
        picture.alt = directive.argument("alt").unwrap_or_default().to_owned();
        picture.caption = directive.argument("caption").map(ToOwned::to_owned);
        picture.credit = directive.argument("credit").map(ToOwned::to_owned);
        Some(vec![view_argument(kept(&picture))])
    }

    fn referral_map(
        &self,
        record: RecordId,
        directive: &Directive,
    ) -> Option<Vec<(String, Value)>> {
        // Ids inside the drawing begin with the figure's id, which no other figure of the page has.
        let id = format!("map--{}-{}", self.base.entry(record).id, directive.span.start);
        let map = if let Some(muscle) = directive.argument("muscle") {
            let record = self.base.find(Kind::Muscle, muscle)?;
            let map = self.referral_of_muscle(record, self.base.get::<Muscle>(record)?, &id);
            ReferralMap { image: self.referral_image(record), ..map }
        } else {
            let record = self.base.find(Kind::Region, directive.argument("region")?)?;
            ReferralMap {
                subject: self.name_link(record),
                map: self.region_map(&[record], &id).unwrap_or_default(),
                image: self.referral_image(record),
                trigger_points: Vec::new(),
                candidates: self.candidates(record),
            }
        };
        Some(vec![view_argument(kept(&map)), text_argument(directive, "place")])
    }

    fn technique_list(&self, directive: &Directive) -> Value {
        let shown = self.base.techniques_shown(directive).into_iter();
        kept(&shown.filter_map(|record| self.technique_card(record)).collect::<Vec<_>>())
    }

    fn red_flags(&self, directive: &Directive) -> Value {
        let sets = self.base.flag_sets_shown(directive);
        kept(&self.flag_groups(&sets, FlagLevel::ALL))
    }
}

/// A part of a page as the engine keeps it, with what was drawn in it.
fn kept(part: &impl Serialize) -> Value {
    Value::from_serializable(part)
}

/// What a component shows beyond what the author wrote in braces.
fn view_argument(view: Value) -> (String, Value) {
    ("view".to_owned(), view)
}

fn text_argument(directive: &Directive, name: &str) -> (String, Value) {
    (name.to_owned(), directive.argument(name).map_or_else(Value::none, Value::normal_string))
}

/// Shows a directive with the theme's component.
pub(crate) fn render(
    theme: &Theme,
    site: &Value,
    directive: &DirectiveFilling,
    body: &str,
) -> Result<String, Box<Diagnostic>> {
    let Some(component) = &directive.component else { return Ok(body.to_owned()) };
    let arguments = directive.arguments.iter().filter(|(_, value)| !value.is_none());
    let arguments = arguments.cloned().collect();
    // One that lacks its body has been reported where it stands.
    theme.render_component(component, arguments, Some(body), site)
}
