"""Which blocks of a page are its article: not menus, notices, lists of other stories, comments.

The article is the smallest box that still holds most of the running text, where running text is long and seldom linked.
Inside it, boxes named like something else ("related", "share", "newsletter") and rows of links are left out; a box so named
that holds most of the page is not believed. The headline and what stands between it and the article are kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from muster.evidence.read.blocks import Block, Box, Page

# Names of boxes that hold something else, whatever stands in them.
_OTHER = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|disqus|cookies?|consent|gdpr|onetrust|shar(?:e|ing)|sharedaddy|social|related|recommend\w*|"
    r"promo\w*|newsletter|subscri\w*|signup|sidebar|widget\w*|breadcrumbs?|navbar|footer|advert\w*|ads?|adslot|dfp|sponsor\w*|popup|"
    r"modal|most-?read|trending|author-?bio|about-?author|pagination|pager|skip-?link|paywall|read-?more|read-?also|also-?read|"
    r"more-?(?:on|stories|from|news)|teasers?|taboola|outbrain|complementary|contentinfo|navbox|reflist|mw-editsection|"
    r"post-?nav\w*|next-?(?:post|article)|prev(?:ious)?-?(?:post|article)|you-?may\w*|jp-\w+|wp-block-latest-posts\w*)(?=$|[\s_-])"
)
# Names of boxes that do so when they are mostly links: a chapter may be called "menus" too.
_LINKS = re.compile(
    r"(?:^|[\s_-])(?:menus?|nav|navigation|tags?|taglist|toc|toolbar|masthead|topbar|banner|ticker|latest|popular|login|ratings?|"
    r"references|donat\w*|support-us|print-?link|hidden|sticky|screen-reader\w*|links?|categor\w+)(?=$|[\s_-])"
)
# A kit whose every box is a "widget", the article too.
_KIT = re.compile(r"\belementor[\w-]*")
_BODY = re.compile(
    r"articlebody|article-body|entry-content|post-content|story-body|article__body|post-body|article-content|story-content"
)
_NEVER_OTHER = frozenset({"html", "body", "main", "article", ""})
_ASIDE = frozenset({"aside"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOST_LINKED = {"p": 0.6, "tr": 0.9, **dict.fromkeys(_HEADINGS, 0.6)}
_LONG = 70
_MOST = 0.7
_MOST_OF_TABLE = 0.9
_ONE_ARTICLE = 0.4
_PARTS = frozenset({"p", "li", "ol", "ul", "dl", "dt", "dd", "blockquote", "pre", *_HEADINGS})
_BELIEVED = 0.45
_MOSTLY = 0.3


def article_of(page: Page) -> list[Block]:
    """The blocks of the article in order; all shown blocks of a page that has no running text to go by."""
    shown = [block for block in page.blocks if _is_shown(page, block.box)]
    _weigh(page, shown)
    dropped = _dropped(page)
    kept = [block for block in shown if not dropped[block.box]]
    if not any(_is_running(block) for block in kept):
        return kept or shown
    _weigh(page, kept)
    root = _root(page.boxes)
    inside = [block for block in kept if _is_within(page.boxes, block.box, root)]
    body = _without_link_rows(inside)
    return [*_above(kept, body), *_without_idle_headings(body)]


def _is_shown(page: Page, box: int) -> bool:
    return page.boxes[box].shown


def _is_running(block: Block) -> bool:
    return block.size >= _LONG and block.link_share < 0.4 and block.tag not in _HEADINGS


def _weigh(page: Page, blocks: Iterable[Block]) -> None:
    """Each box gets the count of running text in it, of all text, and of links."""
    for box in page.boxes:
        box.words = box.size = box.linked = 0
    for block in blocks:
        box = page.boxes[block.box]
        box.size += block.size
        box.linked += block.linked
        if _is_running(block):
            box.words += block.size - block.linked
    for box in reversed(page.boxes[1:]):
        around = page.boxes[box.parent]
        around.words += box.words
        around.size += box.size
        around.linked += box.linked


def _dropped(page: Page) -> list[bool]:
    """For each box, whether it or one around it is named like something that is no article."""
    whole = max(page.boxes[0].words, 1)
    dropped = [False] * len(page.boxes)
    for place, box in enumerate(page.boxes[1:], start=1):
        dropped[place] = dropped[box.parent] or (_is_other(box) and box.words < _BELIEVED * whole)
    return dropped


def _is_other(box: Box) -> bool:
    if box.name in _ASIDE:
        return True
    if box.name in _NEVER_OTHER or not box.label or _BODY.search(box.label):
        return False
    label = _KIT.sub("", box.label)
    return bool(_OTHER.search(label)) or (box.linked > _MOSTLY * box.size and bool(_LINKS.search(label)))


def _root(boxes: list[Box]) -> int:
    """The box of the article: from the whole page down, as long as one box holds most of the running text."""
    inner: dict[int, int] = {}
    for place in range(1, len(boxes)):
        best = inner.get(boxes[place].parent)
        if best is None or boxes[place].words > boxes[best].words:
            inner[boxes[place].parent] = place
    root = 0
    while (best := inner.get(root)) is not None and boxes[best].words >= _most(boxes[best]) * boxes[0].words > 0:
        root = best
    named = [place for place, box in enumerate(boxes) if _BODY.search(box.label) and box.words >= 0.5 * boxes[0].words]
    if named and _is_within(boxes, named[-1], root):
        return named[-1]
    articles = [place for place, box in enumerate(boxes) if box.name == "article" and _is_within(boxes, place, root)]
    # One article says where it is; several are the entries of a live page, or other stories.
    return articles[0] if len(articles) == 1 and boxes[articles[0]].words >= _ONE_ARTICLE * boxes[root].words else root


def _most(box: Box) -> float:
    """The part of the running text a box must hold to be taken for all of it."""
    if box.name in _PARTS:
        return math.inf
    return _MOST_OF_TABLE if box.name in ("table", "tbody", "tr", "td") else _MOST


def _is_within(boxes: list[Box], box: int, root: int) -> bool:
    while box > root:
        box = boxes[box].parent
    return box == root


def _without_link_rows(blocks: list[Block]) -> list[Block]:
    """Lines that are mostly links lead elsewhere: "Read more", lists of tags. A row of a table may link the name of a place."""
    return [block for block in blocks if block.link_share < _MOST_LINKED.get(block.tag, 0.5)]


def _without_idle_headings(blocks: list[Block]) -> list[Block]:
    """A heading whose own text was left out says nothing; the last block of an article is no heading."""
    while blocks and blocks[-1].tag in _HEADINGS[1:]:
        blocks = blocks[:-1]
    return blocks


def _above(kept: list[Block], body: list[Block]) -> list[Block]:
    """The headline above the article and the lines between, such as the date and who wrote it."""
    if not body:
        return []
    start = next(place for place, block in enumerate(kept) if block is body[0])
    if any(block.tag == "h1" for block in body):
        return []
    heads = [place for place in range(start) if kept[place].tag == "h1"]
    if not heads:
        return []
    return [block for block in kept[heads[-1] : start] if block.link_share < 0.6 or block.tag == "h1"]
