"""Five hundred hostile or broken files, made from a seed: each gives a document or one sentence, and nothing else happens."""

import io
import os
import random
import socket
import struct
import zipfile
import zlib

import pytest

from muster.core.errors import InputError
from muster.evidence.read import read_document
from muster.evidence.record import Document

SECRET = "the-content-of-a-private-file"
GOOD_PAGE = (
    "<html><head><title>Soldiers leave</title></head><body><nav>Menu</nav><article><p>Over 1,001 soldiers have left the army "
    "of the country since the spring, the ministry said on a Friday in the capital.</p></article></body></html>"
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# ---- pages ----


def pages(luck, address, secret):
    """Pages that nest, repeat, swell, call home or break off."""
    many = 15_000
    yield "deepest", b"<html><p>" + b"<div>" * 100_000 + b"words in it"
    for name in ("div", "b", "table", "sup", "blockquote", "li", "span", "a", "p", "tr", "td", "section", "font"):
        yield f"deep-{name}", b"<html><p>" + f"<{name}>".encode() * many + b"words in it"
        yield f"closed-{name}", b"<html><p>words" + f"</{name}>".encode() * many
    for name, piece in (
        ("less", "<"),
        ("close", "</"),
        ("quote", '<a "'),
        ("half", "<p"),
        ("equal", '<a b="'),
        ("apos", "<a b='"),
        ("bang", "<!"),
        ("comment", "<!--"),
        ("ask", "<?"),
        ("cdata", "<![CDATA["),
        ("entity", "&#x110000;"),
        ("amp", "&"),
        ("name", "&nbsp"),
        ("nested", "<sup><b>1"),
        ("script", "<script>"),
        ("br", "<br>"),
        ("cell", "<td>1"),
        ("surrogate", "&#xD800;"),
        ("nul", "&#0;"),
        ("space", " \n"),
        ("textarea", "<textarea>"),
        ("title", "<title>x"),
        ("p", "<p>x"),
        ("dash", "--!>"),
        ("attribute", "<i x=y "),
    ):
        yield f"many-{name}", b"<html><p>words " + piece.encode() * many
    yield "attribute", b"<html><p class='" + b"sidebar " * 200_000 + b"'>words"
    yield "attributes", b"<html><p " + b"a=b " * 200_000 + b">words"
    yield "style", b"<html><p style='" + b"display:" * 100_000 + b"'>words"
    yield "data-uri", b"<html><img src='data:image/png;base64," + b"A" * 1_000_000 + b"'><p>words"
    yield "json", b"<html><script type='application/ld+json'>" + b"[" * many + b"</script><p>words"
    yield "json-objects", b"<html><script type='application/ld+json'>" + b'{"@graph":[' * 10_000 + b"</script><p>words"
    home = f"http://{address}/"
    calls = (
        f"<base href='{home}'><link rel=stylesheet href='{home}a.css'><p>words",
        f"<img src='{home}a.png'><p>words",
        f"<script src='{home}a.js'></script><p>words",
        f"<iframe src='{home}'></iframe><p>words",
        f"<meta http-equiv=refresh content='0;url={home}'><p>words",
        f"<object data='file://{secret}'></object><p>words",
        f"<!DOCTYPE html SYSTEM '{home}a.dtd'><html><p>words",
        f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]><html><p>&x;",
        f"<html xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file://{secret}'/><p>words",
        f"<svg><image href='{home}'/><script>alert(1)</script></svg><p>words",
        "<p onclick='alert(1)'>words\x1b[2J\x07</p>",
        f"<form action='{home}'><input autofocus onfocus=alert(1)></form><p>words",
        f"<embed src='{home}'><p>words",
    )
    for number, text in enumerate(calls):
        yield f"calls-{number}", f"<html>{text}".encode()
    for number in range(60):
        yield f"cut-page-{number}", spoilt(luck, GOOD_PAGE.encode())
    yield "utf-16", b"\xff\xfe" + GOOD_PAGE.encode("utf-16-le")[:-1]
    yield "utf-32", b"\xff\xfe\x00\x00" + GOOD_PAGE.encode("utf-32-le")[:-3]
    yield "charset", b"<html><meta charset=base64><p>\xff words"
    yield "charset-2", b"<html><meta charset=unicode_escape><p>\xff \\N{bullet} words"


