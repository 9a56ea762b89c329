"""What a page is for those who read it in another way than most."""

from playwright.sync_api import Browser, Page

from tests.e2e.measures import PHONE

# What can be left out while a page is sent.
PICTURES, STYLES = {"image"}, {"stylesheet", "font"}

# Text as one sees it, with nothing said of where lines are broken.
TEXT = """() => document.querySelector('main').innerText
  .split(/\\s+/).filter(Boolean)"""

WORDS = """() => {
  const texts = [];
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const one = all.currentNode.parentElement;
    if (!one.closest('script, style, svg')) texts.push(all.currentNode.data);
  }
  return texts.join(' ').split(/\\s+/).filter(Boolean);
}"""

# A name that says something else than what is seen cannot be spoken, nor recognised.
# What is hidden from the eyes may only add to it, as text of the page.
NAMES = """() => {
  const plain = text => text.replace(/\\s+/g, ' ').trim();
  axe.setup(document.documentElement);
  const {accessibleText, visibleVirtual} = axe.commons.text;
  const wrong = [...document.querySelectorAll('a[href], button, summary')]
    .filter(one => one.checkVisibility({visibilityProperty: true}))
    .map(one => ({
      one,
      name: plain(accessibleText(one)),
      seen: plain(visibleVirtual(axe.utils.getNodeFromTree(one), false)),
    }))
    .filter(({one, name, seen}) => !name.includes(seen)
      || (seen && name !== seen && name !== plain(one.textContent)))
    .map(({one, name, seen}) => `${name} | ${seen} | ${one.outerHTML.slice(0, 80)}`);
  axe.teardown();
  return wrong;
}"""

# A text that stands where one has read already: above what comes before it, or on its
# left. What stays in sight and what no eye sees has no place of its own.
DISORDER = """() => {
  const apart = one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return ['fixed', 'sticky'].includes(style.position)
      || (style.overflow !== 'visible' && Math.min(box.width, box.height) <= 1);
  };
  const withoutPlace = one => one && (apart(one) || withoutPlace(one.parentElement));
  const texts = [];
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const node = all.currentNode, one = node.parentElement;
    if (!node.data.trim() || one.closest('svg, script, style')) continue;
    if (!one.checkVisibility({visibilityProperty: true}) || withoutPlace(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    texts.push({said: node.data.trim().slice(0, 40), box});
  }
  return texts.slice(1).filter(({box}, index) => {
    const before = texts[index].box;
    const isAbove = box.bottom <= before.top + 2;
    const isLeft = box.right <= before.left + 1;
    const isBelow = box.left < before.right && box.right > before.left;
    return isAbove ? isLeft || isBelow : isLeft && box.top <= before.top + 2
      && box.bottom > before.top + 2;
  }).map(({said}) => said);
}"""

# What is cut off, so that some of it cannot be read.
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
  if (one.closest('svg') || one.clientWidth <= 1) return false;
  const style = getComputedStyle(one);
  const cuts = overflow => ['hidden', 'clip'].includes(overflow);
  return (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 80))"""

# Pictures that say nothing when they are not shown, and should.
SILENT = """() => [...document.querySelectorAll('img:not([alt])')]
  .map(one => one.outerHTML.slice(0, 80))"""

# What fills more than a screen when no style keeps it small.
HUGE = """() => [...document.querySelectorAll('svg, img')]
  .filter(one => one.getBoundingClientRect().width > 1000)
  .map(one => one.outerHTML.slice(0, 80))"""

SKIPPED_TO = "() => document.activeElement.id"


def without(browser: Browser, address: str, kinds: set[str]) -> Page:
    """The page as who is not sent these kinds of file sees it."""
    page = browser.new_page(viewport=PHONE)
    page.route(
        "**/*",
        lambda route: (
            route.abort() if route.request.resource_type in kinds else route.continue_()
        ),
    )
    page.goto(address)
    return page


def without_scripts(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(address)
    return page


def skip(page: Page) -> str:
    """Where the first link of the page leads, by the keyboard."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    return page.evaluate(SKIPPED_TO)
