"""QR codes as one path of an SVG drawing, which a template can hold."""

from itertools import product

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

MARGIN = 4


def drawing(text: str) -> dict[str, str | int]:
    """The side of a square and the path of the dark modules in it."""
    code = QRCode(border=MARGIN, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    side = len(rows)
    dark = [(x, y) for y, x in product(range(side), repeat=2) if rows[y][x]]
    return {"side": side, "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}
