"""Three made-up cases for the first sign-in: what the keys do, on people who do not exist."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from reconcile.models import Answer, CaseReason, HeldEntry, Voter
from reconcile.queries.fields import Seen, rows
from reconcile.queries.lines import Line, line_of

FULL = dict.fromkeys(("name", "birth_place", "birth_date", "sex", "address", "tps"), "full") | {"nik": "masked"}


@dataclass(frozen=True)
class Practice:
    """A case nobody stores. `right` is the answer an experienced officer gives, `because` the reason in a sentence."""

    number: int
    name: str
    reason: str
    lines: tuple[Line, ...]
    right: str
    because: Any


def _records(held: dict[str, Any], voter: dict[str, Any]) -> tuple[HeldEntry, Voter]:
    same = {
        "sex": "male",
        "birth_place": "BLORA",
        "address": "DK SUMBERJO",
        "rt": "1",
        "rw": "2",
        "birth_quality": "exact",
    }
    same |= {"nik_quality": "ok"}
    entry, row = HeldEntry(**{**same, **held}), Voter(**{**same, "tps": "004", "tps_region": "3316091015", **voter})
    for one in (entry, row):
        one.name_raw = one.name
    return entry, row


_BORN, _OTHER = date(1991, 3, 12), date(1988, 7, 4)
_CASES: tuple[tuple[dict[str, Any], dict[str, Any], str, str, Any], ...] = (
    (
        {"name": "CONTOH FAUZI", "birth_date": _BORN, "nik": "9916091203919001"},
        {"name": "CONTOH FAUZY", "birth_date": _BORN, "nik": "9916091203919001"},
        CaseReason.NAME,
        Answer.SAME,
        _("One letter of the name differs, NIK and birth date are the same: a slip of the pen, one person. Press 1."),
    ),
    (
        {"name": "CONTOH SLAMET RIYADI", "birth_date": _OTHER, "nik": "9916090407889011"},
        {"name": "CONTOH SLAMET RIYANTO", "birth_date": _OTHER, "nik": "9916090407889012"},
        CaseReason.NIK,
        Answer.NOT_THIS,
        _("Born on one day with NIKs side by side, but named otherwise: twins. Press 2, choose the reason, 2 again."),
    ),
    (
        {"name": "CONTOH SUGENG", "nik": "", "nik_quality": "missing", "birth_quality": "missing", "birth_place": ""},
        {"name": "CONTOH SUGENG", "birth_date": _BORN, "nik": "9916091203919021"},
        CaseReason.NO_NIK,
        Answer.UNSURE,
        _("Only the name agrees, and many are called so. Press 4 and write what another officer should find out."),
    ),
)
CASES = len(_CASES)


def practice_case(number: int) -> Practice:
    """Return one of the three, from 1."""
    held, voter, reason, right, because = _CASES[number - 1]
    entry, row = _records(held, voter)
    lines = tuple(line_of(one, {}) for one in rows(entry, row, Seen(FULL, date(2024, 11, 1))))
    return Practice(number, entry.name, reason, lines, right, because)
