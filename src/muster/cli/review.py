"""``muster evidence review``: one entry a screen, one key a decision, each kept the moment it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.claims import entry_lines
from muster.cli.evidence import DEFAULT_LEDGER, LedgerFile
from muster.cli.terminal import print_rich, say
from muster.core.errors import MusterError

if TYPE_CHECKING:
    from muster.evidence.ledger import Entry, Ledger

Reviewer = Annotated[str, Parameter(help="Your name or initials; it stands beside every decision.")]
Ask = Callable[[str], str]

KEYS = "a accept · e edit · r reject · m merge · s split · n next · b back · u undo · ? why · q quit"


def review(
    *,
    reviewer: Reviewer,
    ledger: LedgerFile = DEFAULT_LEDGER,
    document: Annotated[str | None, Parameter(help="Only entries of this document, by file name.")] = None,
) -> int:
    """Decide on proposed entries, the uncertain and influential first. Twin of ``muster.open_ledger``."""
    import muster
    from muster.evidence.ledger.order import review_order

    with muster.open_ledger(ledger, create="never") as book:
        names = {one.sha256: one.name for one in book.documents()}
        waiting = [entry for entry in book.entries(status="proposed") if document in (None, names[entry.document])]
        desk = Desk(book, reviewer, [entry.id for entry in review_order(waiting)], names)
        desk.work()
    say(f"{desk.decided} decided, {len(desk.queue) - desk.decided} left.")
    return 0


class Desk:
    """The queue of one sitting: where the reviewer is, and what was decided so far."""

    def __init__(self, book: Ledger, reviewer: str, queue: Sequence[str], documents: dict[str, str]) -> None:
        self.book, self.reviewer, self.queue, self.documents = book, reviewer, list(queue), documents
        self.place = 0
        self.done: list[int] = []

    @property
    def decided(self) -> int:
        return len(set(self.done))

    def work(self) -> None:
        """Show, ask, carry out, until the queue ends or the reviewer does."""
        why = False
        for key in _keys():
            if key == "q":
                return
            if key == "?":
                why = not why
            elif key in _ACTIONS:
                self._try(_ACTIONS[key])
            elif key != "show":
                say(f"There is no key {key!r}. {KEYS}")
            if self.place >= len(self.queue):
                say("The queue is at its end.")
                return
            self._show(why=why)

    def _try(self, action: Callable[[Desk], None]) -> None:
        try:
            action(self)
        except MusterError as error:
            say(str(error))

    def _show(self, *, why: bool) -> None:
        from rich.text import Text

        entry = self.entry
        head = f"{self.place + 1} of {len(self.queue)} · {self.documents[entry.document]} · {entry.id[:8]} · {entry.status}"
        page = Text(f"\n{head}\n", style="bold")
        for line, style in entry_lines(entry, why=why):
            page.append_text(Text(line + "\n", style=style))
        print_rich(page)
        say(KEYS)

    @property
    def entry(self) -> Entry:
        return self.book.entry(self.queue[self.place])

    def settle(self, decision: str, **details: object) -> None:
        """Write a decision on the entry shown, and go on to the next."""
        entry = self.entry
        self.book.decide(entry.id, decision, reviewer=self.reviewer, seen=entry.revision, **details)  # type: ignore[arg-type]
        self.done.append(self.place)
        self.place += 1


def _accept(desk: Desk) -> None:
    desk.settle("accepted")


def _reject(desk: Desk) -> None:
    desk.settle("rejected", reason=_ask("Why? "))


def _merge(desk: Desk) -> None:
    desk.settle("merged", into=_ask("Into which entry (id)? "))


def _edit(desk: Desk) -> None:
    from muster.evidence.ledger import VOCABULARY, editable

    entry = desk.entry
    field = _ask(f"Which field? {', '.join(editable(entry.type))}\n")
    words = VOCABULARY.get(field)
    menu = "".join(f"\n  {number} {word}" for number, word in enumerate(words, start=1)) + "\n" if words else ""
    before = getattr(entry.record, field, None)
    value = _ask(f"{field} is {before}. New value (empty: not known)?{menu} ")
    if words and value.isdigit() and 1 <= int(value) <= len(words):
        value = words[int(value) - 1]
    desk.settle("edited", changes={field: value}, reason=_ask("Why (may be empty)? "))


def _split(desk: Desk) -> None:
    """Parts as ``figure population``, such as ``3235 soldiers; 10536 police``."""
    parts: list[dict[str, object]] = []
    for words in _ask("Parts, each a figure and whom it counts, with semicolons between (3235 soldiers; 10536 police)? ").split(
        ";"
    ):
        figure, _, population = words.strip().partition(" ")
        parts.append({"point": figure, "lo": figure, "hi": figure, "population": population.strip()})
    desk.settle("split", parts=parts)


def _next(desk: Desk) -> None:
    desk.place += 1


def _back(desk: Desk) -> None:
    desk.place = max(0, desk.place - 1)


def _undo(desk: Desk) -> None:
    if not desk.done:
        raise MusterError("Nothing was decided in this sitting.")
    place = desk.done.pop()
    entry = desk.book.entry(desk.queue[place])
    desk.book.undo(entry.id, reviewer=desk.reviewer, seen=entry.revision)
    desk.place = place


_ACTIONS: dict[str, Callable[[Desk], None]] = {
    "a": _accept,
    "e": _edit,
    "r": _reject,
    "m": _merge,
    "s": _split,
    "n": _next,
    "b": _back,
    "u": _undo,
}


def _keys() -> Iterator[str]:
    """Keys as they are pressed; from a pipe, the first letter of each line. The first one only shows."""
    yield "show"
    while True:
        if sys.stdin.isatty():
            from readchar import readkey

            yield readkey().lower()
            continue
        line = sys.stdin.readline()
        if not line:
            return
        yield line.strip().lower()[:1] or "n"


def _ask(question: str) -> str:
    """A line from the reviewer."""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
