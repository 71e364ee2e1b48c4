"""Turns the measured builds into a table: what each generator took, and which targets are met.

Knows nothing of how they were measured.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from measure import Builds, Cost

# The name of a generator and a number of articles, to all counted runs.
Runs = dict[tuple[str, int], list[Builds]]

# The most that sinew may take, as a part of what Hugo takes for the same articles.
WHOLE_SECONDS = {1_000: 0.12, 10_000: 0.10}
WHOLE_MEMORY = {10_000: 0.20}
# As a part of sinew's own first build.
NOTHING_CHANGED = 0.10
ONE_CHANGED = 0.25
# For ten times as many articles.
GROWTH = 10.0


@dataclass(frozen=True)
class Row:
    figure: str
    sinew: str
    hugo: str
    ratio: str
    target: str
    met: str


def table(runs: Runs) -> str:
    rows = [Row("figure", "sinew", "hugo", "ratio", "target", "met"),
            Row("---", "---:", "---:", "---:", "---:", "---"), *all_rows(runs)]
    return as_table([list(vars(row).values()) for row in rows])


def as_table(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def all_rows(runs: Runs) -> Iterator[Row]:
    middle = {key: median_builds(builds) for key, builds in runs.items()}
    sizes = sorted({articles for _, articles in runs})
    for articles in sizes:
        ours, theirs = middle.get(("sinew", articles)), middle.get(("hugo", articles))
        yield from whole_rows(articles, ours, theirs)
        yield from second_build_rows(articles, ours, theirs)
    for small in sizes:
        if 10 * small in sizes:
            grown = [growth(middle, name, small) for name in ("sinew", "hugo")]
            figure = f"growth, {small:,} to {10 * small:,} articles"
            yield growth_row(f"{figure}: time", grown, 0)
            yield growth_row(f"{figure}: peak memory", grown, 1)


def median_builds(builds: list[Builds]) -> Builds:
    def median_cost(costs: list[Cost]) -> Cost:
        return Cost(statistics.median(cost.seconds for cost in costs),
                    statistics.median(cost.peak_mib for cost in costs))

    return Builds(median_cost([each.whole for each in builds]),
                  median_cost([each.nothing_changed for each in builds]),
                  median_cost([each.one_changed for each in builds]))


def whole_rows(articles: int, ours: Builds | None, theirs: Builds | None) -> Iterator[Row]:
    figure = f"whole build, {articles:,} articles"
    first, other = ours and ours.whole, theirs and theirs.whole
    ratio = first.seconds / other.seconds if first and other else None
    limit = WHOLE_SECONDS.get(articles)
    yield Row(f"{figure}: time", seconds(first), seconds(other), *judged(ratio, limit, of_hugo))
    ratio = first.peak_mib / other.peak_mib if first and other else None
    limit = WHOLE_MEMORY.get(articles)
    yield Row(f"{figure}: peak memory", mib(first), mib(other), *judged(ratio, limit, of_hugo))


def second_build_rows(articles: int, ours: Builds | None, theirs: Builds | None) -> Iterator[Row]:
    for change, field, limit in (("nothing changed", "nothing_changed", NOTHING_CHANGED),
                                 ("one article changed", "one_changed", ONE_CHANGED)):
        second, other = ours and getattr(ours, field), theirs and getattr(theirs, field)
        ratio = second.seconds / ours.whole.seconds if ours else None
        yield Row(f"second build, {articles:,} articles, {change}", seconds(second),
                  seconds(other), *judged(ratio, limit, of_first))


def growth(middle: dict, name: str, small: int) -> tuple[float, float] | None:
    """How many times the time and the memory of one size ten times the size takes."""
    before, after = middle.get((name, small)), middle.get((name, 10 * small))
    if before is None or after is None:
        return None
    return (after.whole.seconds / before.whole.seconds,
            after.whole.peak_mib / before.whole.peak_mib)


def growth_row(figure: str, grown: list[tuple[float, float] | None], part: int) -> Row:
    ours, theirs = (pair and pair[part] for pair in grown)
    return Row(figure, times(ours), times(theirs), *judged(ours, GROWTH, times))


def judged(ratio: float | None, limit: float | None, show: Callable) -> tuple[str, str, str]:
    target = "–" if limit is None else f"≤ {show(limit)}"
    if ratio is None or limit is None:
        return show(ratio), target, "–"
    return show(ratio), target, "yes" if ratio <= limit else "no"


def seconds(cost: Cost | None) -> str:
    if cost is None:
        return "–"
    return f"{cost.seconds:.2f} s" if cost.seconds >= 1 else f"{cost.seconds * 1000:.0f} ms"


def mib(cost: Cost | None) -> str:
    return "–" if cost is None else f"{cost.peak_mib:.0f} MiB"


def of_hugo(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.3g} × Hugo"


def of_first(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio * 100:.3g} % of the first"


def times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.3g} ×"
