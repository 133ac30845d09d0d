"""From what the schema refuses to faults in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from muster.case.cells import show
from muster.case.schema import Record
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of

AnyRecord = TypeVar("AnyRecord", bound=Record)

_EXAMPLES = {
    "name": 'name = "my-country"',
    "title": 'title = "..." with what a reader sees first',
    "summary": 'summary = "..." with one or two sentences',
    "licence": 'licence = "CC-BY-4.0" or whatever holds',
    "default_strength": 'default_strength = "central"',
    "start": "start = 2021-01-31",
    "until": "until = 2024-06-30",
    "persons": "persons = { infantry = 120000, police = 78000 }",
    "strength": 'a table [strength.central] and default_strength = "central"',
    "composition": "a table [composition]",
    "entry_ages": 'entry_ages = { "18" = 1.0 }',
    "dependants_share": "dependants_share = { other_rank = 0.3, nco = 0.7, officer = 0.8 }",
    "in_barracks_share": "in_barracks_share = { infantry = 0.6, police = 0.2 }",
    "share": "share = 0.26",
    "nco_share": "nco_share = 0.2",
    "officer_share": "officer_share = 0.06",
}


def admit(model: type[AnyRecord], given: Mapping[str, Any], *, file: str, row: int | None, faults: FaultList) -> AnyRecord | None:
    """The record, or ``None`` with one fault per field that was refused."""
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problem, remedy = _put_in_words(detail, model)
            faults.add(file, row, _name_field(detail), problem, remedy)
        return None


def _name_field(detail: ErrorDetails) -> str:
    parts = [str(part) for part in detail["loc"] if part != "[key]"]
    return ".".join(part[:60] for part in parts) or "file"


def _put_in_words(detail: ErrorDetails, model: type[Record]) -> tuple[str, str]:
    kind, name = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "fault":
        context = detail["ctx"]
        return str(context["problem"]), str(context["remedy"])
    if kind == "missing":
        return "is missing.", f"Write {_EXAMPLES.get(name, f'{name} = ...')}."
    if kind == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        return "is not a known key.", f"{did_you_mean(name, known)}Rename or delete it; known are {one_of(known, 30)}."
    if kind in ("model_type", "dict_type", "mapping_type", "model_attributes_type"):
        return f"{show(detail['input'])} is not a table.", f"Write {_EXAMPLES.get(name, f'a table [{_name_field(detail)}]')}."
    if kind == "too_short":
        return "is empty.", f"Write {_EXAMPLES.get(name, f'at least one entry in {name}')}."
    if kind == "too_long":
        return "has too many entries.", f"Keep at most {detail['ctx']['max_length']}."
    return f"{show(detail['input'])} cannot be used here.", f"Write {_EXAMPLES.get(name, 'plain text or a plain number')}."


def _fields_at(model: type[Record], path: tuple[int | str, ...]) -> list[str]:
    """Names of the keys a table may hold; the path leads to it from the top of the file."""
    from muster.case import schema

    table: type[Record] = model
    if path[:1] == ("strength",):
        table = schema.StrengthTable
    elif path[:1] == ("composition",):
        table = schema.CompositionTable
    elif path[:1] == ("youth",):
        table = schema.YouthTable
    return list(table.model_fields)
