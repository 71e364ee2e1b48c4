//! What is wrong with the directives that authors use.

use std::collections::BTreeSet;

use super::cures::note_of;
use super::writing::Writing;
use crate::diagnostic::Diagnostic;
use crate::graph::no_picture;
use crate::model::directives::ArgumentValue::{
    Choice, Id as Record, Ids as Records, Picture, Text,
};
use crate::model::directives::{
    self, ArgumentShape, ArgumentValue, DIRECTIVES, DirectiveShape, Form,
};
use crate::model::{Kind, nearest, similar};
use crate::source::Span;
use crate::syntax::markdown::{Argument, Directive, LinkForm, Oddity};

/// Everything wrong with the directives of a piece of markdown.
pub(super) fn check(writing: &Writing<'_>, found: &mut Vec<Diagnostic>) {
    let directives = &writing.outline.directives;
    let malformed: BTreeSet<u32> = writing.outline.oddities.iter().filter_map(malformed).collect();
    for (position, directive) in directives.iter().enumerate() {
        let next = directives.get(position + 1).map_or(u32::MAX, |next| next.span.start);
        // Arguments that cannot be read stand between the name and whatever comes next.
        let is_malformed =
            directive.span.end < next && malformed.range(directive.span.end..next).next().is_some();
        let checker = Checker { writing, directive, is_malformed };
        match directives::directive(&directive.name) {
            None => found.push(checker.unknown()),
            Some(shape) if shape.name == "faq" && !writing.is_body() => {
                found.push(checker.question_in_field());
            }
            Some(shape) => checker.shape(shape, found),
        }
    }
}

fn malformed(oddity: &Oddity) -> Option<u32> {
    match oddity {
        Oddity::MalformedArguments(_, span) => Some(span.start),
        // Its end comes after the name.
        Oddity::BracedName(_, span) => Some(span.end - 1),
        _ => None,
    }
}

struct Checker<'a> {
    writing: &'a Writing<'a>,
    directive: &'a Directive,
    is_malformed: bool,
}

