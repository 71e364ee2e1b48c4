//! How the process goes on with memory that it has given back: the allocator keeps it.

use std::hint::black_box;

/// The largest block from which glibc learns.
const LARGEST: usize = (32 << 20) - (64 << 10);
/// Two of them fit into what glibc sets aside for a thread.
const LARGE: usize = 30 << 20;

/// Makes the allocator keep what is freed, and take room for a thread's memory in one step. For each thread
/// that works on a build, first of all.
///
/// glibc gives large blocks back to the system and takes them again, zeroed, and lets the memory of a thread
/// grow by a call for every few pages. When a mapped block is freed it takes its size as the bound from
/// which on blocks are mapped, and twice that as what may lie free. Nothing is touched here, so nothing is used;
/// other allocators do not mind.
pub(super) fn keep_what_is_freed() {
    drop(block(LARGEST));
    drop([block(LARGE), block(LARGE)]);
}

/// A block, if there is room for it.
fn block(size: usize) -> Option<Vec<u8>> {
    let mut block = Vec::new();
    block.try_reserve_exact(size).ok()?;
    Some(black_box(block))
}
