"""The colours of the site where no stylesheet reaches: in pictures, around a window.

They are named in `tokens.css` and nowhere else.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

TOKENS = Path(__file__).parents[1] / "static/css/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")


class Colour(NamedTuple):
    """One colour, on paper and as a blueprint."""

    day: str
    night: str


@cache
def colours() -> dict[str, Colour]:
    """Each colour by its name; the first one said is that of most readers."""
    found: dict[str, Colour] = {}
    for name, day, night in PAIR.findall(TOKENS.read_text()):
        found.setdefault(name, Colour(day, night))
    return found
