"""Numbers as they are written, in figures and in words: where each stands and what it is worth.

"13,000", "13 000", "29.8 thousand", "1.6m", "one hundred and fifty", "half a million", "a dozen", "tens of thousands",
"a third", "one in five". What the words around a number say of it (more than, per month, aged) is no matter of this
file. Shares are in percent: a third is 33.33. Vague words keep the low end that ACLED counts, and their bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from muster.evidence.numbers.numerals import SPACE, numerals

_FIGURE = re.compile(r"[\d½¼¾]")
MAX_DIGITS = 15  # of one number; more are an account, a telephone or noise
LONGEST = 16  # words of one number
SENTENCE = 4_000  # characters of a text whose numbers are kept


@dataclass(frozen=True, slots=True)
class Atom:
    """A bare number. ``form``: digits, words, vague, share, ratio; ``scale`` is the "thousand" in "29.8 thousand"."""

    start: int
    end: int
    point: float
    lo: float
    hi: float
    form: str
    scale: float = 1.0

    @property
    def coefficient(self) -> float:
        """The number without its "thousand"."""
        return self.point / self.scale


def find_atoms(text: str) -> list[Atom]:
    """Every number in figures or words, in order, none over another; the wider reading wins."""
    return list(_sentence_atoms(text) if len(text) <= SENTENCE else _atoms(text))


@lru_cache(maxsize=512)
def _sentence_atoms(text: str) -> tuple[Atom, ...]:
    """Those of a short text, kept, because several rules ask for the numbers of one sentence."""
    return tuple(_atoms(text))


def _atoms(text: str) -> list[Atom]:
    atoms: list[Atom] = []
    for finder in (_shares_out_of, _vague, _shares, _runs, _figures):
        atoms.extend(finder(text))
    atoms.sort(key=lambda atom: (atom.start, -atom.end))
    kept: list[Atom] = []
    for atom in atoms:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
        elif atom.end > kept[-1].end and atom.form != "words" and kept[-1].form == "words":
            kept[-1] = atom
    return kept


def _exact(start: int, end: int, value: float, form: str, *, scale: float = 1.0) -> Atom:
    value = round(value, 6)
    return Atom(start, end, value, value, value, form, scale)


def _figures(text: str) -> list[Atom]:
    words, found = numerals(), []
    for match in _from_digits(words.digits, text):
        name = match.lastgroup if match.lastgroup not in ("scale", "suffix", "spaced") else None
        name = name or next(key for key in ("comma", "indian", "space", "apostrophe", "dot", "mixed", "plain") if match[key])
        value = _worth(match, name, text)
        scale = (
            words.scales.get((match["scale"] or "").lower())
            or words.suffixes.get(match["suffix"] or match["spaced"] or "")
            or 1.0
        )
        end = match.end()
        if value is None:
            continue
        if scale != 1.0 and name == "plain" and match["suffix"] in ("b", "B", "M", "m", "k", "K") and value * scale > 1e12:
            scale, end = 1.0, match.end(name)
        found.append(_exact(match.start(), end, value * scale, "digits", scale=scale))
    return found


def _from_digits(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of a pattern that begins with a figure: tried there only, for text is mostly letters."""
    position = 0
    while figure := _FIGURE.search(text, position):
        match = pattern.match(text, figure.start())
        if match:
            yield match
        position = match.end() if match else figure.end()


def _worth(match: re.Match[str], name: str, text: str) -> float | None:
    """What the figures say, or ``None`` for more digits than a count has."""
    digits = match[name]
    if name == "mixed":
        whole = re.match(r"\d*(?!/)", re.sub(r"\s?[13]/[24]|[½¼¾]", "", digits))
        part = 0.5 if "½" in digits or "1/2" in digits else 0.75 if "¾" in digits or "3/4" in digits else 0.25
        return float(whole.group() or 0) + part if whole else part
    if name == "dot" and not _dot_is_thousands(digits, text[match.end() : match.end() + 12]):
        return float(digits) if digits.count(".") == 1 else None
    if name != "plain":
        digits = re.sub(rf"{SPACE}|[,'’]" + (r"|\." if name == "dot" else ""), "", digits)
    return float(digits) if len(digits) <= MAX_DIGITS else None


def _dot_is_thousands(digits: str, after: str) -> bool:
    """ "13.000" is thirteen thousand; "1.234" may be anything, and a share or a measure has decimals."""
    if digits.count(".") > 1:
        return True
    return digits.endswith("00") and re.match(r"\s?(?:%|percent|per cent|million|billion|km|kilomet|mm)", after) is None


