#!/usr/bin/env python3
"""Turns a number of articles into a made-up therapy knowledge base, ready to build.

    python3 benches/corpus/make.py --target sinew --articles 1000 --out DIR

The same number always gives the same bytes. Article 7 says the same in a corpus of any size; only
its links differ, as they point at articles that exist. Every internal link resolves and every
picture exists. The prose is assembled from word lists: no medical advice, copied from nowhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hugo_site import write_hugo_site
from model import make_corpus
from sinew_site import write_sinew_site

TARGETS = {"sinew": write_sinew_site, "hugo": write_hugo_site}


def main() -> int:
    options = parse_options()
    corpus = make_corpus(options.articles)
    TARGETS[options.target](corpus, options.out)
    print(f"wrote {len(corpus.articles)} articles, {len(corpus.muscles)} muscles and "
          f"{len(corpus.services)} services for {options.target} to {options.out}")
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", choices=TARGETS, required=True)
    parser.add_argument("--articles", type=int, default=1000, metavar="N")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="must not exist yet")
    options = parser.parse_args()
    if options.articles < 1:
        parser.error("at least 1 article")
    if options.out.exists():
        parser.error(f"{options.out} exists")
    return options


if __name__ == "__main__":
    sys.exit(main())
