"""The ledger of evidence: one file, an append-only list of events, and what follows from them."""

from muster.evidence.ledger.adding import Added, Parcel, parcel
from muster.evidence.ledger.agreement import Agreement, FieldAgreement
from muster.evidence.ledger.entry import KEPT, STATUSES, DocumentEntry, Entry, Event, Link, Record
from muster.evidence.ledger.fields import VOCABULARY, FieldError, editable
from muster.evidence.ledger.ledger import Ledger, open_ledger
from muster.evidence.ledger.verify import Verdict

__all__ = [
    "KEPT",
    "STATUSES",
    "VOCABULARY",
    "Added",
    "Agreement",
    "DocumentEntry",
    "Entry",
    "Event",
    "FieldAgreement",
    "FieldError",
    "Ledger",
    "Link",
    "Parcel",
    "Record",
    "Verdict",
    "editable",
    "open_ledger",
    "parcel",
]
