"""Whether a person will still be held on voting day, as far as the registers tell, or as an officer says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reconcile.deciding.cases import Row, Stay
from reconcile.deciding.codes import Note

SENTENCED = "B"  # register class: serving a sentence


class Forecast(StrEnum):
    """What the dates of the registers say of voting day, and how far that is to be trusted (domain 5.3)."""

    OUT = "out"  # class B: the sentence ends before voting day; firm, but remission may bring it forward
    STAGE_ENDS = "stage_ends"  # class A and police cells: a stage of detention ends before; usually extended
    RUNS_LONGER = "runs_longer"  # one sentence ends before voting day, another does not
    AGAIN = "again"  # taken in again after the end of the sentence
    NO_END = "no_end"  # sentenced, and no end is stated
    NO_DATE = "no_date"  # detained, and no end of the stage is stated
    STAYS = "stays"  # every date lies on voting day or after it


# Dates that leave open whether the person will be there: these people must be asked after again.
UNCERTAIN = frozenset({Forecast.STAGE_ENDS, Forecast.NO_END, Forecast.NO_DATE})

_NOTES = {
    Forecast.STAGE_ENDS: (Note.DETENTION_STAGE_ENDS,),
    Forecast.RUNS_LONGER: (Note.LATER_RELEASE_PREVAILS,),
    Forecast.AGAIN: (Note.DETAINED_AGAIN,),
}


@dataclass(frozen=True)
class Custody:
    """`is_elsewhere`: will be held or treated where another TPS serves; that is a way of leaving, too."""

    is_leaving: bool
    notes: tuple[Note, ...]
    is_elsewhere: bool = False


def custody(rows: tuple[Row, ...], voting_day: date, stay: Stay | None = None) -> Custody:
    """Say whether a person will be gone on voting day: as an officer says, else by the register rows."""
    if stay is not None:
        note = Note.ELSEWHERE_ON_DAY if stay is Stay.ELSEWHERE else Note.STAY_SAID
        return Custody(stay is not Stay.HELD, (note,), stay is Stay.ELSEWHERE)
    said = forecast(rows, voting_day)
    unknown = any(_is_sentenced(row) and row.get("release_date") is None for row in rows)
    notes = (*((Note.RELEASE_UNKNOWN,) if unknown else ()), *_NOTES.get(said, ()))
    return Custody(said is Forecast.OUT, notes)


def forecast(rows: tuple[Row, ...], voting_day: date) -> Forecast:
    """Read the register rows of one person.

    Class B: the date is the end of the sentence, to be trusted; the latest sentence prevails, and a detention
    that began after it. Class A and the police cells: the date ends one stage of detention (UU 8/1981)
    and is usually extended. Released on voting day itself: still held.
    """
    sentences = [row for row in rows if _is_sentenced(row)]
    ends = [row["release_date"] for row in sentences or rows if row.get("release_date") is not None]
    if not ends:
        return Forecast.NO_END if sentences else Forecast.NO_DATE
    if min(ends) >= voting_day:
        return Forecast.STAYS
    if not sentences:
        return Forecast.STAGE_ENDS
    if max(ends) >= voting_day:
        return Forecast.RUNS_LONGER
    again = any(_entered_after(row, max(ends)) for row in rows if row not in sentences)
    return Forecast.AGAIN if again else Forecast.OUT


def end_of(rows: tuple[Row, ...]) -> date | None:
    """Return the date a forecast rests on: the end of the longest sentence, else of the first stage that ends."""
    sentences = [row for row in rows if _is_sentenced(row)]
    ends = [row["release_date"] for row in sentences or rows if row.get("release_date") is not None]
    return (max(ends) if sentences else min(ends)) if ends else None


def _is_sentenced(row: Row) -> bool:
    return (row.get("register_class") or "").startswith(SENTENCED)


def _entered_after(row: Row, day: date) -> bool:
    entered = row.get("entry_date")
    return entered is not None and entered > day
