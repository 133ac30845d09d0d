"""Bytes become the characters their writer meant."""

import pytest

from muster.evidence.read.bounds import Unreadable
from muster.evidence.read.encoding import decode

ENGLISH = "“Over 1,001 soldiers’ families” left — the café said so, for €5. " * 3
RUSSIAN = "Более тысячи солдат покинули армию страны с весны, сообщило министерство обороны в пятницу. "
ARABIC = "قال الناشطون إن أكثر من ألف جندي انشقوا عن الجيش منذ الربيع في شمال البلاد "
GREEK = "Περισσότεροι από χίλιοι στρατιώτες έφυγαν από τον στρατό της χώρας την άνοιξη "
CHINESE = "自春天以来，该国军队已有一千多名士兵离开，国防部星期五说。"
BURMESE = "နွေဦးကတည်းက စစ်သား ၁၀၀၀ ကျော် ထွက်ပြေးခဲ့သည်။"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "utf-8") for text in (ENGLISH, RUSSIAN, ARABIC, CHINESE, BURMESE)),
        *((text, way) for text in (ENGLISH, RUSSIAN, BURMESE) for way in ("utf-8-sig", "utf-16", "utf-32")),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "cp1252"),
        ("The “general’s” men won’t stay.", "mac_roman"),
        ("Señor Muñoz dijo que 1,001 soldados se fueron del país. ", "latin-1"),
        *((RUSSIAN, way) for way in ("cp1251", "koi8-r", "iso8859-5")),
        (ARABIC, "cp1256"),
        (GREEK, "cp1253"),
        (CHINESE * 3, "gb18030"),
    ],
)
def test_encodings(text, encoding):
    assert decode(text.encode(encoding))[0] == text


def test_a_page_says_its_own():
    data = '<meta charset="windows-1251"><p>Over 1,001 — солдат'.encode("cp1251")
    assert "солдат" in decode(data)[0]
    data = b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>\x93no\x94'
    assert "“no”" in decode(data)[0]
    assert decode(b"<meta charset=rot13><p>caf\xe9")[0].endswith("café")
    assert decode(b"<meta charset=unicode_escape><p>\\x41\xe9")[0].endswith("\\x41é")


def test_utf8_cut_in_a_letter_is_still_utf8():
    data = ("Over 1,001 soldiers — “gone”. " * 10).encode()
    cut = data[: data.rindex("“".encode()) + 1]
    assert decode(cut) == (cut[:-1].decode() + "\ufffd", "utf-8")


@pytest.mark.parametrize("data", [bytes(10), b"\x00\x01\x02" * 50, bytes(range(256)) * 4, b"\x1b\x00\x07\x08" * 20])
def test_what_is_no_text(data):
    with pytest.raises(Unreadable):
        decode(data)
