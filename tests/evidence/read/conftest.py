"""Files made on the fly: a small PDF of given lines, a small Word document of given parts."""

import io
import zipfile
import zlib

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_bytes(pages, *, packed=False, extra=()):
    """A PDF with one list of lines a page; a line is a text or (x, y, text)."""
    objects = [b"<</Type/Catalog/Pages 2 0 R" + b"".join(extra) + b">>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        drawn = b"BT /F1 11 Tf\n"
        for number, line in enumerate(lines):
            x, y, text = line if isinstance(line, tuple) else (60, 760 - 14 * number, line)
            safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn += f"1 0 0 1 {x} {y} Tm ({safe}) Tj\n".encode("cp1252")
        drawn += b"ET"
        stream = zlib.compress(drawn) if packed else drawn
        filtered = b"/Filter/FlateDecode" if packed else b""
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (filtered, len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return assemble(objects)


def assemble(objects):
    """Numbered objects as a PDF with its table of places."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def docx_bytes(body, *, head="", parts=(), name="word/document.xml"):
    """A Word document with this inside of its body; ``head`` goes before the root of its XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for other, data in parts:
            archive.writestr(other, data)
    return out.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture
def make_pdf():
    return pdf_bytes


@pytest.fixture
def make_docx():
    return docx_bytes


@pytest.fixture
def reading(tmp_path):
    """Writes bytes to a file and reads it."""
    from muster.evidence.read import read_document

    def read(data, name="a.bin", **given):
        path = tmp_path / name
        path.write_bytes(data)
        return read_document(path, **given)

    return read
