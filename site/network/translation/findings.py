from collections.abc import Callable
from dataclasses import dataclass

from .trees import Row, Trees


@dataclass(frozen=True)
class Drift:
    """One thing that is not as it should be, and what would put it right."""

    about: str
    says: str
    mend: Callable[[], object] | None = None

    def __str__(self) -> str:
        return f"{self.about}: {self.says}"


def named(trees: Trees, row: Row) -> str:
    """A page by its language, its place and its number."""
    return f"[{trees.languages[row.locale_id]}] {row.url_path} ({row.pk})"
