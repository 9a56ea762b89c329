"""What somebody may type, or write."""

from hypothesis import strategies as st

LANGUAGES = st.sampled_from(["fr", "en"])
# Halves of pairs and control characters too.
ANYTHING = st.text(st.characters(), max_size=300)
# What means something to a search, in every order.
PIECES = [
    *('"', "«", "»", "-", "OR", "OU", "'", "’", "\\", "(", ")", "&", "|", "!", ":*"),
    *("<->", "·e", "(e)s", ".e.s", "É.N.A.", "2018", "œuf", "co-design", "et", "the"),
    *("usagers", "accueil", "mairie", "\x00", "e\u0301", "_", "%s"),
]
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)
