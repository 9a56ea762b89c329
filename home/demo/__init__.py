"""The demonstration network: real facts of La Transfo, and what was made up to show.

The texts are data, in the YAML files beside this one; made-up pages say so.
"""

from typing import NamedTuple

# For a demonstration on one's own machine: everybody has the same.
PASSWORD = "labo-ouvert"  # noqa: S105
CITIES = [
    *("paris", "lille", "dunkerque", "strasbourg", "metz", "mulhouse", "occitanie")
]


class Login(NamedTuple):
    """Somebody of the demonstration: what they do, and for which city or language."""

    email: str
    role: str
    city: str | None = None
    language: str | None = None

    def __str__(self):
        scope = [self.role, self.city and self.city.title(), self.language]
        return ", ".join(filter(None, scope))


def logins() -> list[Login]:
    """The people of the demonstration, one for each role and city."""
    return [
        Login("equipe@example.org", "team"),
        Login("moderation@example.org", "moderator"),
        Login("traduction@example.org", "translator", language="en"),
        *(Login(f"{city}@example.org", "editor", city) for city in CITIES),
        *(Login(f"responsable.{city}@example.org", "manager", city) for city in CITIES),
    ]
