"""Pages written in the ways of real sites: the article is kept (figures 1,0xx), all else is not (figures 9,0xx)."""

import re
from datetime import date
from pathlib import Path

import pytest

from muster.evidence.read import read_document
from muster.evidence.read.html import read_html

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
FOLDED = {"\u2018": "'", "\u00a0": " ", "\u201c": '"', "\u201d": '"', "\u2019": "'"}


def text_of(source):
    return "".join(text for _, text in read_html(source).runs)


def test_there_are_pages_of_many_kinds():
    assert len(PAGES) >= 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_article_and_nothing_else(page):
    source = page.read_text(encoding="utf-8")
    read = text_of(source).replace("\u00a0", " ")
    assert set(re.findall(r"\b1,0\d\d\b", source)) == set(re.findall(r"\b1,0\d\d\b", read))
    assert re.findall(r"\b9,0\d\d\b", read) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_character_stands_where_it_is_said_to(page):
    read = read_document(page)
    assert list(read.origin_of) == sorted(read.origin_of)
    for place, letter in zip(read.origin_of, read.text, strict=False):
        there = read.original[place]
        assert FOLDED.get(there, there) == letter or there == "&" or letter in " \n|", (place, there, letter)
    for found in re.finditer(r"\b1,0\d\d\b", read.text):
        first, last = read.place(*found.span())
        assert read.original[first:last] == found.group()


@pytest.mark.parametrize(
    ("page", "title", "publisher", "published"),
    [
        ("news", "Varland troops walk away, ministry says", "Morning Courier", date(2031, 3, 19)),
        ("blog", "Why they left", "Notes from the hills", date(2031, 5, 2)),
        ("amp", "Officers sell fuel", "The Tribune", date(2031, 8, 9)),
        ("live", "Live: fighting in Varland", None, date(2031, 6, 11)),
        ("report", "Quarterly count of departures", None, date(2031, 7, 1)),
        ("divs", "Guards change sides", None, date(2031, 9, 12)),
        ("plain", "Deserters in the hills", None, None),
        ("hashed", "Varland: Army says 1,001 men are missing", "The Wire", date(2031, 4, 4)),
        ("letter", "Letters from the pass", "The Long View", date(2031, 6, 2)),
        ("ministry", "Press release No 12/2031", None, date(2031, 5, 9)),
        ("loose", "Bulletin 44", None, date(2031, 7, 7)),
    ],
)
def test_what_a_page_says_of_itself(page, title, publisher, published):
    read = read_document(Path(__file__).parent / "pages" / f"{page}.html")
    assert (read.title, read.publisher, read.published) == (title, publisher, published)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>13,<b>000</b> men</p>", "13,000 men"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p>one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<p>a  \n b&nbsp;c &amp; d &#8212; &bogus; &#xD800;</p>", "a b\u00a0c & d — &bogus; \ufffd"),
        ("<p>13,000<sup>[2]</sup> men of the 9<sup>th</sup></p>", "13,000 men of the 9th"),
        ("<p>shown<span hidden>9</span><span style='display: none'>9</span><script>9</script><!-- 9 --></p>", "shown"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td><p>d</p><p>e</p></td></tr></table>", "a | b\nc | d e"),
        (
            "<table><tr><td><p>" + "long " * 40 + "end<p>" + "more " * 40 + "end</table>",
            "long " * 40 + "end\n\n" + "more " * 40 + "end",
        ),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<p>1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p title='a > b' data-x=\"<p>9\">right</p>", "right"),
        ("<title>t</title><p>body", "body"),
        ("<p>never closed <b>bold <i>both", "never closed bold both"),
    ],
)
def test_small_markup(source, text):
    assert text_of(source) == text
