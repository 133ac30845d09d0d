"""What a mechanism declares of itself is what its file does; every file has the same anatomy; the day follows its order.

The source is read, not run. An access to a field of a table of the state is ``table.field`` whatever it is reached by:
``units[u].loss``, ``state.regime.exits``, ``regions.exposure.copy()``.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

import muster.model.order as order_of_day
from muster.case import DRIVER_BY_NAME
from muster.model import state as state_module
from muster.model.order import ORDER, Parameters, mechanisms
from muster.model.parameter import Standing

PACKAGE = Path(order_of_day.__file__).parents[1]
FOLDER = PACKAGE / "model" / "mechanisms"
TABLES = {
    "persons": state_module.PERSON,
    "units": state_module.UNIT,
    "roll": np.dtype([(name, "f8") for name in state_module.Roll._fields]),
    "regions": state_module.REGION,
    "homes": state_module.GROUP,
    "cohorts": state_module.GROUP,
    "days": state_module.DAY,
    "regime": state_module.REGIME,
    "programme": state_module.PROGRAMME,
    "clashes": state_module.CLASH,
}
ARRAYS = {"queue", "neighbours", "ages"}  # of the state, without fields; `scratch` is work space and belongs to nobody
MECHANISMS = {one.name: one for one in mechanisms()}
each = pytest.mark.parametrize("name", MECHANISMS)


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def table_of(node):
    """The table an expression stands for: ``units``, ``state.units``, ``units[u]``; None if it is no table."""
    if isinstance(node, ast.Subscript):
        return table_of(node.value)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "state":
        return node.attr if node.attr in TABLES else None
    if isinstance(node, ast.Name) and node.id in TABLES:
        return node.id
    return None


class Accesses(ast.NodeVisitor):
    """Fields read and written, drivers, parameters and streams of one file."""

    def __init__(self, path):
        self.reads, self.writes, self.drivers, self.tally_reads = set(), set(), set(), set()
        self.parameters, self.streams, self.calls = set(), set(), defaultdict(list)
        self.visit(tree(path))

    def _count(self, name, *, stored, loaded):
        if stored:
            self.writes.add(name)
        if loaded:
            self.reads.add(name)

    def _field(self, node):
        """``table.field`` of an expression, also behind indices; None if it is none."""
        while isinstance(node, ast.Subscript):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) and table_of(node.value):
                return f"{table_of(node.value)}.{node.slice.value}"
            node = node.value
        if isinstance(node, ast.Attribute):
            if table_of(node.value):
                return f"{table_of(node.value)}.{node.attr}"
            if isinstance(node.value, ast.Name) and node.value.id == "state" and node.attr in ARRAYS:
                return f"state.{node.attr}"
        return None

    def visit_AugAssign(self, node):
        name = self._field(node.target)
        if name:
            self._count(name, stored=True, loaded=True)
        self._indices(node.target)
        self.visit(node.value)

    def _indices(self, node):
        """What is read to find the place of a store."""
        while isinstance(node, ast.Subscript | ast.Attribute):
            if isinstance(node, ast.Subscript):
                self.visit(node.slice)
            node = node.value

    def visit_Assign(self, node):
        for target in node.targets:
            for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(part, ast.Name):
                    continue
                name = self._field(part)
                if name:
                    self._count(name, stored=True, loaded=False)
                self._indices(part)
        aliases = [part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        for value in values:
            whole = isinstance(value, ast.Attribute) and value.attr in aliases and table_of(value) is not None
            bare = isinstance(value, ast.Attribute) and value.attr in aliases and value.attr in ARRAYS
            if bare:
                self._count(f"state.{value.attr}", stored=False, loaded=True)
            elif not whole:
                self.visit(value)

    def visit_Attribute(self, node):
        name = self._field(node)
        if name:
            self._count(name, stored=isinstance(node.ctx, ast.Store), loaded=isinstance(node.ctx, ast.Load))
        text = ast.unparse(node)
        found = re.fullmatch(r"drivers\.(?:nation\[t\]|region\[t, r\])\.(\w+)", text)
        if found:
            self.drivers.add(found[1])
        if re.match(r"record\.(nation|region|units)\[", text) and isinstance(node.ctx, ast.Load):
            self.tally_reads.add(text)
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id == "name_key":
            self.streams.add(ast.literal_eval(node.args[0]))
        if isinstance(node.func, ast.Name) and node.func.id == "len":
            return  # the length of a table is not its content
        self.generic_visit(node)


FOUND = {name: Accesses(FOLDER / f"{name}.py") for name in MECHANISMS}


@each
@pytest.mark.parametrize("what", ["reads", "writes", "drivers", "streams"])
def test_the_declaration_is_what_the_file_does(name, what):
    said, done = getattr(MECHANISMS[name], what), getattr(FOUND[name], what)
    assert len(said) == len(set(said)), "named twice"
    assert {"declared, not done": sorted(set(said) - done), "done, not declared": sorted(done - set(said))} == {
        "declared, not done": [],
        "done, not declared": [],
    }


@each
def test_only_fields_that_exist_are_named(name):
    for field in {*MECHANISMS[name].reads, *MECHANISMS[name].writes}:
        table, _, column = field.partition(".")
        assert (table == "state" and column in ARRAYS) or column in (TABLES[table].names or ()), field
    assert set(MECHANISMS[name].drivers) <= set(DRIVER_BY_NAME)


@each
def test_what_is_recorded_never_comes_back(name):
    assert FOUND[name].tally_reads == set()


def test_every_driver_is_read_by_a_mechanism():
    assert {driver for one in MECHANISMS.values() for driver in one.drivers} == set(DRIVER_BY_NAME)


def test_a_stream_belongs_to_one_mechanism_and_bears_its_name():
    streams = [(one.name, stream) for one in MECHANISMS.values() for stream in one.streams]
    assert len({stream for _, stream in streams}) == len(streams)
    assert [stream for name, stream in streams if not stream.startswith(f"{name}.")] == []


def test_every_field_of_the_state_is_somebodys():
    """No dead field: each is read somewhere on the floors of the model and the engine."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for floor in ("model", "simulate")
        for path in (PACKAGE / floor).rglob("*.py")
        if path.name != "state.py"
    )
    fields = {column for kind in TABLES.values() for column in kind.names or ()}
    assert sorted(column for column in fields if not re.search(rf"\.{column}\b|[\"']{column}[\"']", text)) == []


