"""What an officer sends about a case: an answer, its undoing, an objection, the settling of a difference."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reconcile import access, labels
from reconcile.access import Deed
from reconcile.actions import cases, decisions, disagreements, undoing_decisions
from reconcile.actions.decisions import Said
from reconcile.actions.errors import ActionRefused
from reconcile.forms import DecisionForm
from reconcile.models import Answer, Case, CaseStatus
from reconcile.queries import case as case_query
from reconcile.queries import difference as difference_query
from reconcile.queries import queue as queue_query
from reconcile.queries.queue import narrowed_from
from reconcile.queries.strip import strip_of
from reconcile.views.desk import Desk, desk_for, number_sent, show, telling_refusals
from reconcile.views.review import case_screen, next_after, voter_beside

OVERTAKEN = frozenset({"decided_first", "lease_lost", "own_answer"})


def _said(request: HttpRequest, desk: Desk, case: Case) -> tuple[Said, DecisionForm]:
    """Return what the officer says. Refused ("faulty") when the form is not ours."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise ActionRefused("faulty", _("This form is not complete. Open the case again."))
    given = form.cleaned_data
    answer = given["answer"] if given["answer"] in Answer.values else Answer.NEITHER
    about = answer in (Answer.SAME, Answer.NOT_THIS)
    voter = voter_beside(request, desk, case, str(given["voter"] or "")) if about else None
    return Said(Answer(answer), voter, given["reason"], given["note"]), form


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Store an answer and go to the next case; where that is refused, keep what was filled in."""
    desk = desk_for(request)
    case = access.case_for(desk.user, pk)
    at = narrowed_from(request.POST)
    try:
        said, form = _said(request, desk, case)
        given = form.cleaned_data
        decisions.decide(case=case, version=given["version"], said=said, by=desk.user, key=given["key"])
    except ActionRefused as refusal:
        case = access.case_for(desk.user, pk)
        if refusal.code in OVERTAKEN:
            return _conflict(request, desk, case, refusal)
        messages.error(request, str(refusal))
        return case_screen(request, desk, case, at, kept=request.POST.dict())
    return redirect(next_after(desk, case, at))


def _conflict(request: HttpRequest, desk: Desk, case: Case, refusal: ActionRefused) -> HttpResponse:
    """Say who was first; what this officer had filled in is kept, and may become an objection or a second answer."""
    own = DecisionForm(request.POST)
    own.is_valid()
    has_lease = refusal.code != "lease_lost" and cases.lease(case=case, by=desk.user)
    shown = case_query.case_page(case, desk.user, has_lease=has_lease)
    at = narrowed_from(request.POST)
    voter = voter_beside(request, desk, case, str(own.cleaned_data.get("voter") or ""))
    theirs = [one for one in shown.said if not one.end]
    return show(
        request,
        "reconcile/review/conflict.html",
        desk,
        at=at,
        after_query=at.query(after=case.pk),
        case=shown,
        sentence=str(refusal),
        theirs=theirs,
        first=theirs[-1] if theirs and refusal.code == "decided_first" else None,
        own=own.cleaned_data,
        own_voter=voter.name if voter and own.cleaned_data.get("answer") in (Answer.SAME, Answer.NOT_THIS) else "",
        may_object=case.status == CaseStatus.DECIDED and shown.stand == "settled",
        may_second=case.status == CaseStatus.SECOND and shown.stand == "answer",
        key=uuid.uuid4().hex,
        queue=queue_query.queue_of(access.cases_for(desk.user, case.run), desk.user, at),
        strip=strip_of(desk.user, case.run.election),
    )


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Go along with what another officer has decided."""
    desk = desk_for(request)
    case = access.case_for(desk.user, pk)
    disagreements.accept(case=case, by=desk.user)
    return redirect(next_after(desk, case, narrowed_from(request.POST)))


@login_required
@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another answer to a case that was decided: a third officer will settle it."""
    desk = desk_for(request)
    case = access.case_for(desk.user, pk)
    try:
        said, form = _said(request, desk, case)
        given = form.cleaned_data
        disagreements.object_to(case=case, version=given["version"], said=said, by=desk.user, key=given["key"])
    except ActionRefused as refusal:
        return _conflict(request, desk, access.case_for(desk.user, pk), refusal)
    return redirect(next_after(desk, case, narrowed_from(request.POST)))


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the officer's last answer and show its case again."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    if not desk.election:
        return redirect("reconcile:review")
    with telling_refusals(request):
        case = undoing_decisions.undo_last(election=desk.election, by=desk.user)
        messages.success(request, _("Undone. Nothing of your last answer counts any more."))
        return redirect(reverse("reconcile:case", args=[case.pk]) + narrowed_from(request.POST).query())
    return redirect("reconcile:review")


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a decided case again, from the strip of the officer's last ten."""
    desk = desk_for(request)
    case = access.case_for(desk.user, pk)
    version = number_sent(request.POST.get("version")) or 0
    with telling_refusals(request):
        undoing_decisions.reopen(case=case, version=version, by=desk.user)
    return redirect("reconcile:case", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two answers that do not agree, only where they differ; by POST, say which one is right."""
    desk = desk_for(request)
    case = access.case_for(desk.user, pk)
    kept: dict[str, Any] = {}
    if request.method == "POST":
        kept = request.POST.dict()
        with telling_refusals(request):
            _settle(request, desk, case)
            return redirect(next_after(desk, case, narrowed_from(request.POST)))
        case = access.case_for(desk.user, pk)
    has_lease = cases.lease(case=case, by=desk.user)
    shown = case_query.case_page(case, desk.user, has_lease=has_lease)
    if shown.stand != "settle":
        return case_screen(request, desk, case, narrowed_from(request.GET))
    at = narrowed_from(request.GET)
    return show(
        request,
        "reconcile/review/difference.html",
        desk,
        at=at,
        after_query=at.query(after=case.pk),
        case=shown,
        both=difference_query.difference(case, access.sight_of(desk.user)),
        wrong_ones=labels.WRONG_ONES,
        kept=kept,
        key=kept.get("key") or uuid.uuid4().hex,
        queue=queue_query.queue_of(access.cases_for(desk.user, case.run), desk.user, at),
        strip=strip_of(desk.user, case.run.election),
    )


def _settle(request: HttpRequest, desk: Desk, case: Case) -> None:
    given = request.POST
    upheld = case.decisions.filter(pk=number_sent(given.get("upheld")) or 0).first()
    if upheld is None and given.get("upheld") != "neither":
        raise ActionRefused("faulty", _("Choose the answer that is right, or that neither is."))
    disagreements.settle_difference(
        case=case,
        version=number_sent(given.get("version")) or 0,
        upheld=upheld,
        wrong_one=given.get("wrong_one", ""),
        note=given.get("note", ""),
        by=desk.user,
        key=given.get("key", "")[:40],
    )
