"""Turns a generator and a corpus into the seconds and the memory that its builds take.

Knows nothing of targets, nor what the generators are.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generators import Generator

PARAGRAPH = b"\nThis paragraph was added to an article that had been built before.\n"


@dataclass(frozen=True)
class Cost:
    """Of one process, from its start to its end.

    On Linux a process inherits the peak of the one that starts it, here 13 MiB: smaller peaks
    cannot be seen.
    """

    seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Builds:
    """Three builds in a row into one folder that was not there before."""

    whole: Cost
    nothing_changed: Cost
    one_changed: Cost


@dataclass(frozen=True)
class Bench:
    """`scratch` is a folder in memory, so that no disk is measured; `log` takes what is printed."""

    generator: Generator
    corpus: Path
    scratch: Path
    log: Path

    @property
    def out(self) -> Path:
        return self.scratch / self.generator.name


def measure(bench: Bench) -> Builds:
    forget(bench)
    whole = build(bench, bench.out)
    nothing_changed = build(bench, bench.out)
    with added_paragraph(bench.corpus):
        one_changed = build(bench, bench.out)
    return Builds(whole, nothing_changed, one_changed)


def stale_files(bench: Bench) -> list[str]:
    """The files that the last build of `measure` left other than a clean build makes them."""
    clean = bench.scratch / f"{bench.generator.name}-clean"
    forget_leftovers(bench)
    with added_paragraph(bench.corpus):
        build(bench, clean)
    found = differences(bench.out, clean)
    shutil.rmtree(clean)
    return found


def forget(bench: Bench) -> None:
    """Makes the next build the first one."""
    shutil.rmtree(bench.out, ignore_errors=True)
    forget_leftovers(bench)


def forget_leftovers(bench: Bench) -> None:
    for name in bench.generator.leftovers:
        path = bench.corpus / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def added_paragraph(corpus: Path) -> Iterator[None]:
    """Changes the text of the article in the middle of the list, and puts it back."""
    articles = sorted(corpus.glob("content/articles/[!_]*.md"))
    article = articles[len(articles) // 2]
    original = article.read_bytes()
    try:
        article.write_bytes(original + PARAGRAPH)
        yield
    finally:
        article.write_bytes(original)


def build(bench: Bench, out: Path) -> Cost:
    command = bench.generator.command(bench.corpus, out)
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    outputs = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
               (os.POSIX_SPAWN_OPEN, 1, bench.log, writing, 0o644),
               (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=outputs)
    try:
        _, status, usage = os.wait4(pid, 0)
    except BaseException:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        raise
    seconds = time.perf_counter() - start
    if status != 0:
        printed = bench.log.read_text(errors="replace")[-2000:]
        raise SystemExit(f"`{' '.join(command)}` failed:\n{printed}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def differences(one: Path, other: Path) -> list[str]:
    names = {file.relative_to(root) for root in (one, other) for file in files(root)}
    return sorted(str(name) for name in names if content(one / name) != content(other / name))


def files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file())


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