def spoilt(luck, data):
    """The data cut off, or with bytes changed, put in or taken out."""
    data = bytearray(data)
    for _ in range(luck.randint(1, 6)):
        place = luck.randrange(len(data))
        way = luck.randrange(4)
        if way == 0:
            del data[place:]
        elif way == 1:
            data[place] = luck.randrange(256)
        elif way == 2:
            data[place:place] = luck.randbytes(luck.randint(1, 40))
        else:
            del data[place : place + luck.randint(1, 40)]
        if not data:
            return luck.randbytes(50)
    return bytes(data)


# ---- PDF ----


def pdfs(luck, address, secret, make_pdf):
    """PDFs that are cut, that loop, swell, or want something done."""
    plain = make_pdf([["Over 1,001 soldiers left.", "They did not come back."]] * 2)
    packed = make_pdf([["Over 1,001 soldiers left.", "They did not come back."]] * 2, packed=True)
    for number in range(60):
        whole = plain if number % 2 else packed
        yield f"cut-{number}", whole[: luck.randrange(9, len(whole))]
    for number in range(60):
        yield f"spoilt-{number}", b"%PDF-1.4\n" + spoilt(luck, plain if number % 2 else packed)
    for number, action in enumerate(
        (
            b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
            b"/OpenAction<</S/Launch/F(/bin/sh)/P(-c touch x)>>",
            f"/OpenAction<</S/URI/URI(http://{address}/)>>".encode(),
            f"/AA<</O<</S/GoToR/F(file://{secret})>>>>".encode(),
            b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(this.exportDataObject\\(1\\))>>]>>>>",
            f"/AcroForm<</XFA(<!DOCTYPE x [<!ENTITY y SYSTEM 'file://{secret}'>]><x>&y;</x>)>>".encode(),
            f"/Metadata<</F(http://{address}/)>>".encode(),
            b"/Outlines 1 0 R",
            b"/Pages 1 0 R",
            b"/StructTreeRoot 1 0 R",
        )
    ):
        yield f"action-{number}", make_pdf([["words of the page"]], extra=[action])
    yield from odd_pdfs(luck)


