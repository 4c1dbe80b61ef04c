"""A few doubts of the demo settled, so that its queue shows every state a case can be in."""

from django.utils.translation import gettext as _

from reconcile.actions.decisions import Said, decide
from reconcile.models import UNANSWERED, Answer, Case, DecisionReason, MatchRun, Officer
from reconcile.reconciling import LIKELIER_THAN_NOT

# Who says what of the first, second ... case of the Rutan: "yes" to the proposed voter, on no list, or unsure.
SAYS = (
    (("kpps", "yes"),),
    (("kpps2", "yes"),),
    (("kpps", "no"),),  # waits for the second officer
    (("kpps", "no"), ("kpps2", "no")),  # agreed
    (("kpps", "no"), ("kpps2", "yes")),  # a third officer must settle it
    (("kpps2", "unsure"),),
)


def begin_review(run: MatchRun) -> None:
    """Let the demo's officers answer a few cases, the same ones for the same seed."""
    officers = {one.username: one for one in Officer.objects.filter(username__in=("kpps", "kpps2"))}
    place = officers["kpps"].place
    cases = Case.objects.filter(run=run, place=place, needs_second=False, outcome__voter__isnull=False)
    cases = cases.filter(outcome__probability__gte=LIKELIER_THAN_NOT)  # only against such a voter a "no" takes two
    for says, pk in zip(SAYS, cases.order_by("outcome__entry__line").values_list("pk", flat=True), strict=False):
        for turn, (who, what) in enumerate(says):
            case = Case.objects.select_related("outcome__run__election", "outcome__place", "run").get(pk=pk)
            if case.outcome.voter is None or (turn == 0 and case.status not in UNANSWERED):
                break  # an answer before this one has changed it, or has taken its voter
            key = f"demo-{run.pk}-{pk}-{turn}"
            decide(case=case, version=case.version, said=_said(what, case), by=officers[who], key=key)


def _said(what: str, case: Case) -> Said:
    if what == "yes":
        return Said(Answer.SAME, case.outcome.voter)
    if what == "unsure":
        return Said(Answer.UNSURE, note=_("Ask the Rutan for the e-KTP."))
    return Said(Answer.NO_LIST, reason=DecisionReason.SEARCHED)
