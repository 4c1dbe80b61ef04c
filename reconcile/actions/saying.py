"""Where a person will be on voting day, as an officer says it; and what is said of a person made to count at once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile import access
from reconcile.access import Deed
from reconcile.actions.audit import record
from reconcile.actions.cases import line_up
from reconcile.actions.errors import ActionRefused, store_or_refuse
from reconcile.actions.refreshing import refresh
from reconcile.models import (
    OPEN_FINDINGS,
    Finding,
    FindingStatus,
    MatchRun,
    Officer,
    PersonOutcome,
    Place,
    RunStatus,
    SaidStay,
    StayKind,
)


@transaction.atomic
def say_stay(
    *, outcome: PersonOutcome, kind: str, place: Place | None, note: str, seen: int | None, by: Officer
) -> SaidStay:
    """Say where a person will be on voting day, in the place of what was said before. `seen`: what the page showed.

    Refused: "no_right"; "faulty" (no such answer, no other place, no word on where); "changed" (somebody was first).
    """
    _require(by, outcome)
    _check(outcome, kind, place, note)
    line_up(outcome.run.election_id)
    before = SaidStay.objects.filter(person=outcome.person_id, is_open=True).first()
    if (before.pk if before else None) != seen:
        raise ActionRefused("changed", MOVED_ON)
    if before:
        _end(before, by)
    fresh = SaidStay(
        election_id=outcome.run.election_id, person_id=outcome.person_id, kind=kind, note=note.strip(), by=by,
        place=place if kind == StayKind.PLACE else None,
    )  # fmt: skip
    with store_or_refuse("changed", MOVED_ON):
        fresh.save()
    make_count(outcome, by)
    record("saying.say_stay", by=by, election=outcome.run.election, subject=fresh, kind=kind)
    return fresh


@transaction.atomic
def take_stay_back(*, outcome: PersonOutcome, stay: int, by: Officer) -> None:
    """Let the register's dates speak again. Refused: "no_right", "changed" where that is not what counts any more."""
    _require(by, outcome)
    line_up(outcome.run.election_id)
    said = SaidStay.objects.filter(person=outcome.person_id, is_open=True, pk=stay).first()
    if said is None:
        raise ActionRefused("changed", MOVED_ON)
    _end(said, by)
    make_count(outcome, by)
    record("saying.take_stay_back", by=by, election=outcome.run.election, subject=said, kind=said.kind)


MOVED_ON = _("Somebody has said something else since you opened the page. Here is how it stands.")


def _require(by: Officer, outcome: PersonOutcome) -> None:
    """Refuse ("no_right") whoever has the person neither in custody nor at the TPS."""
    places = {outcome.place_id, outcome.entry.source_list.place_id}
    if not access.may(by, Deed.SAY_STAY) or access.own_place(by) not in (None, *places):
        raise ActionRefused(
            "no_right", _("This person is held at another place, or your role does not say such things.")
        )


def _check(outcome: PersonOutcome, kind: str, place: Place | None, note: str) -> None:
    sentence = None
    if kind not in StayKind.values:
        sentence = _("Choose where the person will be on voting day.")
    elif kind == StayKind.PLACE and (place is None or place.election_id != outcome.run.election_id):
        sentence = _("Choose the other place. It must be in the list of places of this election.")
    elif kind in (StayKind.HOSPITAL, StayKind.PRISON) and not note.strip():
        sentence = _("Write which hospital or prison in the note, so that KPU knows where to send the letter.")
    if sentence:
        raise ActionRefused("faulty", sentence)


def _end(said: SaidStay, by: Officer) -> None:
    SaidStay.objects.filter(pk=said.pk, is_open=True).update(is_open=False, ended=timezone.now(), ended_by=by)


def make_count(outcome: PersonOutcome, by: Officer) -> None:
    """Work the person's answer out anew in the newest comparison. Call inside the action's transaction."""
    runs = MatchRun.objects.filter(election=outcome.run.election_id, status=RunStatus.READY)
    run = runs.select_related("election").order_by("-pk").first()
    if run is not None:
        refresh(run, [outcome.person_id], by=by)


def join_said(kept: int, other: int) -> None:
    """Give what was said of one person to the one it turned out to be; on one point the kept one's prevails."""
    now = timezone.now()
    points = Finding.objects.filter(person=kept, status__in=OPEN_FINDINGS).values("point")
    doubled = Finding.objects.filter(
        person=other, status__in=OPEN_FINDINGS, point__in=list(points.values_list("point", flat=True))
    )
    doubled.update(status=FindingStatus.WITHDRAWN, ended=now)
    Finding.objects.filter(person=other).update(person=kept)
    if SaidStay.objects.filter(person=kept, is_open=True).exists():
        SaidStay.objects.filter(person=other, is_open=True).update(is_open=False, ended=now)
    SaidStay.objects.filter(person=other).update(person=kept)
