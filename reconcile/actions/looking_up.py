"""What an officer asks to see beyond the page: whole numbers, voters nobody thought of. Each time is written down.

Both are limited by the hour: who settles doubts needs a few, who copies a roll needs thousands.
"""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.labels import REVEAL_REASONS
from reconcile.labels.words import Words
from reconcile.models import AuditEntry, Case, Officer, PersonOutcome

REVEALS_AN_HOUR = 30  # reliability S08
SEARCHES_AN_HOUR = 240
NUMBERS_SEARCHED_AN_HOUR = 30  # who tries digits finds out what is hidden


@transaction.atomic
def reveal_numbers(*, outcome: PersonOutcome, reason: str, voter: int | None, by: Officer) -> None:
    """Note that somebody sees the whole NIK of a person and of the voter beside, when, and what for.

    Refused: "no_reason", "too_many".
    """
    if reason not in REVEAL_REASONS:
        raise ActionRefused("no_reason", _("Choose what you need the number for."))
    sentence = _("You have asked for %(most)s numbers within an hour. Wait, or ask the administrator.")
    _refuse_many("looking_up.reveal_numbers", REVEALS_AN_HOUR, sentence, by)
    record(
        "looking_up.reveal_numbers", by=by, election=outcome.run.election, subject=_about(outcome),
        person=outcome.person_id, voter=voter, reason=reason,
    )  # fmt: skip


@transaction.atomic
def note_search(*, outcome: PersonOutcome, asked: dict[str, bool], by: Officer) -> None:
    """Note that somebody searches the rolls beside a person: which kinds of words, never the words.

    Refused: "too_many".
    """
    sentence = _("You have searched %(most)s times within an hour. Wait, or ask the administrator.")
    _refuse_many("looking_up.note_search", SEARCHES_AN_HOUR, sentence, by)
    if asked.get("nik"):
        sentence = _("You have searched %(most)s times by NIK within an hour. Leave the NIK out, or wait.")
        _refuse_many("looking_up.note_search", NUMBERS_SEARCHED_AN_HOUR, sentence, by, nik=True)
    record(
        "looking_up.note_search", by=by, election=outcome.run.election, subject=_about(outcome),
        person=outcome.person_id, **asked,
    )  # fmt: skip


def _refuse_many(what: str, most: int, sentence: Words, by: Officer, **facts: bool) -> None:
    """Refuse ("too_many") who has done this so often within an hour; `facts` narrow what counts."""
    since = timezone.now() - timedelta(hours=1)
    having = {f"facts__{name}": value for name, value in facts.items()}
    if AuditEntry.objects.filter(what=what, by=by, at__gt=since, **having).count() >= most:
        raise ActionRefused("too_many", sentence, most=most)


def _about(outcome: PersonOutcome) -> models.Model:
    """Return the case about a person, or the person where there is none."""
    return Case.objects.filter(person=outcome.person_id).first() or outcome.person
