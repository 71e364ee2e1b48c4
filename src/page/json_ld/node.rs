//! One node of a graph: its properties in the order in which they were said.

use serde_json::{Map, Value};

/// A node of a graph. A property without a value is not there.
#[derive(Debug, Clone)]
pub(super) struct Node(Map<String, Value>);

impl Node {
    /// A node of a type.
    pub(super) fn of(kind: &str) -> Self {
        Self(Map::new()).with("@type", kind)
    }

    /// A node of several types.
    pub(super) fn of_all(kinds: &[&str]) -> Self {
        match kinds {
            [kind] => Self::of(kind),
            kinds => Self(Map::new()).with("@type", kinds),
        }
    }

    /// A node whose type nobody knows.
    pub(super) fn untyped() -> Self {
        Self(Map::new())
    }

    /// A mere reference to a node that is described elsewhere in the graph.
    pub(super) fn reference(id: impl Into<Value>) -> Self {
        Self(Map::new()).with("@id", id)
    }

    /// The node with its identity.
    pub(super) fn id(self, id: impl Into<Value>) -> Self {
        self.with("@id", id)
    }

    /// The node with one more property, if it has a value.
    pub(super) fn with(mut self, property: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let is_said = match &value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(list) => !list.is_empty(),
            _ => true,
        };
        if is_said {
            self.0.insert(property.to_owned(), value);
        }
        self
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        Value::Object(node.0)
    }
}

/// Texts as a value.
pub(super) fn texts<T: std::ops::Deref<Target = str>>(texts: &[T]) -> Value {
    texts.iter().map(|text| Value::from(&**text)).collect()
}
