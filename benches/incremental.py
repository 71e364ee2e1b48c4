#!/usr/bin/env python3
"""Turns a development server and a file into the time from saving the file to seeing it served.

    benches/incremental.py --file content/a.md --url http://127.0.0.1:1111/a/ -- sinew serve
    benches/incremental.py --file data/clinic.yaml --url http://127.0.0.1:1313/ -- hugo server

The command is started in --cwd, and --url is asked for until it answers. Then each edit writes a
new marker into --file (in place of the last one, or of the word MARKER0, else as a paragraph at the
end), and --url is asked for, over one kept connection, until the answer has the marker:

    served   from just before the save to the first answer with the marker
    settled  from the same moment until the server is calm: the whole rebuild, not only this page

The file is put back at the end, and only the processes started here are ended. Linux only.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from activity import calm_since, members, memory_mib

MARKER = re.compile(rb"MARKER\w+")
CALM_SECONDS = 0.4
# Between two requests; until an unanswered one is sent again; for an edit; for the start.
POLL = 0.001
PATIENCE = 1.0
EDIT_LIMIT = 60.0
START_LIMIT = 300.0


@dataclass
class Edits:
    """Seconds of each counted edit; those that never showed are only counted."""

    served: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    missed: int = 0


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that the file is put back.
    options = parse_options()
    page = Page(options.url)
    file = options.cwd / options.file
    with kept(file), started(options.command, options.cwd, options.log) as server:
        ready = wait_until_ready(page, server)
        calm_since(members(server.pid), 1.0, START_LIMIT)
        processes = members(server.pid)
        for n in range(options.warm_up):
            edit(file, page, processes, Edits(), f"warm{n}")
        edits = Edits()
        for n in range(options.edits):
            edit(file, page, processes, edits, str(n))
        now, peak = memory_mib(processes, "VmRSS"), memory_mib(processes, "VmHWM")
    print(f"ready after {ready:.2f} s; memory {now:.0f} MiB, peak {peak:.0f} MiB; "
          f"missed {edits.missed}")
    print(f"served:  {summary(edits.served)}")
    print(f"settled: {summary(edits.settled)}")
    return 1 if edits.missed else 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, required=True, help="file to edit, in --cwd")
    parser.add_argument("--url", required=True, help="page that must show the edit")
    parser.add_argument("--cwd", type=Path, default=Path("."))
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=1, help="edits before, not counted")
    parser.add_argument("--log", type=Path, default=Path(os.devnull), help="what the server prints")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


class Page:
    """An address of this machine, asked for over one connection that is kept."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        if parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise SystemExit("expected an address of this machine")
        self.path = parts.path or "/"
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)

    def body(self) -> bytes | None:
        """What a page that exists says; connects again after a mistake."""
        try:
            self.connection.request("GET", self.path)
            answer = self.connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else None
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return None


@contextmanager
def kept(file: Path) -> Iterator[None]:
    original = file.read_bytes()
    try:
        yield
    finally:
        file.write_bytes(original)


@contextmanager
def started(command: list[str], folder: Path, log: Path) -> Iterator[subprocess.Popen]:
    """A server in a process group of its own, ended as a whole."""
    with open(log, "wb") as printed:
        server = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed,
                                  stderr=subprocess.STDOUT, start_new_session=True)
    try:
        yield server
    finally:
        end(server, signal.SIGTERM)


def end(server: subprocess.Popen, how: signal.Signals) -> None:
    try:
        os.killpg(server.pid, how)
        server.wait(10)
    except ProcessLookupError:
        server.wait()
    except subprocess.TimeoutExpired:
        end(server, signal.SIGKILL)


def wait_until_ready(page: Page, server: subprocess.Popen) -> float:
    start = time.perf_counter()
    while page.body() is None:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        if time.perf_counter() - start > START_LIMIT:
            raise SystemExit(f"the server did not answer within {START_LIMIT:.0f} s")
        time.sleep(0.02)
    return time.perf_counter() - start


def edit(file: Path, page: Page, processes: list[int], edits: Edits, number: str) -> None:
    marker = f"MARKERx{os.getpid()}x{number}".encode()
    text, replaced = MARKER.subn(marker, file.read_bytes())
    if not replaced:
        text += b"\n" + marker + b" was added.\n"
    start = time.perf_counter()
    file.write_bytes(text)
    served = wait_until_served(page, marker, start + EDIT_LIMIT)
    settled = calm_since(processes, CALM_SECONDS, EDIT_LIMIT)
    if served is None:
        edits.missed += 1
        return
    edits.served.append(served - start)
    if settled is not None:
        edits.settled.append(max(settled, served) - start)


def wait_until_served(page: Page, marker: bytes, deadline: float) -> float | None:
    while time.perf_counter() < deadline:
        body = page.body()
        if body is not None and marker in body:
            return time.perf_counter()
        time.sleep(POLL)
    return None


def summary(seconds: list[float]) -> str:
    if not seconds:
        return "never"
    middle, least, most = (1000 * each(seconds) for each in (statistics.median, min, max))
    return f"median {middle:.1f} ms, {least:.1f} to {most:.1f} ms, {len(seconds)} edits"


if __name__ == "__main__":
    sys.exit(main())
