#!/usr/bin/env python3
"""Turns this checkout into a table of what publishing takes, next to `rclone sync --checksum`.

    make bench
    python3 benches/publish.py --articles 1000 --to folder

Publishes one built site to an empty place, once more without a change, and with one article changed, by
sinew and by rclone: to a folder in memory, and to an S3 server (moto, from PyPI) on the loopback
interface. Needs `target/release/sinew`, and `rclone` as Debian packages it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generators import first_line
from measure import added_paragraph
from report import as_table
from run import BENCH, PROJECT

SHM = Path("/dev/shm/sinew-bench-publish")
SECRETS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "hidden", "AWS_REGION": "us-east-1"}
# What publishing 10,000 unchanged pages may take after the build, in seconds.
LIMIT = 2.0
START_LIMIT = 60


def main() -> int:
    options = parse_options()
    if not shutil.which("rclone"):
        print("rclone is missing: apt-get install rclone", file=sys.stderr)
        return 1
    rows = [["to", "publish", "sinew", "rclone", "ratio", "target", "met"],
            ["---", "---", "---:", "---:", "---:", "---", "---"]]
    for to in options.to or ["folder", "s3"]:
        corpus = prepared(options.sinew, options.articles)
        try:
            with place(to) as (settings, remote):
                rows += measured(options, to, corpus, settings, remote)
        finally:
            shutil.rmtree(SHM, ignore_errors=True)
    versions = f"{first_line(options.sinew, '--version')}, {first_line(Path('rclone'), 'version')}"
    print(f"{versions}; {options.articles:,} articles, {options.files:,} files\n")
    print(as_table(rows))
    print(f"\nFor one changed article travelled: {', '.join(options.travelled)}")
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--to", action="append", choices=["folder", "s3"])
    parser.add_argument("--sinew", type=Path, default=PROJECT / "target/release/sinew")
    options = parser.parse_args()
    options.sinew = options.sinew.resolve()
    return options


def prepared(sinew: Path, articles: int) -> Path:
    """A built knowledge base in memory."""
    shutil.rmtree(SHM, ignore_errors=True)
    corpus = SHM / "kb"
    make = PROJECT / "benches/corpus/make.py"
    subprocess.run(
        [sys.executable, make, "--target", "sinew", "--articles", str(articles), "--out", corpus],
        check=True, stdout=subprocess.DEVNULL,
    )
    subprocess.run([sinew, "build", "--quiet", "--root", corpus], check=True)
    return corpus


def measured(
    options: argparse.Namespace, to: str, corpus: Path, settings: str, remote: list[str],
) -> Iterator[list[str]]:
    with (corpus / "site.toml").open("a") as file:
        file.write(f"\n[publish.live]\n{settings}")
    public = corpus / "public"
    options.files = sum(1 for path in public.rglob("*") if path.is_file())
    environment = {**os.environ, **SECRETS, "RCLONE_CONFIG": "/dev/null"}
    # rclone cannot take one from the environment, and nothing here is encrypted.
    environment.pop("AWS_CA_BUNDLE", None)
    publish = [options.sinew, "publish", "--yes", "--quiet", "--root", corpus]
    sync = ["rclone", "sync", "--checksum", public, *remote]

    def seconds(command: list) -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start

    # The settings changed, so the next publish builds: that is not what is measured.
    subprocess.run([options.sinew, "build", "--quiet", "--root", corpus], check=True)
    ours = [seconds(publish)]
    # The addresses are written down, which is a change of the sources.
    seconds(publish)
    ours.append(min(seconds(publish) for _ in range(3)))
    theirs = [seconds(sync)]
    theirs.append(min(seconds(sync) for _ in range(3)))
    with added_paragraph(corpus):
        told = subprocess.run(
            [options.sinew, "publish", "--dry-run", "--verbose", "--root", corpus],
            check=True, env=environment, capture_output=True, text=True,
        ).stdout
        options.travelled = [line[6:] for line in told.splitlines() if line[4:6] in ("+ ", "~ ")]
        # The dry run has built it: what is measured is the way there.
        ours.append(seconds(publish))
        theirs.append(seconds(sync))
    for name, our, their in zip(["first", "unchanged", "one article changed"], ours, theirs):
        has_target = name == "unchanged" and options.articles >= 10_000
        target = f"≤ {LIMIT:.0f} s" if has_target else "–"
        met = ("yes" if our <= LIMIT else "no") if has_target else "–"
        ratio = f"{our / their:.3g} × rclone"
        yield [to, name, f"{our:.2f} s", f"{their:.2f} s", ratio, target, met]


@contextmanager
def place(to: str) -> Iterator[tuple[str, list[str]]]:
    """Two empty places to publish to: the settings of ours, and the arguments of rclone's."""
    if to == "folder":
        yield f'type = "folder"\npath = "{SHM / "ours"}"\n', [str(SHM / "theirs")]
        return
    port = free_port()
    server = subprocess.Popen(
        [moto(), "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(port, server)
        make_bucket(url, "ours")
        make_bucket(url, "theirs")
        settings = f'type = "s3"\nbucket = "ours"\nendpoint = "{url}"\n'
        flags = ["--s3-provider", "Other", "--s3-env-auth", "--s3-endpoint", url]
        flags += ["--transfers", "32", "--checkers", "32"]
        yield settings, [":s3:theirs", *flags]
    finally:
        server.terminate()
        server.wait()


def moto() -> Path:
    """moto's server, installed from PyPI where it is not there yet."""
    found = shutil.which("moto_server") or shutil.which(PROJECT / "target/tools/bin/moto_server")
    if found:
        return Path(found)
    environment = BENCH / "moto"
    program = environment / "bin/moto_server"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin/pip", "install", "--quiet", "moto[s3,server]"], check=True)
    return program


def make_bucket(url: str, name: str) -> None:
    request = urllib.request.Request(f"{url}/{name}", method="PUT")
    urllib.request.urlopen(request, timeout=START_LIMIT).close()


def wait_until_ready(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("moto does not listen")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
