"""The stages of a roll that are loaded, and the answers of comparing two of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reconcile.deciding.election import Election as Rules
from reconcile.models import ROLL_STAGES, Election, ListStatus, SourceList
from reconcile.records import ListKind

_LAST, _AKHIR = "DPSHPA", "DPSHP AKHIR"  # as elections and as lists call the final corrected provisional roll


@dataclass(frozen=True)
class LoadedStage:
    """One stage as it last stood."""

    name: str  # of ROLL_STAGES
    lists: tuple[SourceList, ...]

    @property
    def people(self) -> int:
        return sum(one.records for one in self.lists)


def loaded_stages(election: Election) -> list[LoadedStage]:
    """Return the stages of which lists are loaded, in the order of their making.

    A list counts for its stage until an upload of the same stage has replaced it; that a later stage did does not
    matter: what it replaced is what it is compared with.
    """
    known = (ListStatus.ACCEPTED, ListStatus.REPLACED)
    lists = SourceList.objects.filter(election=election, kind=ListKind.ROLL, status__in=known).order_by("pk")
    found = list(lists)
    by_upload = _stages_by_upload(found)
    stages: dict[str, list[SourceList]] = {name: [] for name in ROLL_STAGES}
    for one in found:
        replaced = one.status == ListStatus.REPLACED and one.stage_name in by_upload.get(one.replaced_by_id or 0, ())
        if not replaced:
            stages[one.stage_name].append(one)
    return [LoadedStage(name, tuple(lists)) for name, lists in stages.items() if lists]


def _stages_by_upload(lists: Iterable[SourceList]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for one in lists:
        found.setdefault(one.upload_id, set()).add(one.stage_name)
    return found


def stage_called(stages: Sequence[LoadedStage], name: str) -> LoadedStage | None:
    return next((one for one in stages if one.name == name), None)


def code_of(stage: str, rules: Rules) -> str:
    """Return the code by which an election knows a stage; a final correction without its own is a correction."""
    codes = {one.code for one in rules.stages}
    if stage == _AKHIR:
        return _LAST if _LAST in codes else "DPSHP"
    return stage
