"""The parts of the model's description that come from the code: ``python -m muster.model.describe docs/explanation/model.md``.

A page marks the place of a part with the lines ``<!-- begin: NAME -->`` and ``<!-- end: NAME -->``; what stands between them
is written anew. A test holds the page up to date.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.case import DRIVERS
from muster.core.errors import MusterError
from muster.core.provenance import write_text
from muster.model import state
from muster.model.mechanism import Mechanism
from muster.model.order import ORDER, mechanisms

_PLACE = re.compile(r"^<!-- begin: (?P<name>[\w-]+) -->\n.*?^<!-- end: (?P=name) -->$", re.MULTILINE | re.DOTALL)
_ENTITIES = {
    "PERSON": "A person in the force",
    "UNIT": "A unit",
    "REGION": "A region",
    "GROUP": "A group of weak ties: people of one home region, or of one year of intake and service",
    "REGIME": "The regime (one)",
    "PROGRAMME": "The support programme (one)",
}
STANDINGS = {"C": "to be calibrated", "P": "prior", "F": "fixed, varied", "D": "data"}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def fill(page: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """The page with every marked part written anew. Raises MusterError for a mark that names no part, or none at all."""

    def write(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in parts:
            raise MusterError(f'The page marks a part "{name}" that does not exist. Write one of {", ".join(parts)}.')
        return f"<!-- begin: {name} -->\n{parts[name]()}\n<!-- end: {name} -->"

    text, count = _PLACE.subn(write, page)
    if count == 0:
        raise MusterError("The page marks no part. Write the lines <!-- begin: NAME --> and <!-- end: NAME -->.")
    return text


def describe_day() -> str:
    """The order of a day, step by step."""
    rows = [(number, f"`{step.mechanism}.{step.function}`", step.does) for number, step in enumerate(ORDER, 1)]
    return table(("step", "function", "what it does"), rows)


def describe_entities() -> str:
    """State variables by entity: names, types and the comments beside them in the source."""
    return "\n\n".join(
        f"**{title}**\n\n{table(('variable', 'type', 'meaning'), _variables(name))}" for name, title in _ENTITIES.items()
    )


def _variables(layout: str) -> list[tuple[str, str, str]]:
    lines = Path(state.__file__).read_text(encoding="utf-8").splitlines()
    calls = {node.targets[0].id: node.value for node in ast.parse("\n".join(lines)).body if _is_layout(node)}  # type: ignore[attr-defined]
    kind, rows = getattr(state, layout), []
    for word in calls[layout].keywords:
        comment = lines[word.value.lineno - 1].partition("#")[2].strip()
        base, shape = kind[word.arg].base, kind[word.arg].shape
        rows.append((f"`{word.arg}`", base.name + (f" x {shape[0]}" if shape else ""), comment or word.arg.replace("_", " ")))
    return rows


def _is_layout(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "layout"


def describe_mechanisms() -> str:
    """Story, equation, data flow and parameters of every mechanism."""
    return "\n\n".join(_describe(one) for one in mechanisms())


@dataclass(frozen=True, slots=True)
class Story:
    """The docstring of a mechanism in its parts, line breaks taken out; the equation keeps its lines."""

    head: str
    text: str
    equation: str
    remark: str
    left_out: str
    sources: str


def split_story(one: Mechanism) -> Story:
    """The story of a mechanism in its parts."""
    before, after = one.story.split(one.equation, 1)
    first, _, story = before.strip().partition("\n")
    gaps, _, sources = after.partition("\nSources: ")
    remark, _, left_out = gaps.partition("Left out: ")
    words = (" ".join(part.split()) for part in (remark, left_out, sources))
    return Story(first, " ".join(story.split()), _dedent(one.equation), *words)


def _describe(one: Mechanism) -> str:
    story = split_story(one)
    parts = [f"### `{one.name}`", f"**{story.head}**", story.text, f"```text\n{story.equation}\n```"]
    if story.remark:
        parts.append(story.remark)
    parts += [f"*Left out:* {story.left_out}", f"*Sources:* {story.sources}", _flow(one)]
    return "\n\n".join([*parts, describe_parameters(one)])


def _dedent(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.splitlines())


def _flow(one: Mechanism) -> str:
    rows = (("reads", one.reads), ("writes", one.writes), ("drivers", one.drivers), ("random streams", one.streams))
    return "\n".join(f"* {what}: {', '.join(f'`{name}`' for name in names)}" for what, names in rows if names)


def describe_parameters(one: Mechanism) -> str:
    """Parameters of a mechanism as a table."""
    rows = [
        (f"`{p.name}`", f"{p.default:g}", p.unit, p.prior, STANDINGS[p.standing], p.meaning, p.source) for p in one.parameters
    ]
    return table(("parameter", "default", "unit", "prior", "standing", "meaning", "source"), rows)


def describe_drivers() -> str:
    """What a case imposes from outside, and which mechanisms read it."""
    readers = {driver.name: [one.name for one in mechanisms() if driver.name in one.drivers] for driver in DRIVERS}
    rows = [
        (
            f"`{driver.name}`",
            "region" if driver.by_region else "nation",
            driver.unit,
            driver.meaning,
            ", ".join(readers[driver.name]),
        )
        for driver in DRIVERS
    ]
    return table(("driver", "by", "unit", "meaning", "read by"), rows)


PARTS: dict[str, Callable[[], str]] = {
    "day": describe_day,
    "entities": describe_entities,
    "drivers": describe_drivers,
    "mechanisms": describe_mechanisms,
}


def rewrite(path: Path, parts: Mapping[str, Callable[[], str]]) -> None:
    """Write the marked parts of a page anew."""
    write_text(path, fill(path.read_text(encoding="utf-8"), parts))


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]), PARTS)