# ---- Anatomy ----


@each
def test_the_docstring_tells_story_equation_gaps_and_sources(name):
    one = MECHANISMS[name]
    first, _, rest = one.story.partition("\n")
    assert re.match(r"[A-Z][\w ]+: .+\.$", first), "one line: the name and what it is"
    assert one.equation.strip(), "an indented block of equations"
    story, _, after = rest.partition(one.equation.splitlines()[0])
    assert len(story.split()) > 25, "the story, in words"
    left_out, sources = after.find("\nLeft out: "), after.find("\nSources: ")
    assert 0 < left_out < sources
    assert sources < len(after) - 20


@each
def test_the_parts_of_a_file_stand_in_their_order(name):
    body = tree(FOLDER / f"{name}.py").body
    places = {}
    for position, node in enumerate(body):
        if isinstance(node, ast.ClassDef):
            places[node.name] = position
        elif isinstance(node, ast.FunctionDef):
            places.setdefault(f"first {ast.unparse(node.decorator_list[0])}", position)
            places[node.name] = position
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            places[node.targets[0].id] = position
    assert places["MECHANISM"] == len(body) - 1
    assert places["Params"] < places["first kernel"] < places["first loop"] < places["MECHANISM"]


@each
def test_every_formula_of_the_file_is_declared_and_every_loop_says_what_it_does(name):
    module = tree(FOLDER / f"{name}.py")
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    formulas = {node.name for node in functions if ast.unparse(node.decorator_list[0]) == "kernel"}
    declared = {function.__name__ for function in MECHANISMS[name].formulas}
    assert formulas <= declared, "a formula that is not declared"
    assert all(function.__doc__ for function in MECHANISMS[name].formulas)
    assert [node.name for node in functions if not ast.get_docstring(node)] == []


@each
def test_every_parameter_says_what_it_is(name):
    for parameter in MECHANISMS[name].parameters:
        assert parameter.unit
        assert parameter.meaning
        assert parameter.source
        assert parameter.standing in Standing.__args__
        number = r"-?\d+(\.\d+)?(e-?\d+)?"
        assert re.fullmatch(rf"fixed|(N|LogN|Beta|U)\({number}, {number}\)", parameter.prior), parameter.name


# ---- The day ----


def called_in(path, function, *, modules=True):
    """The calls of a function's body in their order, as ``module.function`` (or bare names)."""
    node = next(one for one in tree(path).body if isinstance(one, ast.FunctionDef) and one.name == function)
    calls = []
    for statement in ast.walk(node):
        if isinstance(statement, ast.Call) and ast.unparse(statement.args[0] if statement.args else statement) == "state":
            calls.append((statement.lineno, ast.unparse(statement.func)))
    return [call for _, call in sorted(calls)]


@pytest.mark.parametrize("engine", ["engine", "plain"])
def test_the_order_of_the_day_is_what_the_engines_call(engine):
    day = []
    for call in called_in(PACKAGE / "simulate" / f"{engine}.py", "advance"):
        if call in ("regions_day", "units_day", "close_day"):
            day += called_in(PACKAGE / "model" / "order.py", call)
        elif call in ("discharges", "members"):  # the loops of the engine carry out the mechanism of exits
            day.append(f"exit.{call}")
    assert day == [f"{step.mechanism}.{step.function}" for step in ORDER]


def test_parameters_and_mechanisms_are_in_one_order():
    assert list(Parameters._fields) == list(MECHANISMS) == [path.stem for path in files_in_order()]
    for group, one in zip(Parameters(), MECHANISMS.values(), strict=True):
        assert type(group) is one.params
        assert [f"{one.name}.{field}" for field in group._fields] == [parameter.name for parameter in one.parameters]


def files_in_order():
    files = {path.stem: path for path in FOLDER.glob("*.py") if path.stem != "__init__"}
    assert set(files) == set(MECHANISMS)
    return [files[name] for name in MECHANISMS]