def stream(data, more=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


def odd_pdfs(luck):
    def pdf(*objects, root=b"<</Type/Catalog/Pages 2 0 R>>", tail=b""):
        out = b"%PDF-1.4\n"
        places = []
        for number, body in enumerate((root, *objects), start=1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
        return out + end % (len(places) + 1, table, len(places) + 1, tail, len(out))

    def page(content, resources=b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"):
        kids = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
        return kids, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<%s>>/Contents 4 0 R>>" % resources, content

    zeros = zlib.compress(bytes(80_000_000), 9)
    yield "kids-self", pdf(b"<</Type/Pages/Count 1/Kids[2 0 R]>>")
    yield "kids-loop", pdf(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>")
    yield "kids-many", pdf(b"<</Type/Pages/Count 9999999999/Kids[%s]>>" % (b"3 0 R " * 20_000), b"<</Type/Page/Parent 2 0 R>>")
    yield "kids-none", pdf(b"<</Type/Pages/Count -1/Kids null>>")
    deep = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(3_000)]
    yield "kids-deep", pdf(*deep, b"<</Type/Page/Parent 2 0 R>>")
    yield "no-pages", pdf(b"<</Type/Pages>>")
    yield "flate-bomb", pdf(*page(stream(zeros, b"/Filter/FlateDecode")))
    yield "flate-twice", pdf(*page(stream(zlib.compress(zeros, 9), b"/Filter[/FlateDecode/FlateDecode]")))
    yield "flate-chain", pdf(*page(stream(zeros, b"/Filter[" + b"/FlateDecode" * 500 + b"]")))
    yield "run-length", pdf(*page(stream(b"\x81A" * 300_000, b"/Filter/RunLengthDecode")))
    yield "run-length-twice", pdf(*page(stream(b"\x81\x81" * 20_000, b"/Filter[/RunLengthDecode/RunLengthDecode]")))
    yield "lzw", pdf(*page(stream(luck.randbytes(20_000), b"/Filter/LZWDecode")))
    yield "ascii85", pdf(*page(stream(b"z" * 200_000 + b"~>", b"/Filter/ASCII85Decode")))
    yield (
        "predictor",
        pdf(*page(stream(zlib.compress(bytes(9_999)), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 999999999>>"))),
    )
    yield "length-lie", pdf(*page(b"<</Length 99999999999>>stream\nBT (x) Tj ET\nendstream"))
    yield "length-self", pdf(*page(b"<</Length 4 0 R>>stream\nBT (x) Tj ET\nendstream"))
    yield "brackets", pdf(*page(stream(b"[" * 50_000)))
    yield "dictionaries", pdf(*page(stream(b"<<" * 50_000)))
    yield "strings", pdf(*page(stream(b"BT " + b"(" * 50_000 + b" Tj ET")))
    yield "states", pdf(*page(stream(b"q " * 50_000 + b"BT (x) Tj ET")))
    yield "numbers", pdf(*page(stream(b"BT /F1 1e999 Tf 1e999 -1e999 99999999999999999999999 0 0 0 Tm (x) Tj ET")))
    form = b"/XObject<</A 4 0 R>>"
    yield "form-self", pdf(*page(stream(b"/A Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<" + form + b">>"), form))
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00000000> <7FFFFFFF> <0041> endbfrange"
    font = b"/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R>>>>"
    yield "cmap", pdf(*page(stream(b"BT /F1 9 Tf <0041> Tj ET"), font), stream(cmap))
    yield "prev-self", pdf(*page(stream(b"BT (x) Tj ET")), tail=b"/Prev 9")
    yield "prev-loop", pdf(*page(stream(b"BT (x) Tj ET")), tail=b"/Prev 400/XRefStm 400")
    yield "root-number", pdf(*page(stream(b"x")), root=b"42")
    yield "locked", pdf(*page(stream(b"x")), tail=b"/Encrypt<</Filter/Standard/V 5/R 6/O(x)/U(x)/P -1/Length 256>>/ID[(a)(b)]")
    yield "locked-odd", pdf(*page(stream(b"x")), tail=b"/Encrypt 1 0 R")
    packed = zlib.compress(b"5 0 6 9 " + b"[" * 100_000)
    yield "object-stream", pdf(*page(stream(b"x")), stream(packed, b"/Type/ObjStm/N 99999999/First 8/Filter/FlateDecode"))
    yield (
        "xref-stream",
        b"%PDF-1.5\n1 0 obj\n" + stream(b"\0" * 99, b"/Type/XRef/W[1 2 1]/Size 9999999999/Root 1 0 R") + b"\nstartxref\n9",
    )
    yield "header-only", b"%PDF-"
    yield "start-far", b"%PDF-1.4\nstartxref\n99999999999999\n%%EOF"
    yield "many-objects", b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n1\nendobj\n" % number for number in range(30_000))
    yield "many-ends", b"%PDF-1.4\n" + b"%%EOF\n" * 100_000 + b"startxref\n" * 50_000
    inline = b"BI /W 9 /H 9 ID " + b"x" * 200_000
    yield "inline-image", pdf(*page(stream(inline)))


# ---- DOCX and archives ----


def zipped(*parts, way=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def documents(luck, address, secret, make_docx):
    """Word documents and archives that declare, unfold, nest, lie or break off."""
    laughs = "".join(f"<!ENTITY l{at} '{f'&l{at - 1};' * 10}'>" for at in range(1, 12))
    say = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    heads = (
        f"<!DOCTYPE x [<!ENTITY x SYSTEM 'file://{secret}'>]>",
        f"<!DOCTYPE x [<!ENTITY x SYSTEM 'http://{address}/'>]>",
        f"<!DOCTYPE x SYSTEM 'http://{address}/x.dtd'>",
        f"<!DOCTYPE x [<!ENTITY l0 'ha'>{laughs}<!ENTITY x '&l11;'>]>",
        f"<!DOCTYPE x [<!ENTITY % p SYSTEM 'file://{secret}'> %p; <!ENTITY x 'y'>]>",
        "<!DOCTYPE x PUBLIC 'a' 'b'>",
        "<!DOCTYPE x [<!ENTITY x '" + "a" * 100_000 + "'>]>",
        "<!DOCTYPE x []>",
    )
    for number, head in enumerate(heads):
        yield f"declares-{number}", make_docx(say.format("&x;" * 100), head=head)
    yield (
        "declares-16",
        zipped(("word/document.xml", f"<?xml version='1.0' encoding='utf-16'?>{heads[0]}<a>&x;</a>".encode("utf-16"))),
    )
    yield "title", make_docx(say.format("x"), parts=[("docProps/core.xml", heads[0] + "<a><title>&x;</title></a>")])
    yield "bomb", zipped(("word/document.xml", b"<a>" + b" " * 100_000_000))
    yield "bomb-text", make_docx(say.format("soldiers " * 700_000))
    yield "bomb-tags", make_docx("<w:p/>" * 500_000)
    yield "bomb-attribute", make_docx("<w:p a='" + "x" * 5_000_000 + "'/>" + say.format("x"))
    inner = zipped(("a", bytes(10_000_000)))
    for _ in range(5):
        inner = zipped(*[(f"{at}.zip", inner) for at in range(10)])
    yield "nested", inner
    yield "nested-named", zipped(("word/document.xml", inner))
    yield "parts", zipped(*[(f"word/{at}.xml", "") for at in range(6_000)], ("word/document.xml", "<a/>"))
    yield "deep", make_docx("<w:p>" * 50_000)
    yield (
        "names",
        zipped(("../../evil", "x"), ("/etc/evil", "x"), ("word/document.xml", f"<a xmlns='{W}'><p><r><t>words</t></r></p></a>")),
    )
    yield "macro", make_docx(say.format("words"), parts=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 99)])
    target = f"Target='http://{address}/t.dotm' TargetMode='External'"
    rels = f"<Relationships><Relationship Type='attachedTemplate' {target}/></Relationships>"
    yield "template", make_docx(say.format("words"), parts=[("word/_rels/settings.xml.rels", rels)])
    field = f'<w:p><w:r><w:instrText>INCLUDETEXT "{secret}" DDEAUTO c cmd</w:instrText></w:r></w:p>'
    yield "field", make_docx(field + say.format("words"))
    yield "instruction", make_docx(say.format("words"), head=f"<?xml-stylesheet href='http://{address}/x.xsl'?>")
    yield "control", make_docx(say.format("&#27;[2J&#x202E;words")[:-1])
    yield "turned", make_docx(say.format("&#x202E;words &#xE0041;"))
    good = make_docx(say.format("Over 1,001 soldiers left the base."))
    local = good.index(b"PK\x01\x02")
    for name, offset, value in (
        ("locked", 8, struct.pack("<H", 1)),
        ("method", 10, struct.pack("<H", 99)),
        ("crc", 16, b"\0\0\0\1"),
        ("big", 24, b"\xff\xff\xff\x7f"),
        ("small", 24, b"\1\0\0\0"),
        ("offset", 42, b"\xff\xff\xff\x7f"),
        ("bzip", 10, struct.pack("<H", 12)),
        ("lzma", 10, struct.pack("<H", 14)),
    ):
        second = good.index(b"PK\x01\x02", local + 4)
        for at in {local, second}:
            yield f"zip-{name}-{at}", good[: at + offset] + value + good[at + offset + len(value) :]
    for number in range(70):
        yield f"cut-docx-{number}", b"PK\x03\x04" + spoilt(luck, good)[4:]
    yield "end-only", b"PK\x05\x06" + bytes(18)
    yield "start-only", b"PK\x03\x04"


# ---- anything else ----


def others(luck, good_pdf, good_docx):
    """Bytes of no kind, under any name."""
    for number in range(60):
        start = (
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"<html>",
            b"\xff\xfe",
            b"\xfe\xff",
            b"\xef\xbb\xbf",
            b"https://a.example/1\n",
        )[number % 8]
        yield f"random-{number}", start + luck.randbytes(luck.randint(1, 20_000))
    yield "nothing", b""
    for size in (1, 2, 3, 4_096, 1_000_000):
        yield f"nul-{size}", bytes(size)
    yield "half", "Over 1,001 soldiers".encode("utf-16-le")[:-1]
    yield "half-marked", b"\xff\xfeO\x00v"[:-1]
    yield "surrogates", b"\xff\xfe" + b"\x00\xd8" * 500 + "words".encode("utf-16-le")
    yield "utf-8-surrogate", b"words \xed\xa0\x80 words"
    yield "marks", "\u202eover\u202c 1\u200b,001 \U000e0041\ufeff soldiers".encode()
    yield "escape", b"words \x1b]0;title\x07 \x1b[31m words " * 3
    yield "line", b"a" * 2_000_000
    yield "spaces", b" " * 2_000_000 + b"x"
    yield "lines", b"\r\n" * 500_000 + b"x"
    yield "accents", ("a" + "\u0301" * 500_000).encode()
    yield "burmese", ("\u1031\u1039\u1000" * 60_000).encode()
    yield "long", b"x" * 5_000_001
    yield "address", b"https://" + b"a" * 1_000_000
    yield "dates", b"May 1, " * 100_000
    yield "brackets", b"(Reuters" * 100_000
    for start in (
        b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1 words}",
        b"\x1f\x8b\x08",
        b"\x7fELF",
        b"GIF89a",
        b"Rar!\x1a",
    ):
        yield f"foreign-{start[:4]!r}", start + luck.randbytes(500)
    yield "pdf-after-rubbish", b"rubbish\n" * 50 + good_pdf
    yield "docx-and-more", good_docx + luck.randbytes(100)


@pytest.fixture
def listener():
    with socket.socket() as heard:
        heard.bind(("127.0.0.1", 0))
        heard.listen()
        heard.setblocking(False)
        yield heard


def check(path, outcomes):
    """One file: a document whose places are in order, or a sentence."""
    try:
        read = read_document(path)
    except InputError as error:
        outcomes.append("refused")
        said = str(error)
        assert said.isprintable(), said
        assert "Traceback" not in said
        assert said.count(".") >= 2, said
        assert len(said) < 500
        return
    outcomes.append("read")
    assert isinstance(read, Document)
    assert SECRET not in read.text + read.original + str(read.title)
    assert not any("\ud800" <= letter <= "\udfff" for letter in read.text + read.original)
    assert not set(read.text) & set("\x00\x07\x1b\u202e\u200b\ufeff")
    if read.origin_of is not None:
        assert len(read.origin_of) == len(read.text) + 1
        assert all(map(int.__le__, read.origin_of, read.origin_of[1:]))
        assert read.origin_of[-1] <= len(read.original)
    else:
        assert len(read.text) == len(read.original)


@pytest.mark.slow
def test_five_hundred_files(tmp_path, listener, make_pdf, make_docx, monkeypatch):
    luck = random.Random(20310319)
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    made = [
        *pages(luck, address, secret),
        *pdfs(luck, address, secret, make_pdf),
        *documents(luck, address, secret, make_docx),
        *others(luck, make_pdf([["words of a page"]]), make_docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>")),
    ]
    assert len(made) >= 500
    endings = (".txt", ".html", ".pdf", ".docx", "", ".exe", ".TXT", ".pdf.txt")
    outcomes: list[str] = []
    path = folder / "x"
    for number, (name, data) in enumerate(made):
        path = folder / f"{number}{endings[number % len(endings)]}"
        path.write_bytes(data)
        try:
            check(path, outcomes)
        except BaseException as error:
            error.add_note(f"the file was: {name}")
            raise
        path.unlink()
        assert os.listdir(folder) == [], name
    assert outcomes.count("read") > 100
    assert outcomes.count("refused") > 100
    assert sorted(os.listdir(tmp_path)) == ["files", "secret.txt"]
    assert secret.read_text() == SECRET
    with pytest.raises(BlockingIOError):
        listener.accept()  # nobody called
