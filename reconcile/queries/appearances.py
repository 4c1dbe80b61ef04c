"""Where a person stood in registers, snapshot after snapshot, and what was written differently each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reconcile.models import HeldEntry, ListStatus, PersonOutcome, without_upload
from reconcile.queries.seeing import sight_of_field

COMPARED = (
    "name", "alias", "father", "nik", "nkk", "birth_date", "birth_place", "sex", "address", "release_date",
    "register_class", "block",
)  # fmt: skip
STOOD = frozenset({ListStatus.ACCEPTED, ListStatus.REPLACED, ListStatus.WITHDRAWN})


@dataclass(frozen=True)
class Appearance:
    """One row of one register. `changed`: fields that differ from the row before it in a register of the same place.

    `first`: nothing came before it there. The file is named only for who may see sources.
    """

    day: date
    place: str
    file: str
    sheet: str
    row: int
    changed: tuple[str, ...]
    first: bool
    shown: bool  # the row on the left of the comparison
    withdrawn: bool  # of an upload that was undone


@dataclass(frozen=True)
class Appearances:
    """The rows an officer may see, the newest first, and how many rows of other places are kept back."""

    rows: tuple[Appearance, ...]
    hidden: int


def entries_of(person: int) -> list[HeldEntry]:
    """Return every register row of a person, with its list; one query."""
    entries = HeldEntry.objects.filter(person=person, source_list__status__in=sorted(map(str, STOOD)))
    found = list(entries.select_related("source_list__place").defer(*without_upload("source_list")))
    return sorted(found, key=lambda one: (one.source_list.snapshot_date, one.source_list_id, one.line))


def appearances(
    entries: Sequence[HeldEntry], outcome: PersonOutcome, sight: Mapping[str, str], own_place: int | None, sources: bool
) -> Appearances:
    """Tell the history of a person from `entries_of`."""
    before: dict[int | None, HeldEntry] = {}
    rows: list[Appearance] = []
    seen = [one for one in entries if own_place in (None, one.source_list.place_id)]
    for one in seen:
        its, last = one.source_list, before.get(one.source_list.place_id)
        rows.append(
            Appearance(
                day=its.snapshot_date,
                place=its.place.name if its.place else "",
                file=its.file_name if sources else "",
                sheet=one.sheet,
                row=one.row,
                changed=tuple(_changed(last, one, sight)) if last else (),
                first=last is None,
                shown=one.pk == outcome.entry_id,
                withdrawn=its.status == ListStatus.WITHDRAWN,
            )
        )
        if its.status != ListStatus.WITHDRAWN:
            before[its.place_id] = one
    return Appearances(tuple(reversed(rows)), len(entries) - len(seen))


def _changed(before: HeldEntry, after: HeldEntry, sight: Mapping[str, str]) -> Iterable[str]:
    seen = (name for name in COMPARED if sight_of_field(sight, name) != "hidden")
    return [name for name in seen if getattr(before, name) != getattr(after, name)]
