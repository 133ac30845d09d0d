"""Numbers with their bounds, and what is no quantity. Every text here is invented."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.evidence.numbers.quantities import NumberMention, find_numbers


def quantities(text: str) -> list[NumberMention]:
    return [mention for mention in find_numbers(text) if mention.role == "quantity"]


def only(text: str) -> NumberMention:
    found = quantities(text)
    assert len(found) == 1, [(text[m.start : m.end], m.role) for m in find_numbers(text)]
    return found[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("13,000", 13_000),
        ("13 000", 13_000),
        ("13\u00a0000", 13_000),
        ("13\u202f000", 13_000),
        ("13.000", 13_000),
        ("1.250.000", 1_250_000),
        ("1,50,000", 150_000),
        ("29.8 thousand", 29_800),
        ("1.6 million", 1_600_000),
        ("1.6m", 1_600_000),
        ("3k", 3_000),
        ("10bn", 10_000_000_000),
        ("3½ million", 3_500_000),
        ("seven", 7),
        ("twenty-one", 21),
        ("one hundred and fifty", 150),
        ("two thousand five hundred", 2_500),
        ("two hundred thousand", 200_000),
        ("twelve hundred", 1_200),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("a hundred", 100),
        ("half a million", 500_000),
        ("a million and a half", 1_500_000),
        ("two and a half thousand", 2_500),
        ("three quarters of a million", 750_000),
        ("a couple of hundred", 200),
        ("Forty", 40),
    ],
)
def test_formats(words: str, value: float) -> None:
    mention = only(f"In the end {words} soldiers went home.")
    text = f"In the end {words} soldiers went home."
    assert text[mention.start : mention.end] == words
    assert (mention.point, mention.lo, mention.hi, mention.qualifier) == (value, value, value, "exact")


@pytest.mark.parametrize(
    ("before", "after", "qualifier", "lo", "hi"),
    [
        ("over", "", "at_least", 500, None),
        ("more than", "", "at_least", 500, None),
        ("at least", "", "at_least", 500, None),
        ("no fewer than", "", "at_least", 500, None),
        ("upwards of", "", "at_least", 500, None),
        ("in excess of", "", "at_least", 500, None),
        ("", " or more", "at_least", 500, None),
        ("", " and counting", "at_least", 500, None),
        ("", "+", "at_least", 500, None),
        ("at least another", "", "at_least", 500, None),
        ("at least about", "", "at_least", 500, None),
        ("up to", "", "at_most", None, 500),
        ("as many as", "", "at_most", None, 500),
        ("no more than", "", "at_most", None, 500),
        ("not more than", "", "at_most", None, 500),
        ("fewer than", "", "at_most", None, 500),
        ("up to an estimated", "", "at_most", None, 500),
        ("", " or fewer", "at_most", None, 500),
        ("nearly", "", "nearly", 450, 500),
        ("almost", "", "nearly", 450, 500),
        ("close to", "", "nearly", 450, 500),
        ("just under", "", "nearly", 450, 500),
        ("about", "", "about", 450, 550),
        ("some", "", "about", 450, 550),
        ("an estimated", "", "about", 450, 550),
        ("", " or so", "about", 450, 550),
        ("", "-odd", "about", 450, 550),
        ("a total of", "", "exact", 500, 500),
    ],
)
def test_wording(before: str, after: str, qualifier: str, lo: float | None, hi: float | None) -> None:
    text = f"There were {before} 500{after} soldiers in the camp."
    mention = only(text)
    assert text[mention.start : mention.end] == "500"
    assert (mention.point, mention.qualifier, mention.lo, mention.hi) == (500, qualifier, lo, hi)
    if qualifier != "exact":
        assert text[mention.outer_start : mention.outer_end].strip() == f"{before} 500{after}".strip()


def test_a_mark_is_passed_only_by_a_verb() -> None:
    assert only("Losses passed the 13,000 mark.").qualifier == "at_least"
    assert only("Losses stood at 13,000 men.").qualifier == "exact"


@pytest.mark.parametrize(
    ("words", "lo", "hi"),
    [
        ("300,000-400,000", 300_000, 400_000),
        ("300-400,000", 300_000, 400_000),
        ("300,000 to 400,000", 300_000, 400_000),
        ("between 300 and 400", 300, 400),
        ("between 300 and roughly 400", 300, 400),
        ("2 to 3 million", 2_000_000, 3_000_000),
        ("10 or 15", 10, 15),
        ("five to six thousand", 5_000, 6_000),
        ("hundreds, if not thousands", 100, 9_999),
        ("hundreds or even thousands of", 100, 9_999),
    ],
)
def test_ranges(words: str, lo: float, hi: float) -> None:
    mention = only(f"They lost {words} soldiers there.")
    assert (mention.point, mention.lo, mention.hi, mention.qualifier) == (None, lo, hi, "range")


def test_a_change_is_two_numbers() -> None:
    found = quantities("The share rose from 9 to 12 percent.")
    assert [mention.point for mention in found] == [9, 12]
    assert len(quantities("It went up from 9 percent in August 2016 to 12 percent in January 2018.")) == 2


@pytest.mark.parametrize(
    ("words", "lo", "hi"),
    [
        ("dozens of", 12, 99),
        ("scores of", 40, 99),
        ("hundreds of", 100, 999),
        ("several hundred", 300, 900),
        ("a few thousand", 3_000, 9_000),
        ("thousands of", 1_000, 9_999),
        ("tens of thousands of", 10_000, 99_999),
        ("hundreds of thousands of", 100_000, 999_999),
        ("a handful of", 2, 5),
        ("several", 3, 9),
    ],
)
def test_vague_words(words: str, lo: float, hi: float) -> None:
    mention = only(f"They say {words} soldiers left.")
    assert (mention.point, mention.lo, mention.hi, mention.qualifier) == (lo, lo, hi, "vague")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14.5 percent", 14.5),
        ("14.5 per cent", 14.5),
        ("14.5%", 14.5),
        ("a third", 33.33),
        ("two-thirds", 66.67),
        ("half", 50),
        ("one in five", 20),
        ("nine out of 10", 90),
        ("one in every four", 25),
    ],
)
def test_shares_are_in_percent(words: str, value: float) -> None:
    mention = only(f"By then {words} of the men had gone.")
    assert (mention.unit, mention.point) == ("share", value)


def test_share_with_wording_and_points() -> None:
    mention = only("They hold no more than half of the towns.")
    assert (mention.qualifier, mention.lo, mention.hi) == ("at_most", None, 50)
    assert "percentage_points" in only("It fell by roughly four percentage points.").words


@pytest.mark.parametrize(
    ("text", "value"),
    [("There were twice as many.", 2), ("It is three times the old figure.", 3), ("They lost ten times more men.", 10)],
)
def test_ratios(text: str, value: float) -> None:
    mention = only(text)
    assert (mention.unit, mention.point) == ("ratio", value)


@pytest.mark.parametrize(
    ("words", "unit", "currency", "value"),
    [
        ("$500,000", "USD", "USD", 500_000),
        ("US$500,000", "USD", "USD", 500_000),
        ("500,000 USD", "USD", "USD", 500_000),
        ("130$", "USD", "USD", 130),
        ("half a million US dollars", "USD", "USD", 500_000),
        ("$2.5 million", "USD", "USD", 2_500_000),
        ("€300", "money", "EUR", 300),
        ("a million kyat", "money", "MMK", 1_000_000),
        ("9,000 baht", "money", "THB", 9_000),
        ("200,000 roubles", "money", "RUB", 200_000),
        ("400 dinars", "money", "UNK", 400),
        ("K300,000", "money", "MMK", 300_000),
        ("tens of thousands of dollars", "USD", "USD", 10_000),
    ],
)
def test_money(words: str, unit: str, currency: str, value: float) -> None:
    mention = only(f"Each gets {words} for it.")
    assert (mention.unit, mention.currency, mention.point) == (unit, currency, value)


@pytest.mark.parametrize(
    ("text", "pers"),
    [
        ("They lose 684 men a month.", ["month"]),
        ("They lose 34 men per day.", ["day"]),
        ("Every month around 17,000 men leave.", ["month"]),
        ("Some 40 men leave each week.", ["week"]),
        ("A daily average of 55 was seen.", ["day"]),
        ("That is 15,000 AWOL and 1,500-2,000 desertion cases a month.", ["month", "month"]),
        ("They get 300,000 kyats ($142) per month.", ["month", "month"]),
        ("They lost 500 men in a month.", [None]),
        ("They lost 500 men a year ago.", [None]),
        ("They lost 500 men, and a day later 20 came back.", [None, None]),
    ],
)
def test_rates(text: str, pers: list[str | None]) -> None:
    assert [mention.per for mention in quantities(text)] == pers


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It was on 8 April 2022.", "date"),
        ("Printed 2023.05.05.", "date"),
        ("On Oct. 7 it began.", "date"),
        ("It was known since the 1990s.", "date"),
        ("It fell in 2021.", "date"),
        ("The elections of 2020 were free.", "date"),
        ("It began at 1:24 PM.", "time"),
        ("It began at 5 a.m. sharp.", "time"),
        ("A boy aged 19 left.", "age"),
        ("A 19-year-old left.", "age"),
        ("He joined at the age of 15.", "age"),
        ("Ko Invented, 19, stands there.", "age"),
        ("All men aged 18 to 35 must serve.", "age"),
        ("Men between the ages of 18 and 35 must serve.", "age"),
        ("A man in his 20s spoke.", "age"),
        ("It was two years ago.", "duration"),
        ("He served for 18 years.", "duration"),
        ("Five months on, he hides.", "duration"),
        ("They face seven years in prison.", "duration"),
        ("A six-month course.", "duration"),
        ("The 48th meeting.", "ordinal"),
        ("Operation 1027 began.", "name"),
        ("Men of Light Infantry Battalion 564 left.", "name"),
        ("Men of Battalion (IB) 129 left.", "name"),
        ("The battalions 552, 564 and 565 fell.", "name"),
        ("The 77th Division marched.", "ordinal"),
        ("The charge was heard by 7 Division.", "name"),
        ("Resolution 2669 passed.", "name"),
        ("An F-16 and a Su-30 flew.", "name"),
        ("A T-72 burnt.", "name"),
        ("A 155mm gun fired.", "distance"),
        ("He broke Article 505 of the code.", "name"),
        ("Under Section 144 it is banned.", "name"),
        ("On Highway 1 it stopped.", "name"),
        ("Covid-19 spread.", "name"),
        ("The border is 910 kilometres long.", "distance"),
        ("It was 38 degrees in the shade.", "distance"),
        ("Write to https://example.org/2021/12/a-3000.html now.", "other"),
        ("Call +95 1 234 5678 now.", "other"),
        ("One of the men spoke.", "other"),
        ("No one spoke.", "other"),
        ("The two sides met.", "other"),
        ("At one point it rained.", "other"),
        ("He was arrested three times.", "other"),
        ("It moved to a third country.", "other"),
        ("Photo 1 of 20: a bridge.", "name other"),
        ("He named the battalions as the 552, 564 and 565.", "name"),
        ("The men of police battalion no. 32 left.", "name"),
        ("A captain (army-41597) left.", "name"),
        ("The rise was seen. 205 As shown there, it goes on.", "other"),
        ("A story | 2 MIN READ", "other"),
        ("They won the vote 12-3.", "other"),
        ("It is for women over 35 only.", "age"),
        ("The 21-month-old revolt goes on.", "duration"),
        ("See Article 17(1) there.", "name other"),
        ("He was one of a kind.", "other"),
        ("It began around 2014.", "date"),
        ("The men of 195 battalion left.", "name"),
        ("The 111 Special Forces Battalion left.", "name"),
        ("SUMMARY ............ 6", "other"),
    ],
)
def test_what_is_no_quantity(text: str, role: str) -> None:
    found = find_numbers(text)
    assert found
    assert {mention.role for mention in found} <= set(role.split()), [(text[m.start : m.end], m.role, m.words) for m in found]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A bus with 2019 soldiers left.", [2019]),
        ("One soldier was killed.", [1]),
        ("They had one tank.", [1]),
        ("At least one of his comrades died.", [1]),
        ("The 200-strong unit left.", [200]),
        ("The seven dead were buried.", [7]),
        ("In May 12 soldiers fled.", [12]),
        ("It was 170 and 60 in February, 540 and 75 in March.", [170, 60, 540, 75]),
        ("In March six and ten, in April nine and 13.", [6, 10, 9, 13]),
        ("No soldiers were killed.", [0]),
        ("Of 120 townships, 34 are lost.", [120, 34]),
        ("Only one soldier came back.", [1]),
        ("Around 2000 men came back.", [2000]),
        ("One was killed.", [1]),
        ("They had 2000-2500 men.", [None]),
        ("A threefold rise was seen.", [3]),
        ("He is the sole deserter of his unit.", [1]),
    ],
)
def test_what_is_a_quantity(text: str, values: list[float]) -> None:
    assert [mention.point for mention in quantities(text)] == values


@given(st.integers(min_value=10, max_value=10**12))
def test_grouped_integers_round_trip(value: int) -> None:
    for mark in (",", " ", "\u202f"):
        words = f"{value:,}".replace(",", mark)
        text = f"We saw {words} soldiers there."
        if mark == "," or value >= 1000:
            mention = only(text)
            assert mention.point == value
            assert text[mention.start : mention.end] == words


@given(st.text(max_size=200) | st.text(alphabet="0123456789,. -–%$ abcdefnortuvw", max_size=200))
def test_any_text_gives_valid_mentions(text: str) -> None:
    last = 0
    for mention in find_numbers(text):
        assert 0 <= mention.outer_start <= mention.start < mention.end <= mention.outer_end <= len(text)
        assert mention.start >= last
        last = mention.end
        bounds = [bound for bound in (mention.lo, mention.hi, mention.point) if bound is not None]
        assert all(math.isfinite(bound) for bound in bounds)
        assert mention.lo is None or mention.hi is None or mention.lo <= mention.hi


@pytest.mark.parametrize(
    "text",
    ["1," * 2_000, "one " * 2_000, "1-" * 2_000, "between 1 and 2 or " * 300, "9" * 20_000, "a half " * 2_000, "a@" * 9_000],
)
def test_hostile_texts_are_read(text: str) -> None:
    assert find_numbers(text) is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The junta has stable control over 17% of the territory.", [(17.0, "quantity", "exact")]),
        ("More than that: over 17% of the territory.", [(17.0, "quantity", "at_least")]),
        ("They had options: 1) join the front 2) go home.", [(1.0, "other", "exact"), (2.0, "other", "exact")]),
        ("TIB 7 is made up of returned fighters.", [(7.0, "name", "exact")]),
    ],
)
def test_what_is_held_over_something_items_and_names_of_units(text, wanted):
    assert [(one.point, one.role, one.qualifier) for one in find_numbers(text)] == wanted
