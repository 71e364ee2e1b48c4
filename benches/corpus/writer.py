"""Turns random numbers into prose about given muscles.

Knows nothing of articles, Markdown files or generators.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from patterns import SENTENCES, Slot
from words import SLOTS

SEED = 1


def random_stream(*key: object) -> random.Random:
    """The random numbers of one thing, which do not depend on what else is made."""
    return random.Random(":".join(map(str, (SEED, *key))))


@dataclass
class Writer:
    """Writes about `muscles`, which are names, with the numbers of one stream."""

    rng: random.Random
    muscles: list[str]

    def pick(self, choices: Sequence):
        return choices[int(self.rng.random() * len(choices))]

    def fill(self, pattern: list[str]) -> str:
        text = "".join(self.word(part) if isinstance(part, Slot) else part for part in pattern)
        return text[0].upper() + text[1:]

    def word(self, slot: Slot) -> str:
        if slot == "m":
            return self.pick(self.muscles).lower()
        if slot == "Who":
            return self.pick(SLOTS["who"]).capitalize()
        return self.pick(SLOTS[slot])

    def sentence(self) -> str:
        return self.fill(self.pick(SENTENCES))

    def sentences(self, low: int, high: int) -> list[str]:
        return [self.sentence() for _ in range(self.rng.randint(low, high))]

    def emphasised(self) -> str:
        """A sentence with one word marked up."""
        words = self.sentence().split(" ")
        at = self.rng.randrange(len(words) - 1)
        mark = self.pick(["*", "**", "**", "`"])
        words[at] = f"{mark}{words[at].strip('.,;')}{mark}"
        return " ".join(words)

    def text(self, paragraphs: int) -> str:
        return "\n\n".join(" ".join(self.sentences(4, 7)) for _ in range(paragraphs))
