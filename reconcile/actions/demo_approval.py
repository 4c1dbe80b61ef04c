"""The demo's lists on their way: one approved, one sent back and sent again, one still in the officers' hands."""

from django.utils.translation import gettext as _

from reconcile.actions import approval, links, sending
from reconcile.actions.decisions import Said, decide
from reconcile.actions.printing import print_pack
from reconcile.models import (
    OPEN_CASES,
    Answer,
    Case,
    DecisionReason,
    MatchRun,
    Officer,
    PersonLink,
    Place,
    StoredVersion,
    Verdict,
)
from reconcile.queries.versions import draft_of
from reconcile.writing.papers import Audience

ROUNDS = 4  # a case that a decision opens again is answered in the next one


def begin_approval(run: MatchRun, *, approved: Place, pending: Place, password: str) -> None:
    """Let one place's list be approved and its papers made, another's be sent back and wait for the commissioner."""
    by = Officer.objects.get(username="komisioner")
    first = _send(run, approved)
    approval.approve(stored=first, mark=first.mark, password=password, by=by)
    print_pack(stored=first, audience=Audience.KPU, by=by)
    sent = _send(run, pending)
    asked = sent.rows.exclude(person=None).order_by("number").values_list("person", flat=True)[:1]
    reason = _("Ask the Polres for the e-KTP of the first person on the list, then send it again.")
    approval.send_back(stored=sent, reason=reason, persons=[pk for pk in asked if pk], by=by)
    _send(run, pending)


def _send(run: MatchRun, place: Place) -> StoredVersion:
    """Let the two officers of a place settle whatever waits there, and send its list."""
    officers = list(Officer.objects.filter(place=place, groups__name__in=("kpps", "second")).order_by("pk")[:2])
    for link in PersonLink.objects.filter(entry__source_list__place=place, verdict=Verdict.OPEN).order_by("pk"):
        links.settle_link(link=link, verdict=Verdict.DIFFERENT, by=officers[0])
    for number in range(ROUNDS):
        for case in _open_cases(run, place):
            for by in officers:
                _answer(case.pk, by, f"demo-{run.pk}-{place.pk}-{number}-{case.pk}-{by.pk}")
    return sending.send_version(place=place, mark=draft_of(place, run).mark, by=officers[0])


def _open_cases(run: MatchRun, place: Place) -> list[Case]:
    return list(Case.objects.filter(run=run, place=place, status__in=OPEN_CASES).order_by("pk"))


def _answer(pk: int, by: Officer, key: str) -> None:
    case = Case.objects.select_related("outcome__run__election", "outcome__place", "run").get(pk=pk)
    if case.status not in OPEN_CASES:
        return
    voter = case.outcome.voter
    said = Said(Answer.SAME, voter) if voter else Said(Answer.NO_LIST, reason=DecisionReason.SEARCHED)
    decide(case=case, version=case.version, said=said, by=by, key=key[:40])
