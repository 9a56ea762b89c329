"""What each kind of page costs who reads it by phone: bytes, requests and time.

Lighthouse's figures are those of a slow network and a processor a fourth as fast, which
it works out from what it sees here. A busy machine makes them worse: look again alone.
"""

import pytest

from tests.audit.tools import in_the_middle, visits
from tests.e2e.measures import load

pytestmark = pytest.mark.audit

# What a first visit may cost on a phone, pictures and typefaces included.
MOST_BYTES, MOST_REQUESTS, MOST_PAGE = 117_000, 10, 40_000
MOST_SHIFT = 0.01
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST = {"FCP": 1_140, "LCP": 1_750, "TBT": 0, "CLS": MOST_SHIFT}
# The median of so many, and of as many more if it was not good enough.
VISITS, ROUNDS = 3, 2
# What is right about these pages, and wrong about others.
LEFT_OUT = {
    # What somebody searched for is no page for search engines.
    "search": ("is-crawlable",),
    # It answers that there is nothing, which the browser then tells its console.
    "nothing": ("http-status-code", "is-crawlable", "errors-in-console"),
}


def test_a_phone_is_sent_little_and_nothing_jumps(browser, address, said):
    found = load(browser, address)

    said("requests", found.requests)
    said("kB", f"{found.all / 1000:.1f}")
    said("HTML+CSS+JS", f"{found.page / 1000:.1f}")
    said("shift", f"{found.shift:.3f}")
    assert found.requests <= MOST_REQUESTS
    assert found.page <= MOST_PAGE
    assert found.all <= MOST_BYTES
    assert found.shift <= MOST_SHIFT


def test_lighthouse_sees_nothing_that_could_be_better(address, kind, said):
    for _ in range(ROUNDS):
        found = in_the_middle(visits(address, VISITS, LEFT_OUT.get(kind, ())))
        if not (wrong := too_little(found)):
            break

    said("Lighthouse", "/".join(map(str, found.scores.values())))
    for name in ("FCP", "LCP", "TBT"):
        said(name, round(found.times[name]))
    said("CLS", f"{found.times['CLS']:.3f}")
    assert wrong == {}


def too_little(found):
    """What of it misses its target, by name."""
    scores = {name: found.scores[name] for name in LEAST}
    times = {name: found.times[name] for name in MOST}
    return {
        **{name: score for name, score in scores.items() if score < LEAST[name]},
        **{name: time for name, time in times.items() if time > MOST[name]},
        **dict.fromkeys(found.faults, "wrong"),
    }
