from __future__ import annotations

import pytest

from muster.core.errors import Fault, InputError, MusterError
from muster.core.faults import MOST_PER_FILE, SHOWN_PER_FILE, FaultList
from muster.core.suggest import did_you_mean, one_of, printable, quote


def test_a_fault_is_a_sentence_with_its_place():
    fault = Fault("regions.csv", 7, "population", '"1,2 m" is not a number.', "Write 1200000.")
    assert str(fault) == 'regions.csv, row 7, "population": "1,2 m" is not a number. Write 1200000.'
    assert str(Fault("a.csv", None, None, "is missing.", "Add it.")) == "a.csv: is missing. Add it."


def test_an_error_lists_its_faults_a_line_each():
    faults = [Fault("a.csv", row, None, "is odd.", "Mend it.") for row in (2, 3)]
    error = InputError(faults)
    assert isinstance(error, MusterError)
    assert error.faults == tuple(faults)
    assert str(error).splitlines() == [str(fault) for fault in faults]
    with pytest.raises(ValueError, match="at least one fault"):
        InputError([])


def test_faults_are_listed_by_file_and_row():
    faults = FaultList()
    faults.add("b.csv", 5, None, "odd.", "Mend it.")
    faults.add("a.csv", 2, None, "odd.", "Mend it.")
    faults.add("b.csv", 3, None, "odd.", "Mend it.")
    assert [(fault.file, fault.row) for fault in faults.listed()] == [("b.csv", 3), ("b.csv", 5), ("a.csv", 2)]
    assert (len(faults), faults.in_file("b.csv"), faults.in_file("c.csv")) == (3, 2, 0)


def test_a_file_wrong_throughout_is_cut_and_then_given_up():
    faults = FaultList()
    for row in range(SHOWN_PER_FILE + 3):
        faults.add("a.csv", row, None, "odd.", "Mend it.")
    *_, last = faults.listed()
    assert len(faults.listed()) == SHOWN_PER_FILE + 1
    assert last.problem.startswith("3 more")
    with pytest.raises(InputError):
        for row in range(MOST_PER_FILE):
            faults.add("a.csv", row, None, "odd.", "Mend it.")


def test_a_fault_list_raises_only_if_there_are_faults():
    faults = FaultList()
    faults.raise_if_any()
    faults.add("a.csv", None, "x\x1b[0m", "odd \u202e.", "Mend it.")
    with pytest.raises(InputError) as caught:
        faults.raise_if_any()
    assert str(caught.value) == 'a.csv, "x?[0m": odd ?. Mend it.'


def test_words_of_help():
    assert did_you_mean("infantery", ["infantry", "police"]) == 'Did you mean "infantry"? '
    assert did_you_mean("SAGAING", ["Sagaing"]) == 'Did you mean "Sagaing"? '
    assert did_you_mean("zzz", ["infantry"]) == ""
    assert one_of(["a"]) == "a"
    assert one_of(["a", "b", "c"]) == "a, b or c"
    assert one_of(list("abcd"), 2) == "a, b and 2 more"
    assert quote("x" * 100) == '"' + "x" * 60 + '..."'
    assert printable("a\nb") == "a?b"
