//! How the process takes memory and keeps it: glibc's allocator is told when the process starts, and only then.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// The variable that the allocator reads.
const VARIABLE: &str = "GLIBC_TUNABLES";

/// What it is told. To ask for large pages, which systems give to those who ask; and to take all that a thread
/// may get at once, as it asks for large pages only then. To take blocks of up to 32 MiB from that as well, and
/// to keep what is freed: else those are zeroed by the system again and again. To have more than seven small blocks
/// of a size at hand for each thread: what lies farther away takes several times as long. With a thousand of each,
/// a sixteenth of all memory lies idle.
const TUNABLES: &str = "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:\
                        glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456:\
                        glibc.malloc.tcache_count=100";

/// Starts the program anew, as the same process, with an allocator that takes memory in large steps. For commands
/// that read a whole project, before they do anything.
///
/// A build of ten thousand articles would ask the system for a page ninety thousand times, a tenth of its time;
/// to start costs a millisecond. Whoever tells the allocator something has the last word. Other allocators do
/// not read the variable, and where the program cannot be started it goes on as it is.
pub(super) fn take_in_large_steps() {
    if !cfg!(target_env = "gnu") || env::var_os(VARIABLE).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut arguments = env::args_os();
    let mut command = Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    // It only returns if it fails.
    let _ = command.args(arguments).env(VARIABLE, TUNABLES).exec();
}
