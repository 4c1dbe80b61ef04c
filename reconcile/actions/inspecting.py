"""A roll inspected: queued by an officer, executed by a worker or a command. It strikes nobody."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions import background, claims, roll_work
from reconcile.actions.errors import ActionRefused
from reconcile.actions.snapshots import side_of
from reconcile.diffing import Stage
from reconcile.inspecting import CHECKS, inspect_roll
from reconcile.models import Election, Officer, RollInspection
from reconcile.queries.stages import code_of, loaded_stages, stage_called


@transaction.atomic
def queue_inspection(*, election: Election, stage: str, by: Officer, in_background: bool = True) -> RollInspection:
    """Queue the inspection of a loaded stage, by name. Refused: "no_stage", "work_open"."""
    chosen = stage_called(loaded_stages(election), stage)
    if chosen is None:
        raise ActionRefused("no_stage", _("A stage is not loaded. Upload its list first."))
    inspection = RollInspection(election=election, stage=stage)
    roll_work.queue(
        inspection, by=by, what="inspecting.queue_inspection", task=background.INSPECT_ROLL,
        in_background=in_background, stage=stage,
    )  # fmt: skip
    inspection.lists.set(chosen.lists)
    return inspection


def execute_inspection(*, inspection: RollInspection, progress: claims.Progress | None = None) -> RollInspection:
    """Inspect, count, store. Refused ("taken"). Ends ready or failed; a killed worker's work is taken over."""

    def do(claim: claims.Claim) -> tuple[roll_work.Tables, Mapping[str, Any]]:
        election = inspection.election
        table = side_of(roll_work.lists_in_order(inspection.lists)).table
        stage = Stage(code_of(inspection.stage, election.rules), table)
        findings = inspect_roll(stage, election.rules, progress=claim)
        by_check = np.bincount(findings["check"].to_numpy(), minlength=len(CHECKS)).tolist()
        counts = {check.value: count for check, count in zip(CHECKS, by_check, strict=True)}
        return {"findings": findings}, {**counts, "rows": table.num_rows}

    roll_work.execute(inspection, do, what="inspecting.execute_inspection", progress=progress)
    return inspection
