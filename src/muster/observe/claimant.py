"""Who answers for a figure: the body in whose name it was given, without those who relayed it or spoke for it.

A body's ministry, its spokesperson and its own report read from the same register, so their figures share one bias and each
goes on from the last. Taking them for separate sources would make one voice several.
"""

from __future__ import annotations

import re

# "NUG via DVB", "AAPP (via The Irrawaddy)", "state media, computed by a newspaper": the first is the source.
_RELAYED = re.compile(
    r"\s*(?:\(| via |;|,? citing |,? quoted by |, via |,? (?:computed|compiled|aggregated|collected) by ).*$", re.IGNORECASE
)
# "spokesman of People's Embrace", "a captain, spokesperson for a network": the body spoken for.
_SPEAKS_FOR = re.compile(r"^(?:.*\s)?spokes(?:man|woman|person) (?:of|for) (?:an? |the )?(?=\S)", re.IGNORECASE)
# "NUG Ministry of Defence", "NUG report", "The Irrawaddy tally": a part or a product of the body named before it.
_PART = re.compile(
    r"(?<=\S)\s+(?:(?:ministry of|spokes(?:man|woman|person))\b.*|(?:brigade|battalion) \d.*|(?:report|data|tally)(?:,.*)?)$",
    re.IGNORECASE,
)


def speaker(claimant: str) -> str:
    """A claimant as written, without those who relayed him."""
    return _RELAYED.sub("", claimant).strip()


def claimant_key(claimant: str) -> str:
    """The body a claimant speaks for, in lower case and without the article.

    >>> claimant_key("NUG via DVB"), claimant_key("AAPP (via The Irrawaddy)"), claimant_key("The NUG Ministry of Defence")
    ('nug', 'aapp', 'nug')
    """
    body = _PART.sub("", _SPEAKS_FOR.sub("", speaker(claimant)))
    return " ".join(body.lower().replace("the ", "").split()).strip(" ,")
