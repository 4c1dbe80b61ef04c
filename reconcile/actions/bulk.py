"""Many cases decided together: only those a rule defines, as they stood when the dialog opened, undone as one."""

import random
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.cases import free_for
from reconcile.actions.decisions import Said, decide
from reconcile.actions.errors import ActionRefused
from reconcile.actions.settling import takes_two
from reconcile.actions.undoing_decisions import undo
from reconcile.models import SETTLED_CASES, UNANSWERED, Answer, Bulk, Candidate, Case, Decision, MatchRun, Officer

# For each rule, the levels at which each field must have been found equal (`matching.comparing`).
_SAME_NAME = frozenset({"equal", "same_words"})
_SPELLING = _SAME_NAME | {"one_letter", "two_letters", "joined", "spelling"}
RULES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "all_equal": {"nik": frozenset({"equal"}), "name": _SAME_NAME, "birth_date": frozenset({"equal"})},
    "nik_and_birth": {"nik": frozenset({"equal"}), "name": _SPELLING, "birth_date": frozenset({"equal"})},
    "name_and_birth": {
        "nik": frozenset({"missing"}), "name": _SAME_NAME, "birth_date": frozenset({"equal"}),
        "region": frozenset({"village"}),
    },
}  # fmt: skip


def fits(rule: str, candidate: Candidate) -> bool:
    """Say whether a candidate fits a rule in every field it names."""
    levels = {str(name): str(level) for name, level, _weight in candidate.reasons}
    return all(levels.get(name, "missing") in allowed for name, allowed in RULES[rule].items())


def proposals(cases: QuerySet[Case]) -> list[tuple[Case, Candidate]]:
    """Return the cases that propose somebody, each with the proposed candidate; two queries."""
    found = cases.filter(outcome__voter__isnull=False).select_related("outcome__run__election", "outcome__place", "run")
    its = Candidate.objects.filter(run__in=cases.values("run"), entry__in=found.values("outcome__entry"))
    proposed = {(one.entry_id, one.voter_id): one for one in its}
    pairs = ((case, proposed.get((case.outcome.entry_id, case.outcome.voter_id or 0))) for case in found.order_by("pk"))
    return [(case, candidate) for case, candidate in pairs if candidate]


def counts_by_rule(cases: QuerySet[Case]) -> dict[str, int]:
    """Return how many of the cases fit each rule; a case may fit several."""
    found = proposals(cases)
    return {rule: sum(fits(rule, candidate) for _case, candidate in found) for rule in RULES}


def can_be_bulk(case: Case, by: Officer) -> bool:
    """Say whether one officer's "same person" is all a case needs."""
    return case.status in UNANSWERED and not takes_two(case, Answer.SAME, case.outcome.voter)


@transaction.atomic
def prepare(*, rule: str, run: MatchRun, cases: QuerySet[Case], by: Officer) -> Bulk:
    """Freeze the cases a rule would decide: ids and versions, at most fifty. Refused ("nothing", "faulty").

    Who is excluded, because an officer has decided already, is counted.
    """
    if rule not in RULES:
        raise ActionRefused("faulty", _("There is no such rule. Choose one of the list."))
    all_of = [case for case, candidate in proposals(cases) if fits(rule, candidate)]
    free = set(cases.filter(free_for(by)).values_list("pk", flat=True))
    chosen = [case for case in all_of if case.pk in free and can_be_bulk(case, by)][: Bulk.MOST]
    if not chosen:
        raise ActionRefused("nothing", _("No case waits that fits this rule and one officer may decide."))
    keys = [case.pk for case in chosen]
    sample = random.Random(secrets.randbits(64)).sample(keys, min(Bulk.SAMPLE, len(keys)))
    made = Bulk.objects.create(
        election=run.election, place=by.place, rule=rule, by=by, sample=sample,
        cases=[[case.pk, case.version] for case in chosen],
        excluded=sum(case.status in SETTLED_CASES for case in all_of),
    )  # fmt: skip
    record("bulk.prepare", by=by, election=run.election, subject=made, rule=rule, cases=len(chosen))
    return made


def see(*, bulk: Bulk, case: Case) -> None:
    """Remember that a case of the sample was opened."""
    if case.pk in bulk.sample and case.pk not in bulk.seen and not bulk.done:
        bulk.seen = [*bulk.seen, case.pk]
        bulk.save(update_fields=["seen"])


@transaction.atomic
def decide_all(*, bulk: Bulk, by: Officer) -> Bulk:
    """Say of every frozen case that it is the same person; what has changed since is skipped and named.

    Refused: "no_right", "not_looked" (a case of the sample was not opened), "not_now" (done already).
    """
    if bulk.by_id != by.pk:
        raise ActionRefused("no_right", _("Another officer prepared this. Prepare your own."))
    if set(bulk.sample) - set(bulk.seen):
        raise ActionRefused("not_looked", _("Open every case of the sample first; they are marked in the list."))
    if not Bulk.objects.filter(pk=bulk.pk, done__isnull=True).update(done=timezone.now()):
        raise ActionRefused("not_now", _("These cases were decided together already."))
    skipped: list[list[object]] = []
    for pk, version in bulk.cases:
        case = Case.objects.select_related("outcome__run__election", "outcome__place", "run").get(pk=pk)
        said = Said(Answer.SAME, case.outcome.voter)
        try:
            with transaction.atomic():
                decide(case=case, version=version, said=said, by=by, key=f"bulk-{bulk.pk}-{pk}", bulk=bulk)
        except ActionRefused as refusal:
            skipped.append([pk, refusal.code])
    Bulk.objects.filter(pk=bulk.pk).update(skipped=skipped)
    bulk.refresh_from_db()
    facts = {"decided": len(bulk.cases) - len(skipped), "skipped": len(skipped)}
    record("bulk.decide_all", by=by, election=bulk.election, subject=bulk, **facts)
    return bulk


@transaction.atomic
def undo_all(*, bulk: Bulk, by: Officer) -> list[int]:
    """Take back what was decided together; each case stands as it stood. Returns those that have moved on since.

    Refused: "no_right", "not_now".
    """
    if bulk.by_id != by.pk:
        raise ActionRefused("no_right", _("Only the officer who decided these together can undo them together."))
    if not Bulk.objects.filter(pk=bulk.pk, done__isnull=False, undone__isnull=True).update(undone=timezone.now()):
        raise ActionRefused("not_now", _("There is nothing to undo here."))
    kept = []
    for decision in Decision.objects.filter(bulk=bulk).order_by("-pk"):
        try:
            with transaction.atomic():
                undo(decision=decision, by=by)
        except ActionRefused:
            kept.append(decision.case_id)
    bulk.refresh_from_db()
    record("bulk.undo_all", by=by, election=bulk.election, subject=bulk, kept=len(kept))
    return kept
