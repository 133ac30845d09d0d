"""``muster model``: the day, the mechanisms, the parameters, and the checks against known answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from muster.cli.options import Json, Quiet, warn_of_compiling
from muster.cli.terminal import print_json, print_table, say
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote

if TYPE_CHECKING:
    from muster.model.mechanism import Mechanism

MechanismName = Annotated[str, Parameter(help="A mechanism, as muster model order names it.")]
Checks = Annotated[list[str] | None, Parameter(help="Checks to run, such as V1 V8; default: all.")]


def order(*, json: Json = False) -> int:
    """Print what happens in a day, in order. Twin of ``muster.mechanisms``."""
    from muster.model.order import ORDER

    if json:
        print_json([{"step": number, **asdict(step)} for number, step in enumerate(ORDER, start=1)])
    else:
        rows = [(number, f"{step.mechanism}.{step.function}", step.does) for number, step in enumerate(ORDER, start=1)]
        print_table(["step", "function", "what it does"], rows, right=["step"])
    return 0


def params(mechanism: MechanismName | None = None, /, *, json: Json = False) -> int:
    """List the parameters with unit, prior and source, of one mechanism or all. Twin of ``muster.mechanisms``."""
    import muster

    chosen = muster.mechanisms() if mechanism is None else (_find(mechanism),)
    rows = [row for one in chosen for row in _parameters(one)]
    if json:
        print_json(rows)
    else:
        columns = ["name", "default", "unit", "standing", "prior", "meaning", "source"]
        print_table(columns, [[row[column] for column in columns] for row in rows], right=["default"])
    return 0


def levers(*, json: Json = False) -> int:
    """List the levers a scenario can pull by name. Twin of ``muster.list_levers``."""
    import muster

    if json:
        print_json([asdict(one) for one in muster.list_levers()])
    else:
        rows = [(one.name, one.hand, one.meaning, ", ".join(one.targets)) for one in muster.list_levers()]
        print_table(["lever", "hand", "more of it is", "moves"], rows)
    return 0


def show(mechanism: MechanismName, /, *, json: Json = False) -> int:
    """Tell the story and the equation of a mechanism. Twin of ``muster.mechanisms``."""
    one = _find(mechanism)
    if json:
        content = {"name": one.name, "story": one.story, "equation": one.equation}
        print_json(content | {"reads": list(one.reads), "writes": list(one.writes), "parameters": _parameters(one)})
        return 0
    print(f"{one.name}\n\n{one.story}\n")
    print(f"reads:  {', '.join(one.reads)}\nwrites: {', '.join(one.writes)}\n")
    rows = [(row["name"], row["default"], row["unit"], row["meaning"]) for row in _parameters(one)]
    print_table(["parameter", "default", "unit", "meaning"], rows, right=["default"])
    return 0


def verify(checks: Checks = None, /, *, json: Json = False, quiet: Quiet = False) -> int:
    """Hold the engine against known answers; exit code 1 if one fails. Twin of ``muster.verify``."""
    import muster

    if not quiet:
        say(f"Running the checks.{warn_of_compiling()}")
    results = muster.verify(checks or None)
    rows = [(one.id, one.title, one.expected, one.measured, one.tolerance, one.ok) for one in results]
    columns = ["id", "title", "expected", "measured", "tolerance", "ok"]
    if json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        cells = [(name, title, *map(_short, numbers), "ok" if ok else "FAILS") for name, title, *numbers, ok in rows]
        print_table(columns, cells, right=columns[2:5])
    return 0 if all(one.ok for one in results) else 1


def _find(name: str) -> Mechanism:
    """The mechanism of that name."""
    import muster

    known = {one.name: one for one in muster.mechanisms()}
    if name not in known:
        raise MusterError(f"{quote(name)} is not a mechanism. {did_you_mean(name, known)}Write one of {one_of(list(known), 20)}.")
    return known[name]


def _parameters(mechanism: Mechanism) -> list[dict[str, Any]]:
    """The parameters of a mechanism as plain records."""
    return [asdict(one) for one in mechanism.parameters]


def _short(value: Any) -> str:
    """A number in six figures, other things as they are."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
