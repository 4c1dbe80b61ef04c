"""A run: the registers compared with the rolls, and one answer stored for every person."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions import background, claims, jobs
from reconcile.actions.answers import store_answers
from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.lapsing import lapse_changed
from reconcile.actions.remembering import remember
from reconcile.actions.snapshots import compare, snapshot_of
from reconcile.matching.options import MatchOptions
from reconcile.models import APPLYING, Election, MatchRun, Officer, RunStatus, Upload
from reconcile.writing.results import report_of


@transaction.atomic
def queue_run(*, election: Election, by: Officer, in_background: bool = True) -> MatchRun:
    """Queue a comparison of all lists accepted by the time it starts. Refused ("run_open"): one at a time."""
    run = MatchRun(election=election, as_of=election.as_of, options=json.loads(MatchOptions().to_json()))
    sentence = _("A comparison is already waiting or running. Wait until it has finished.")
    return jobs.queue(
        run, by=by, what="runs.queue_run", task=background.EXECUTE_RUN, in_background=in_background,
        refusal=("run_open", sentence), as_of=run.as_of.isoformat(),
    )  # fmt: skip


def execute_run(*, run: MatchRun, progress: claims.Progress | None = None) -> MatchRun:
    """Compare, decide, store. Refused: "lists_open" while an upload is being applied, "taken".

    Reading and matching happen outside any transaction; all answers are stored in one. The run ends as
    ready or failed, except when the process dies: then another worker takes it over (see `claims`).
    """
    if Upload.objects.filter(election=run.election_id, status__in=APPLYING).exists():
        raise ActionRefused("lists_open", _("An upload is being applied. The comparison waits for it."))
    return jobs.execute(run, _execute, what="runs.execute_run", progress=progress)


def _execute(claim: claims.Claim, run: MatchRun) -> None:
    snapshot = snapshot_of(run.election)
    compared = compare(snapshot, run, MatchOptions.from_json(json.dumps(run.options)), claim)
    claim("storing", 0, 1)
    with transaction.atomic():
        stored = store_answers(run, snapshot, compared)
        run.lists.set([*snapshot.registers.lists, *snapshot.rolls.lists])
        MatchRun.objects.filter(pk=run.pk).update(regencies=sorted(compared.regencies))
        run.refresh_from_db(fields=["regencies"])
        remember(run, stored.joined)
        counts: dict[str, Any] = {"register_rows": len(compared.people), "people": stored.people}
        claim.store(
            status=RunStatus.READY,
            finished=timezone.now(),
            expected=compared.expected,
            report=report_of(compared.report),
            done=1,
            total=1,
            **counts,
        )
        lapse_changed(MatchRun.objects.get(pk=run.pk))
        record(
            "runs.execute_run",
            by=run.started_by,
            election=run.election,
            subject=run,
            joined=stored.joined,
            **counts,
        )
