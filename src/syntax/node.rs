//! A value of a data file as it was written: keys in order, duplicates and all.

use crate::source::Span;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands, if the format's parser says so.
    pub span: Option<Span>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in order; a key may stand twice.
    Map(Vec<Entry>),
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands, if the format's parser says so.
    pub key_span: Option<Span>,
    /// The value.
    pub node: Node,
}

impl Value {
    /// What it is, for messages: `a list`.
    pub fn description(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Flag(_) => "`true` or `false`",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Node { value, span: None }
    }
}
