"""Whose hands a list went through: nobody of them approves it."""

from typing import Any

from django.db.models import QuerySet

from reconcile.models import (
    OPEN_FINDINGS,
    Decision,
    DecisionEnd,
    Finding,
    HandKind,
    MatchRun,
    PersonLink,
    PersonOutcome,
    Place,
    SaidStay,
    SourceList,
    Upload,
)
from reconcile.records import ROLL_KINDS


def hands_of(place: Place, run: MatchRun) -> dict[int, HandKind]:
    """Return by officer what each has done for the list of a place: who has decided in it, who uploaded its files.

    An answer that another one has overruled counts as well: its author has an opinion of the case. One that its
    author has taken back does not. Findings on the right to vote and where a body will be are decisions too.
    """
    lists = _lists(place, run)
    uploads = Upload.objects.filter(lists__in=lists)
    hands: dict[int, HandKind] = {}
    for name in ("by", "accepted_by", "confirmed_by"):
        officers = uploads.exclude(**{name: None}).values_list(name, flat=True).order_by().distinct()
        hands |= dict.fromkeys(officers, HandKind.UPLOADED)
    decided = Decision.objects.filter(case__place=place, case__run=run).exclude(end=DecisionEnd.UNDONE)
    links = PersonLink.objects.filter(entry__source_list__in=lists, by__isnull=False)
    people = PersonOutcome.objects.filter(run=run, place=place).values("person")
    findings = Finding.objects.filter(person__in=people, status__in=sorted(map(str, OPEN_FINDINGS)))
    stays = SaidStay.objects.filter(person__in=people, is_open=True)
    sources: tuple[tuple[QuerySet[Any], str], ...]
    sources = (
        (decided, "by"),
        (links, "by"),
        (findings, "by"),
        (findings.exclude(second=None), "second"),
        (stays, "by"),
    )
    for found, name in sources:
        hands |= dict.fromkeys(found.values_list(name, flat=True).order_by().distinct(), HandKind.DECIDED)
    return hands


def _lists(place: Place, run: MatchRun) -> list[SourceList]:
    """Return the files the list rests on: the rolls and the place's registers, each with its correction workbooks."""
    its = run.lists.all()
    found = [*its.filter(kind__in=sorted(ROLL_KINDS)), *its.filter(place=place)]
    return [part for one in found for part in one.chain]
