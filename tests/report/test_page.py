"""The page: whole, escaped, and silent on the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from muster.core.errors import MusterError
from muster.report.page import render_report, write_report
from muster.report.text import web_address


class _Reader(HTMLParser):
    """Tags with their attributes, and the anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="module")
def tags(page):
    reader = _Reader()
    reader.feed(page)
    return reader.tags


def test_nothing_is_loaded_from_anywhere(page, tags):
    loaders = {"script", "link", "img", "image", "iframe", "object", "embed", "video", "audio", "source", "use", "form", "base"}
    assert not loaders & {tag for tag, _ in tags}
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    for tag, attributes in tags:
        assert not {"src", "srcset", "data", "action", "background", "poster", "ping"} & set(attributes), tag
        assert not any(name.startswith("on") for name in attributes), tag
        for name in ("href", "xlink:href"):
            assert tag == "a" or name not in attributes, tag


def test_a_strict_policy_comes_before_any_style(page):
    policy = page.index("Content-Security-Policy")
    assert "default-src 'none'" in page[policy : policy + 120]
    assert policy < page.index("<style>")


def test_links_lead_to_rows_or_to_the_web(tags):
    anchors = {attributes["id"] for _, attributes in tags if "id" in attributes}
    links = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert {link for link in links if link.startswith("#")} <= {f"#{anchor}" for anchor in anchors}
    assert all(link.startswith(("#", "https://example.org")) for link in links)


def test_ids_are_unique(tags):
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_marks_in_figures_lead_to_their_claims(page):
    figures = page[page.index('<figure id="fig-registered"') : page.index('<figure id="fig-kinds"')]
    assert (
        figures.count('<a href="#claim-T001"><title>T001: at least 300, The movement, 1 Mar 2031</title>') == 2
    )  # wide and narrow


def test_all_parts_are_there(page):
    for anchor in (
        "answer",
        "strength",
        "why",
        "where",
        "means",
        "compared",
        "story",
        "assumptions",
        "claims",
        "methods",
        "again",
    ):
        assert f'id="{anchor}"' in page
    assert page.count("<figure ") == 13
    assert page.count('class="wide"') == page.count('class="narrow"') == 13
    assert 'lang="en"' in page
    assert "Ethics." in page
    assert "uncalibrated defaults" in page.lower()
    assert "ab" * 32 in page
    assert "muster report testland --seeds 3" in page
    assert "half armed" in page  # a judged driver is listed with its reason
    assert len(page) < 2_000_000


def test_same_runs_give_the_same_bytes(case, runs, page):
    assert render_report(case, runs) == page


def test_text_of_others_is_escaped(make_claim, with_claims):
    evil = "<script>alert(1)</script>"
    nasty = make_claim(
        'A"><b>',
        "pdf_fighters",
        5000,
        note=evil,
        claimant=evil,
        source_title=evil,
        source_url="javascript:alert(1)",
        unit=evil,
        region="national",
    )
    case, runs = with_claims(nasty)
    case.title = case.summary = case.parameters_label = case.licence = evil
    case.regions[0].name = evil
    page = render_report(case, runs)
    assert "<script" not in page
    assert "<b>A" not in page
    assert 'href="javascript' not in page
    assert page.count("&lt;script&gt;") >= 6


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "//host/x", "see the paper"]
)
def test_only_web_addresses_become_links(address):
    assert web_address(address) == ""


def test_small_regional_cells_are_hidden(page):
    table = page[page.index("Persons who defected or deserted, median over histories") :]
    table = table[: table.index("</table>")]
    cells = re.findall(r'<td class="num">([^<]*|&lt;10)</td>', table)
    assert "&lt;10" in cells
    assert all(cell in ("0", "&lt;10") or cell.endswith("0") for cell in cells)


def test_the_file_appears_whole_or_not_at_all(case, runs, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    target.write_text("before")
    monkeypatch.setattr("muster.report.page.draw_figures", lambda *_: (_ for _ in ()).throw(RuntimeError("no ink")))
    with pytest.raises(RuntimeError, match="no ink"):
        write_report(case, runs, to=target)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_written_page_is_returned(case, runs, tmp_path, monkeypatch):
    monkeypatch.setattr("muster.report.page.render_report", lambda *_, **__: "<!doctype html>")
    path = write_report(case, runs, to=str(tmp_path / "report.HTM"))
    assert path.read_text() == "<!doctype html>"


def test_bad_targets_are_refused(case, runs, tmp_path):
    with pytest.raises(MusterError, match="is a folder"):
        write_report(case, runs, to=tmp_path)
    with pytest.raises(MusterError, match=r"x\.pdf does not end in \.html or \.htm.*or \.md"):
        write_report(case, runs, to=tmp_path / "x.pdf")
    with pytest.raises(MusterError, match=r"does not end in \.md or \.txt"):
        write_report(case, runs, to=tmp_path / "x.html", format="md")
    with pytest.raises(MusterError, match="folder .*nowhere does not exist"):
        write_report(case, runs, to=tmp_path / "nowhere" / "x.html")
    assert not list(tmp_path.iterdir())
    with pytest.raises(MusterError, match="at least one run"):
        write_report(case, [], to=tmp_path / "x.html")
