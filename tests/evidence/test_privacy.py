"""Ways round the redaction of a text: addresses, file names, small letters, English words, days and ages. Names are invented."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from muster.case.desk import add_files, export_ledger
from muster.evidence.export_check import check_export
from muster.evidence.extract import extract
from muster.evidence.lexicon import load_lexicon
from muster.evidence.read import read_document
from muster.evidence.redact import Redactor

LEXICON = load_lexicon(Path(str(files("muster"))) / "packs" / "myanmar")
PLAIN = Redactor(None, LEXICON)
STORY = "Private Zarni Htet Wai fled Loikaw in May. Min Aung Hlaing said nothing. A paper of Karenni wrote of it."


def found_in(tmp_path, text, *, name="report.txt", **told):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return extract(read_document(path, **told), lexicon=LEXICON)


@pytest.mark.parametrize(
    ("url", "left"),
    [
        (
            "https://www.courier.example/2023/05/private-zarni-htet-wai-flees",
            "https://www.courier.example/2023/05/private-P-1-flees",
        ),
        ("https://courier.example/people/ZarniHtetWai.html", "https://courier.example/people/P-1.html"),
        ("https://courier.example/find?who=Zarni+Htet+Wai&id=3", "https://courier.example/find?who=P-1&id=3"),
        ("https://courier.example/find?who=Zarni%20Htet%20Wai", "https://courier.example/find?who=P-1"),
        ("https://courier.example/zarnihtetwai", "https://courier.example/P-1"),
        ("https://courier.example/news/saw-thurein-moe-deserts", "https://courier.example/"),
        ("https://courier.example/news/zarkovic-left", "https://courier.example/"),
        ("https://courier.example/people/john-brown", "https://courier.example/"),
        ("https://someone:secret@courier.example/news", "https://courier.example/news"),
        ("https://zarni-htet-wai.example/story", None),
        ("https://zarnihtetwai.example/story", None),
        ("file:///archive/zarni/story.html", None),
        ("https://courier.example/news/soldiers-leave-army-12.html", "https://courier.example/news/soldiers-leave-army-12.html"),
        ("https://courier.example/3f2a9c1b-11ab", "https://courier.example/3f2a9c1b-11ab"),
    ],
)
def test_an_address_names_nobody(url, left):
    assert PLAIN.read(STORY).address(url) == left


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("https://courier.example/2023/private-zarni-htet-wai-flees", True),
        ("https://courier.example/people/ZarniHtetWai.html", True),
        ("https://courier.example/find?who=Ivan%20Petro", True),
        ("https://courier.example/news/sergeant-kyaw-left", True),
        ("https://courier.example/news/min-aung-hlaing-said-no", False),
        ("https://courier.example/news/soldiers-leave-army-in-may-2023", False),
        ("https://courier.example/people/P-a12345.html", False),
    ],
)
def test_an_export_with_a_name_in_an_address_is_refused(url, refused):
    assert bool(check_export(f"A page: {url} was read.", lexicon=LEXICON)) is refused


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("zarni-htet-wai.txt", "P-1.txt"),
        ("ZarniHtetWai.html", "P-1.html"),
        ("zarnihtetwai.pdf", "P-1.pdf"),
        ("folder/saw_thurein_moe.pdf", "document-name.pdf"),
        ("JohnBrown.txt", "document-name.txt"),
        ("irrawaddy_2023.txt", "irrawaddy_2023.txt"),
        ("april_may.txt", "april_may.txt"),
        ("00_seed.txt", "00_seed.txt"),
    ],
)
def test_a_file_name_names_nobody(name, left):
    assert PLAIN.read(STORY).file_name(name) == left


@pytest.mark.parametrize(
    ("publisher", "left"),
    [
        ("Zarni Htet Wai", "P-1"),
        ("Thurein Moe", "P-1"),
        ("ivan petrenko", "P-1"),
        ("courier.example", "courier.example"),
        ("The Courier", "The Courier"),
        ("Ardan Herald", "Ardan Herald"),
        ("Ardan", "Ardan"),
    ],
)
def test_a_publisher_is_a_paper_and_no_private_person(publisher, left):
    assert PLAIN.read(STORY).publisher(publisher) == left


def test_nothing_a_ledger_stores_or_writes_holds_a_name_of_the_address_or_the_publisher(tmp_path):
    page = tmp_path / "zarni-htet-wai.html"
    page.write_text(
        '<html><head><link rel="canonical" href="https://courier.example/people/ZarniHtetWai.html">'
        "<title>Private Zarni Htet Wai flees Loikaw</title></head><body><p>12 June 2023</p>"
        f"<p>{STORY} He left with 12 soldiers.</p></body></html>",
        encoding="utf-8",
    )
    shown = json.dumps(extract(read_document(page, publisher="Zarni Htet Wai"), lexicon=LEXICON).as_json())
    ledger, lines = tmp_path / "own.sqlite", tmp_path / "own.jsonl"
    (taken,) = add_files(ledger, [page], publisher="Zarni Htet Wai")
    assert taken.added is not None, taken.problem
    export_ledger(ledger, lines)
    for text in (shown, lines.read_text(encoding="utf-8"), ledger.read_bytes().decode("latin-1")):
        assert not any(part in text.lower() for part in ("zarni", "htet"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ko min thant says he left with 12 soldiers.", "P-1 says he left with 12 soldiers."),
        ("daw aye aye mon said 60 soldiers deserted.", "P-1 said 60 soldiers deserted."),
        ("saw htoo lay, 22, deserted.", "P-1, 22, deserted."),
        ("ivan petrenko, 33, deserted.", "P-1, 33, deserted."),
        ("aung ko ko deserted.", "P-1 deserted."),
        ("He saw ali hassan, 22, leave.", "He saw P-1, 22, leave."),
        ("Brown deserted with 12 men.", "P-1 deserted with 12 men."),
        ("Will left in May.", "P-1 left in May."),
        ("Faith and Sunday, two privates, defected.", "P-1 and P-2, two privates, defected."),
        ("His wife, May, said he had gone.", "His wife, P-1, said he had gone."),
        ("Sunday deserted in June.", "P-1 deserted in June."),
        ("his wife, aye aye, said no.", "his wife, P-1, said no."),
        ("the soldier, named min thu, fled.", "the soldier, named P-1, fled."),
        ("dmitri and sergei deserted.", "P-1 and P-2 deserted."),
        ("jean-pierre mbala, 19, fled.", "P-1, 19, fled."),
        ("mg mg aye, 20, left.", "P-1, 20, left."),
        ("min min deserted.", "P-1 deserted."),
        ("Mark, Hope and Joy, three conscripts, fled.", "P-1, P-2 and P-3, three conscripts, fled."),
        ("Brown, 33, deserted. June, 24, left.", "P-1, 33, deserted. P-2, 24, left."),
        ("“I was cold,” said May.", "“I was cold,” said P-1."),
    ],
)
def test_names_in_small_letters_and_english_words_that_are_names_are_hidden(text, left):
    assert PLAIN.redact(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "On Saturday and Sunday, two soldiers defected. In March and April, two soldiers left.",
        "In Kachin and Shan, two privates fled.",
        "He told his wife Monday that it was over. The army said Sunday that 40 left.",
        "Black smoke rose. Young soldiers left. Sunday left 20 dead. May left many poor.",
        "a gun said to be old, the soldiers may win; he saw a man and lay down. in may the army left",
        "min aung hlaing said the army was strong.",
    ],
)
def test_ordinary_words_stay(text):
    assert PLAIN.redact(text) == text


def test_a_month_is_no_later_mention_of_a_woman_so_called_unless_she_speaks():
    text = "April Moon, 22, fled in April. In April 300 fled. April was wet. April said it was cold. April's husband left."
    left = "P-1, 22, fled in April. In April 300 fled. April was wet. P-1 said it was cold. P-1's husband left."
    assert PLAIN.redact(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Tun Yamin, 20, fled on 3 May 2023.",
        "ivan petrenko, 33, deserted.",
        "P-3, 20, fled his base.",
        "Tun Yamin is 24.",
        "Tun Yamin (31) and Zarni Htet Wai, both 21, deserted.",
        "Tun Yamin deserted. He is 28 and joined in 2016.",
        "The private, 19, fled.",
        "Tun Yamin, now 31, was 19 when he joined the army.",
        "Two brothers, 19 and 21, deserted from the army.",
        "Tun Yamin - 24 - deserted. The oldest deserter was 31.",
        "At 19, Tun Yamin deserted. Zarni Htet Wai, just 20, deserted too.",
    ],
)
def test_an_age_is_no_claim_and_waits_in_no_queue(tmp_path, text):
    found = found_in(tmp_path, text)
    assert [number for number in (*found.claims, *found.unclassified) if number.point in (19, 20, 21, 24, 28, 31, 33)] == []


@pytest.mark.parametrize("text", ["In Sagaing, 20, including Tun Yamin, fled.", "According to Tun Yamin, 20 soldiers deserted."])
def test_a_count_beside_a_person_is_a_claim(tmp_path, text):
    assert [claim.point for claim in found_in(tmp_path, text).claims] == [20]


def test_a_title_in_capitals_names_no_town():
    assert PLAIN.read(STORY).heading("ZARNI HTET WAI FLEES LOIKAW") == "P-1 FLEES a town"


def test_the_day_of_a_few_beside_a_person_is_a_month_and_that_of_many_a_day(tmp_path):
    few = "Private Tun Yamin and 3 soldiers deserted near Woldiya on 3 May 2023."
    many = "Private Tun Yamin said 340 soldiers deserted on 3 May 2023."
    (claim,) = found_in(tmp_path, few, published=date(2023, 6, 12)).claims
    assert (claim.date_lo, claim.date_hi) == (date(2023, 5, 1), date(2023, 5, 31))
    assert claim.quote == "Private P-1 and 3 soldiers deserted near a town in May 2023."
    (claim,) = found_in(tmp_path, few, published=date(2023, 5, 12)).claims
    assert (claim.date_lo, claim.date_hi) == (date(2023, 5, 1), date(2023, 5, 12))
    (claim,) = found_in(tmp_path, many, published=date(2023, 6, 12)).claims
    assert (claim.date_lo, claim.date_hi) == (date(2023, 5, 3), date(2023, 5, 3))


def test_the_day_of_a_few_is_a_month_where_the_person_was_named_before(tmp_path):
    text = "Private Tun Yamin was tired. On 3 May 2023 he deserted with 3 soldiers near Woldiya."
    (claim,) = found_in(tmp_path, text, published=date(2023, 6, 12)).claims
    assert (claim.date_lo, claim.date_hi) == (date(2023, 5, 1), date(2023, 5, 31))
    assert claim.quote == "In May 2023 he deserted with 3 soldiers near a town."


def test_a_direction_and_a_title_about_a_person_name_no_town(tmp_path):
    text = "Desertions in Hakha township have risen since Tun Yamin left on 3 May 2023."
    found = found_in(tmp_path, text, title="Private Tun Yamin flees Loikaw, hides near Woldiya", published=date(2023, 6, 12))
    assert found.document.title == "Private P-1 flees Kayah, hides near a town"
    (trend,) = found.trends
    assert (trend.quote, trend.date_lo) == ("Desertions in a township have risen", date(2023, 5, 1))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tun Yamin hid near Woldiya after Loikaw.", "P-1 hid near a town after Kayah."),
        ("Tun Yamin, now 45, was 19 when he joined.", "P-1, now 45+, was 18-24 when he joined."),
        ("Tun Yamin spoke from Syria to Reuters in Arabic.", "P-1 spoke from Syria to Reuters in Arabic."),
        ("Tun Yamin of the Ministry of Defence left in January.", "P-1 of the Ministry of Defence left in January."),
        ("Tun Yamin moved to Bago Region. He is 24 and well.", "P-1 moved to Bago Region. He is 18-24 and well."),
        ("Tun Yamin, Lagun village, 27. Ivan Petrenko (33) left.", "P-1, a village, 25-34. P-2 (25-34) left."),
    ],
)
def test_a_quote_about_a_person_is_general_in_place_and_age(text, left):
    assert PLAIN.read(text).cut(0, len(text)) == left
