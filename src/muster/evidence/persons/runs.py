"""Capitalised words taken together: which of them could be the name of a person; organisations and places are set aside."""

from __future__ import annotations

from muster.evidence.persons.known import Known
from muster.evidence.persons.scan import Word
from muster.evidence.persons.weigh import Run, judge

OF = ("of", "for", "and", "the", "in", "de", "on")

LONGEST_SEGMENT = 60  # words looked at together
LONGEST_NAME = 8


def find_runs(words: list[Word], known: Known, text: str) -> list[Run]:
    """Candidates for names in order, with verdicts from their own surroundings only."""
    labels = _labels(words, known)
    runs: list[Run] = []
    position = 0
    while position < len(words):
        if labels[position] == "low":
            position += 1
            continue
        stop = _segment_end(words, labels, position, known)
        _absorb(words, labels, position, stop, known)
        runs.extend(_split(words, labels, position, stop, known))
        position = stop
    for run in runs:
        judge(run, words, known, text)
    return runs


def _labels(words: list[Word], known: Known) -> list[str]:
    """What each word is by itself: low, title, office, thing, place, head, prefix, ordinary, name or unknown."""
    labels = [_label(word, known) for word in words]
    for index, word in enumerate(words):
        for phrase in known.phrases.get(word.key, ()):
            stop = index + len(phrase)
            if word.shape == "low" and not any(w.shape != "low" for w in words[index:stop]):
                continue
            same = stop <= len(words) and all(words[index + k].key == part for k, part in enumerate(phrase))
            if same and all(words[k].joined for k in range(index + 1, stop)):
                labels[index:stop] = ["thing"] * len(phrase)
                break
    return labels


def _label(word: Word, known: Known) -> str:
    key = word.key
    if word.shape == "low":
        return "low"
    if word.shape == "initial":
        return "name"
    if key in known.soft:
        return "soft"
    given = key in known.given
    if key in known.titles and not (given and word.mode != "caps"):
        return "title"
    if key in known.office_words:
        return "title"
    if key in known.alone and not given:
        return "thing"
    if key in known.places:
        return "both" if given else "place"
    if key in known.head:
        return "head"
    if key in known.prefix and not given:
        return "prefix"
    if given:
        return "both" if known.is_ordinary(key) or key in known.alone else "name"
    if key in known.plain:
        return "both"
    if known.is_ordinary(key):
        return "ordinary"
    return "unknown"


def _segment_end(words: list[Word], labels: list[str], start: int, known: Known) -> int:
    """End of the stretch of joined capitalised words, connectors and particles inside it taken along."""
    stop = start + 1
    while stop < len(words) and words[stop].joined and stop - start < LONGEST_SEGMENT:
        if labels[stop] != "low":
            stop += 1
            continue
        nearer = stop + 1 < len(words) and words[stop + 1].joined
        if nearer and labels[stop + 1] != "low" and (words[stop].key in known.particles or words[stop].key in OF):
            stop += 2
        elif (
            nearer
            and stop + 2 < len(words)
            and words[stop + 2].joined
            and labels[stop + 2] != "low"
            and words[stop].key in (known.particles | {"of", "for"})
            and words[stop + 1].key in (known.particles | {"the"})
        ):
            stop += 3
        else:
            break
    return stop


def _absorb(words: list[Word], labels: list[str], start: int, stop: int, known: Known) -> None:
    """Organisations and places swallow the capitalised words they are made of."""
    for index in range(start, stop):
        if labels[index] == "head" or (labels[index] == "prefix" and words[index].key in known.head):
            back = index
            while back > start and labels[back - 1] in ("unknown", "ordinary", "name", "both", "place", "thing", "prefix"):
                if words[back].first and words[back].mode == "normal" and "\n" in words[back].gap:
                    break
                if words[back - 1].mode != "normal" and labels[back - 1] in ("name", "unknown", "both") and back < index:
                    break
                back -= 1
            if labels[back : index + 1].count("name") and back > 0 and labels[back - 1] == "title" and back < index - 1:
                back = index
            if back == index and words[index].key in known.prefix and labels[index + 1 : min(index + 2, stop)] == ["unknown"]:
                labels[index + 1] = "thing"
            labels[back : index + 1] = ["thing"] * (index + 1 - back)
            if index + 2 < stop and words[index + 1].key in ("of", "for"):
                after = index + 2
                while after < stop and labels[after] in ("unknown", "ordinary", "place", "both", "thing", "prefix", "low"):
                    labels[after] = "thing" if labels[after] != "low" else "low"
                    after += 1
        elif labels[index] == "prefix":
            after = index + 1
            while after < stop and labels[after] in ("unknown", "name", "both", "place", "ordinary") and after <= index + 3:
                labels[after] = "thing"
                after += 1
            labels[index] = "thing"


def _split(words: list[Word], labels: list[str], start: int, stop: int, known: Known) -> list[Run]:
    """Pieces of a segment between titles, places and things."""
    runs: list[Run] = []
    position = start
    title: str | None = None
    if start and labels[start - 1] == "low" and words[start].joined and words[start - 1].key in known.lower_titles:
        title = words[start - 1].key
    while position < stop:
        label = labels[position]
        if label == "title":
            title = words[position].key
            position += 1
            continue
        if label in ("thing", "place", "head", "prefix") or (label == "low" and words[position].key not in known.particles):
            title = None
            position += 1
            continue
        last = position
        while (
            last + 1 < stop
            and last - position < LONGEST_NAME
            and (
                labels[last + 1] in ("name", "unknown", "soft", "both", "ordinary")
                or (labels[last + 1] == "place" and labels[last] in ("name", "soft"))
                or (labels[last + 1] == "low" and words[last + 1].key in known.particles)
            )
        ):
            if "\n" in words[last + 1].gap and words[last + 1].mode != words[last].mode:
                break
            last += 1
        run = _trim(words, labels, position, last, title, known)
        if run is not None:
            runs.append(run)
        title = None
        position = last + 1
    return runs


def _trim(words: list[Word], labels: list[str], first: int, last: int, title: str | None, known: Known) -> Run | None:
    """Take off ordinary words at the front of a sentence, in headlines on both sides, and loose particles."""
    while first <= last and title is None and labels[first] in ("ordinary", "both", "soft", "low"):
        word = words[first]
        loose = word.first or word.mode != "normal"
        if (
            labels[first] == "low"
            and word.key in known.particles
            and word.key not in ("of", "y", "e", "as", "at", "an", "ad", "ed", "or")
        ):
            break
        if labels[first] == "both" and first < last and labels[first + 1] in ("name", "unknown", "both", "soft"):
            break
        if labels[first] == "both" and first < last and word.mode == "normal" and word.key not in known.beside["not_alone"]:
            break
        if labels[first] == "soft" and first < last:
            break
        if labels[first] in ("both", "soft") and (first == last or not (loose and known.is_ordinary(word.key))):
            break
        if labels[first] == "ordinary" and not loose and first == last:
            break
        if labels[first] == "ordinary" and not loose and all(label != "ordinary" for label in labels[first + 1 : last + 1]):
            break
        first += 1
    while first <= last and (labels[last] == "low" or (labels[last] == "ordinary" and words[last].mode != "normal")):
        last -= 1
    return None if first > last else Run(first, last, title)
