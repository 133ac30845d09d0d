"""Dates of events, and where two of them contradict. Every text here is invented."""

from __future__ import annotations

from datetime import date

import pytest

from muster.core.dates import Interval, parse_interval
from muster.evidence.lexicon import load_lexicon
from muster.evidence.record import Contradiction, EventDate
from muster.evidence.text import sentences
from muster.evidence.times.event_book import EventBook, events_of
from muster.evidence.times.events import contradicting, event_dates


@pytest.fixture(scope="module")
def book() -> EventBook:
    return events_of(load_lexicon())


def dates(text: str, book: EventBook, published: Interval | None = None) -> list[EventDate]:
    return event_dates(text, sentences(text), book, published)


def flags(text: str, book: EventBook, published: Interval | None = None) -> list[Contradiction]:
    return contradicting(dates(text, book, published), book)


@pytest.mark.parametrize(
    ("text", "event", "lo", "hi"),
    [
        ("He left after the February 2022 coup.", "coup", "2022-02-01", "2022-02-28"),
        ("It began with the coup of 1 February 2021.", "coup", "2021-02-01", "2021-02-01"),
        ("Since the military coup took place in February 2021, men have left.", "coup", "2021-02-01", "2021-02-28"),
        ("The generals seized power in February 2021.", "coup", "2021-02-01", "2021-02-28"),
        ("They overthrew the elected government of the doctor on March 3, 2020.", "coup", "2020-03-03", "2020-03-03"),
        ("The invasion began on 24 February 2022.", "invasion", "2022-02-24", "2022-02-24"),
        ("The February 2022 coup in Ruritania was bloody.", "coup (Ruritania)", "2022-02-01", "2022-02-28"),
        ("Ruritania's 2020 coup was bloody.", "coup (Ruritania)", "2020-01-01", "2020-12-31"),
    ],
)
def test_dated_mentions(text: str, event: str, lo: str, hi: str, book: EventBook) -> None:
    (found,) = dates(text, book)
    assert (found.event, found.date_lo, found.date_hi, found.basis) == (
        event,
        date.fromisoformat(lo),
        date.fromisoformat(hi),
        "explicit",
    )
    assert text[found.start : found.end] == found.quote


def test_a_relative_mention_is_told_from_publication(book: EventBook) -> None:
    (found,) = dates("The junta took over in a coup two years ago.", book, parse_interval("2023-06-01"))
    assert found.basis == "relative"
    assert found.date_lo < date(2021, 2, 1) < found.date_hi
    assert dates("The junta took over in a coup two years ago.", book) == []


def test_two_years_for_one_coup_are_flagged_once(book: EventBook) -> None:
    text = "Since the military coup took place in February 2021 men leave. He left after the February 2022 coup in Ruritania."
    (flag,) = flags(text, book)
    assert flag.quotes == ("military coup took place in February 2021", "February 2022 coup")
    assert [text[start:end] for start, end in flag.spans] == list(flag.quotes)
    assert "2021-02 and 2022-02" in flag.explanation


def test_a_relative_mention_is_a_second_witness(book: EventBook) -> None:
    text = "After a coup two years ago men leave. The coup took place in February 2021. He left after the February 2022 coup."
    (flag,) = flags(text, book, parse_interval("2023-06-01"))
    assert '"coup two years ago" fits 2021-02.' in flag.explanation


@pytest.mark.parametrize(
    "text",
    [
        "The coup of 2021 was quick. The coup of 1 February 2021 was bloody.",
        "The coup of February 2021 was quick. The coup of 1 February 2021 was bloody.",
        "The coup of 1 February 2021 and the coup of 2 February 2021 are one.",
        "Ruritania's 2020 coup was followed by the 2021 coup in Elbonia.",
        "The coup of February 2021 recalled the 1988 coup.",
        "The coup of February 2021 recalled a failed coup in March 2020.",
        "The coup of February 2021 was followed by a second coup in September 2022.",
        "Burkina Faso saw the coup of January 2022. The coup of September 2022 came later.",
        "The elections of 2020 were won; the elections of 2022 were not held.",
        "The offensive of May 2023 failed; the offensive of October 2023 did not.",
        "The coup was in February 2021.",
        "",
    ],
)
def test_no_false_flags(text: str, book: EventBook) -> None:
    assert flags(text, book) == []


def test_the_same_month_of_two_years_is_flagged_for_an_invasion(book: EventBook) -> None:
    assert len(flags("The invasion began in February 2022. The invasion of February 2023 cost much.", book)) == 1
