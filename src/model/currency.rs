//! The currency of a price.

use std::ops::Deref;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::declare::{Declared, Shape};

/// A currency's code in ISO 4217: three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Currency(Box<str>);

impl Currency {
    /// Why a text is no code, if so.
    pub(crate) fn mistake(text: &str) -> Option<String> {
        let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let expected = "expected the code of a currency in three capital letters";
        (!is_code).then(|| format!("{expected}, found `{text}`"))
    }
}

impl Deref for Currency {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Declared for Currency {
    const SHAPE: Shape = Shape::Currency;
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Self::mistake(&text) {
            Some(message) => Err(D::Error::custom(message)),
            None => Ok(Self(text.into())),
        }
    }
}
