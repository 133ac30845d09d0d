"""From bytes to characters: the mark at the start, what the page says, UTF-8, UTF-16 without a mark, then a fair guess.

The guess is for texts in English with some foreign letters, or in another script altogether. A text of mostly plain letters
is taken as windows-1252, which holds latin-1. One of mostly high bytes is read in each of a few encodings; the one
under which it looks most like words (letters of one script, lower case inside words) is taken.
"""

from __future__ import annotations

import codecs
import re

from muster.evidence.read.bounds import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = ("cp1251", "koi8-r", "iso8859-5", "cp1256", "cp1255", "cp1253", "cp1254", "gb18030", "shift_jis", "euc-kr", "big5")
_SAID = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,40})"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_ODD_CODECS = ("utf-8", "utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape")
# The letters met most in the language each encoding is mostly used for.
_RUSSIAN, _GREEK, _ARABIC, _HEBREW = "оеаинтсрвл", "αοιετσνηυρκπς", "اليمونتبرة", "יוהלאתמשרב"
_FREQUENT = {
    "cp1251": _RUSSIAN,
    "koi8-r": _RUSSIAN,
    "iso8859-5": _RUSSIAN,
    "cp1253": _GREEK,
    "cp1256": _ARABIC,
    "cp1255": _HEBREW,
}
_MACINTOSH = re.compile(rb"[a-z]\xd5(?:s|t|re|ve|ll|d)\b")
_HIGH = bytes(range(0x80, 0x100))
_C1 = re.compile("[\x80-\x9f]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_NOT_TEXT = "is not text (it holds bytes no text has)."
_REMEDY = "Give a text, HTML, PDF or DOCX file."


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. The mark at the start of a file is no character of the text.

    Errors: :class:`Unreadable` when the bytes are no text in any encoding known here.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _plain(data[len(mark) :].decode(name, "replace")), name
    if b"\x00" in data:
        return _two_byte(data)
    try:
        return _plain(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    said = _said(data)
    if said is not None:
        return _plain(data.decode(said, "replace")), said
    if _nearly_utf8(data, broken):
        return _plain(data.decode("utf-8", "replace")), "utf-8"
    name = _guess(data)
    return _plain(data.decode(name, "replace")), name


def _plain(text: str) -> str:
    """The text, if it is one: hardly any control characters."""
    controls = len(_CONTROL.findall(text, 0, _SAMPLE))
    if controls > 2 + min(len(text), _SAMPLE) // 200:
        raise Unreadable(_NOT_TEXT, _REMEDY)
    return text


def _two_byte(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if odd > 0.4 * half and even < 0.1 * half:
        return _plain(data.decode("utf-16-le", "replace")), "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return _plain(data.decode("utf-16-be", "replace")), "utf-16-be"
    raise Unreadable(_NOT_TEXT, _REMEDY)


def _said(data: bytes) -> str | None:
    """The encoding a page names for itself, if Python knows it as one of text."""
    found = _SAID.search(data[:4_096])
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    # What pages call latin-1 is windows-1252, as browsers know.
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}.get(name, name)
    try:
        info = codecs.lookup(name)
        "a".encode(name)  # a codec of bytes, such as base64, is no encoding of text
    except (LookupError, ValueError, TypeError):
        return None
    return None if info.name.replace("_", "-") in _ODD_CODECS else info.name


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """A long UTF-8 text with a byte or two gone wrong, such as one cut in the middle of a letter."""
    text = data[: _SAMPLE * 10].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(map(text.count, "’“”‘–—é")) + len(re.findall("[\u0100-\uffef]", text)) if wrong else 1
    return wrong <= 3 and right > (0 if error.start >= len(data) - 3 else 10 * wrong)


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    letters = sum(map(str.isalpha, sample.decode("latin-1"))) or 1
    if high < 0.25 * letters:
        # An apostrophe of an old Macintosh is a capital with a tilde to anybody else.
        return "mac_roman" if _MACINTOSH.search(sample) else "cp1252"
    return max(("cp1252", *_FOREIGN), key=lambda name: _likeness(sample, name))


def _likeness(sample: bytes, name: str) -> float:
    """How much a text looks like one when read so: shares of good words less what does not fit, between -1 and 1."""
    text = sample.decode(name, "replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return -1.0
    size = sum(map(len, words))
    good = sum(len(word) for word in words if _one_script(word) and _is_cased_well(word))
    bad = 2 * text.count("\ufffd") + 2 * len(_C1.findall(text))
    short = sum(1 for word in words if len(word) == 1) / len(words)
    frequent = sum(map("".join(words).lower().count, _FREQUENT.get(name, "")))
    return (good - bad + 0.5 * frequent) / size - 0.3 * short


def _is_cased_well(word: str) -> bool:
    """Capitals stand at the start of a word or all through it, where letters have a case at all."""
    return word[1:].islower() or word.isupper() or len(word) == 1 or word.lower() == word.upper()


def _one_script(word: str) -> bool:
    return len({ord(letter) >> 8 for letter in word}) == 1 or all(ord(letter) >= 0x2E80 for letter in word)
