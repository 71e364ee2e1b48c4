"""Turns a corpus into a site for Hugo: muscles and services are taxonomies, articles are pages.

What no article changes (settings, templates, styles) is in `hugo/`.
"""

from __future__ import annotations

import re
from pathlib import Path

from body import body
from documents import copy_folder, write_markdown, write_yaml
from model import Article, Corpus, Muscle, Service
from pictures import write_pictures
from words import REGIONS

INTERNAL_LINK = re.compile(r"\]\(/(articles|muscles|services)/([a-z0-9-]+)/\)")


def write_hugo_site(corpus: Corpus, out: Path) -> None:
    copy_folder("hugo", out)
    content = out / "content"
    for article in corpus.articles:
        text = INTERNAL_LINK.sub(r"](/\1/\2)", body(corpus, article))
        write_markdown(content / "articles" / f"{article.slug}.md", article_fields(article), text)
    for muscle in corpus.muscles:
        path = content / "muscles" / muscle.id / "_index.md"
        write_markdown(path, muscle_fields(muscle), f"{muscle.text}\n")
    for service in corpus.services:
        path = content / "services" / service.id / "_index.md"
        write_markdown(path, service_fields(service), f"{service.text}\n")
    write_yaml(out / "data/regions.yaml", [{"id": id, "name": name} for id, name in REGIONS])
    write_pictures(out / "static/img")


def article_fields(article: Article) -> dict:
    return {
        "title": article.title, "slug": article.slug, "date": article.date,
        "updated": article.updated, "author": article.author, "description": article.description,
        "tags": article.tags, "muscles": article.muscles, "services": article.services,
        "faqs": [{"q": question, "a": answer} for question, answer in article.faqs],
        "related": article.related,
    }


def muscle_fields(muscle: Muscle) -> dict:
    return {
        "title": muscle.name, "description": muscle.name, "regions": [muscle.region],
        "region_name": dict(REGIONS)[muscle.region],
        "synonyms": muscle.aliases,  # `aliases` means redirects in Hugo.
        "attachments": {"origin": muscle.origin, "insertion": muscle.insertion},
        "actions": muscle.actions, "trigger_points": muscle.trigger_points,
    }


def service_fields(service: Service) -> dict:
    return {"title": service.name, "description": service.summary,
            "minutes": service.minutes, "price": service.price}
