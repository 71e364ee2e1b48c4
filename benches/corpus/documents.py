"""Turns values into YAML and Markdown files.

Knows nothing of the corpus or of any generator.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path


def quoted(value: object) -> str:
    """A scalar, or a list of scalars, as JSON, which is YAML too."""
    return json.dumps(value, ensure_ascii=False)


def yaml(value: object, indent: int = 0) -> str:
    """Block style for dicts and lists of dicts, flow style for lists of scalars."""
    pad = "  " * indent
    if isinstance(value, dict):
        return "\n".join(
            f"{pad}{key}:\n{yaml(inner, indent + 1)}" if is_block(inner)
            else f"{pad}{key}: {yaml(inner)}"
            for key, inner in value.items()
        )
    if is_block(value):
        return "\n".join(f"{pad}- {yaml(item, indent + 1).lstrip()}" for item in value)
    return value.isoformat() if isinstance(value, date) else quoted(value)


def is_block(value: object) -> bool:
    """Whether the value takes lines of its own."""
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    return isinstance(value, dict)


def write_yaml(path: Path, value: object) -> None:
    write_text(path, yaml(value) + "\n")


def write_markdown(path: Path, front_matter: dict, text: str) -> None:
    write_text(path, f"---\n{yaml(front_matter)}\n---\n\n{text}")


def write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def copy_folder(name: str, out: Path) -> None:
    """Copies what is the same for every corpus; it is kept next to this file."""
    shutil.copytree(Path(__file__).parent / name, out, copy_function=shutil.copyfile)
