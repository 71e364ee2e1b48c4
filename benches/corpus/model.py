"""Turns a number of articles into a linked knowledge base of muscles, services and articles.

Knows nothing of how a generator wants them written; the text of an article is in `body`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from patterns import QUESTIONS, TITLES
from words import AUTHORS, MUSCLE_NAMES, MUSCLE_PARTS, REGIONS, SERVICES, SLOTS, TAGS
from writer import Writer, random_stream

MUSCLES = 200
RELATED = 5


@dataclass
class Muscle:
    id: str
    name: str
    aliases: list[str]
    region: str
    origin: list[str]
    insertion: list[str]
    actions: list[str]
    trigger_points: list[dict]
    text: str


@dataclass
class Service:
    id: str
    name: str
    summary: str
    minutes: int
    price: int
    text: str


@dataclass
class Article:
    """Everything about an article but its text; `muscles`, `services` and `related` are ids."""

    index: int
    title: str
    slug: str
    date: date
    updated: date
    author: str
    description: str
    tags: list[str]
    muscles: list[str]
    services: list[str]
    faqs: list[tuple[str, str]]
    related: list[str] = field(default_factory=list)


@dataclass
class Corpus:
    muscles: list[Muscle]
    services: list[Service]
    articles: list[Article]
    muscle_by_id: dict[str, Muscle]


def make_corpus(articles: int) -> Corpus:
    """The same number always gives the same corpus; only links depend on the number."""
    muscles = [make_muscle(index) for index in range(MUSCLES)]
    services = [make_service(index, muscles) for index in range(len(SERVICES))]
    muscle_by_id = {muscle.id: muscle for muscle in muscles}
    corpus = Corpus(muscles, services, [], muscle_by_id)
    corpus.articles = [make_article(index, corpus) for index in range(articles)]
    relate(corpus.articles)
    return corpus


def slugify(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def make_muscle(index: int) -> Muscle:
    count = len(MUSCLE_NAMES)
    base, part = MUSCLE_NAMES[index % count], MUSCLE_PARTS[index // count]
    name = f"{base}, {part}" if part else base
    rng = random_stream("muscle", index)
    writer = Writer(rng, [name])
    # In this order, as each draws from the same random stream.
    trigger_points = [make_trigger_point(n, writer) for n in range(1, rng.randint(1, 4) + 1)]
    kind = writer.pick(["muscle", "group", "complex"])
    aliases = [f"{base} {kind}", f"M. {base.lower()} {index}"][:rng.randint(1, 2)]
    origin = [phrase(writer, SLOTS["adj"], "ridge of the") for _ in range(rng.randint(1, 3))]
    insertion = [phrase(writer, SLOTS["adj"], "border of the") for _ in range(rng.randint(1, 2))]
    verbs = ["flexes", "extends", "rotates", "stabilises", "lifts", "draws in"]
    actions = [phrase(writer, verbs, "the") for _ in range(rng.randint(2, 4))]
    return Muscle(
        id=slugify(name), name=name, aliases=aliases,
        region=REGIONS[index % count * len(REGIONS) // count][0],
        origin=origin, insertion=insertion, actions=actions, trigger_points=trigger_points,
        text=writer.text(rng.randint(2, 4)),
    )


def make_trigger_point(number: int, writer: Writer) -> dict:
    felt_in = writer.rng.sample([region for region, _ in REGIONS], writer.rng.randint(2, 5))
    split = writer.rng.randint(1, 2)
    third = writer.pick(["upper", "middle", "lower"])
    return {
        "id": f"tp{number}", "label": f"Trigger point {number}",
        "location": f"{third} third of the {writer.pick(SLOTS['tissue'])}",
        "referral": {"primary": felt_in[:split], "secondary": felt_in[split:]},
    }


def phrase(writer: Writer, first: list[str], middle: str) -> str:
    return f"{writer.pick(first)} {middle} {writer.pick(SLOTS['part'])}"


def make_service(index: int, muscles: list[Muscle]) -> Service:
    rng = random_stream("service", index)
    writer = Writer(rng, [muscle.name for muscle in muscles[:20]])
    name = SERVICES[index]
    return Service(
        id=slugify(name), name=name, summary=writer.sentence(),
        minutes=rng.choice([25, 40, 55, 80]), price=rng.choice([45, 65, 85, 120]),
        text=writer.text(3),
    )


def make_article(index: int, corpus: Corpus) -> Article:
    rng = random_stream("meta", index)
    muscles = rng.sample(corpus.muscles, rng.randint(1, 4))
    writer = Writer(rng, [muscle.name for muscle in muscles])
    title = writer.fill(writer.pick(TITLES))
    day = date(2014, 1, 1) + timedelta(days=rng.randrange(4200))
    return Article(
        index=index, title=title, slug=f"{slugify(title)}-{index}", date=day,
        updated=day + timedelta(days=rng.randrange(120)), author=writer.pick(AUTHORS),
        description=writer.sentence(), tags=rng.sample(TAGS, rng.randint(2, 4)),
        muscles=[muscle.id for muscle in muscles],
        services=[service.id for service in rng.sample(corpus.services, rng.randint(1, 2))],
        faqs=[(writer.fill(question), f"{writer.emphasised()} {' '.join(writer.sentences(1, 3))}")
              for question in rng.sample(QUESTIONS, rng.randint(0, 4))],
    )


def relate(articles: list[Article]) -> None:
    """Fills `related` with neighbours in the lists of the article's own muscles."""
    lists = defaultdict(list)
    for article in articles:
        for muscle in article.muscles:
            lists[muscle].append(article.slug)
    place = {muscle: {slug: n for n, slug in enumerate(lists[muscle])} for muscle in lists}
    for article in articles:
        found = {}  # Keeps the order of discovery.
        for step in (1, 2, 3, 5, 8, 13):
            for muscle in article.muscles:
                neighbours = lists[muscle]
                found[neighbours[(place[muscle][article.slug] + step) % len(neighbours)]] = True
        found.pop(article.slug, None)
        article.related = list(found)[:RELATED]
