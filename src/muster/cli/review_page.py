"""One entry as a screen of a review: the figure marked in its sentence, the fields, the source, what stands near it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any, TypeVar

from muster.evidence.telling import SIGNS, figure_place, one_line, rules_of, span_of, told, unit_of

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text

    from muster.evidence.compare.reliability import Reliability
    from muster.evidence.ledger import DocumentEntry, Entry
    from muster.evidence.record import Claim, Contradiction

Item = TypeVar("Item")
Row = tuple[str, str, str]  # label, words, style
NEAR_SHOWN = 3
LONGEST_SHOWN = 320  # four lines of a terminal


def lay_out(
    entry: Entry,
    *,
    head: str,
    document: DocumentEntry,
    source: Reliability | None = None,
    twins: Sequence[Entry] = (),
    beside: Sequence[Contradiction] = (),
    why: bool = False,
    whole: bool = False,
) -> Group:
    """The screen of an entry, for ``print_rich``; ``whole`` leaves out nothing of a long passage and of what stands near."""
    from rich.console import Group
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, words, style in (
        *_fields(entry),
        *_source(document, source),
        *_decision(entry),
        *_near(entry, twins, beside, shown=None if whole else NEAR_SHOWN),
        *(_why(entry) if why else ()),
    ):
        table.add_row(label, Text(words, style=style))
    return Group(
        Text(head, style="bold"),
        Rule(style="dim", characters="─"),
        marked_quote(entry, longest=None if whole else LONGEST_SHOWN),
        Text(),
        table,
    )


def marked_quote(entry: Entry, *, longest: int | None = None) -> Text:
    """The redacted sentence, its figure marked; of one longer than ``longest`` the words around the figure."""
    from rich.text import Text

    words = one_line(entry.record.quote)
    quote = Text(words)
    span = figure_place(entry)
    if span is not None:
        quote.stylize("bold reverse", *span)
    if longest is None or len(words) <= longest:
        return quote
    first, last = window(words, span or (0, 0), longest)
    return Text("… " if first else "") + quote[first:last] + Text(" … v shows all" if last < len(words) else "  v shows all")


def window(words: str, span: tuple[int, int], longest: int) -> tuple[int, int]:
    """The part of a passage around a place in it, about so long, that begins and ends with a whole word.

    >>> window("one two three four five", (8, 13), 12)
    (4, 18)
    """
    first = max(0, min((span[0] + span[1] - longest) // 2, len(words) - longest))
    last = min(len(words), first + longest)
    # A word the border would cut is shown whole.
    first = words.rfind(" ", 0, first + 1) + 1
    last = end if (end := words.find(" ", max(last, span[1]))) >= 0 else len(words)
    return first, last


def _fields(entry: Entry) -> Iterator[Row]:
    from muster.evidence.record import Claim

    record = entry.record
    if isinstance(record, Claim):
        yield from _claim_fields(record)
        return
    from muster.evidence.ledger import editable

    for name in editable(entry.type):
        value = getattr(record, name)
        shown = SIGNS[value] if name == "sign" else plain_words(value)
        if shown:
            yield name.replace("_", " "), shown, "bold" if name in ("observable", "sign", "event", "exit_type") else ""


def _claim_fields(claim: Claim) -> Iterator[Row]:
    per = f" a {claim.per}" if claim.per else ""
    yield "figure", f"{told(claim.point, claim.lo, claim.hi, claim.qualifier)}{unit_of(claim)}{per}", "bold"
    also = f", with {', '.join(claim.includes)}" if claim.includes else ""
    yield "kind", f"{claim.kind}{also} ({claim.measure}, {claim.scope})", "bold"
    yield "whom", ", ".join(part for part in (claim.population or "not said", claim.side, claim.branch) if part), ""
    chain = f" via {', '.join(claim.chain[:-1])}" if len(claim.chain) > 1 else ""
    yield "claimant", f"{claim.claimant} ({claim.claimant_side}){chain}, {claim.modality}", ""
    as_of = f", as of {claim.as_of}" if claim.as_of and claim.as_of != claim.date_hi else ""
    yield "when", f"{span_of(claim.date_lo, claim.date_hi) or 'no date'} ({claim.date_basis}){as_of}", ""
    yield "where", claim.place or "no place", ""


def _source(document: DocumentEntry, source: Reliability | None) -> Iterator[Row]:
    said = [document.publisher, document.title, span_of(document.published, document.published_until or document.published)]
    yield "document", " · ".join(part for part in said if part) or document.name, ""
    if source is not None:
        from muster.evidence.compare.reliability import RELIABILITY_WORDS

        name = f": {source.source}" if source.source else ""
        yield "source", f"{source.grade}, {RELIABILITY_WORDS[source.grade]} ({source.basis}{name})", ""


def _decision(entry: Entry) -> Iterator[Row]:
    if entry.reviewer:
        into = f" into {entry.merged_into[:8]}" if entry.merged_into else ""
        reason = f": {entry.reason}" if entry.reason else ""
        yield "decided", f"{entry.status}{into} by {entry.reviewer}, {(entry.reviewed_at or '')[:10]}{reason}", "green"


def _near(entry: Entry, twins: Sequence[Entry], beside: Sequence[Contradiction], *, shown: int | None) -> Iterator[Row]:
    for label, twin in _some("same?", twins[:shown]):
        yield label, in_a_line(twin), "yellow"
    for label, conflict in _some("compare", beside[:shown]):
        ids = ", ".join(name[:8] for name in conflict.claims if name != entry.id)
        words = conflict.explanation.removeprefix("Compare: ")
        yield label, f"{words} ({ids})" if ids else words, "red"
    hidden = 0 if shown is None else max(0, len(twins) - shown) + max(0, len(beside) - shown)
    if hidden:
        yield "", f"and {hidden} more: v shows all", "dim"


def _some(label: str, items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """Items, the label beside the first only."""
    for number, item in enumerate(items):
        yield label if number == 0 else "", item


def _why(entry: Entry) -> Iterator[Row]:
    from muster.evidence.record import Claim

    for number, rule in enumerate(rules_of(entry.record)):
        yield "why" if number == 0 else "", rule, "dim"
    if isinstance(entry.proposal, Claim):
        yield "sure", f"{entry.proposal.confidence:.2f}, proposed by {entry.proposal.proposer}", "dim"


def in_a_line(entry: Entry) -> str:
    """An entry in one line of a menu: id, status, what it says."""
    from muster.evidence.record import Claim

    record = entry.record
    if isinstance(record, Claim):
        figure = told(record.point, record.lo, record.hi, record.qualifier)
        words = f"{figure} {record.kind}, {record.population or record.unit}, {record.claimant}, {span_of(None, record.date_hi)}"
    else:
        words = shorten(record.quote, 60, placeholder=" …")
    return f"{entry.id[:8]} ({entry.status}) {words.rstrip(', ')}"


def plain_words(value: Any) -> str:
    """A field as it is shown in a menu; empty when it is not known."""
    if isinstance(value, float):
        return f"{value:,.12g}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)
