//! One node of a graph: its properties in the order in which they were said.

use crate::page::json::{Object, Said};

/// Room for most nodes that say more than a name, in bytes.
const ROOM: usize = 1000;

/// A node of a graph, as JSON. A property without a value is not there.
#[derive(Debug, Clone)]
pub(super) struct Node(Object);

impl Node {
    /// A node of a type.
    pub(super) fn of(kind: &str) -> Self {
        Self::untyped().with("@type", kind)
    }

    /// A node of a type that says more than most.
    pub(super) fn large(kind: &str) -> Self {
        Self(Object::with_room(ROOM)).with("@type", kind)
    }

    /// A page, of one type or several.
    pub(super) fn page(kinds: &[&str]) -> Self {
        match kinds {
            [kind] => Self::large(kind),
            kinds => Self(Object::with_room(ROOM)).with("@type", kinds),
        }
    }

    /// A node whose type nobody knows.
    pub(super) fn untyped() -> Self {
        Self(Object::new())
    }

    /// A mere reference to a node that is described elsewhere in the graph.
    pub(super) fn reference<T: Said>(id: T) -> Reference<T> {
        Reference(id)
    }

    /// A node that is written where it is said, in another one: of many, none is copied.
    pub(super) fn inner<F: Fn(Self) -> Self>(kind: &'static str, say: F) -> Inner<F> {
        Inner { kind, say }
    }

    /// The node with its identity.
    pub(super) fn id(self, id: impl Said) -> Self {
        self.with("@id", id)
    }

    /// The node with all properties of another one.
    pub(super) fn and(self, other: &Self) -> Self {
        Self(self.0.and(&other.0))
    }

    /// The node with one more property, if it has a value.
    pub(super) fn with(self, property: &'static str, value: impl Said) -> Self {
        if value.is_said() { Self(self.0.with(property, value)) } else { self }
    }
}

/// A mere reference to a node, by its identity.
pub(super) struct Reference<T>(T);

impl<T: Said> Said for Reference<T> {
    fn push_json(&self, out: &mut String) {
        out.push_str("{\"@id\":");
        self.0.push_json(out);
        out.push('}');
    }
}

/// A node in another one: its type, and what is said of it.
pub(super) struct Inner<F> {
    kind: &'static str,
    say: F,
}

impl<F: Fn(Node) -> Node> Said for Inner<F> {
    fn push_json(&self, out: &mut String) {
        let node = Node(Object::after(std::mem::take(out))).with("@type", self.kind);
        *out = (self.say)(node).0.finish();
    }
}

impl Said for Node {
    fn push_json(&self, out: &mut String) {
        self.0.push_json(out);
    }
}
