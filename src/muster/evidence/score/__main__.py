"""Scores on a folder of annotated texts."""

import sys
from pathlib import Path

from muster.evidence.extract import extract
from muster.evidence.lexicon import load_lexicon
from muster.evidence.read import read_document
from muster.evidence.score.fields import FIELDS
from muster.evidence.score.gold import read_gold
from muster.evidence.score.measure import score, score_baseline

packs = Path(__file__).parents[2] / "packs"
lexicon = load_lexicon(*sorted(folder for folder in packs.iterdir() if (folder / "lexicon.toml").is_file()))
for split, texts in read_gold(Path(sys.argv[1])).items():
    result, verdicts = score(texts, lambda text: extract(read_document(text.path), lexicon=lexicon).as_json()["claims"])
    base = score_baseline(texts)
    w = sys.stdout.write
    w(f"== {split}: {result.texts} texts, {result.wanted} claims, {result.found} found\n")
    w(f"detect P {result.precision:.2f} R {result.recall:.2f} F1 {result.f1('detected'):.2f} ({base.f1('detected'):.2f})\n")
    for field in (*FIELDS, "core", "full"):
        w(f"  {field:14} F1 {result.f1(field):.2f}  of detected {result.accuracy(field):.2f}  baseline {base.f1(field):.2f}\n")
    if "-v" in sys.argv:
        for v in verdicts:
            if v.gold is None:
                f = v.found or {}
                w(f"FALSE {v.text} {f.get('kind')} {f.get('point')} | {f.get('quote', '')[:110]!r} {f.get('rules')}\n")
            elif v.found is None:
                if v.gold.get("core", True):
                    w(f"MISS  {v.text} {v.gold.get('kind')} {v.gold.get('value')} | {v.gold['quote']!r}\n")
            elif v.wrong and v.gold.get("core", True):
                w(f"WRONG {v.text} {v.gold['quote']!r}\n")
                for field in v.wrong:
                    keys = {
                        "bounds": ("point", "lo", "hi", "qualifier"),
                        "when": ("date_lo", "date_hi", "as_of", "date_basis"),
                    }.get(field, (field,))
                    gkeys = {
                        "bounds": ("value", "low", "high", "qualifier"),
                        "claimant": ("who_claims",),
                        "kind": ("kind", "quantity"),
                    }.get(field, (field,))
                    w(f"      {field}: {[v.found.get(k) for k in keys]} wanted {[v.gold.get(k) for k in gkeys]}\n")
