"""What something takes, and how to say so."""

import time
from collections.abc import Callable, Iterator

TURNS = 15


def took(act: Callable, *arguments) -> float:
    """How many milliseconds it takes."""
    start = time.perf_counter()
    act(*arguments)
    return (time.perf_counter() - start) * 1000


def times(act: Callable, *arguments, before: Callable = dict) -> list[float]:
    """How many milliseconds it takes, from the shortest to the longest."""
    taken = []
    for _turn in range(TURNS):
        before()
        taken.append(took(act, *arguments))
    return sorted(taken)


def middle(taken: list[float]) -> float:
    return taken[len(taken) // 2]


def late(taken: list[float]) -> float:
    """What nineteen of twenty take at most."""
    return taken[int(len(taken) * 0.95)]


def table(columns: dict[str, dict[str, float]]) -> Iterator[str]:
    """The figures side by side."""
    first, *_others = columns.values()
    yield " | ".join(["", *columns])
    for name in first:
        figures = (f"{figures[name]:,.2f}" for figures in columns.values())
        yield " | ".join([name, *figures])
