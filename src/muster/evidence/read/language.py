"""In what language a text is, as far as it takes to tell English from the rest: by script, then by its small words."""

from __future__ import annotations

import re

_SCRIPTS = (
    ("my", "\u1000-\u109f"), ("th", "\u0e00-\u0e7f"), ("ru", "\u0400-\u04ff"), ("ar", "\u0600-\u06ff"), ("he", "\u0590-\u05ff"),
    ("hi", "\u0900-\u097f"), ("am", "\u1200-\u137f"), ("el", "\u0370-\u03ff"), ("ko", "\uac00-\ud7af"), ("ja", "\u3040-\u30ff"),
    ("zh", "\u4e00-\u9fff"),
)  # fmt: skip
_COUNTED = tuple((code, re.compile(f"[{letters}]")) for code, letters in _SCRIPTS)
_SMALL = {
    "en": "the of and to in that was for is on with by as from at were have has who are said their",
    "fr": "le la les des et du une est dans pour que qui sur par avec au aux pas ont sont cette",
    "es": "el la los las de y que en un una por con para del se su al como fue han sus",
    "pt": "o os as de e que em um uma por com para do da se no na dos das foi mais",
    "de": "der die das und in den von zu mit ist im dem nicht auf eine ein sich des wurde sind",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi sonra kadar ise en ki",
    "id": "yang dan di dengan untuk dari ini itu dalam pada tidak akan oleh mereka telah",
}
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000


def language_of(text: str) -> str:
    """A code such as ``"en"`` or ``"my"``; ``"und"`` where nothing tells."""
    sample = text.strip()[:_SAMPLE]
    letters = sum(map(str.isalpha, sample)) or 1
    for code, script in _COUNTED:
        if len(script.findall(sample)) > 0.5 * letters:
            return code
    words = [word.lower() for word in _WORD.findall(sample)]
    shares = {code: sum(word in small for word in words) / (len(words) or 1) for code, small in _WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] > 0.08 else "und"
