"""Where paragraphs, sentences and words begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.evidence.text import Span, paragraphs, sentences, tokens


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy of the U.S. Treasury met Gen. Doe and Lt. Col. Roe on Feb. 3 at No. 7 Lake St. in the capital.",
        "At 5 a.m. the 3rd company, led by Sgt. Poe and Capt Moe, walked out.",
        "The list (p. 12, fig. 3) names J. B. Doe and A. Roe.",
        "About 3.5 percent of them, i.e. 40 men, stayed.",
        "“We will not fire!” the men told their officer.",
        "He paused... and then went on.",
        "See www.example.org/a.Html for more.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("They left. Nobody stayed.", ["They left.", "Nobody stayed."]),
        ("“They left.” Nobody stayed.", ["“They left.”", "Nobody stayed."]),
        ("The column lost forty officers.The rest fled.", ["The column lost forty officers.", "The rest fled."]),
        ("It moved to the U.S. The rest stayed.", ["It moved to the U.S.", "The rest stayed."]),
        ("It began at 5 a.m. Then it rained.", ["It began at 5 a.m.", "Then it rained."]),
        ("Who fled? All of them! 12 came back.", ["Who fled?", "All of them!", "12 came back."]),
        ("It happened in Feb. The rest is known.", ["It happened in Feb.", "The rest is known."]),
        ("They fled (all 12.) Nobody stayed.", ["They fled (all 12.)", "Nobody stayed."]),
    ],
)
def test_several_sentences(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_headline_byline_and_bullets_stand_alone() -> None:
    text = (
        "Army loses men\nBy A Writer\n\nTHE HILLS, May 3 - Forty men left.\n• twelve drivers\n• two cooks\n1. a list\n2. a second"
    )
    assert cut(text) == [
        "Army loses men",
        "By A Writer",
        "THE HILLS, May 3 - Forty men left.",
        "• twelve drivers",
        "• two cooks",
        "1. a list",
        "2. a second",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    line = "the garrison of the northern town gave up its\nposts after a siege of ninety days in which at least\n"
    text = line + "40 men died. Its commander and all his staff were\ntaken over the river by boat."
    assert len(paragraphs(text)) == 1
    assert len(sentences(text)) == 2


def test_a_line_that_goes_on_in_small_letters_is_joined() -> None:
    assert len(paragraphs("The men who had left\nwere not seen again.\nTheir posts fell.")) == 2


def test_tokens_keep_numbers_and_compounds_whole() -> None:
    text = "Over 13,000 soldiers’ families (30-year-old men) paid $4.5."
    words = [token.word for token in tokens(text)]
    assert words == [
        "Over",
        "13,000",
        "soldiers",
        "’",
        "families",
        "(",
        "30",
        "-",
        "year-old",
        "men",
        ")",
        "paid",
        "$",
        "4.5",
        ".",
    ]
    assert all(text[token.start : token.end] == token.word for token in tokens(text))
    assert [token.word for token in tokens(text, Span(5, 11))] == ["13,000"]


@given(st.text(max_size=300))
def test_sentences_are_in_order_and_lose_only_spaces(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))
    left_out = "".join(
        text[a:b] for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)
    )
    assert not left_out.strip() or all(character.isspace() or not character.isprintable() for character in left_out)


@pytest.mark.parametrize("text", ["a." * 20_000, "." * 40_000 + '"' * 40_000, "A " * 40_000, "\n" * 40_000, "Mr. " * 20_000])
def test_hostile_texts_are_read(text: str) -> None:
    assert sentences(text) is not None


def test_a_line_that_ends_with_an_open_word_goes_on():
    text = "The government said that over 13,000 have left since the coup of\n1 February 2031. An army spokesman denied it."
    assert [text[span.start : span.end] for span in paragraphs(text)] == [text]
    headline = "Soldiers leave the north\nThe army denies it."
    assert len(paragraphs(headline)) == 2
