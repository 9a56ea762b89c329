"""Files to upload: real ones, and some that are made to do harm."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

# Ten letters, ten times over for each of ten names: ten thousand million.
BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><x>&j;</x>"
)
# A million drawing instructions on one page: pypdf takes half a minute for them.
TEDIOUS = b"BT /F1 9 Tf " + b"(a) Tj 1 0 0 1 0 0 Tm " * 1_000_000 + b"ET"


def pdf(*pages: str) -> bytes:
    """A PDF with a text on each page."""
    made = FPDF()
    for text in pages:
        made.add_page()
        made.set_font("helvetica")
        made.multi_cell(0, text=text)
    return bytes(made.output())


def scanned(count: int = 1) -> bytes:
    """A PDF with nothing but a drawing on each page."""
    made = FPDF()
    for _page in range(count):
        made.add_page()
        made.rect(10, 10, 50, 50)
    return bytes(made.output())


def locked(data: bytes, password: str) -> bytes:
    """The same PDF, which nobody opens without `password`; nor prints, if empty."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "the owner's", algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def with_page(data: bytes, instructions: bytes) -> bytes:
    """The same PDF with one page more, of these instructions."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Resources")] = writer.pages[0]["/Resources"]
    stream = StreamObject()
    stream.set_data(instructions)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def endless_pages() -> bytes:
    """A PDF whose pages are in themselves."""
    return b"""%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >> endobj
trailer << /Size 3 /Root 1 0 R >>
%%EOF"""


def squeezed_pdf() -> bytes:
    """A PDF of a megabyte whose only page has a thousand."""
    squeezer = zlib.compressobj(9)
    pieces = [squeezer.compress(bytes(2**20)) for _ in range(2**10)]
    stream = b"".join([*pieces, squeezer.flush()])
    return b"""%%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >> endobj
4 0 obj << /Length %d /Filter /FlateDecode >>
stream
%s
endstream endobj
trailer << /Size 5 /Root 1 0 R >>
%%%%EOF""" % (len(stream), stream)


def archive(**parts: str) -> bytes:
    """An office document: `content="…"` is its file content.xml; `word__document` …"""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(f"{name.replace('__', '/')}.xml", text)
    return written.getvalue()


def odt(inside: str) -> bytes:
    return archive(
        content=f"""<office:document-content xmlns:office="office" xmlns:text="text"
        ><office:body><office:text>{inside}</office:text></office:body
        ></office:document-content>"""
    )


def docx(inside: str) -> bytes:
    return archive(
        word__document=f'<w:document xmlns:w="w"><w:body>{inside}</w:body></w:document>'
    )
