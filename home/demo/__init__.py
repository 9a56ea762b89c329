"""The demonstration network: real facts of La Transfo, and what was made up to show.

The texts are data, in the YAML files beside this one; made-up pages say so.
"""

# For a demonstration on one's own machine: everybody has the same.
PASSWORD = "labo-ouvert"  # noqa: S105


def logins() -> list[tuple[str, str]]:
    """The people of the demonstration: their address and what they are."""
    cities = ["paris", "lille", "dunkerque", "strasbourg", "metz", "mulhouse"]
    return [
        ("equipe@example.org", "network team"),
        ("moderation@example.org", "moderator"),
        *(
            (f"{city}@example.org", f"editor, {city.title()}")
            for city in [*cities, "occitanie"]
        ),
    ]
