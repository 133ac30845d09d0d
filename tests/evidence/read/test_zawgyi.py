"""Zawgyi is told from Unicode and turned into it, each letter in its place."""

import pytest

from muster.evidence.read.zawgyi import from_zawgyi, is_zawgyi

PAIRS = [
    ("\u103b\u1019\u1014\u1039\u1019\u102c", "မြန်မာ"),
    ("\u1031\u1000\u102c\u1004\u1039\u1038", "ကောင်း"),
    ("\u1005\u1005\u1039\u101e\u102c\u1038", "စစ်သား"),
    ("\u1010\u1015\u1039\u1019\u1031\u1010\u102c\u1039", "တပ်မတော်"),
    ("\u1005\u1005\u1039\u1010\u1015\u1039\u1000\u103d", "စစ်တပ်ကှ"),
    ("\u101e\u1010\u1071\u102d\u1039", "သတ္တိ်"),
]


@pytest.mark.parametrize(("zawgyi", "plain"), PAIRS)
def test_words(zawgyi, plain):
    text, places = from_zawgyi(zawgyi)
    assert text == plain
    assert list(places) == sorted(places)
    assert len(places) == len(text) + 1


@pytest.mark.parametrize("text", ["မြန်မာ ကောင်း စစ်သား", "တပ်မတော် ၁၃၀၀၀", "Over 13,000 soldiers", "ကခဂ ၁၂၃", ""])
def test_unicode_is_left_alone(text):
    assert not is_zawgyi(text)
    assert from_zawgyi(text) == (text, None)


def test_english_around_it_keeps_its_place():
    text, places = from_zawgyi("He said " + PAIRS[1][0] + " and left.")
    assert text == "He said ကောင်း and left."
    assert places[text.index("left")] == len("He said " + PAIRS[1][0] + " and ")
