"""What a document says of itself is read, and nothing more."""

from datetime import date

import pytest

from muster.evidence.read import read_document
from muster.evidence.read.dateline import parse_stamp, published_in_address, published_of
from muster.evidence.read.masthead import title_of

BODY = "\n\nThe ministry counts 400 deserters since May. It gave no details of the places where they left their posts."


@pytest.mark.parametrize(
    ("head", "first", "last"),
    [
        ("Soldiers leave\n\n8 April 2022", "2022-04-08", None),
        ("Soldiers leave\n\n2023.05.05", "2023-05-05", None),
        ("Monday, January 29, 2024\n\nSoldiers leave", "2024-01-29", None),
        ("Soldiers leave\n\nMay 1, 2018 at 1:24 PM", "2018-05-01", None),
        ("Soldiers leave\n\nMUNICH - February 2012", "2012-02-01", "2012-02-29"),
        ("Soldiers leave\n\nPublished: 3rd March 2021, 14:05 GMT", "2021-03-03", None),
        ("By A Writer | Published on 2 June 2021 | Updated 4 June 2021", "2021-06-02", None),
        ("MOSCOW, May 30, 2025. /TASS/. Some soldiers left.", "2025-05-30", None),
        ("YANGON, Myanmar, Feb. 3, 2021 (Reuters) - Some soldiers left.", "2021-02-03", None),
        ("25/12/2021", "2021-12-25", None),
        ("05/06/2021", None, None),
        ("Soldiers leave\n\nOn 8 April 2022 soldiers left their base.", None, None),
        ("Soldiers leave\n\nBorderland Letters, No. 9, May 2022. The writer is known to us.", "2022-05-01", "2022-05-31"),
        ("Soldiers leave\n\nRiver Watch, Thursday 20/6/2013", "2013-06-20", None),
        ("Guards on a bridge in Lenn, 8 April 2022", None, None),
        ("Photo: A guard on a bridge, Feb. 23, 2019.", None, None),
        ("No date here", None, None),
        ("31 February 2020", None, None),
    ],
)
def test_the_day_in_the_head(head, first, last):
    found = published_of(head + BODY, None)
    if first is None:
        assert found is None
    else:
        assert (found.first.isoformat(), found.last.isoformat()) == (first, last or first)


@pytest.mark.parametrize(
    ("address", "first", "last"),
    [
        ("https://a.example/2021/12/soldiers.html", "2021-12-01", "2021-12-31"),
        ("https://a.example/2021/03/19/soldiers", "2021-03-19", None),
        ("https://a.example/2021/mar/19/soldiers", "2021-03-19", None),
        ("https://a.example/news/strength-05052023162622.html", "2023-05-05", None),
        ("https://a.example/news/20210319-soldiers", "2021-03-19", None),
        ("https://a.example/news/2021-03-19-soldiers", "2021-03-19", None),
        ("https://a.example/a/more-than-550/4808266.html", None, None),
        ("https://a.example/soldiers-exceed-40000-13014", None, None),
    ],
)
def test_the_day_in_the_address(address, first, last):
    found = published_in_address(address)
    assert (found and found.first.isoformat()) == first
    if found:
        assert found.last.isoformat() == (last or first)


def test_address_and_dateline_make_one_day():
    found = published_of("KABUL, Jan 3 (Reuters) - Some soldiers left.", "https://a.example/2019/01/left.html")
    assert found.first == found.last == date(2019, 1, 3)
    other = published_of("KABUL, March 3 (Reuters) - Some soldiers left.", "https://a.example/2019/01/left.html")
    assert (other.first, other.last) == (date(2019, 1, 1), date(2019, 1, 31))


def test_stamps_of_machines():
    assert parse_stamp("2021-03-19T10:00:00+06:30").first == date(2021, 3, 19)
    assert parse_stamp("Fri, 19 Mar 2021 10:00:00 GMT").first == date(2021, 3, 19)
    assert parse_stamp("yesterday") is None


def test_titles():
    assert title_of("Many soldiers leave the force" + BODY) == "Many soldiers leave the force"
    assert title_of("8 April 2022\n\nMany soldiers leave the force" + BODY) == "Many soldiers leave the force"
    assert title_of(BODY) is None
    assert title_of("One line only is no headline") is None


def test_publishers(tmp_path):
    def read(text, **given):
        path = tmp_path / "a.txt"
        path.write_text(text, encoding="utf-8")
        return read_document(path, **given)

    assert read("https://www3.nhk.or.jp/x/1\nMany soldiers leave it" + BODY).publisher == "NHK"
    assert read("https://blog.example/x\nMany soldiers leave it\n\n(Reuters) - Some left." + BODY).publisher == "Reuters"
    assert read("https://blog.example/x\nMany soldiers leave it" + BODY).publisher == "blog.example"
    assert read("https://d1.cloudfront.net/x\nMany soldiers leave it" + BODY).publisher is None
    assert read("Many soldiers leave it" + BODY + "\n\nSource: AFP").publisher == "AFP"
    asked = read(
        "Many soldiers leave it" + BODY, publisher="A Paper", published=date(2020, 1, 2), title="T", url="https://b.example"
    )
    assert (asked.publisher, asked.published, asked.title, asked.url) == ("A Paper", date(2020, 1, 2), "T", "https://b.example")
    assert read("Many soldiers leave it\n\nReuters" + BODY).publisher == "Reuters"
    assert read("Many soldiers leave it\n\nTORVALE (AFP/AP) — Some left." + BODY).publisher == "AFP"
    assert read("Many soldiers leave it" + BODY + " (Xinhua)").publisher == "Xinhua"
    assert (
        read("Many soldiers leave it\n\nSome left, says the state news agency (SANA). The army (SUNA): no." + BODY).publisher
        is None
    )
    assert read("Many soldiers leave it\n\nRiver Monitor, 22 July 2014" + BODY).publisher == "River Monitor"
    assert (
        read("Many soldiers leave it\n\nA long read from The Harbour Review, June 2021" + BODY).publisher == "The Harbour Review"
    )
    assert read("Many soldiers leave it\n\nMonitoring note of River Watch, 20/6/2013" + BODY).publisher == "River Watch"
    assert read("Many soldiers leave it\n\nOffice of the Auditor, 20/6/2013" + BODY).publisher == "Office of the Auditor"
    assert read("Many soldiers leave it\n\nPort Lenn, 22 July 2014" + BODY).publisher is None
    silent = read("Soldiers (many of them) left their base (again). They did not come back to it.")
    assert (silent.publisher, silent.published, silent.title, silent.url) == (None, None, None, None)
    assert "day of publication not stated" in silent.notes


def test_the_address_line_is_not_part_of_the_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("https://a.example/2021/13000\nOver 13,000 “left”.\n", encoding="utf-8")
    read = read_document(path)
    assert "2021" not in read.text
    start = read.text.index("13,000")
    first, last = read.place(start, start + 6)
    assert read.original[first:last] == "13,000"
