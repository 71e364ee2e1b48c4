//! What all pages see, once for each thread that draws them.

use serde::Serialize;
use tera::Value;

/// A value of the engine, once for each thread. The engine counts who holds a value whenever a template
/// names it, and threads that count at one place wait for each other.
#[derive(Debug, Clone)]
pub struct EachThread(Vec<Value>);

impl EachThread {
    /// Makes it for all threads.
    pub fn new(seen: &impl Serialize) -> Self {
        // The first is for threads outside of the pool.
        let threads = 0..=rayon::current_num_threads();
        Self(threads.map(|_| Value::from_serializable(seen)).collect())
    }

    /// The one of this thread.
    pub fn own(&self) -> &Value {
        let at = rayon::current_thread_index().map_or(0, |at| at + 1);
        self.0.get(at).unwrap_or(&self.0[0])
    }
}
