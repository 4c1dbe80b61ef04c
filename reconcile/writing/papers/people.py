"""Who of a version stands on which paper. Every list is cut from the version's rows by one of these functions."""

from collections.abc import Iterable
from itertools import groupby

from reconcile.deciding.codes import Action
from reconcile.deciding.tps import TpsRef, tps_number
from reconcile.records import Outcome, VoterCategory
from reconcile.versions import VersionRow
from reconcile.writing.papers.matter import Matter

Rows = tuple[VersionRow, ...]
_ON_OWN_ROLL = frozenset({Outcome.FIXED_HERE, Outcome.LEFT})
_ON_ANOTHER = frozenset({Outcome.MOVED_HERE, Outcome.NEEDS_TRANSFER, Outcome.TOO_LATE})
_TO_REGISTRY = frozenset({Action.FIND_NIK, Action.RECORD_EKTP})
_UNRECORDED = "unrecorded"


def on_roll(matter: Matter) -> Rows:
    """Return who stands on the fixed roll of the version's TPS, in the order of KPU's form: RW, RT, NKK, name.

    Who left stays on it: the name is printed, and nobody else may use it (domain 2.4).
    """
    found = [row for row in matter.version.rows if _is_on_roll(row, matter.tps)]
    return tuple(sorted(found, key=lambda row: (row.rw.zfill(3), row.rt.zfill(3), row.nkk, row.name, row.number)))


def _is_on_roll(row: VersionRow, tps: TpsRef) -> bool:
    if row.outcome in _ON_OWN_ROLL:
        return True
    here = row.roll_region == tps.region and tps_number(row.roll_tps) == tps.number
    return here and row.outcome not in _ON_ANOTHER


def moved(matter: Matter) -> Rows:
    """Return who is or will be moved to the version's TPS and gets a ballot there, or may."""
    rows = matter.version.with_outcome(Outcome.MOVED_HERE, Outcome.NEEDS_TRANSFER)
    return tuple(row for row in rows if row.ballots != ())


def needing_letters(matter: Matter) -> Rows:
    """Return who gets a moved-voter letter: never somebody for whom the TPS has no ballot."""
    rows = (row for row in matter.version.rows if row.action == Action.ISSUE_TRANSFER_LETTER)
    return tuple(row for row in rows if row.ballots != ())


def for_registry(matter: Matter) -> Rows:
    """Return whom Disdukcapil must find, check or record (domain 2.4, cases 7 and 8)."""
    rows = matter.version.rows
    return tuple(
        row for row in rows if row.person is not None and (row.action in _TO_REGISTRY or row.ektp == _UNRECORDED)
    )


def by_other_regency(matter: Matter) -> tuple[tuple[str, Rows], ...]:
    """Return whom another regency's KPU is asked about, by code of the regency; "" where the code is not known.

    Who is asked for: people to be found on their rolls, and voters of theirs who are to be moved here.
    """
    own = matter.tps.region[:4]
    found: list[tuple[str, VersionRow]] = []
    for row in matter.version.rows:
        if row.action == Action.ASK_OTHER_KPU:
            found.append((row.region_code[:4] if len(row.region_code) >= 4 else "", row))
        elif row.action == Action.ISSUE_TRANSFER_LETTER and row.roll_region[:4] not in ("", own):
            found.append((row.roll_region[:4], row))
    found.sort(key=lambda one: (one[0], one[1].name, one[1].number))
    return tuple((code, tuple(row for _, row in some)) for code, some in groupby(found, lambda one: one[0]))


def voting(matter: Matter) -> Rows:
    """Return who votes at the TPS once all is done, by block and name: what the roll-call is taken from."""
    rows = (row for row in matter.version.rows if row.category and row.ballots != ())
    return tuple(sorted(rows, key=lambda row: (row.block, row.name, row.number)))


def by_block(rows: Iterable[VersionRow]) -> tuple[tuple[str, Rows], ...]:
    """Return rows by block, "" last: whoever is in no known block must be looked for."""
    found = sorted(rows, key=lambda row: (row.block == "", row.block, row.name, row.number))
    return tuple((block, tuple(some)) for block, some in groupby(found, lambda row: row.block))


def needing_ballots(matter: Matter) -> Rows:
    """Return the voters whose ballots add up to what the TPS needs: fixed and moved ones."""
    kinds = (VoterCategory.FIXED, VoterCategory.MOVED)
    return tuple(row for row in matter.version.rows if row.category in kinds)


def attending(matter: Matter) -> tuple[tuple[VoterCategory, Rows], ...]:
    """Return the rows of the attendance lists. The fixed voters' list is their roll, who left included."""
    here = matter.version.rows
    unregistered = tuple(row for row in here if row.category == VoterCategory.UNREGISTERED and row.ballots != ())
    return (
        (VoterCategory.FIXED, on_roll(matter)),
        (VoterCategory.MOVED, moved(matter)),
        (VoterCategory.UNREGISTERED, unregistered),
    )
