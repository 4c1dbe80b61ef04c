"""Finished work on a roll of the small office, made by the actions themselves."""

from typing import Any

from reconcile.actions import inspecting, stages
from reconcile.models import Officer, RollInspection, RunStatus, SourceList, StageComparison


def a_comparison(election: Any, roll: SourceList) -> StageComparison:
    """Return the comparison of a roll's lists with themselves as an earlier stage: everybody is the same."""
    _count(roll)
    earlier = SourceList.objects.filter(election=election, stage="DPS").first() or _copied(roll, "DPS")
    assert earlier.stage_name == "DPS"
    by = Officer.objects.get(username="admin")
    made = stages.queue_comparison(election=election, first="DPS", second="DPT", by=by, in_background=False)
    assert stages.execute_comparison(comparison=made).status == RunStatus.READY, made.message
    return made


def an_inspection(election: Any, roll: SourceList) -> RollInspection:
    _count(roll)
    by = Officer.objects.get(username="admin")
    made = inspecting.queue_inspection(election=election, stage="DPT", by=by, in_background=False)
    assert inspecting.execute_inspection(inspection=made).status == RunStatus.READY, made.message
    return made


def _count(roll: SourceList) -> None:
    """Let the list say as many people as are stored of it."""
    n = roll.voters.count()
    SourceList.objects.filter(pk=roll.pk).update(records=n, new=n, rows=n + roll.skipped)


def _copied(roll: SourceList, stage: str) -> SourceList:
    """Return the same list once more, as another stage."""
    voters = list(roll.voters.all())
    copy = SourceList.objects.get(pk=roll.pk)
    copy.pk, copy.stage, copy.sha256, copy.file_name = None, stage, "f" * 64, f"{stage}.xlsx"
    copy._state.adding = True
    copy.save()
    for voter in voters:
        voter.pk, voter.source_list = None, copy
        voter._state.adding = True
        voter.save()
    return copy
