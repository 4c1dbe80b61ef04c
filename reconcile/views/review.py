"""The screen on which doubts are settled: the next case, one case, and what an officer prefers on it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reconcile import access, labels
from reconcile.access import Deed
from reconcile.actions import accounts, bulk, cases
from reconcile.actions.errors import ActionRefused
from reconcile.models import Candidate, Case, Voter
from reconcile.queries import case as case_query
from reconcile.queries import queue as queue_query
from reconcile.queries.comparison import Comparison, comparison_of
from reconcile.queries.queue import Narrowed, narrowed_from
from reconcile.queries.strip import strip_of
from reconcile.views.comparison import SHOW, picked_voter, wanted_from
from reconcile.views.desk import Desk, desk_for, desk_of, number_sent, show, telling_refusals

NO_WORDS: Mapping[str, Any] = {}


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Go to the next case that waits for this officer, or say why there is none."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    if desk.run and not desk.user.practised:
        return redirect("reconcile:practice", 1)
    at = narrowed_from(request.GET)
    found = access.cases_for(desk.user, desk.run)
    after, before = number_sent(request.GET.get("after")), number_sent(request.GET.get("before"))
    if left := after or before:
        cases.release(case=left, by=desk.user)
    pk = queue_query.next_case(found, desk.user, at, after=after, before=before)
    if pk is not None:
        return redirect(reverse("reconcile:case", args=[pk]) + at.query())
    return show(
        request,
        "reconcile/review/empty.html",
        desk,
        at=at,
        queue=queue_query.queue_of(found, desk.user, at),
        free_at=queue_query.next_free_at(found, desk.user),
        strip=strip_of(desk.user, desk.election) if desk.election else None,
        is_sent=any(one.place_id == desk.user.place_id for one in desk.standing),
    )


def next_after(desk: Desk, case: Case, at: Narrowed) -> str:
    """Return the address of the case that comes after this one: no detour by the queue."""
    pk = queue_query.next_case(access.cases_for(desk.user, desk.run), desk.user, at, after=case.pk)
    address = reverse("reconcile:case", args=[pk]) if pk else reverse("reconcile:review")
    return address + at.query()


@login_required
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case with one voter beside it, and take it in hand."""
    user = access.officer_of(request.user)
    found = access.case_for(user, pk)
    # Who works at one place has one election, and it came with the case: one query less on the way to the next.
    desk = desk_for(request) if access.own_place(user) is None else desk_of(user, found.run.election)
    if bulk_pk := number_sent(request.GET.get("bulk")):
        bulk.see(bulk=access.bulk_for(desk.user, bulk_pk), case=found)
    return case_screen(request, desk, found, narrowed_from(request.GET))


def case_screen(
    request: HttpRequest, desk: Desk, found: Case, at: Narrowed, kept: Mapping[str, Any] = NO_WORDS
) -> HttpResponse:
    """Render a case. `kept` is what the officer had filled in when something was wrong with it."""
    if desk.user.place_id == found.place_id:
        desk.user.place = found.place
    _remember_view(request, desk)
    has_lease = cases.lease(case=found, by=desk.user)
    shown = case_query.case_page(found, desk.user, has_lease=has_lease)
    if shown.stand == "settle":
        return redirect("reconcile:difference", found.pk)
    return show(
        request,
        "reconcile/review/case.html",
        desk,
        at=at,
        after_query=at.query(after=found.pk),
        before_query=at.query(before=found.pk),
        case=shown,
        comparison=_comparison(request, desk, found, at, kept, is_second=shown.is_second),
        person=found.person_id,
        queue=queue_query.queue_of(access.cases_for(desk.user, found.run), desk.user, at),
        strip=strip_of(desk.user, found.run.election),
        key=kept.get("key") or uuid.uuid4().hex,
        kept=kept,
        reasons=labels.DECISION_REASONS,
        answers={code: labels.ANSWERS[code] for code in ("same", "not_this", "no_list", "unsure")},
    )


def _comparison(
    request: HttpRequest, desk: Desk, found: Case, at: Narrowed, kept: Mapping[str, Any], *, is_second: bool
) -> Comparison:
    """Return the panel: with the voter the address names, or the one the officer's form had beside."""
    more: dict[str, Any] = {"is_second": is_second, "keep": at.codes}
    if kept:
        rank = str(kept.get("c", ""))
        more |= {"rank": rank, "picked": None if rank else voter_beside(request, desk, found, kept.get("voter", ""))}
    return comparison_of(found.outcome, wanted_from(request, desk, found.outcome, **more))


def voter_beside(request: HttpRequest, desk: Desk, found: Case, asked: str) -> Voter | None:
    """Return the voter a form names, if that one may stand beside the person.

    Only a candidate, or whom this officer's own search brought up: who could name any voter could walk through
    the whole roll.
    """
    pk = number_sent(asked)
    if pk is None:
        return None
    near = Candidate.objects.filter(run=found.run_id, entry=found.outcome.entry_id, voter=pk)
    if pk == found.outcome.voter_id or near.exists():
        return Voter.objects.select_related("source_list__place").get(pk=pk)
    return picked_voter(request, desk, found.outcome, asked)


def _remember_view(request: HttpRequest, desk: Desk) -> None:
    """Keep for the next case whether all data are shown, once the officer has chosen."""
    asked = SHOW.get(request.GET.get("show", ""))
    if asked is not None and asked != desk.user.only_differences:
        accounts.prefer(officer=desk.user, name="only_differences", on=asked)


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep the case in hand; 409 with a sentence when another officer has it, or has decided it."""
    desk = desk_for(request)
    found = access.case_for(desk.user, pk)
    try:
        cases.renew(case=found, by=desk.user)
    except ActionRefused as refusal:
        return JsonResponse({"code": refusal.code, "sentence": str(refusal)}, status=409)
    return JsonResponse({})


@login_required
@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """Remember whether single keys decide for this officer."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    accounts.prefer(officer=desk.user, name="keys_on", on=request.POST.get("on") == "1")
    return redirect("reconcile:keys")


@login_required
@require_POST
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a case about a person whose answer the officer doubts."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    outcome = access.person_for(desk.user, pk)
    with telling_refusals(request):
        made = cases.raise_doubt(outcome=outcome, by=desk.user)
        return redirect("reconcile:case", made.pk)
    known = Case.objects.filter(person=pk).first()
    return redirect("reconcile:case", known.pk) if known else redirect("reconcile:person", pk)
