"""How well the extractor reads: its claims held against annotated texts, with a dumb baseline beside it."""

from muster.evidence.score.gold import GoldText, read_gold
from muster.evidence.score.measure import Score, Verdict, score, score_baseline
from muster.evidence.score.result import SplitResult

__all__ = ["GoldText", "Score", "SplitResult", "Verdict", "read_gold", "score", "score_baseline"]
