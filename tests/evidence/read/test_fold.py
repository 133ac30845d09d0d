"""Plain spelling keeps meaning and place."""

import pytest

from muster.evidence.read.fold import compose, fold


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("35\u202f000 men", "35 000 men"),
        ("‘no’ and “yes”", "'no' and \"yes\""),
        ("၁၃၀၀၀", "13000"),
        ("١٣٬٠٠٠", "13,000"),
        ("१३ हज़ार"[:2], "13"),
        ("１３，０００％", "13,000%"),
        ("oﬃcers ﬂed", "officers fled"),
        ("de\u00adserted", "deserted"),
        ("13\u200b,000", "13,000"),
        ("a\u202eb\u202cc", "abc"),
        ("Jose\u0301 fled", "José fled"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("13,000²", "13,000²"),
        ("300–400", "300–400"),
        ("minus \u22125", "minus -5"),
    ],
)
def test_spelling(written, plain):
    text, places = fold(written)
    assert text == plain
    if places is not None:
        assert len(places) == len(text) + 1
        assert list(places) == sorted(places)
        assert places[-1] == len(written)


def test_every_character_points_to_its_source():
    written = "x“a”\r\n oﬃ\u00adcers 13\u200b,000 end"
    text, places = fold(written)
    start = text.index("13,000")
    assert written[places[start] : places[start + 6]] == "13\u200b,000 "[:-1]
    assert [written[places[i]] for i, letter in enumerate(text) if letter in "xacrs1d"] == list("xacrs1d")


def test_a_sign_of_several_letters_stands_where_it_begins():
    assert fold("oﬃce") == ("office", (0, 1, 1, 1, 2, 3, 4))
    assert fold("e\u0301t") == ("ét", (0, 2, 3))
    assert fold("a\r\nb") == ("a\nb", (0, 1, 3, 4))


def test_plain_text_costs_nothing():
    text = "Over 13,000 soldiers\nleft."
    assert fold(text) == (text, None)


def test_places_of_places():
    assert compose(None, None) is None
    assert compose((0, 2), (5, 6, 7)) == (5, 7)
    assert compose(None, (1, 2)) == (1, 2)
    assert compose((1, 2), None) == (1, 2)
