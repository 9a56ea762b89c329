"""QR codes as one path of an SVG drawing, which a template can hold."""

from functools import lru_cache
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

MARGIN = 4


# Drawn again for each page that is asked for, each would cost more than its page.
@lru_cache(maxsize=1024)
def public_drawing(address: str) -> dict[str, str | int]:
    """The drawing of an address that everybody may know, and that is kept in memory."""
    return drawing(address)


def drawing(text: str) -> dict[str, str | int]:
    """The side of a square and the path of the dark modules in it, run by run."""
    code = QRCode(border=MARGIN, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    return {"side": len(rows), "path": "".join(map(line, range(len(rows)), rows))}


def line(y: int, row: list[bool]) -> str:
    """The dark runs of one row of modules."""
    runs, x = [], 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            runs.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(runs)
