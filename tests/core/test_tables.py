from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core import tables
from muster.core.faults import FaultList

COLUMNS = ("id", "note")


def read(text: str, **options):
    faults = FaultList()
    return tables.parse_csv(text, file="x.csv", required=COLUMNS, faults=faults, **options), [
        str(fault) for fault in faults.listed()
    ]


def test_rows_carry_the_line_they_start_on():
    rows, faults = read('id,note\na,"one\ntwo"\n\n b , c \n')
    assert faults == []
    assert [(row.number, row.cells) for row in rows] == [(2, {"id": "a", "note": "one\ntwo"}), (5, {"id": "b", "note": "c"})]


def test_optional_columns_may_be_left_out_or_moved():
    rows, faults = read("note,id\nn,a\n", optional=("more",))
    assert faults == []
    assert rows[0].cells == {"id": "a", "note": "n", "more": ""}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(end):
    rows, faults = read(end.join(["id,note", "a,b", "c,d", ""]))
    assert (faults, [row.number for row in rows]) == ([], [2, 3])


def test_a_limit_of_rows():
    rows, faults = read("id,note\n" + "a,b\n" * 3, max_rows=2)
    assert rows is None
    assert faults == ["x.csv, row 4: is past the limit of 2 rows. Leave out rows or merge them."]


def test_a_ragged_row_does_not_hide_the_others():
    rows, faults = read("id,note\na\nb,c\nd,e,f\n")
    assert [row.cells["id"] for row in rows] == ["b"]
    assert [fault.split(":")[0] for fault in faults] == ["x.csv, row 2", "x.csv, row 4"]


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5))))
def test_what_is_written_is_read_again(pairs):
    import csv
    import io

    pairs = [tuple(cell.replace("\0", "").strip() for cell in pair) for pair in pairs]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([COLUMNS, *pairs])
    rows, faults = read(stream.getvalue())
    assert faults == []
    assert [tuple(row.cells.values()) for row in rows] == [pair for pair in pairs if any(pair)]


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text):
    for parse in (tables.parse_toml, tables.parse_json):
        faults = FaultList()
        found = parse(text, file="x", faults=faults)
        assert found is None or not len(faults)
    read(text)


@given(st.binary(max_size=100))
def test_bytes_are_text_or_a_fault(data):
    faults = FaultList()
    text = tables.decode(data, file="x", faults=faults)
    assert (text is None) == (len(faults) == 1)


def test_sizes_are_bounded(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    faults = FaultList()
    assert tables.read_bytes(path, file="x", limit=5, faults=faults) == b"12345"
    assert tables.read_bytes(path, file="x", limit=4, faults=faults) is None
    assert tables.read_bytes(tmp_path / "y", file="y", limit=4, faults=faults) is None
    assert [fault.problem for fault in faults.listed()] == [
        "is larger than 4 bytes.",
        "cannot be read (no such file or directory).",
    ]


def test_the_row_of_a_toml_mistake():
    faults = FaultList()
    assert tables.parse_toml("a = 1\nb = \n", file="x.toml", faults=faults) is None
    assert faults.listed()[0].row == 2
