"""What officers have decided holds in every later comparison: no pair is asked about twice without a reason."""

from collections.abc import Sequence

from django.db.models import Q

from reconcile.actions.cases import join_people, line_up, open_cases
from reconcile.actions.refreshing import refresh
from reconcile.actions.saying import join_said
from reconcile.models import Finding, FindingStatus, KnownPair, MatchRun, PersonOutcome, SaidStay


def remember(run: MatchRun, joined: Sequence[tuple[int, int]]) -> None:
    """Apply the remembered pairs to the fresh answers of a run, then bring the queue up to it.

    `joined`: persons who turned out to be one, (kept, given up). Call inside the transaction that finishes the run.
    A rejected voter is nobody's proposal for that person any more; a confirmed one is certain, unless the records
    have changed: then the case opens and says what changed.
    """
    line_up(run.election_id)
    for kept, other in joined:
        join_people(kept, other)
        join_said(kept, other)
    pairs = KnownPair.objects.filter(election=run.election_id, is_active=True)
    findings = Finding.objects.filter(election=run.election_id, status=FindingStatus.COUNTS)
    stays = SaidStay.objects.filter(election=run.election_id, is_open=True)
    spoken = Q(person__in=pairs.values("person"))
    spoken |= Q(person__in=findings.values("person")) | Q(person__in=stays.values("person"))
    known = PersonOutcome.objects.filter(spoken, run=run)
    sorted_already = refresh(run, known.values_list("person", flat=True))
    open_cases(run, sorted_already)
