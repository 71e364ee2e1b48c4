//! Where a picture lies.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::declare::{Declared, Shape, Visitor};
use super::scalars::Text;
use crate::diagnostic::FieldPath;

/// The file of a picture below `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Picture(pub Text);

impl Deref for Picture {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Declared for Picture {
    const SHAPE: Shape = Shape::Picture;

    fn walk<'a>(&'a self, path: &mut FieldPath, visitor: &mut dyn Visitor<'a>) {
        visitor.picture(path, self);
    }
}
