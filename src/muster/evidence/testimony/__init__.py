"""Testimonies: what people who left say of themselves, gathered by person and kept in bands.

A person comes in by name (a private name with a word of exit about it) or by description ("a 30-year-old sergeant who
fled in July"). The following sentences are theirs while "he", "she", a first person in quotation marks or a name part
says so. Officials, analysts and spokesmen are no testimonies. Exact ages, years and names do not leave this package.
"""

from muster.evidence.testimony.find import find_testimonies

__all__ = ["find_testimonies"]
