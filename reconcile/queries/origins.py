"""Where a record stands, and what this election calls the list it stands on."""

from dataclasses import dataclass

from reconcile.models import HeldEntry, PersonOutcome, SourceList, Voter
from reconcile.records import ListKind, VoterCategory


@dataclass(frozen=True)
class Origin:
    """Where a record stands, in the words of the office."""

    list: int
    file: str
    kind: str
    sheet: str
    row: int
    place: str


def category_of(outcome: PersonOutcome, voter: Voter | None) -> str:
    """Return this election's word for the roll a voter stands on."""
    if not voter:
        return ""
    moved = voter.source_list.kind == ListKind.MOVED
    code = VoterCategory.MOVED if moved else VoterCategory.FIXED
    return outcome.run.election.rules.categories[code].short


def origin_of(one: HeldEntry | Voter) -> Origin:
    """Return where a record stands; `one.source_list.place` is read."""
    its: SourceList = one.source_list
    return Origin(its.pk, its.file_name, its.kind, one.sheet, one.row, its.place.name if its.place else "")
