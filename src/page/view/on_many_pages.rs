//! Parts that are the same on many pages.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use tera::Value;

use crate::source::{Fingerprint, fingerprint_of};

/// A part that many pages show, as the engine keeps it: made once, and no page copies it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared<T> {
    value: Value,
    fingerprint: Fingerprint,
    part: PhantomData<T>,
}

impl<T: Serialize> Shared<T> {
    /// Makes it for all pages.
    pub fn new(part: &T) -> Self {
        let value = Value::from_serializable(part);
        Self { value, fingerprint: fingerprint_of(part), part: PhantomData }
    }
}

impl<T: Serialize + Default> Default for Shared<T> {
    fn default() -> Self {
        Self::new(&T::default())
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The key of a page does not go through all of it again.
        match serializer.is_human_readable() {
            true => self.value.serialize(serializer),
            false => self.fingerprint.serialize(serializer),
        }
    }
}
