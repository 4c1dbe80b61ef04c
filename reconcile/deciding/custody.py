"""Whether a person will still be held on voting day, as far as the registers tell."""

from dataclasses import dataclass
from datetime import date

from reconcile.deciding.cases import Row
from reconcile.deciding.codes import Note

SENTENCED = "B"  # register class: serving a sentence


@dataclass(frozen=True)
class Custody:
    is_leaving: bool
    notes: tuple[Note, ...]


def custody(rows: tuple[Row, ...], voting_day: date) -> Custody:
    """Read the register rows of one person.

    Class B: the date is the end of the sentence, to be trusted; the latest sentence prevails, and a detention
    that began after it. Class A and the police cells: the date ends one stage of detention (UU 8/1981)
    and is usually extended, so it is no more than a note. Released on voting day itself: still held.
    """
    sentences = [row for row in rows if (row.get("register_class") or "").startswith(SENTENCED)]
    if not sentences:
        ends = [row.get("release_date") for row in rows]
        soon = any(end is not None and end < voting_day for end in ends)
        return Custody(False, (Note.DETENTION_STAGE_ENDS,) if soon else ())
    known = [row["release_date"] for row in sentences if row.get("release_date") is not None]
    notes = [Note.RELEASE_UNKNOWN] if len(known) < len(sentences) else []
    if not known or min(known) >= voting_day:
        return Custody(False, tuple(notes))
    if max(known) >= voting_day:
        return Custody(False, (*notes, Note.LATER_RELEASE_PREVAILS))
    if any(_entered_after(row, max(known)) for row in rows if row not in sentences):
        return Custody(False, (*notes, Note.DETAINED_AGAIN))
    return Custody(True, tuple(notes))


def _entered_after(row: Row, day: date) -> bool:
    entered = row.get("entry_date")
    return entered is not None and entered > day