def _runs(text: str) -> list[Atom]:
    """Numbers in words. A run of number words may hold several numbers: "six and ten"."""
    words = numerals()
    found: list[Atom] = []
    for match in words.run.finditer(text):
        run_end = match.start("half") if match["half"] else match.end()
        lead = (match["lead"] or "").lower()
        parts = list(words.word.finditer(text, match.start() + len(lead), run_end))
        numbers = _split_run(text, [(part.start(), part.end(), part.group().lower()) for part in parts])
        if lead:
            start, end, value, scale = numbers[0]
            factor = 0.75 if lead.startswith("three") else 0.25 if "quarter" in lead else 0.5 if lead.startswith("half") else 1.0
            numbers[0] = (match.start(), end, value - scale + factor * scale if factor != 1.0 else value, scale)
        if match["half"]:
            start, end, value, scale = numbers[-1]
            after = words.scales.get((match["after"] or "").lower())
            value = (value + 0.5) * after if after else value + 0.5 * scale
            numbers[-1] = (start, match.end(), value, after or scale)
        found.extend(_exact(start, end, value, "words", scale=scale) for start, end, value, scale in numbers)
    return found


def _split_run(text: str, parts: list[tuple[int, int, str]]) -> list[tuple[int, int, float, float]]:
    """The numbers in a row of number words, each as start, end, value and scale, by the grammar of English numerals."""
    numbers: list[tuple[int, int, float, float]] = []
    index = 0
    while index < len(parts):
        used, value, scale = _longest(text, parts, index)
        numbers.append((parts[index][0], parts[index + used - 1][1], value, scale))
        index += used
    return numbers


def _longest(text: str, parts: list[tuple[int, int, str]], first: int) -> tuple[int, float, float]:
    """The longest well-formed numeral from a word on: how many words, its value, its last scale."""
    words = numerals()
    total, group, last_scale, last = 0.0, 0.0, float("inf"), ""
    best = (1, words.values.get(parts[first][2], words.scales.get(parts[first][2], 1.0)), words.scales.get(parts[first][2], 1.0))
    scale, before_and = 1.0, None
    for count in range(1, min(len(parts) - first, LONGEST) + 1):
        start, _, word = parts[first + count - 1]
        linked = count > 1 and "and" in text[parts[first + count - 2][1] : start].lower()
        if linked and last not in ("hundred", "scale"):
            break
        before_and = best if linked else before_and
        if word in words.values:
            value = words.values[word]
            kind = "ten" if value >= 20 else "unit"
            if last in ("unit", "teen") or (last == "ten" and not (kind == "unit" and value < 10)):
                break
            group += value
            last = "teen" if 10 <= value < 20 else kind
        else:
            times = words.scales[word]
            if linked or (last == "scale" and times != 1000 and times >= last_scale):
                break
            if times < 1000:
                if group >= 100 and before_and:
                    return before_and
                if last in ("hundred", "scale") or group >= 100:
                    break
                group, last = (group or 1.0) * times, "hundred"
            elif last == "scale":
                if total and last_scale < 1000000 and times >= 1000000:
                    total, last_scale = total * times, times
                else:
                    break
            elif times >= last_scale:
                break
            else:
                total, group, last_scale, last = total + (group or 1.0) * times, 0.0, times, "scale"
            scale = times
        best = (count, total + group, scale)
    return best


def _vague(text: str) -> list[Atom]:
    words = numerals()
    found: list[Atom] = []
    for match in words.loose.finditer(text):
        name = re.sub(r"\s+", " ", (match["few"] or match["vague"]).lower())
        low, high = words.few[name] if match["few"] else words.vague[name]
        times = words.scales.get((match["times"] or "").lower(), 1.0)
        if match["few"] and "couple" in name:
            found.append(_exact(match.start(), match.end(), low * times, "words", scale=times))
        else:
            found.append(Atom(match.start(), match.end(), low * times, low * times, high * times, "vague", times))
    return found


def _shares(text: str) -> list[Atom]:
    """ "A third", "two-thirds", "half": shares; a bare "third" is an ordinal and a bare "quarter" a place or a time."""
    words = numerals()
    found: list[Atom] = []
    for match in words.share.finditer(text):
        count, name = (match["count"] or "").lower(), match["part"].lower()
        number = 1.0 if count in ("a", "an") else words.values.get(count, 0.0)
        parts = words.parts[name]
        plural = name.endswith("s") or name == "halves"
        if not number and name == "half":
            number = 1.0
        if number and number < parts and plural == (number > 1):
            found.append(_exact(match.start(), match.end(), round(100.0 * number / parts, 2), "share"))
    return found


def _shares_out_of(text: str) -> list[Atom]:
    """ "One in five", "nine out of ten"."""
    found = []
    for match in numerals().out_of.finditer(text):
        few, all_of = (_small(match[name]) for name in "ab")
        link = match["link"].lower()
        if few is None or all_of is None or not few < all_of <= 100 or (link == "of" and not match["every"]):
            continue
        if few > 1 and all_of not in (3, 4, 5, 8, 10, 20, 100) and not match["every"]:
            continue
        after = text[match.end() : match.end() + 14]
        if re.match(r"(?i)\s+(?:hours?|days?|weeks?|months?|years?|minutes?|[a-z]+\s+years)\b", after):
            continue
        found.append(_exact(match.start(), match.end(), round(100.0 * few / all_of, 2), "share"))
    return found


def _small(word: str) -> float | None:
    if word.isdigit():
        return float(word)
    total = 0.0
    for part in word.lower().split("-"):
        value = numerals().values.get(part)
        if value is None:
            return None
        total += value
    return total