impl Checker<'_> {
    fn error(&self, code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.writing.place(span), message)
    }

    fn unknown(&self) -> Diagnostic {
        let name = &self.directive.name;
        let known = DIRECTIVES.iter().map(|shape| shape.name);
        let help = match (note_of(name, ""), similar("a directive", name, known.clone())) {
            (Some(note), _) => format!("write `{note}`, or another kind of it"),
            (None, Some(near)) => near,
            (None, None) => format!("directives are {}", known.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("no directive is called `{name}`");
        self.error("unknown-directive", self.directive.span, message).help(help)
    }

    fn question_in_field(&self) -> Diagnostic {
        let message = "`faq` stands in a field, where no question can be shown";
        let help = "link to it instead, as in `[[faq:some-question]]`, or show it in a text";
        self.error("misplaced-directive", self.directive.span, message).help(help)
    }

    fn shape(&self, shape: &DirectiveShape, found: &mut Vec<Diagnostic>) {
        found.extend(self.wrong_form(shape));
        let mut seen = BTreeSet::new();
        for argument in &self.directive.arguments {
            let known = shape.arguments.iter().find(|known| known.name == argument.name);
            if !seen.insert(argument.name.as_str()) {
                let message = format!("`{}` stands here a second time", argument.name);
                let finding = self.error("duplicate-argument", argument.name_span, message);
                found.push(finding.help("keep one of the two"));
            } else if let Some(known) = known {
                found.extend(self.value(argument, known.value));
            } else {
                found.push(self.unknown_argument(argument, shape));
            }
        }
        // Arguments that could not be read are reported as such, not as missing.
        if !self.is_malformed {
            self.missing(shape, found);
        }
    }

    fn wrong_form(&self, shape: &DirectiveShape) -> Option<Diagnostic> {
        let name = shape.name;
        let (message, help) = match (shape.form, self.directive.is_block) {
            (Form::Block, false) => (
                format!("`{name}` needs a body"),
                format!("open it with `:::{name}` and close it with a line of `:::`"),
            ),
            (Form::Line, true) => (
                format!("`{name}` takes no body"),
                format!("write it on one line, with two colons: `::{name}{{…}}`"),
            ),
            _ => return None,
        };
        Some(self.error("wrong-directive-form", self.directive.span, message).help(help))
    }

    fn unknown_argument(&self, argument: &Argument, shape: &DirectiveShape) -> Diagnostic {
        let known = shape.arguments.iter().map(|known| known.name);
        let help = match similar("an argument", &argument.name, known.clone()) {
            Some(help) => help,
            None if shape.arguments.is_empty() => format!("`{}` takes no arguments", shape.name),
            None => format!("`{}` takes {}", shape.name, known.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("`{}` has no argument `{}`", shape.name, argument.name);
        self.error("unknown-argument", argument.name_span, message).help(help)
    }

    fn value(&self, argument: &Argument, value: ArgumentValue) -> Vec<Diagnostic> {
        let found = match value {
            Text => None,
            Choice(words) => self.choice(argument, words),
            Record(kind) => self.id(argument, &argument.value, kind),
            Records(kind) => {
                let ids = argument.ids();
                return ids.filter_map(|id| self.id(argument, id, kind)).collect();
            }
            Picture => self.picture(argument),
        };
        found.into_iter().collect()
    }

    fn choice(&self, argument: &Argument, words: &[&str]) -> Option<Diagnostic> {
        let written = argument.value.as_str();
        if words.contains(&written) {
            return None;
        }
        let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = nearest(written, words.iter().copied())
            .map(|word| format!("a similar word exists: `{word}`"));
        let message = format!("expected one of {listed}, found `{written}`");
        Some(self.error("unknown-choice", argument.span, message).maybe_help(help))
    }

    fn id(&self, argument: &Argument, id: &str, kind: Kind) -> Option<Diagnostic> {
        let base = self.writing.base;
        // A record that could not be read has been reported already; a draft is, by a rule.
        if base.find(kind, id).is_some() || base.absent(kind, id).is_some() {
            return None;
        }
        let message = format!("no {} is called `{id}`", kind.word());
        let help = base.similar_id(kind, id);
        Some(self.error("unknown-reference", argument.span, message).maybe_help(help))
    }

    fn picture(&self, argument: &Argument) -> Option<Diagnostic> {
        let target = argument.value.as_str();
        let found = self.writing.destination(target, LinkForm::Inline);
        no_picture(found, target, || self.writing.place(argument.span))
    }

    fn missing(&self, shape: &DirectiveShape, found: &mut Vec<Diagnostic>) {
        let (name, span) = (shape.name, self.directive.span);
        for argument in shape.arguments.iter().filter(|argument| argument.is_required) {
            if self.directive.argument(argument.name).is_none() {
                let message = format!("`{name}` needs the argument `{}`", argument.name);
                let help = example(shape, argument);
                found.push(self.error("missing-argument", span, message).help(help));
            }
        }
        let is_given = |one: &&&str| self.directive.argument(one).is_some();
        let given = shape.one_of.iter().filter(is_given).count();
        let choices = shape.one_of.iter().map(|one| format!("`{one}`"));
        let choices = choices.collect::<Vec<_>>().join(" or ");
        if !shape.one_of.is_empty() && given == 0 {
            let message = format!("`{name}` needs the argument {choices}");
            found.push(self.error("missing-argument", span, message));
        } else if given > 1 {
            let message = format!("`{name}` takes {choices}, not several of them");
            found.push(self.error("conflicting-arguments", span, message).help("keep one of them"));
        }
    }
}

/// How to write a directive with an argument that it lacks.
fn example(shape: &DirectiveShape, argument: &ArgumentShape) -> String {
    let colons = if shape.form == Form::Block { ":::" } else { "::" };
    let (value, rest) = match argument.value {
        Choice(words) => (words.join("|"), String::new()),
        Record(kind) => ("…".to_owned(), format!(" with the id of {}", kind.one())),
        Records(kind) => ("\"…, …\"".to_owned(), format!(" with ids of {}", kind.folder())),
        Picture => ("media/picture.jpg".to_owned(), String::new()),
        Text => ("…".to_owned(), String::new()),
    };
    format!("write `{colons}{}{{{}={value}}}`{rest}", shape.name, argument.name)
}
