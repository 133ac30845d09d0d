"""Reports for tests of the evidence commands; all invented."""

from __future__ import annotations

from pathlib import Path

COURIER = """Soldiers slip away from the eastern garrisons

4 June 2031

The Exile Council said on Friday that over 13,000 soldiers and police officers have defected since February 2029. An army
spokesman denied it. Around 3,200 of them are soldiers, according to the Exile Council.

Anton Veresk, 23, a private of an infantry battalion, walked out in March. "We were told to burn a village," he said.
Recruiting has become harder for the military.
"""
GAZETTE = """Ministry counts its men

11 June 2031

The Exile Council says over 13,000 soldiers and police officers have defected since February 2029. The army has 90,000
soldiers, the defence ministry said. Some 1,200 villagers fled the fighting. Seven soldiers were killed near the ferry.
"""


def write_reports(folder: Path, **more: str) -> list[Path]:
    """The two reports and ``more`` ones, as files."""
    texts = {"courier": COURIER, "gazette": GAZETTE, **more}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


def harbour(number: int) -> str:
    """A short report with figures of its own."""
    return (
        f"Harbour Radio\n\n{number % 27 + 1} May 2031\n\n"
        f"About {1_200 + 10 * number} soldiers deserted in April 2031, the Exile Council said. "
        f"The army lost {40 + number} men killed near the harbour last week, according to Harbour Radio. "
        f"Another {300 + number} recruits joined the army in May.\n"
    )
