"""A page as a list of blocks (paragraphs, headings, table rows), each in its place in the tree and in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from muster.evidence.read.bounds import MAX_DEPTH
from muster.evidence.read.markup import IRREGULAR, Token, attributes, tokens


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
# Elements that show no words of the text, or none that belong to an article.
_UNSHOWN = _names(
    "script style noscript template svg math iframe object canvas audio video select datalist button textarea nav footer dialog "
    "head title applet map menu amp-ad amp-sidebar amp-consent amp-social-share xmp noembed noframes plaintext"
)
_OF_HEAD = _names("title script style noscript template meta link base")
_INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q s samp small span strike "
    "strong sub sup time tt u var wbr img input picture ruby rb rt rp amp-img"
)
_CLOSES = {  # an opening tag ends an open one of these before it
    "p": {"p"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"},
    "th": {"td", "th"}, "option": {"option"},
}  # fmt: skip
_NEW_PARAGRAPH = _names("div section article ul ol table h1 h2 h3 h4 h5 h6 blockquote pre figure header main hr form")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:sr-only|screen-reader-text|visually-?hidden|visuallyhidden|is-hidden|d-none)(?:\s|$)")
_FOOTNOTE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡§]|note \d{1,3}|citation needed)(?:[,–-]\s*\d{1,3})*[\])]?\s*\Z")
_LOOK_BACK = 60
_LONGEST_NOTE = 8
_LONG_CELL = 120


@dataclass(slots=True)
class Box:
    """An element that holds others. ``label`` is its class, id and role in small letters."""

    name: str
    parent: int
    label: str
    shown: bool = True
    words: int = 0
    size: int = 0
    linked: int = 0
    hidden: bool = False


@dataclass(slots=True)
class Block:
    """Text that stands together. ``runs``: place in the source and characters, one after the other there."""

    tag: str
    box: int
    runs: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    cell: int = 0

    @property
    def text(self) -> str:
        """The words of the block."""
        return "".join(text for _, text in self.runs).strip()

    @property
    def link_share(self) -> float:
        """The share of characters that are links."""
        return self.linked / self.size if self.size else 0.0


@dataclass(slots=True)
class Page:
    """All blocks and boxes of a page, and what its head says: ``meta`` tags, ``links``, scripts of data, its title."""

    boxes: list[Box] = field(default_factory=lambda: [Box("", -1, "")])
    blocks: list[Block] = field(default_factory=list)
    meta: list[dict[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    title: str = ""


def page_of(source: str) -> Page:
    """The blocks of a page. Broken markup is read as well as may be; there is no page this refuses."""
    builder = _Builder(source)
    for token in tokens(source):
        builder.take(token)
    builder.end_block()
    return builder.page


class _Builder:
    """The open elements, and the block that is being filled."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.open: list[tuple[str, int]] = []  # name, box
        self.too_deep = 0
        self.links = 0
        self.block: Block | None = None
        self.marks: list[tuple[int, int]] = []  # where open superscripts began: runs, size
        self.raw = ""

    def take(self, token: Token) -> None:
        if token.kind == "text":
            if self._box().shown:
                self._add_text(token.text, token.start)
        elif token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.text, token.start)
        elif self.raw == "title" and not self.page.title:
            self.page.title = " ".join(unescape(token.text[:2_000]).split())
        elif self.raw == "data":
            self.page.data.append(token.text)

    def _box(self) -> Box:
        return self.page.boxes[self.open[-1][1] if self.open else 0]

    def _open(self, token: Token) -> None:
        name = token.text
        named = attributes(token.attributes) if token.attributes.strip() else {}
        self.raw = "data" if name == "script" and "ld+json" in named.get("type", "") else name
        if name in ("meta", "link"):
            self.page.meta.append(named)
        elif name == "time" and "datetime" in named:
            self.page.times.append(named["datetime"])
        if name == "br":
            self._break(token.start)
        elif name == "hr":
            self.end_block()
        if name in _VOID:
            return
        if name not in _OF_HEAD and any(inner == "head" for inner, _ in self.open[:_LOOK_BACK]):
            self._close("head", token.start)  # left open by many an old page
        for closed in _CLOSES.get(name, {"p"} if name in _NEW_PARAGRAPH else ()):
            self._close_implied(closed, name, token.start)
        if len(self.open) >= MAX_DEPTH:
            self.too_deep += 1
            return
        self._push(name, named, token.start)

    def _push(self, name: str, named: dict[str, str], start: int) -> None:
        parent = self._box()
        here = self.open[-1][1] if self.open else 0
        hidden = _is_hidden(named)
        if name in _INLINE and not hidden:
            self.open.append((name, here))
            if name == "a":
                self.links += 1
            elif name == "sup":
                self.marks.append((len(self.block.runs), self.block.size) if self.block else (0, 0))
            return
        if name in ("td", "th") and self._in_row():
            self._separate(start)
        elif name not in ("td", "th") and not (name in _INLINE or self._in_row()):
            self.end_block()
        label = " ".join(filter(None, (named.get("class"), named.get("id"), named.get("role"), named.get("itemprop"))))
        shown = parent.shown and name not in _UNSHOWN and not hidden
        self.page.boxes.append(Box(name, here, label.lower()[:400], shown, hidden=hidden))
        self.open.append((name, len(self.page.boxes) - 1))

    def _in_row(self) -> bool:
        """Whether a row of figures is being filled; a long cell is a page laid out by a table, with paragraphs of its own."""
        block = self.block
        return block is not None and block.tag == "tr" and block.size - block.cell < _LONG_CELL

    def _close_implied(self, closed: str, opening: str, start: int) -> None:
        """A paragraph ends where a block begins, a row where the next one does, but not across a table or list."""
        walls = {"table"} | ({"ul", "ol", "dl"} if opening in ("li", "dt", "dd") else set())
        for name, _ in reversed(self.open[-12:]):
            if name == closed:
                self._close(closed, start)
                return
            if name in walls or (closed == "p" and name in ("div", "td", "li", "section", "article")):
                return

    def _close(self, name: str, start: int) -> None:
        if self.too_deep and name not in _INLINE:
            self.too_deep -= 1
            return
        for back, (candidate, _) in enumerate(reversed(self.open[-_LOOK_BACK:]), start=1):
            if candidate == name:
                closed = self.open[-back:]
                del self.open[-back:]
                self._after_close([inner for inner, _ in closed], start)
                return

    def _after_close(self, names: list[str], start: int) -> None:
        for name in names:
            if name == "a":
                self.links = max(0, self.links - 1)
            elif name == "sup" and self.marks:
                self._drop_footnote(*self.marks.pop())
            elif name not in _INLINE and name != "tr" and self._in_row():
                self._add_space(start)
            elif name not in _INLINE:
                self.end_block()

    def _drop_footnote(self, runs: int, size: int) -> None:
        """A raised figure after a word is the mark of a note; read on, it would make 13,000 into 130,002."""
        inside = self.block.runs[runs:][:_LONGEST_NOTE] if self.block is not None else []
        if self.block is not None and inside and _FOOTNOTE.match("".join(text for _, text in inside)):
            del self.block.runs[runs:]
            self.block.size = size

    def end_block(self) -> None:
        """What was gathered becomes a block, if it holds more than space."""
        block, self.block = self.block, None
        self.marks.clear()
        if block is not None and any(not text.isspace() and text != "|" for _, text in block.runs):
            while block.runs[-1][1].isspace():
                block.runs.pop()
            start, text = block.runs[-1]
            block.runs[-1] = (start, text.rstrip())
            self.page.blocks.append(block)

    def _current(self) -> Block:
        if self.block is None:
            box = self.open[-1][1] if self.open else 0
            row = next((at for name, at in reversed(self.open[-8:]) if name == "tr"), None)
            names = [name for name, _ in self.open[-8:] if name not in _INLINE]
            self.block = Block(names[-1] if names else "", box) if row is None else Block("tr", row)
        return self.block

    def _break(self, start: int) -> None:
        block = self.block
        if block is None or not block.runs:
            return
        if block.runs[-1][1] == "\n":
            self.end_block()  # two breaks are how old pages part paragraphs
        else:
            block.runs.append((start, "\n"))

    def _separate(self, start: int) -> None:
        if self.block is not None and self.block.runs:
            self._add_space(start)
            self.block.runs.extend([(start, "|"), (start, " ")])
            self.block.size += 3
            self.block.cell = self.block.size

    def _add_space(self, start: int) -> None:
        if self.block is not None and self.block.runs and not self.block.runs[-1][1][-1].isspace():
            self.block.runs.append((start, " "))

    def _add_text(self, text: str, start: int) -> None:
        if self.block is None and text.isspace():
            return
        block = self._current()
        before = block.size
        done = 0
        for found in IRREGULAR.finditer(text):
            self._add_run(block, text[done : found.start()], start + done)
            piece = found.group()
            for letter in unescape(piece) if piece[0] == "&" else " ":
                self._add_run(block, letter, start + found.start())
            done = found.end()
        self._add_run(block, text[done:], start + done)
        if self.links:
            block.linked += block.size - before

    def _add_run(self, block: Block, text: str, start: int) -> None:
        if text[:1] == " " and (not block.runs or block.runs[-1][1][-1] in " \n"):
            text, start = text[1:], start + 1
        if text:
            block.runs.append((start, text))
            block.size += len(text)


def _is_hidden(named: dict[str, str]) -> bool:
    if not named:
        return False
    return "hidden" in named or bool(_HIDING.search(named.get("style", ""))) or bool(_HIDDEN_CLASS.search(named.get("class", "")))
