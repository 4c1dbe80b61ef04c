"""An approval taken back: somebody asks with a reason, another person consents. One of the two is a commissioner."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.access import Deed
from reconcile.actions.audit import record
from reconcile.actions.cases import line_up
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.actions.handing import NOT_NOW, hand_back, move
from reconcile.actions.sending import require_deed
from reconcile.models import CaseStatus, Officer, Recall, Role, StoredVersion, VersionStatus


@transaction.atomic
def ask_recall(*, stored: StoredVersion, reason: str, by: Officer) -> Recall:
    """Ask for an approved version to be recalled. Refused: "no_right", "no_reason", "not_now", "asked_already"."""
    require_deed(by, Deed.ASK_RECALL, stored.place_id)
    if not reason.strip():
        raise ActionRefused("no_reason", _("Write why the approval is to be recalled; another person decides by it."))
    line_up(stored.place.election_id)
    stored.refresh_from_db()
    if stored.status != VersionStatus.APPROVED:
        raise ActionRefused("not_now", NOT_NOW)
    with store_or_refuse("asked_already", _("Somebody has asked for this recall already.")):
        made = Recall.objects.create(version=stored, reason=reason.strip(), by=by)
    record("recalling.ask_recall", by=by, election=stored.place.election, subject=made, number=stored.number)
    return made


@transaction.atomic
def answer_recall(*, recall: Recall, grant: bool, by: Officer) -> None:
    """Consent to a recall or refuse it. Refused: "no_right", "own_request", "no_commissioner", "not_now"."""
    stored = recall.version
    require_deed(by, Deed.ANSWER_RECALL, stored.place_id)
    if refusal := why_not_answer(recall, by):
        raise refusal
    line_up(stored.place.election_id)
    stored.refresh_from_db()
    answered = {"answered_by": by, "answered_at": timezone.now(), "is_granted": grant}
    if not Recall.objects.filter(pk=recall.pk, answered_at__isnull=True).update(**answered):
        raise ActionRefused("not_now", NOT_NOW)
    cases = 0
    if grant:
        move(stored, to=VersionStatus.RECALLED, by=by, reason=recall.reason)
        cases = hand_back(stored.place, {CaseStatus.APPROVED})
    record(
        "recalling.answer_recall", by=by, election=stored.place.election, subject=recall, number=stored.number,
        granted=grant, cases=cases,
    )  # fmt: skip


def why_not_answer(recall: Recall, by: Officer) -> ActionRefused | None:
    """Return why this officer may not answer a request; None who may."""
    if recall.by_id == by.pk:
        return ActionRefused("own_request", _("You asked for this recall yourself. Another person must consent."))
    if Role.COMMISSIONER not in (by.role, recall.by.role):
        return ActionRefused("no_commissioner", _("One of the two must be a commissioner: ask one to consent."))
    return None
