"""Directions without a number: recruiting down, reliance on the air force up, defections slowed.

Patterns of words stand in ``words/trends.toml`` (and in a case's ``lexicon.toml``); this file decides whose they are. A
pattern about the force of the state that is said of its opponents turns round or falls away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from muster.core.errors import Fault, InputError
from muster.core.vocabulary import TRENDS
from muster.evidence.lexicon import Lexicon
from muster.evidence.record import Trend
from muster.evidence.text import Span
from muster.evidence.word_patterns import Element, Match, PatternIndex, Term, parse_pattern, split_terms

__all__ = ["find_trends"]

NEGATIONS = frozenset(
    ("not", "no", "never", "hardly", "neither", "nor", "without", "cannot", "denied", "denies", "deny", "nobody", "none")
    + ("immunity", "exempt", "spared")
)
# Before a match: it did not happen, or not yet.
WISHES = ("expected", "hoped", "hoping", "hope", "hopes", "demand", "demands", "demanded")
UNREAL = frozenset((*WISHES, "if", "unless", "whether", "could", "would", "might", "may", "must", "should", "shall"))
DOUBTFUL = frozenset(("could", "might", "unless", "if"))  # inside a match
DEEDS = frozenset(("territory_state", "attacks_on_state", "exit_rate"))  # an aim is no deed
DONE = frozenset(
    ("able", "managed", "began", "begun", "started", "continue", "continues", "continued", "had", "has", "have")
    + ("forced", "chose", "chosen", "decided")
)
HELD_BACK = frozenset(("reluctant", "afraid", "unwilling", "unable"))  # soldiers who are afraid to leave stay
LESSENING = frozenset(("less", "fewer"))  # inside a match about more of something
RULES_OF_LEAVING = frozenset(("exit_cost", "support_programme"))  # "anyone who leaves would be shot" is a fact about today
UNREAL_REACH = 4
WISH_REACH = 12  # a hope governs its whole clause
REACH = 10  # words before a match in which the force spoken of is looked for
LONGEST = 200  # words of one sentence looked at together

PlaceOf = Callable[[int, int], tuple[str | None, str | None]]
ClaimantOf = Callable[[int, int], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: what moves and which way, whose it must be, and the sign when it is the other side's or negated."""

    observable: str
    sign: int
    subject: str | None
    turned: int
    negated: int
    figures: bool
    name: str


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """All rows of a lexicon, ready to match."""

    rows: tuple[Row, ...]
    negative: tuple[bool, ...]
    row_of: tuple[int, ...]
    index: PatternIndex
    state: frozenset[str]
    opponents: frozenset[str]


def find_trends(
    text: str,
    *,
    sentences: Sequence[Span],
    lexicon: Lexicon,
    place_of: PlaceOf | None = None,
    attribute: ClaimantOf | None = None,
) -> list[Trend]:
    """All directional claims of a text, one for each observable in a sentence.

    ``place_of(start, end)`` gives place and place id of a passage, ``attribute(start, end)`` claimant and side. The quote
    is the passage as it stands: redact it before it is stored. Dates are left open.
    """
    rules = compile_rules(lexicon)
    found: list[Trend] = []
    for sentence in sentences:
        terms = split_terms(text, sentence.start, sentence.end)
        for first in range(0, len(terms), LONGEST):
            piece = terms[first : first + LONGEST]
            for row, sign, match in _settle(rules, piece):
                start, end = piece[match.first].start, piece[match.last].end
                place, place_id = place_of(start, end) if place_of else (None, None)
                claimant, side = attribute(start, end) if attribute else ("article", "independent")
                found.append(
                    Trend(
                        start=start,
                        end=end,
                        quote=text[start:end],
                        observable=row.observable,
                        sign=sign,
                        place=place,
                        place_id=place_id,
                        claimant=claimant,
                        claimant_side=side,
                        date_lo=None,
                        date_hi=None,
                        rules=(row.name,),
                    )
                )
    return found


def _settle(rules: Rules, terms: Sequence[Term]) -> list[tuple[Row, int, Match]]:
    """The matches of a sentence that hold, the longest of each observable."""
    best: dict[str, tuple[Row, int, Match]] = {}
    for match in rules.index.find(terms):
        row = rules.rows[rules.row_of[match.rule]]
        sign = _sign(rules, row, match, terms)
        if sign is None:
            continue
        held = best.get(row.observable)
        if held is None or match.last - match.first > held[2].last - held[2].first:
            best[row.observable] = (row, sign, match)
    return sorted(best.values(), key=lambda item: item[2].first)


def _sign(rules: Rules, row: Row, match: Match, terms: Sequence[Term]) -> int | None:
    """The sign of a match in its sentence; None when it says nothing about this observable."""
    if not row.figures and any(term.low[0].isdigit() for term in terms[match.first : match.last + 1]):
        return None  # a figure is a claim, not a direction
    if row.observable not in RULES_OF_LEAVING and _is_unreal(terms, match):
        return None
    if _is_past(terms, match):
        return None
    if row.observable == "exit_rate" and any(term.low in HELD_BACK for term in terms[match.first : match.last]):
        return None
    if row.observable in DEEDS and _is_aim(terms, match.first):
        return None
    sign = row.sign
    if _is_negated(terms, match, itself=rules.negative[match.rule]):
        sign = row.negated
        if not sign:
            return None
    if sign > 0 and any(term.low in LESSENING for term in terms[match.first : match.last]):
        return None if row.sign > 0 else sign
    whose = _whose(rules, match, terms)
    if row.subject is not None and whose not in (None, row.subject):
        return row.turned if row.turned else None
    return sign


