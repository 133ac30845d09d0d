"""The interval a count covers. Every text here is invented; weekdays and months are told from 15 May 2024, a Wednesday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.dates import Interval, parse_interval
from muster.evidence.lexicon import Lexicon, load_lexicon
from muster.evidence.numbers.quantities import find_numbers
from muster.evidence.text import Span, sentences
from muster.evidence.times.event_book import EventBook, events_of
from muster.evidence.times.when import When, resolve, stated_date

PUBLISHED = parse_interval("2024-05-15")


@pytest.fixture(scope="module")
def book() -> EventBook:
    general = load_lexicon()
    tables = dict(general.tables)
    tables["events"] = [{"name": "coup of Ruritania", "noun": "coup", "date": "2021-02-01", "places": ["Ruritania"]}]
    return events_of(Lexicon(tables))


def windows(text: str, book: EventBook, published: Interval | None = PUBLISHED) -> list[When]:
    """What each quantity of a text covers, each told what the one before covers."""
    found: list[When] = []
    for mention in find_numbers(text):
        if mention.role != "quantity":
            continue
        sentence = next(span for span in sentences(text) if span.start <= mention.start < span.end)
        before = found[-1] if found else None
        number = Span(mention.start, mention.end)
        found.append(resolve(text, sentence=sentence, number=number, published=published, events=book, before=before))
    return found


def days(words: str) -> tuple[date | None, date | None]:
    lo, _, hi = words.partition("/")
    first = None if lo == ".." else parse_interval(lo).first
    last = None if hi == ".." else parse_interval(hi or lo).last
    return first, last


@pytest.mark.parametrize(
    ("text", "expected", "basis"),
    [
        ("In February 2021 500 men left.", "2021-02", "explicit"),
        ("Some 500 men left in 2022.", "2022", "explicit"),
        ("Some 500 men left on 8 April 2022.", "2022-04-08", "explicit"),
        ("Since February 2023, 500 men have left.", "2023-02-01/2024-05-15", "explicit"),
        ("Between January 1 and April 30, 2023 there were 500 cases.", "2023-01-01/2023-04-30", "explicit"),
        ("From Dec. 15, 2022 to Feb. 15, 2023 they lost 500 men.", "2022-12-15/2023-02-15", "explicit"),
        ("From Dec. 15 to Feb. 15, 2023 they lost 500 men.", "2022-12-15/2023-02-15", "explicit"),
        ("In the first quarter of 2023, 500 men left.", "2023-01/2023-03", "explicit"),
        ("In the first four months of 2023 500 men left.", "2023-01/2023-04", "explicit"),
        ("Some 500 men left in early 2023.", "2023-01/2023-04", "explicit"),
        ("Some 500 men left in January.", "2024-01", "explicit"),
        ("Some 500 men left in August.", "2023-08", "explicit"),
        ("Some 500 men left in August last year.", "2023-08", "explicit"),
        ("Some 500 men left yesterday.", "2024-05-14", "relative"),
        ("Some 500 men left on Friday.", "2024-05-10", "relative"),
        ("Some 500 men left last week.", "2024-05-06/2024-05-12", "relative"),
        ("Some 500 men left last month.", "2024-04", "relative"),
        ("Some 500 men left last year.", "2023", "relative"),
        ("So far this year 500 men have left.", "2024-01-01/2024-05-15", "relative"),
        ("Over the weekend 500 men left.", "2024-05-11/2024-05-12", "relative"),
        ("In the past three months 500 men left.", "2024-02-15/2024-05-15", "relative"),
        ("Over the last six months 500 men left.", "2023-11-15/2024-05-15", "relative"),
        ("Some 500 men died in two days.", "2024-05-13/2024-05-15", "relative"),
        ("Since Friday 500 men have left.", "2024-05-10/2024-05-15", "relative"),
        ("In the year to September 1, 2023 500 men left.", "2022-09-01/2023-09-01", "explicit"),
        ("The 16-month-old conflict has cost 500 lives.", "2023-01-15/2024-05-15", "relative"),
        ("Until January 2024 500 men left.", "../2024-01", "explicit"),
        ("They want 500 men by the end of 2025.", "../2025-12", "explicit"),
        ("As of Jan. 31 there were 500 men.", "../2024-01-31", "explicit"),
        ("500 men left, the ministry said on Friday.", "../2024-05-10", "default"),
        ("500 men have left.", "../2024-05-15", "default"),
    ],
)
def test_one_window(text: str, expected: str, basis: str, book: EventBook) -> None:
    (when,) = windows(text, book)
    assert ((when.date_lo, when.date_hi), when.basis) == (days(expected), basis)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Ruritania, 500 men have left since the coup.", "2021-02-01/2024-05-15"),
        ("In Ruritania, 500 men have left since the military coup took place in February 2021.", "2021-02-01/2024-05-15"),
        ("In Ruritania, 500 men have left since the army seized power.", "2021-02-01/2024-05-15"),
        ("In Ruritania, 500 men left since the coup until January 2024.", "2021-02-01/2024-01-31"),
        ("In Ruritania, 500 men left in the first two months after the coup.", "2021-02-01/2021-04-01"),
        ("Before the coup Ruritania had 500 men.", "../2021-02-01"),
        ("At the time of the coup Ruritania had 500 men.", "2021-02-01"),
        ("In the three years since the coup in Ruritania 500 men have left.", "2021-02-01/2024-05-15"),
        ("Two years after the coup in Ruritania 500 men had left.", "2021-02-01/2023-02-01"),
        ("The coup in Ruritania has cost 500 lives.", "2021-02-01/2024-05-15"),
        ("In Elbonia, 500 men have left since the coup of 3 March 2020.", "2020-03-03/2024-05-15"),
    ],
)
def test_events(text: str, expected: str, book: EventBook) -> None:
    (when,) = windows(text, book)
    assert (when.date_lo, when.date_hi) == days(expected)


def test_a_general_noun_means_no_event_of_another_country(book: EventBook) -> None:
    (when,) = windows("In Elbonia, 500 men have left since the coup.", book)
    assert when.date_lo is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It was 170 and 60 in February, 540 and 75 in March.",
            ["2024-02", "2024-02", "2024-03", "2024-03"],
        ),
        ("In February it was seven and eight, in March six and ten.", ["2024-02", "2024-02", "2024-03", "2024-03"]),
        ("It rose from 9 percent in August 2016 to 12 percent in January 2018.", ["2016-08", "2018-01"]),
        ("There were 40 cases in 2022, compared with 30 in 2021.", ["2022", "2021"]),
        ("In May 2023 500 men left, and 300 came back in June 2023.", ["2023-05", "2023-06"]),
        ("In March 2023 500 men left. Another 200 were killed.", ["2023-03", "2023-03"]),
        ("In March 2023 500 men left. In the same month 200 were killed.", ["2023-03", "2023-03"]),
        ("In March 2023 500 men left. Since then 200 have come back.", ["2023-03", "2023-03-01/2024-05-15"]),
        ("In 2022 500 men left, the most since 2013.", ["2022"]),
        ("In 2021, 500 men who had joined in 2014 left.", ["2021"]),
    ],
)
def test_each_number_has_its_own(text: str, expected: list[str], book: EventBook) -> None:
    assert [(when.date_lo, when.date_hi) for when in windows(text, book)] == [days(words) for words in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March 2023 the army advanced.\n\nIts planes killed 40 villagers.", "2023-03"),
        ("In March 2023 the army advanced.\n\nIts planes have killed 40 villagers.", "../2024-05-15"),
        ("On 3 March 2023 the army advanced.\n\nIts planes killed 40 villagers.", "../2024-05-15"),
        ("The war, which began in April 2023, has killed 500 men.", "2023-04-01/2024-05-15"),
        ("It took 170 posts since launching an offensive against the army on Nov. 13 last year.", "2023-11-13/2024-05-15"),
        ("It says 500 men left last year.", "2023"),
        ("In the last quarter of last year 500 men left.", "2023-10/2023-12"),
        ("In the summer 500 men left.", "2023-06/2023-08"),
        ("In the first week of May 30 soldiers fled.", "2024-05-01/2024-05-08"),
        ("From January to date 500 men left.", "2024-01-01/2024-05-15"),
    ],
)
def test_harder_windows(text: str, expected: str, book: EventBook) -> None:
    (when,) = windows(text, book)
    assert (when.date_lo, when.date_hi) == days(expected)


def test_as_of_is_kept(book: EventBook) -> None:
    assert windows("As of Jan. 31 there were 500 men.", book)[0].as_of == date(2024, 1, 31)
    assert windows("The army now has 500 men.", book)[0].as_of == date(2024, 5, 15)


def test_a_second_number_inherits_and_says_so(book: EventBook) -> None:
    first, second = windows("In March 2023 500 men left. Another 200 were killed.", book)
    assert (first.basis, second.basis) == ("explicit", "inherited")


@pytest.mark.parametrize("text", ["500 men left on Friday.", "500 men left last week.", "In the past year 500 men left."])
def test_without_publication_relative_words_stay_open(text: str, book: EventBook) -> None:
    (when,) = windows(text, book, published=None)
    assert when == When(None, None, None, "relative")


def test_without_anything_nothing_is_claimed(book: EventBook) -> None:
    assert windows("500 men left.", book, published=None) == [When(None, None, None, "none")]


def test_a_date_stated_in_the_text_serves_as_publication(book: EventBook) -> None:
    (when,) = windows("HILLTOWN, May 15, 2024. On Friday 500 men left.", book, published=None)
    assert (when.date_lo, when.date_hi) == days("2024-05-10")


def test_a_bare_month_is_that_nearest_to_the_last_date_told(book: EventBook) -> None:
    text = "The siege of 13 November 2023 was long.\n\nIn December 500 men left, and 40 in October."
    found = windows(text, book, published=None)
    assert [(when.date_lo, when.date_hi) for when in found] == [days("2023-12"), days("2023-10")]


def test_a_year_of_publication_gives_wide_windows(book: EventBook) -> None:
    (when,) = windows("Last year 500 men left.", book, published=parse_interval("2024"))
    assert (when.date_lo, when.date_hi) == days("2023")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops leave\n\n8 April 2022\n\nIn 2021 they left.", "2022-04-08"),
        ("Half as big\n\n2023.05.05\n\nA study says so.", "2023-05-05"),
        ("Monday, January 29, 2024\n\nMUTINY!\n\nThey left.", "2024-01-29"),
        ("HILLTOWN, May 30, 2025. /AGENCY/. Every month men leave.", "2025-05-30"),
        ("HILLTOWN - February 2012\n\nMen left.", "2012-02"),
        ("Published: 3 March 2020 | By A Writer\n\nIn 2019 it began.", "2020-03-03"),
        ("May 1, 2018 at 1:24 PM\n\nFewer men.", "2018-05-01"),
        ("Hilltown, 13 December 2023 – Men left.", "2023-12-13"),
        ("A headline\n2024-03-27 The men of the hill left.", "2024-03-27"),
        ("Ann Doe and Jim Roe February 06 2019, 8:17 AM\n\nMen left.", "2019-02-06"),
    ],
)
def test_stated_date(text: str, expected: str) -> None:
    assert stated_date(text) == parse_interval(expected)


@pytest.mark.parametrize(
    "text", ["The coup of 1 February 2021 changed all.", "Men left in March 2022 and came back.", "No date."]
)
def test_a_date_in_the_story_is_no_date_of_publication(text: str) -> None:
    assert stated_date(text) is None


@given(st.text(alphabet="0123456789 ,.inJanuryFebMcholstwksdgoe", max_size=120))
def test_any_sentence_is_resolved(text: str) -> None:
    general = events_of(load_lexicon())
    for when in windows(text, general):
        assert when.basis in {"explicit", "relative", "inherited", "default", "none"}
        assert when.date_lo is None or when.date_hi is None or when.date_lo <= when.date_hi


@pytest.mark.parametrize(
    "text", ["500 men left in May 2023 " * 400, "since the coup in May 500 " * 140, "in the past three months 5 " * 140]
)
def test_hostile_sentences_are_resolved(text: str, book: EventBook) -> None:
    assert windows(text, book)
