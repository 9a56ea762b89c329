"""What can be measured of a page in a browser, and by which rules."""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# A screen 1,280 pixels wide at 400 % zoom, and what guidelines ask of phones.
ZOOMED = {"width": 320, "height": 256}
# As text is compressed by a server: pages while somebody waits, the rest beforehand.
AT_ONCE, BEFOREHAND = 5, 11
TEXTS = re.compile(r"text/|javascript|json|svg|xml")
# What Lighthouse takes for a phone on its way: slow 4G, a processor a fourth as fast.
SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 768_000 / 8,
}
SLOWER = 4
MOST_STEPS = 600

# WCAG 1.4.12: what readers may set, and no text may be lost by.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""

WATCH = """
window.seen = {cls: 0, lcp: 0, fcp: 0, tbt: 0};
const watch = (type, tell) => new PerformanceObserver(
  list => list.getEntries().forEach(tell)).observe({type, buffered: true});
watch('layout-shift', one => { if (!one.hadRecentInput) seen.cls += one.value; });
watch('largest-contentful-paint', one => { seen.lcp = one.startTime; });
watch('paint', one => {
  if (one.name === 'first-contentful-paint') seen.fcp = one.startTime; });
watch('longtask', one => { seen.tbt += Math.max(0, one.duration - 50); });
"""

MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one);
  return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
}).map(one => one.outerHTML.slice(0, 80))"""

FORCED = """() => {
  const behind = one => {
    const colour = getComputedStyle(one).backgroundColor;
    const seen = colour !== 'rgba(0, 0, 0, 0)';
    return seen || !one.parentElement ? colour : behind(one.parentElement);
  };
  return [...document.querySelectorAll('body *')].filter(one =>
    one.checkVisibility() && !one.closest('svg')
    && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && getComputedStyle(one).color === behind(one)
  ).map(one => one.outerHTML.slice(0, 80));
}"""

# Where the focus is: what it is on, and whether one sees it there.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const boxes = [...one.getClientRects()].filter(box => box.width && box.height);
  const box = boxes[0] || one.getBoundingClientRect();
  // The middle of what of it is within the window.
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const top = document.elementFromPoint(
    middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  const styles = ['', '::after'].map(part => getComputedStyle(one, part));
  // In a drawing, a line is drawn around the room of a link.
  const room = one.querySelector('[class$="-room"]');
  const drawn = room && parseFloat(getComputedStyle(room).strokeWidth) >= 2;
  window.stepped ??= new Set();
  const again = stepped.has(one);
  stepped.add(one);
  return {
    what: one.outerHTML.slice(0, 100),
    again,
    marked: drawn || styles.some(style =>
      style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    seen: Boolean(top && (one.contains(top) || top.contains(one))),
  };
}"""

LAST = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .at(-1).outerHTML.slice(0, 100)"""


@dataclass
class Load:
    """What a phone asks for to show a page, and how that went."""

    requests: int = 0
    page: int = 0  # bytes of HTML, CSS and scripts, compressed
    all: int = 0  # … and of fonts and pictures
    seen: dict[str, float] = field(default_factory=dict)


def load(browser: Browser, address: str, *, slow: bool = False) -> Load:
    """The first visit of a phone, whose cache is empty."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page, answers = context.new_page(), []
    # Playwright takes no method of a list for a listener.
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    page.add_init_script(WATCH)
    if slow:
        slow_down(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = Load(requests=len(answers), seen=page.evaluate("seen"))
    for answer in answers:
        kind = answer.headers.get("content-type", "")
        size = sent(answer.body(), kind)
        found.all += size
        found.page += size if TEXTS.search(kind) else 0
    context.close()
    return found


def slow_down(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def sent(body: bytes, kind: str) -> int:
    """How many bytes a server sends of this."""
    if not TEXTS.search(kind):
        return len(body)
    quality = AT_ONCE if kind.startswith("text/html") else BEFOREHAND
    return len(brotli.compress(body, quality=quality))


def violations(page: Page) -> list[tuple[str, str]]:
    """The rules of axe that are broken, best practices too, each with where."""
    broken = Axe().run(page).response["violations"]
    return [(rule["id"], node["html"]) for rule in broken for node in rule["nodes"]]


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return width - page.viewport_size["width"]


def steps(page: Page) -> list[dict]:
    """Where the focus goes from the beginning of a page to its end, by the keyboard."""
    found = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS)
        if step is None or step["again"]:
            return found
        found.append(step)
    return found


def unseen(found: list[dict]) -> list[str]:
    """On what the focus does not show, or hides under something."""
    return [step["what"] for step in found if not (step["marked"] and step["seen"])]


def said_by_nu(page: str) -> list[str] | None:
    """What the Nu HTML Checker finds, where `VNU` says in which file it is.

    It needs Java, which no package brings along: elsewhere nobody is asked.
    """
    checker = os.environ.get("VNU")
    if not checker:
        return None
    command = ["java", "-jar", str(Path(checker)), "--stdout", "--format", "gnu", "-"]
    said = subprocess.run(
        command, input=page, capture_output=True, text=True, check=False
    )
    return said.stdout.splitlines()
