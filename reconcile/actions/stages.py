"""Two stages of a roll compared: queued by an officer, executed by a worker or a command."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions import background, claims, roll_work
from reconcile.actions.errors import ActionRefused
from reconcile.actions.snapshots import side_of
from reconcile.diffing import FAULTS, GROUPS, Stage, compare_stages, recap_of
from reconcile.diffing.recap import code_counts
from reconcile.models import ROLL_STAGES, Election, Officer, StageComparison
from reconcile.queries.stages import code_of, loaded_stages, stage_called


@transaction.atomic
def queue_comparison(
    *, election: Election, first: str, second: str, by: Officer, in_background: bool = True
) -> StageComparison:
    """Queue the comparison of two loaded stages, by name.

    Refused: "no_stage", "same_stage", "wrong_order", and "work_open" while another one waits or runs.
    """
    there = loaded_stages(election)
    chosen = [stage_called(there, name) for name in (first, second)]
    if first == second:
        raise ActionRefused("same_stage", _("Choose two different stages."))
    if chosen[0] is None or chosen[1] is None:
        raise ActionRefused("no_stage", _("A stage is not loaded. Upload its list first."))
    if ROLL_STAGES.index(first) > ROLL_STAGES.index(second):
        raise ActionRefused("wrong_order", _("The first stage must be the earlier one. Exchange the two."))
    comparison = StageComparison(election=election, first=first, second=second)
    roll_work.queue(
        comparison, by=by, what="stages.queue_comparison", task=background.COMPARE_STAGES,
        in_background=in_background, first=first, second=second,
    )  # fmt: skip
    comparison.first_lists.set(chosen[0].lists)
    comparison.second_lists.set(chosen[1].lists)
    return comparison


def execute_comparison(*, comparison: StageComparison, progress: claims.Progress | None = None) -> StageComparison:
    """Compare, count, store. Refused ("taken"). Ends ready or failed; a killed worker's work is taken over."""

    def do(claim: claims.Claim) -> tuple[roll_work.Tables, Mapping[str, Any]]:
        rules = comparison.election.rules
        first, second = (
            Stage(code_of(name, rules), side_of(roll_work.lists_in_order(lists)).table)
            for name, lists in (
                (comparison.first, comparison.first_lists), (comparison.second, comparison.second_lists),
            )
        )  # fmt: skip
        events = compare_stages(first, second, rules, claim)
        tables = {"events": events, "recap": recap_of(events).to_table()}
        return tables, {**_counts(events), "rows_first": first.table.num_rows, "rows_second": second.table.num_rows}

    roll_work.execute(comparison, do, what="stages.execute_comparison", progress=progress)
    return comparison


def _counts(events: pa.Table) -> dict[str, Any]:
    """Return how many rows are of each group, have each fault, and are struck by each code."""
    group, faults = events["group"].to_numpy(), events["faults"].to_numpy()
    by_group = np.bincount(group, minlength=len(GROUPS)).tolist()
    return {
        **{one.value: count for one, count in zip(GROUPS, by_group, strict=True)},
        "faults": {code: count for code, bit in FAULTS.items() if (count := int(np.count_nonzero(faults & int(bit))))},
        "codes": dict(code_counts(events)),
    }
