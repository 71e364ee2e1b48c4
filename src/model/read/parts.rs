//! A large map in parts, each of which is written and read by itself: several threads do it.

use std::fmt;
use std::hash::Hash;

use postcard::ser_flavors::Flavor;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

/// How many entries a part has: some hundred microseconds of work, and room of a tenth of a megabyte.
const PART: usize = 32;

/// How many parts are made side by side, each in room that serves the next ones.
const SIDE_BY_SIDE: usize = 8;

/// Writes a map as a list of parts.
pub(super) fn serialize<K, V, S>(map: &FxHashMap<K, V>, serializer: S) -> Result<S::Ok, S::Error>
where
    K: Serialize + Sync,
    V: Serialize + Sync,
    S: Serializer,
{
    let entries: Vec<(&K, &V)> = map.iter().collect();
    let mut list = serializer.serialize_seq(Some(entries.len().div_ceil(PART)))?;
    let mut rooms: Vec<Vec<u8>> = vec![Vec::new(); SIDE_BY_SIDE];
    for some in entries.chunks(PART * SIDE_BY_SIDE) {
        let parts = rooms.par_iter_mut().zip(some.par_chunks(PART));
        let written = parts.try_for_each(|(room, part)| {
            room.clear();
            postcard::serialize_with_flavor(part, Room(room))
        });
        written.map_err(S::Error::custom)?;
        for room in &rooms[..some.len().div_ceil(PART)] {
            list.serialize_element(&Bytes(room))?;
        }
    }
    list.end()
}

/// Reads what [`serialize`] wrote.
pub(super) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<FxHashMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Eq + Hash + Send,
    V: Deserialize<'de> + Send,
    D: Deserializer<'de>,
{
    let parts = Vec::<Bytes<'de>>::deserialize(deserializer)?;
    let parts: Result<Vec<Vec<(K, V)>>, postcard::Error> =
        parts.par_iter().map(|part| postcard::from_bytes(part.0)).collect();
    let parts = parts.map_err(D::Error::custom)?;
    let mut map = FxHashMap::default();
    map.reserve(parts.iter().map(Vec::len).sum());
    map.extend(parts.into_iter().flatten());
    Ok(map)
}

/// Room for a part, which arrives in small pieces: this is less work than `io::Write`.
struct Room<'a>(&'a mut Vec<u8>);

impl Flavor for Room<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        // Many pieces are one byte, such as the length of a short text, for which a copy takes a call.
        match bytes {
            [byte] => self.0.push(*byte),
            _ => self.0.extend_from_slice(bytes),
        }
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Bytes as one piece: as a list of numbers they take ten times as long.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowed;
        impl<'de> Visitor<'de> for Borrowed {
            type Value = Bytes<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Bytes<'de>, E> {
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_bytes(Borrowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Large(#[serde(with = "super")] FxHashMap<u32, String>);

    #[test]
    fn a_map_of_many_parts_is_read_as_it_was() {
        for count in [0, 1, PART, PART * SIDE_BY_SIDE + 1] {
            let map = (0..count as u32).map(|number| (number, format!("{number} ß"))).collect();
            let bytes = postcard::to_stdvec(&Large(map)).expect("it serialises");
            let Large(read) = postcard::from_bytes(&bytes).expect("it is read");
            assert_eq!(read.len(), count);
            assert!(read.iter().all(|(number, text)| *text == format!("{number} ß")));
        }
    }

    #[test]
    fn a_damaged_part_is_an_error() {
        let map = FxHashMap::from_iter([(1, "text".to_owned())]);
        let mut bytes = postcard::to_stdvec(&Large(map)).expect("it serialises");
        // Bytes of no text.
        let last = bytes.len() - 1;
        bytes[last] = 0xff;
        postcard::from_bytes::<Large>(&bytes).expect_err("it is damaged");
    }
}
