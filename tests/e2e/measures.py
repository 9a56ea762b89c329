"""What can be measured of a page in a browser, and by which rules."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# A screen 1,280 pixels wide at 400 % zoom, and what guidelines ask of phones.
ZOOMED = {"width": 320, "height": 256}
# What is asked for of a page itself, beside its typefaces and pictures.
OF_THE_PAGE = {"Document", "Stylesheet", "Script"}
# What Lighthouse takes for a phone on its way: slow 4G, a processor a fourth as fast.
SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 768_000 / 8,
}
SLOWER = 4
MOST_STEPS = 600

# What axe leaves out unless it is asked: contrast of 7 to 1, and what it tries out.
ALL_RULES = {
    "rules": {
        name: {"enabled": True}
        for name in (
            *("color-contrast-enhanced", "css-orientation-lock", "p-as-heading"),
            *("focus-order-semantics", "label-content-name-mismatch"),
            *("identical-links-same-purpose", "meta-refresh-no-exceptions"),
            *("table-fake-caption", "target-size", "td-has-header"),
        )
    }
}

# WCAG 1.4.12: what readers may set, and no text may be lost by.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""

WATCH = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(
  one => { if (!one.hadRecentInput) shift += one.value; }
)).observe({type: 'layout-shift', buffered: true});
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
    """What a phone is sent to show a page, and by how much that jumped."""

    requests: int = 0
    page: int = 0  # bytes of HTML, CSS and scripts, as they are sent
    all: int = 0  # … and of typefaces and pictures
    shift: float = 0


def load(browser: Browser, address: str) -> Load:
    """The first visit of a phone on a slow network, whose cache is empty."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    page.add_init_script(WATCH)
    found, kinds = Load(), {}
    devtools = slow_down(page)

    def count(event: dict) -> None:
        found.requests += 1
        found.all += event["encodedDataLength"]
        if kinds[event["requestId"]] in OF_THE_PAGE:
            found.page += event["encodedDataLength"]

    devtools.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: event["type"]}),
    )
    devtools.on("Network.loadingFinished", count)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found.shift = page.evaluate("shift")
    context.close()
    return found


def slow_down(page: Page) -> CDPSession:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return devtools


def violations(page: Page) -> list[tuple[str, str]]:
    """The rules of axe that are broken, all that it has, each with where."""
    broken = Axe().run(page, options=ALL_RULES).response["violations"]
    return [(rule["id"], node["html"]) for rule in broken for node in rule["nodes"]]


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return width - page.viewport_size["width"]


def steps(page: Page, key: str = "Tab") -> list[dict]:
    """Where the focus goes from where it is to the end of a page, by the keyboard."""
    page.evaluate("window.stepped = new Set([document.activeElement])")
    found = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        step = page.evaluate(FOCUS)
        if step is None or step["again"]:
            return found
        found.append(step)
    return found


def unseen(found: list[dict]) -> list[str]:
    """On what the focus does not show, or hides under something."""
    return [step["what"] for step in found if not (step["marked"] and step["seen"])]
