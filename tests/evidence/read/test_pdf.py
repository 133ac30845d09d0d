"""Pages of a PDF become running text with page numbers kept apart."""

import pytest

from muster.core.errors import InputError
from muster.evidence.read.pdf import read_pdf

BODY = [
    "The army of the country has lost 1,002 sol-",
    "diers since the spring, a count of the group shows, and it is well-",
    "known that more are on their way across the hills to the other side.",
    'Over 1,003 (some say "1,004") have gone from the south of the country and',
    "most of them are back in their villages.",
]


def pages(count):
    letters = "abcdefghij"
    return [
        [
            "A report of the Watch Group, 2031",
            f"Part {letters[at]} is about the men of the army, of whom more is to be said here.",
            *BODY,
            f"At the end of part {letters[at]} there is more to say of this.",
            f"{at + 5}",
        ]
        for at in range(count)
    ]


def test_lines_are_made_whole_and_edges_dropped(make_pdf):
    read = read_pdf(make_pdf([*pages(4), ["A report of the Watch Group, 2031", "It is well-known that it rains.", "9"]]))
    assert "1,002 soldiers since the spring" in read.text
    assert "well-known that more are" in read.text
    assert "Watch Group" not in read.text
    assert not any(line.strip() in "56789" for line in read.text.splitlines() if line.strip())
    assert "villages." in read.text


def test_rows_of_figures_at_the_edge_stay(make_pdf):
    rows = [["Region Deserted Joined", f"North {17 * at + 3} {5 * at * at}", f"South {40 - at * 3} 2"] for at in range(6)]
    read = read_pdf(make_pdf(rows))
    assert all(f"North {17 * at + 3} {5 * at * at}" in read.text for at in range(6))
    assert all(f"South {40 - at * 3} 2" in read.text for at in range(6))


def test_lone_figures_at_the_edge_stay_unless_they_count_pages(make_pdf):
    figures = ["412", "17", "903", "88", "9", "1450"]
    kept = read_pdf(make_pdf([[f"Men who left region {word}, see note:", word] for word in figures]))
    assert [word for word in kept.text.split() if word.isdecimal()] == figures
    counted = read_pdf(make_pdf([[f"Part {word}x of the report says little.", str(at + 7)] for at, word in enumerate(figures)]))
    assert not any(word.isdecimal() for word in counted.text.split())


def test_columns_are_read_one_after_the_other(make_pdf):
    left = [(60, 760 - 14 * at, f"left line {at} of the first column of this page") for at in range(8)]
    right = [(320, 760 - 14 * at, f"right line {at} of the other column") for at in range(8)]
    text = read_pdf(make_pdf([left + right])).text
    assert text.index("left line 7") < text.index("right line 0")


def test_a_page_of_a_claim_can_be_named(reading, make_pdf):
    read = reading(
        make_pdf([["First page: 1,001 soldiers left the base."], ["Second: 1,002 of them came back."], ["Third: 1,003."]])
    )
    assert [read.page_of(read.original.index(figure)) for figure in ("1,001", "1,002", "1,003")] == [1, 2, 3]
    assert read.media == "pdf"
    assert "offsets count in the extracted text" in read.notes
    start = read.text.index("1,002")
    first, last = read.place(start, start + 5)
    assert read.original[first:last] == "1,002"


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (lambda make: make([[]]), "without text"),
        (lambda make: make([["x"]] * 1_001), "more than 1,000 pages"),
        (lambda make: make([["some text"]])[:200], "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(reading, make_pdf, pdf, words):
    with pytest.raises(InputError, match=words):
        reading(pdf(make_pdf))


def test_three_hundred_pages(reading, make_pdf):
    lines = ["So the men of the north left their base and went over the hills to see their own."] * 40
    read = reading(make_pdf([[f"Part {7 * at} begins with this line.", *lines] for at in range(300)], packed=True))
    assert len(read.pages) == 300
    assert read.page_of(read.original.index("Part 2093")) == 300
