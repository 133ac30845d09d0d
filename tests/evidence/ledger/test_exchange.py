"""Out of a ledger and back: lines of JSON lose nothing, tables come back as decisions."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.ledger.builders import Clock, claim, document, extraction, rich_extraction

from muster.core.errors import InputError, MusterError
from muster.evidence.ledger import open_ledger
from muster.evidence.ledger.fields import join_list, split_list
from muster.evidence.ledger.flat import columns_of, export_csv, import_csv, import_folder
from muster.evidence.ledger.lines import export_jsonl, import_jsonl


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "case.ledger", clock=Clock()) as opened:
        opened.add(rich_extraction())
        one, two, three, _ = opened.claims()
        opened.decide(one.id, "edited", changes={"place": "Harbour Region"}, reviewer="A", reason="the text says so")
        opened.decide(two.id, "merged", into=one.id, reviewer="A")
        opened.link(one.id, three.id, relation="compare", reviewer="A")
        opened.rate_source("Harbour Radio", "C", reviewer="A")
        yield opened


def read(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_lines_give_the_same_ledger_seal_for_seal(ledger, tmp_path):
    lines = tmp_path / "all.jsonl"
    written = export_jsonl(ledger, lines)
    with open_ledger(tmp_path / "copy.ledger") as copy:
        assert import_jsonl(copy, lines).new == written
        assert copy.verify().head == ledger.verify().head
        assert copy.verify().problems == ()
        assert copy.history() == ledger.history()
        assert copy.entries() == ledger.entries()
        assert copy.sources() == ledger.sources()
        ledger.decide(ledger.claims()[2].id, "accepted", reviewer="B")
        export_jsonl(ledger, lines)
        received = import_jsonl(copy, lines)
        assert (received.new, received.known) == (1, written)
        assert import_jsonl(copy, lines).new == 0
        copy.decide(copy.claims()[3].id, "rejected", reviewer="C")
        ledger.decide(ledger.claims()[3].id, "accepted", reviewer="B")
        export_jsonl(ledger, lines)
        with pytest.raises(MusterError, match="another history"):
            import_jsonl(copy, lines)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines[:-2], "The file was cut"),
        (lambda lines: [lines[0], *lines[2:]], 'row 2, "seq"'),
        (lambda lines: [lines[0], lines[1].replace("harbour.txt", "other.txt"), *lines[2:]], 'row 2, "digest"'),
        (lambda lines: ["{}", *lines[1:]], "is not muster-ledger"),
        (lambda lines: [lines[0].replace('"schema":2', '"schema":99'), *lines[1:]], "newer than this Muster"),
        (lambda lines: [lines[0], "[1, 2", *lines[2:]], "is not an event"),
        (lambda lines: [lines[0], lines[1].replace('"harbour.txt"', "NaN"), *lines[2:]], "is not an event"),
        (lambda lines: [lines[0], json.dumps(json.loads(lines[1]) | {"reason": 4}), *lines[2:]], "wrong type"),
    ],
)
def test_lines_that_were_changed_are_refused(ledger, tmp_path, change, words):
    lines = tmp_path / "all.jsonl"
    export_jsonl(ledger, lines)
    lines.write_text("\n".join(change(lines.read_text().splitlines())) + "\n")
    with open_ledger(tmp_path / "copy.ledger") as copy:
        with pytest.raises(InputError, match=words):
            import_jsonl(copy, lines)
        assert copy.history() == ()


def test_a_table_that_was_not_edited_changes_nothing(ledger, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    written = export_csv(ledger, folder, grades=lambda entry: ("B", 3))
    assert [path.name for path in written] == ["claims.csv", "trends.csv", "testimonies.csv", "event_dates.csv"]
    assert read(written[0])[0]["credibility"] == "3"
    before = ledger.history()
    done = import_folder(ledger, folder, reviewer="B")
    assert {kind: taken.unchanged for kind, taken in done.items()} == {"claim": 4, "trend": 1, "testimony": 1, "event_date": 1}
    assert ledger.history() == before


def test_an_edited_table_becomes_events_of_its_reviewer(ledger, tmp_path):
    table = tmp_path / "claims.csv"
    export_csv(ledger, table)
    rows = read(table)
    rows[0] |= {"side": "opposition", "hi": "20,000", "date_hi": "2023-06"}
    rows[2] |= {"status": "rejected"}
    rows[3] |= {"kind": "units_deployed", "chain": "Harbour Radio; a witness", "status": "accepted"}
    write(table, [{name: cell for name, cell in row.items() if name not in ("title", "rules")} for row in rows])
    done = import_csv(ledger, table, reviewer="B", reason="second look")
    assert (done.edited, done.accepted, done.rejected, done.unchanged) == (2, 1, 1, 1)
    one, _, three, four = ledger.claims()
    assert (one.claim.side, one.claim.hi, str(one.claim.date_hi), one.claim.place) == (
        "opposition",
        2e4,
        "2023-06-30",
        "Harbour Region",
    )
    assert (one.status, one.reviewer, one.reason, three.status) == ("edited", "B", "second look", "rejected")
    assert (four.claim.kind, four.claim.chain, four.status) == ("units_deployed", ("Harbour Radio", "a witness"), "edited")
    assert ledger.verify().problems == ()


def test_bad_rows_are_named_and_nothing_is_taken_in(ledger, tmp_path):
    table = tmp_path / "claims.csv"
    export_csv(ledger, table)
    ledger.decide(ledger.claims()[3].id, "rejected", reviewer="C")
    rows = read(table)
    rows[0] |= {"side": "regime", "point": "much", "title": "Other", "quote": "Other words."}
    rows[1] |= {"status": "split"}
    rows[2] |= {"lo": "20000", "hi": "10000"}
    rows.append(rows[0] | {"id": "nobody"})
    write(table, rows)
    before = ledger.history()
    with pytest.raises(InputError) as caught:
        import_csv(ledger, table, reviewer="B")
    places = [(fault.row, fault.field) for fault in caught.value.faults]
    assert sorted(places) == [
        (2, "point"),
        (2, "quote"),
        (2, "side"),
        (2, "title"),
        (3, "status"),
        (4, "lo"),
        (5, "revision"),
        (6, "id"),
    ]
    assert "by C since" in str(caught.value)
    assert ledger.history() == before
    table.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        import_csv(ledger, table, reviewer="B")
    table.write_text("id,status,revision,colour\n")
    with pytest.raises(InputError, match="not a column"):
        import_csv(ledger, table, reviewer="B")


def test_no_cell_is_a_formula_to_a_spreadsheet(tmp_path):
    of = document(title="=HYPERLINK(1)", publisher="@sum")
    claims = (claim(of, 10, quote="+1 soldier", claimant="'quoted'"), claim(of, 30, population="-2 men", chain=("=1", "a;b")))
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add(extraction(of, claims=claims))
        table = tmp_path / "claims.csv"
        export_csv(ledger, table)
        cells = [cell for row in read(table) for cell in row.values()]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert import_csv(ledger, table, reviewer="A").unchanged == 2
        assert ledger.claims()[1].claim == claims[1]


def test_an_id_that_looks_like_a_number_stays_text(tmp_path):
    of = document()
    made = tuple(replace(claim(of, 10 + number), id=name) for number, name in enumerate(("12e456789012", "004567890123")))
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add(extraction(of, claims=made))
        table = tmp_path / "claims.csv"
        export_csv(ledger, table)
        assert [row["id"] for row in read(table)] == ["'12e456789012", "'004567890123"]
        assert import_csv(ledger, table, reviewer="A").unchanged == 2


def test_a_check_of_names_refuses_to_write(ledger, tmp_path):
    for export, name in ((export_csv, "claims.csv"), (export_jsonl, "all.jsonl")):
        with pytest.raises(MusterError, match="may hold the name"):
            export(ledger, tmp_path / name, check=lambda text: "Harbour Region" in text)
        assert not (tmp_path / name).exists()
        export(ledger, tmp_path / name, check=lambda text: None)


def test_a_table_has_room_for_every_field():
    assert len(columns_of("claim")) == len(set(columns_of("claim"))) <= 60


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)))
@settings(max_examples=100)
def test_lists_in_a_cell_come_back(items):
    assert split_list(join_list(items)) == items
