//! Names for contents: equal fingerprints mean equal bytes.

use std::cell::Cell;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use twox_hash::XxHash3_128;

/// 128 bits of XXH3: enough that two different contents never share one by chance. Nobody who can
/// make two on purpose gains by it: they could write what they like in the first place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes).to_be_bytes())
    }

    /// The fingerprint that 32 hexadecimal digits spell, as they are shown.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
        if text.len() != 32 || !text.chars().all(is_hex) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|number| Self(number.to_be_bytes()))
    }

    /// The first `digits` hexadecimal digits, for names of files.
    pub fn short(&self, digits: usize) -> String {
        let mut text = self.to_string();
        text.truncate(digits);
        text
    }
}

// In one piece, and not byte by byte as an array is: there are a dozen for each article.
impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            // JSON writes bytes as a list.
            return Deserialize::deserialize(deserializer).map(Self);
        }
        let bytes = <&[u8]>::deserialize(deserializer)?;
        bytes.try_into().map(Self).map_err(D::Error::custom)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

thread_local! {
    // A site takes a hundred thousand fingerprints: the room for one serves the next.
    static ROOM_TO_REUSE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Takes the fingerprint of several things in a row.
pub struct Fingerprinter {
    /// Has seen what no longer fits the buffer; most things fit.
    hasher: Option<XxHash3_128>,
    // Serialised values arrive byte by byte.
    buffer: Vec<u8>,
}

/// How much is gathered before it is hashed, in bytes.
const ROOM: usize = 16 << 10;

impl Fingerprinter {
    /// A fingerprinter that has seen nothing.
    pub fn new() -> Self {
        Self { hasher: None, buffer: ROOM_TO_REUSE.take() }
    }

    /// Adds bytes, with their length, so that `ab`,`c` differs from `a`,`bc`.
    pub fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.buffer.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.buffer.extend_from_slice(bytes);
        self.flush_if_large();
        self
    }

    /// Adds bytes as they are: of pieces in a row, the fingerprint is that of the whole.
    pub fn add_piece(&mut self, bytes: &[u8]) -> &mut Self {
        match bytes.len() > ROOM {
            true => {
                let hasher = self.hasher.get_or_insert_default();
                hasher.write(&self.buffer);
                hasher.write(bytes);
                self.buffer.clear();
            }
            false => self.buffer.extend_from_slice(bytes),
        }
        self.flush_if_large();
        self
    }

    /// Adds a value in its serialised form.
    ///
    /// # Panics
    /// Never for types whose `Serialize` does not fail by itself; ours do not.
    pub fn add_value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        postcard::serialize_with_flavor(value, &mut *self)
            .expect("our own types serialise without error");
        self
    }

    /// The fingerprint of all that was added, which is forgotten.
    pub fn finish(&mut self) -> Fingerprint {
        let hash = match self.hasher.take() {
            None => XxHash3_128::oneshot(&self.buffer),
            Some(mut hasher) => {
                hasher.write(&self.buffer);
                hasher.finish_128()
            }
        };
        self.buffer.clear();
        Fingerprint(hash.to_be_bytes())
    }

    fn flush_if_large(&mut self) {
        if self.buffer.len() > ROOM {
            self.hasher.get_or_insert_default().write(&self.buffer);
            self.buffer.clear();
        }
    }
}

impl Default for Fingerprinter {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Fingerprinter {
    fn drop(&mut self) {
        self.buffer.clear();
        ROOM_TO_REUSE.set(std::mem::take(&mut self.buffer));
    }
}

// Serialised values arrive in small pieces, for which this is less work than `io::Write`.
impl postcard::ser_flavors::Flavor for &mut Fingerprinter {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.buffer.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        // Many pieces are one byte, such as the length of a short text, for which a copy takes a call.
        if let [byte] = bytes {
            return self.try_push(*byte);
        }
        self.buffer.extend_from_slice(bytes);
        self.flush_if_large();
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// The fingerprint of one serialised value.
pub fn fingerprint_of<T: Serialize + ?Sized>(value: &T) -> Fingerprint {
    Fingerprinter::new().add_value(value).finish()
}
