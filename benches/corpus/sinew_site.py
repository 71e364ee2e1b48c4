"""Turns a corpus into a site for sinew: a file for each article, muscle and service, and tables.

What no article changes (settings and the smallest tables) is in `sinew/`.
"""

from __future__ import annotations

from pathlib import Path

from body import body
from documents import copy_folder, write_markdown, write_text, write_yaml
from model import Article, Corpus, Muscle, Service, slugify
from pictures import write_pictures
from words import AUTHORS, REGIONS


def write_sinew_site(corpus: Corpus, out: Path) -> None:
    copy_folder("sinew", out)
    content = out / "content"
    for article in corpus.articles:
        text = body(corpus, article).replace("](/img/", "](/media/")
        write_markdown(content / "articles" / f"{article.slug}.md", article_fields(article), text)
    for muscle in corpus.muscles:
        write_yaml(content / "muscles" / f"{muscle.id}.yaml", muscle_record(muscle))
        write_text(content / "muscles" / f"{muscle.id}.md", f"{muscle.text}\n")
    for service in corpus.services:
        write_yaml(content / "services" / f"{service.id}.yaml", service_record(service))
        write_text(content / "services" / f"{service.id}.md", f"{service.text}\n")
    write_yaml(content / "regions.yaml", {
        id: {"name": name, "area": "body", "view": "both"} for id, name in REGIONS})
    write_yaml(content / "people.yaml", {
        slugify(name): {"name": name, "role": "Author"} for name in AUTHORS})
    write_pictures(content / "media")


def article_fields(article: Article) -> dict:
    return {
        "title": article.title, "summary": article.description,
        "author": slugify(article.author), "published": article.date, "updated": article.updated,
        "topics": [slugify(tag) for tag in article.tags], "muscles": article.muscles,
        "services": article.services,
        "faqs": [{"question": question, "answer": answer} for question, answer in article.faqs],
        "related": article.related,
        "auto_link": False,  # Hugo links no terms by itself either.
    }


def muscle_record(muscle: Muscle) -> dict:
    return {
        "name": muscle.name, "aliases": [f"{muscle.name} {alias}" for alias in muscle.aliases],
        "group": "general", "area": "body", "summary": muscle.text.split(". ")[0] + ".",
        "attachments": {
            "origin": "; ".join(muscle.origin), "insertion": "; ".join(muscle.insertion)},
        "actions": muscle.actions, "nerve": "a nearby nerve",
        "trigger_points": [trigger_point_record(point) for point in muscle.trigger_points],
    }


def trigger_point_record(point: dict) -> dict:
    pain = [("primary", region) for region in point["referral"]["primary"]]
    pain += [("spillover", region) for region in point["referral"]["secondary"]]
    return {
        "id": point["id"], "label": point["label"], "where": point["location"],
        "refers_to": [{"region": region, "side": "same", "intensity": intensity}
                      for intensity, region in pain],
    }


def service_record(service: Service) -> dict:
    return {
        "name": service.name, "summary": service.summary, "techniques": ["held-pressure"],
        "duration_minutes": service.minutes, "price": {"amount": service.price, "currency": "EUR"},
    }
