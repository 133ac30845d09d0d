"""What all formulas have in common."""

from pathlib import Path

import numpy as np
import pytest

from muster.model.order import mechanisms
from muster.model.populate import clash_tables

FORMULAS = list(dict.fromkeys(formula for one in mechanisms() for formula in one.formulas))


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.__name__)
def test_a_formula_is_the_same_in_machine_code_and_in_python(formula):
    source = formula.py_func
    names = source.__code__.co_varnames[: source.__code__.co_argcount]
    table = names[0] == "clashes"  # a table of records: in Python its fields are attributes only of a recarray
    arguments = [{"n": 130, "entered": 5, "neighbours": 3}.get(name, 0.3 + 0.1 * place) for place, name in enumerate(names)]
    if table:
        arguments[0] = clash_tables(2.5, 200)
    compiled = formula(*arguments)
    if table:
        arguments[0] = arguments[0].view(np.recarray)
    assert compiled == pytest.approx(source(*arguments), rel=1e-12)


def test_every_formula_is_worked_out_by_a_test():
    here = Path(__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*here.glob("test_*.py"), *here.parent.glob("test_*.py")))
    assert [formula.__name__ for formula in FORMULAS if f"{formula.__name__}(" not in text] == []