def _is_negated(terms: Sequence[Term], match: Match, *, itself: bool) -> bool:
    """Whether a match is denied; ``itself``: its pattern holds a "no", so that one inside is no denial."""
    before = [term.low for term in terms[max(0, match.first - 2) : match.first]]
    inside = [] if itself else [term.low for term in terms[match.first : match.last + 1]]
    return any(word in NEGATIONS or word.endswith("n't") for word in [*before, *inside])


def _is_unreal(terms: Sequence[Term], match: Match) -> bool:
    """Whether a match is hoped for, asked for, or set under a condition, by a word before it in its clause."""
    if any(terms[place].low in DOUBTFUL and not _denied(terms, place) for place in range(match.first, match.last)):
        return True
    for place in range(match.first, max(-1, match.first - WISH_REACH - 1), -1):
        near = UNREAL if match.first - place <= UNREAL_REACH else WISHES
        if place < match.first and terms[place].low in near:
            return True
        if terms[place].barrier:
            return False
    return False


def _is_past(terms: Sequence[Term], match: Match) -> bool:
    """Whether what moved "had been" moving "until" something else came: the background, not the direction told."""
    around = {term.low for term in terms[max(0, match.first - 3) : match.last + 1]}
    return "had" in around and "until" in {term.low for term in terms[match.last + 1 : match.last + 5]}


def _is_aim(terms: Sequence[Term], place: int) -> bool:
    """Whether a verb stands behind "to" as what is ordered or planned: "an order to retake the town"."""
    return place > 1 and terms[place - 1].low == "to" and terms[place - 2].low not in DONE


def _denied(terms: Sequence[Term], place: int) -> bool:
    """Whether "not" or "no longer" follows a word: "could not" is no doubt."""
    return place + 1 < len(terms) and terms[place + 1].low in ("not", "no", "hardly", "never", "barely", "only")


def _whose(rules: Rules, match: Match, terms: Sequence[Term]) -> str | None:
    """The force nearest before a match or first inside it: "state", "opposition", or None."""
    for place in range(match.first, max(-1, match.first - REACH), -1):
        low = terms[place].low
        pairs = {f"{low}_{terms[place + 1].low}"} if place + 1 < len(terms) else set()
        if place:
            pairs.add(f"{terms[place - 1].low}_{low}")
        for side, words in (("opposition", rules.opponents), ("state", rules.state)):
            if not pairs.isdisjoint(words):
                return side
        if low in rules.state:
            return "state"
        if low in rules.opponents:
            return "opposition"
    return None


@lru_cache(maxsize=16)
def compile_rules(lexicon: Lexicon) -> Rules:
    """The rows of a lexicon. Errors: an :class:`InputError` naming the row that cannot be read."""
    lists: dict[str, str] = {}
    for table in lexicon.table("trend_words"):
        name = str(table["name"])
        lists[name] = f"{lists[name]}|{table['words']}" if name in lists else str(table["words"])
    rows: list[Row] = []
    patterns: list[tuple[Element, ...]] = []
    row_of: list[int] = []
    for number, table in enumerate(lexicon.table("trends")):
        rows.append(_row(table, number))
        for line in str(table["patterns"]).strip().splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                try:
                    patterns.append(parse_pattern(line, lists))
                except ValueError as error:
                    raise InputError([Fault("lexicon", None, f"trends[{number}]", f"{error}.", "Mend the pattern.")]) from error
                row_of.append(number)
    return Rules(
        rows=tuple(rows),
        negative=tuple(any(_says_no(element) for element in elements) for elements in patterns),
        row_of=tuple(row_of),
        index=PatternIndex(enumerate(patterns)),
        state=frozenset(lists.get("army", "").split("|")),
        opponents=frozenset(lists.get("rebels", "").split("|")),
    )


def _row(table: Mapping[str, Any], number: int) -> Row:
    observable, sign = str(table.get("observable")), table.get("sign")
    if observable not in TRENDS or sign not in (-1, 0, 1) or not table.get("patterns"):
        problem = f'has observable "{observable}" and sign {sign!r}.'
        remedy = f"Give patterns, a sign of -1, 0 or 1, and one of: {', '.join(TRENDS)}."
        raise InputError([Fault("lexicon", None, f"trends[{number}]", problem, remedy)])
    name = f"trend:{observable}{'-' if sign < 0 else '+'}"
    return Row(
        observable=observable,
        sign=sign,
        subject=table.get("subject"),
        turned=int(table.get("turned", 0)),
        negated=int(table.get("negated", 0)),
        figures=bool(table.get("figures", 0)),
        name=name,
    )


def _says_no(element: Element) -> bool:
    return not NEGATIONS.isdisjoint(element.first_words())
