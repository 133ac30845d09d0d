"""What a review asks: which field and to what, into which parts, into which entry, of which kind.

Every question may be left with Enter: nothing is then changed. A wrong answer is answered by the sentence of the ledger,
and asked again. The functions only ask; ``cli.review`` writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from muster.cli.keyboard import ask, press
from muster.cli.review_page import in_a_line, plain_words
from muster.cli.terminal import print_rich, say
from muster.core.errors import MusterError
from muster.evidence.telling import told
from muster.evidence.typed import BOUNDS, FIGURE, REASONS, give_kind, read_figure, read_part

if TYPE_CHECKING:
    from muster.evidence.ledger import Entry
    from muster.evidence.ledger.guard import Guard

UNKNOWN = "-"
_CELL = 20
_KIND_KEYS = "123456789abcdefghijklmnoprstuvwxyz"  # q leaves


def ask_changes(entry: Entry, *, guard: Guard | None = None) -> dict[str, object]:
    """Fields to change and their new values; several may be changed before all of them are kept at once."""
    from muster.evidence.ledger import editable

    names = [FIGURE, *editable(entry.type)] if entry.type == "claim" else list(editable(entry.type))
    changes: dict[str, object] = {}
    while True:
        _print_menu([f"{name:<14} {_short(_shown(entry, name, changes))}" for name in names], columns=2)
        done = "Enter keeps the changes, x drops them" if changes else "Enter goes back"
        answer = ask(f"Field, by number or name ({done}):")
        if answer == "x" or (not answer and _fits(entry, changes)):
            return {} if answer else changes
        if not answer:
            continue
        field = _pick(answer, names)
        if field is None:
            say(f"There is no field {answer!r} in the menu.")
            continue
        changes |= _ask_value(entry, field, changes, guard=guard)


def _fits(entry: Entry, changes: Mapping[str, object]) -> bool:
    """Whether the record would hold together with the changes; if not, the sentence of the ledger is said."""
    from muster.evidence.ledger.deciding import apply_changes
    from muster.evidence.ledger.entry import record_to_json

    try:
        apply_changes(entry.type, record_to_json(entry.record), changes)
    except MusterError as error:
        say(str(error))
        return False
    return True


def _shown(entry: Entry, name: str, changes: Mapping[str, object]) -> str:
    def now(field: str) -> Any:
        return changes.get(field, getattr(entry.record, field))

    value = told(now("point"), now("lo"), now("hi"), now("qualifier")) if name == FIGURE else plain_words(now(name))
    changed = any(field in changes for field in (BOUNDS if name == FIGURE else (name,)))
    return f"{'* ' if changed else ''}{value or UNKNOWN}"


def _short(words: str) -> str:
    """A value cut so that two columns of a menu fit on a narrow screen."""
    if len(words) <= _CELL:
        return words
    # After a whole word, unless the first one alone is too long.
    return f"{words[: max(words.rfind(' ', 0, _CELL - 1), 0) or _CELL - 1]}…"


def _ask_value(entry: Entry, field: str, changes: Mapping[str, object], *, guard: Guard | None) -> dict[str, object]:
    from muster.evidence.ledger.fields import VOCABULARY, parse_field
    from muster.evidence.ledger.guard import public_in

    words = VOCABULARY.get(field, ())
    if words:
        _print_menu(words, columns=3)
    hint = "as a text would say it: over 13,000" if field == FIGURE else "- for not known"
    while True:
        answer = ask(f"{field} is {_shown(entry, field, changes).removeprefix('* ')}. New value ({hint}; Enter leaves it):")
        if not answer:
            return {}
        try:
            if field == FIGURE:
                return read_figure(answer)[0]
            value = "" if answer == UNKNOWN else _pick_words(answer, words)
            made = {field: parse_field(entry.type, field, value)}
            public_in(guard, made)
            return made
        except MusterError as error:
            say(str(error))


def _pick_words(answer: str, words: Sequence[str]) -> str:
    """An answer with its numbers replaced by the words of the menu; several stand with semicolons between."""
    if not words:
        return answer
    return "; ".join(_pick(part.strip(), words) or part.strip() for part in answer.split(";"))


def _pick(answer: str, names: Sequence[str]) -> str | None:
    """A name of a menu, by its number or itself."""
    if answer.isdecimal():
        return names[int(answer) - 1] if 1 <= int(answer) <= len(names) else None
    return next((name for name in names if name == answer.lower().replace(" ", "_")), None)


def ask_parts(entry: Entry) -> list[dict[str, object]]:
    """Parts of a split, each a figure and whom it counts; all other fields are those of the whole."""
    claim = entry.claim
    say(f"The whole: {told(claim.point, claim.lo, claim.hi, claim.qualifier)} {claim.population}. A part a line, such as:")
    say("  3,235 soldiers")
    parts: list[dict[str, object]] = []
    while True:
        answer = ask(f"Part {len(parts) + 1} (Enter {'ends' if len(parts) > 1 else 'goes back'}):")
        if not answer:
            return parts if len(parts) > 1 else []
        try:
            parts += [read_part(words) for words in answer.split(";")]
        except MusterError as error:
            say(str(error))


def ask_target(near: Sequence[Entry]) -> str:
    """The entry this one says the same as: by its number in the menu, or by its id. Empty to go back."""
    near = near[:9]
    if near:
        _print_menu([in_a_line(other) for other in near], columns=1)
    else:
        say("No entry looks like this one.")
    answer = ask(f"Into which{' (number, or id' if near else ' (id'}; Enter goes back)?")
    # The ids are letters and digits too, but have four or more of them.
    return near[int(answer) - 1].id if answer.isdecimal() and 1 <= int(answer) <= len(near) else answer


def ask_why(guard: Guard | None, question: str = "Why (Enter for none)?") -> str:
    """A reason in words, asked again while it may name somebody; may be empty."""
    from muster.evidence.ledger.guard import public_in

    while True:
        answer = ask(question)
        try:
            public_in(guard, {"reason": answer})
        except MusterError as error:
            say(str(error))
        else:
            return answer


def ask_reason(guard: Guard | None = None) -> str:
    """Why an entry is rejected: by the number of a usual reason, or in words; may be empty."""
    menu = "  ".join(f"{number} {reason}" for number, reason in enumerate(REASONS, start=1))
    answer = ask_why(guard, f"{menu}\nWhy (number or words, Enter for none)?")
    return REASONS[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(REASONS) else answer


def ask_kind(entry: Entry) -> dict[str, object]:
    """A kind, by one key; with it, for a number that had none, the unit such figures are counted in."""
    from muster.core.vocabulary import KINDS

    keys = dict(zip(_KIND_KEYS, (kind for kind in KINDS if kind != "unclassified"), strict=False))
    _print_menu([f"{key} {kind}" for key, kind in keys.items()], columns=3, numbered=False)
    say("Which kind (one key; any other goes back)?")
    kind = keys.get(press())
    if kind is None:
        return {}
    return give_kind(entry, kind)


def _print_menu(lines: Sequence[str], *, columns: int, numbered: bool = True) -> None:
    """Lines of a menu with their numbers, side by side where there is room, read downwards."""
    from rich.columns import Columns
    from rich.table import Table
    from rich.text import Text

    if columns == 1:
        table = Table.grid(padding=(0, 1, 0, 0))
        for number, line in enumerate(lines, start=1):
            table.add_row(Text(f"{number:>2}"), Text(line))
        print_rich(table)
        return
    words = [f"{number:>2} {line}" if numbered else line for number, line in enumerate(lines, start=1)]
    print_rich(Columns([Text(word) for word in words], column_first=True, padding=(0, 2)))
