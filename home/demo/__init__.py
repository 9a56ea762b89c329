"""The demonstration network: real facts of La Transfo, and what was made up to show.

The texts are data, in the YAML files beside this one; made-up pages say so.
"""

from typing import NamedTuple

# For a demonstration on one's own machine: everybody has the same.
PASSWORD = "labo-ouvert"  # noqa: S105
CITIES = [
    *("paris", "lille", "dunkerque", "strasbourg", "metz", "mulhouse", "occitanie")
]


# Invented people, named after what they do.
FIRST_NAMES = {
    "team": "Équipe",
    "moderator": "Modération",
    "translator": "Traduction",
    "editor": "Rédaction",
    "manager": "Responsable",
}


class Login(NamedTuple):
    """Somebody of the demonstration: what they do, and for which city or language."""

    email: str
    role: str
    city: str | None = None
    language: str | None = None

    def __str__(self):
        scope = [self.role, self.city and self.city.title(), self.language]
        return ", ".join(filter(None, scope))

    @property
    def first_name(self) -> str:
        return FIRST_NAMES[self.role]

    @property
    def last_name(self) -> str:
        return self.city.title() if self.city else "du réseau"


TEAM = Login("equipe@example.org", "team")


def logins() -> list[Login]:
    """The people of the demonstration, one for each role and city."""
    return [
        TEAM,
        Login("moderation@example.org", "moderator"),
        Login("traduction@example.org", "translator", language="en"),
        *(Login(f"{city}@example.org", "editor", city) for city in CITIES),
        *(Login(f"responsable.{city}@example.org", "manager", city) for city in CITIES),
    ]
