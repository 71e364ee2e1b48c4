#!/usr/bin/env python3
"""Turns this checkout into a table of how long an author waits for `sinew serve`, next to Hugo's.

    make bench
    python3 benches/author.py --articles 1000 --edits 5 --only sinew

Starts each development server once per corpus, and saves an article, a muscle and the base template,
several times each; `incremental.py` says how a save is timed. A missed target is only reported, a save
that never shows fails. Needs `target/release/sinew`, and what `run.py` needs.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from activity import calm_since, members, memory_mib
from generators import Generator, hugo, install_hugo, sinew
from incremental import START_LIMIT, Edits, Page, edit, kept, started, wait_until_ready
from report import as_table
from run import BENCH, PROJECT, conditions

MARKER = "MARKER0"
# What sinew may take, as a part of what Hugo takes: the figure, the articles, the part, Hugo's figure.
TARGETS = [
    ("article", 1_000, 0.05, "article"),
    ("article", 10_000, 0.025, "article"),
    ("muscle", 10_000, 0.05, "article"),
    ("template", 10_000, 0.1, "template"),
    ("ready", 10_000, 0.1, "ready"),
    ("peak", 10_000, 0.25, "peak"),
]
FIGURES = {
    "article": "an article's text",
    "muscle": "a muscle's name, seen on a region's page",
    "template": "the base template, seen on an open page",
    "ready": "until the first page answers",
    "peak": "peak memory",
}


@dataclass
class Wait:
    """What one server took: seconds, and MiB; `missed` counts saves that never showed."""

    figures: dict[str, float] = field(default_factory=dict)
    settled: dict[str, float] = field(default_factory=dict)
    missed: int = 0


def main() -> int:
    options = parse_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that servers are ended.
    BENCH.mkdir(parents=True, exist_ok=True)
    generators = []
    if options.only != "hugo":
        generators.append(sinew(options.sinew.resolve()))
    if options.only != "sinew":
        generators.append(hugo(install_hugo(BENCH / "venv")))
    waits = {(generator.name, articles): wait(generator, articles, options.edits)
             for articles in options.articles for generator in generators}
    said = [{"generator": name, "articles": articles, **asdict(one)}
            for (name, articles), one in waits.items()]
    (BENCH / "author.json").write_text(json.dumps(said, indent=1) + "\n")
    print(f"{conditions(generators, f'{options.edits} saves after one')}\n\n{table(waits)}")
    return 1 if any(one.missed for one in waits.values()) else 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--edits", type=int, default=5, metavar="N", help="of each file (default 5)")
    parser.add_argument("--only", choices=["sinew", "hugo"])
    parser.add_argument("--sinew", type=Path, default=PROJECT / "target/release/sinew",
                        metavar="BINARY", help="measure another build of sinew")
    return parser.parse_args()


def wait(generator: Generator, articles: int, edits: int) -> Wait:
    corpus = BENCH / f"author-{generator.name}-{articles}"
    shutil.rmtree(corpus, ignore_errors=True)
    subprocess.run([sys.executable, PROJECT / "benches/corpus/make.py", "--target", generator.name,
                    "--articles", str(articles), "--out", corpus], check=True, stdout=sys.stderr)
    template = with_own_template(generator, corpus)
    article = sorted((corpus / "content/articles").glob("[!_]*.md"))[articles // 2]
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    one = Wait()
    command = generator.serve(corpus, port)
    log = BENCH / f"author-{generator.name}.log"
    with started(command, corpus, log) as server:
        home = Page(f"{url}/")
        one.figures["ready"] = wait_until_ready(home, server)
        processes = members(server.pid)
        calm_since(processes, 1.0, START_LIMIT)
        # Hugo may have started others since.
        processes = members(server.pid)
        page = Page(f"{url}/articles/{article.stem}/")
        saves = [("article", article, page), ("template", template, page)]
        if generator.name == "sinew":
            saves.insert(1, ("muscle", *muscle_of_region(corpus, url)))
        for figure, file, shown in saves:
            with kept(file):
                count(one, figure, save(file, shown, processes, edits))
        one.figures["peak"] = memory_mib(processes, "VmHWM")
    print(f"{corpus.name}: {one.figures}", file=sys.stderr)
    return one


def count(one: Wait, figure: str, edits: Edits) -> None:
    one.missed += edits.missed
    if edits.served:
        one.figures[figure] = median(edits.served)
    if edits.settled:
        one.settled[figure] = median(edits.settled)


def save(file: Path, page: Page, processes: list[int], times: int) -> Edits:
    edits = Edits()
    edit(file, page, processes, Edits(), "warm")
    for number in range(times):
        edit(file, page, processes, edits, str(number))
    return edits


def with_own_template(generator: Generator, corpus: Path) -> Path:
    """The base template of the corpus, with the marker in the head of its pages."""
    if generator.name == "sinew":
        template = corpus / "themes/bench/templates/base.html"
        template.parent.mkdir(parents=True)
        shutil.copy(PROJECT / "themes/default/templates/base.html", template)
        settings = corpus / "site.toml"
        settings.write_text('theme = "bench"\n' + settings.read_text())
    else:
        template = corpus / "layouts/baseof.html"
    text = template.read_text()
    if "</head>" not in text:
        raise SystemExit(f"{template} has no head")
    template.write_text(text.replace("</head>", f'<meta name="bench" content="{MARKER}">\n</head>'))
    return template


def muscle_of_region(corpus: Path, url: str) -> tuple[Path, Page]:
    """A muscle that a region's page names, with the marker in its name."""
    index = Page(f"{url}/pain/").body() or b""
    for address in re.findall(rb'href="(/pain/[^"/#]+/)"', index):
        page = Page(url + address.decode())
        for name in re.findall(rb'href="/muscles/([^"/#]+)/"', page.body() or b""):
            file = corpus / f"content/muscles/{name.decode()}.yaml"
            if file.exists():
                text = re.sub(r'(?m)^name: "', f'name: "{MARKER} ', file.read_text())
                file.write_text(text)
                return file, page
    raise SystemExit("no region's page names a muscle")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def table(waits: dict[tuple[str, int], Wait]) -> str:
    header = ["figure", "sinew", "hugo", "ratio", "target", "met"]
    return as_table([header, ["---", "---:", "---:", "---:", "---:", "---"], *rows(waits)])


def rows(waits: dict[tuple[str, int], Wait]) -> Iterator[list[str]]:
    for figure, name in FIGURES.items():
        for articles in sorted({articles for _, articles in waits}):
            target = next((one for one in TARGETS if one[:2] == (figure, articles)), None)
            of_hugo = target[3] if target else ("article" if figure == "muscle" else figure)
            ours = figures(waits, "sinew", articles).get(figure)
            theirs = figures(waits, "hugo", articles).get(of_hugo)
            ratio = ours / theirs if ours is not None and theirs else None
            said = name if of_hugo == figure else f"{name} (Hugo: an article)"
            yield [f"{said}, {articles:,} articles", shown(figure, ours), shown(figure, theirs),
                   "–" if ratio is None else f"{ratio:.3f} × Hugo",
                   f"≤ {target[2]} × Hugo" if target else "–",
                   "–" if ratio is None or not target else "yes" if ratio <= target[2] else "no"]


def figures(waits: dict[tuple[str, int], Wait], name: str, articles: int) -> dict[str, float]:
    one = waits.get((name, articles))
    return one.figures if one else {}


def shown(figure: str, value: float | None) -> str:
    if value is None:
        return "–"
    if figure == "peak":
        return f"{value:.0f} MiB"
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
