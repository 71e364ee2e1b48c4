//! Numbers that have a meaning, and so bounds: what is outside of them is a mistake where it stands.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::declare::{Declared, NumberShape, Shape};

/// An amount of money: not negative, and a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Amount(f64);

/// A part of a whole, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Fraction(f64);

impl Amount {
    const NUMBER: NumberShape = NumberShape { expected: "an amount of 0 or more", max: f64::MAX };

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Fraction {
    const NUMBER: NumberShape = NumberShape { expected: "a fraction from 0 to 1", max: 1.0 };

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Declared for Amount {
    const SHAPE: Shape = Shape::Number(Self::NUMBER);
}

impl Declared for Fraction {
    const SHAPE: Shape = Shape::Number(Self::NUMBER);
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Self::NUMBER, deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Self::NUMBER, deserializer).map(Self)
    }
}

fn read<'de, D: Deserializer<'de>>(shape: NumberShape, deserializer: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    match shape.mistake(number) {
        Some(message) => Err(D::Error::custom(message)),
        None => Ok(number),
    }
}
