"""Turns an article of the corpus into its text: Markdown of 950 to 2,550 words, mean 1,600.

Knows nothing of generators: links are /articles/x/, /muscles/x/ and /services/x/, pictures /img/x.
"""

from __future__ import annotations

from dataclasses import dataclass

from code_blocks import CODE_BLOCKS
from model import Article, Corpus
from patterns import HEADINGS
from pictures import PICTURES
from words import SLOTS
from writer import Writer, random_stream


def body(corpus: Corpus, article: Article) -> str:
    """Five to nine sections of paragraphs and blocks, then one to three footnotes.

    Every draw is from one random stream, so the order of the statements is part of the result.
    """
    rng = random_stream("body", article.index)
    names = [corpus.muscle_by_id[muscle].name for muscle in article.muscles]
    writer = Writer(rng, names)
    blocks = Blocks(corpus, article, writer)
    goal = int(rng.triangular(750, 2250, 1150))
    headings = rng.sample(HEADINGS, rng.randint(5, 9))
    footnotes = rng.randint(1, 3)
    has_code = rng.random() < 0.125
    code_section = rng.randrange(len(headings))

    out = [blocks.paragraph()]
    words = 0
    for n, heading in enumerate(headings):
        out.append(f"## {writer.fill(heading)}")
        words_by_then = goal * (n + 1) // len(headings)
        section, last_paragraph, words = write_section(blocks, words, words_by_then)
        if n < footnotes:
            section[last_paragraph] += f"[^{n + 1}]"
        out += section
        if has_code and n == code_section:
            language, code = writer.pick(CODE_BLOCKS)
            out.append(f"```{language}\n{code}```")
    out += [f"[^{n + 1}]: {writer.sentence()}" for n in range(footnotes)]
    return "\n\n".join(out) + "\n"


def write_section(blocks: Blocks, words: int, goal: int) -> tuple[list[str], int, int]:
    """The blocks until the article has `goal` words, where the last paragraph is, the new count."""
    writer = blocks.writer
    out: list[str] = []
    has_subheading = False
    while True:
        last_paragraph = len(out)
        out.append(blocks.paragraph())
        words += count_words(out[-1])
        if writer.rng.random() < 0.3:
            out.append(blocks.any_block())
            words += count_words(out[-1])
        if words >= goal:
            return out, last_paragraph, words
        if not has_subheading and writer.rng.random() < 0.35:
            out.append(f"### {writer.fill(writer.pick(HEADINGS))}")
            has_subheading = True


def count_words(block: str) -> int:
    return block.count(" ") + 1


@dataclass
class Blocks:
    """The kinds of blocks of one article."""

    corpus: Corpus
    article: Article
    writer: Writer

    def paragraph(self) -> str:
        rng = self.writer.rng
        sentences = self.writer.sentences(3, 6)
        if rng.random() < 0.5:
            sentences[rng.randrange(len(sentences))] = self.writer.emphasised()
        if rng.random() < 0.22:
            sentences.append(f"See also {self.link()} for more on this.")
        return " ".join(sentences)

    def link(self) -> str:
        corpus, writer, rng = self.corpus, self.writer, self.writer.rng
        kind = rng.random()
        if kind < 0.6 and len(corpus.articles) > 1:
            other = writer.pick(corpus.articles)
            return f"[{other.title.lower()}](/articles/{other.slug}/)"
        if kind < 0.9:
            if rng.random() < 0.5:
                muscle = corpus.muscle_by_id[writer.pick(self.article.muscles)]
            else:
                muscle = writer.pick(corpus.muscles)
            return f"[{muscle.name.lower()}](/muscles/{muscle.id}/)"
        service = writer.pick(corpus.services)
        return f"[{service.name.lower()}](/services/{service.id}/)"

    def any_block(self) -> str:
        kinds = [self.bullets, self.numbered, self.table, self.quote, self.picture]
        return self.writer.pick(kinds)()

    def bullets(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in self.writer.sentences(3, 6))

    def numbered(self) -> str:
        sentences = enumerate(self.writer.sentences(3, 6), 1)
        return "\n".join(f"{n}. {sentence}" for n, sentence in sentences)

    def table(self) -> str:
        pick = self.writer.pick
        rows = ["| Step | Hold | How often | Note |", "| --- | ---: | :---: | --- |"]
        for n in range(self.writer.rng.randint(3, 6)):
            hold, often = pick(SLOTS["time"]), pick(SLOTS["freq"])
            rows.append(f"| {n + 1} | {hold} | {often} | {self.writer.sentence()} |")
        return "\n".join(rows)

    def quote(self) -> str:
        return "\n".join(f"> {sentence}" for sentence in self.writer.sentences(2, 3))

    def picture(self) -> str:
        n = self.writer.rng.randrange(PICTURES)
        return f"![{self.writer.pick(self.writer.muscles)}, position {n}](/img/figure-{n:02}.png)"
