"""What a ledger asks before it keeps what a person typed, since nothing it keeps can be taken out again.

A ledger knows no names of its own. Whoever opens it for people sets ``ledger.guard``, which gets each field filled in by
hand with its value, a reason and a source among them. It refuses by raising a ``FieldError``; it returns the names in the
value that the reviewer says are public, which the event then tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from muster.core.errors import MusterError

__all__ = ["Guard", "public_in", "refuse_fields"]

_TOLD = 5
MEND = (
    "Nothing was written. Mend them with muster evidence decide ID edited --set FIELD=VALUE, "
    "or name a public figure there with --public NAME --reason OFFICE."
)

Guard = Callable[[str, object], Sequence[str]]


def public_in(guard: Guard | None, filled: Mapping[str, object]) -> list[str]:
    """Ask about each field; the public names told. Errors: a ``FieldError`` of the guard."""
    if guard is None:
        return []
    return sorted({name for field, value in filled.items() for name in guard(field, value)})


def refuse_fields(check: Callable[[str], object], texts: Iterable[tuple[str, str]], *, remedy: str = MEND) -> None:
    """What is about to be kept, each text with where it stands. Errors: a :class:`MusterError` that says where, not who."""
    found = list(dict.fromkeys(where for where, text in texts if check(text)))
    if found:
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise MusterError(f"These may hold the name of a person: {'; '.join(found[:_TOLD])}{more}. {remedy}")
