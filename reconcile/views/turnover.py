"""Who will be there on voting day: forecasts, what officers say, who came and left."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import saying
from reconcile.forms import StayForm
from reconcile.models import Place
from reconcile.queries import snapshots
from reconcile.queries import turnover as query
from reconcile.views.desk import Desk, desk_for, number_sent, show, telling_refusals

PAGE = 50


@login_required
@require_safe
def turnover(request: HttpRequest) -> HttpResponse:
    """Show what dates and officers say of voting day, and the last change of each register."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_TURNOVER)
    if desk.election is None or desk.run is None:
        return show(request, "reconcile/turnover.html", desk)
    found = query.turnover(_bodies(desk), desk.election)
    changes = snapshots.changes(desk.places, desk.election)
    return show(request, "reconcile/turnover.html", desk, found=found, changes=changes)


def _bodies(desk: Desk) -> list[query.Body]:
    assert desk.election is not None
    return query.bodies(access.outcomes_around(desk.user, desk.run), desk.election, desk.places)


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show the people behind one number of the page."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_TURNOVER)
    if desk.election is None or desk.run is None:
        return redirect("reconcile:turnover")
    at = query.at_from(request.GET)
    found: list[Any] = _moved(desk, at) if at.change else query.narrowed(_bodies(desk), at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(request, "reconcile/turnover_people.html", desk, at=at, page=page, query=at.query())


def _moved(desk: Desk, at: query.At) -> list[snapshots.Moved]:
    assert desk.election is not None
    places = [place for place in desk.places if str(place.pk) == at.place]
    changes = snapshots.changes(places, desk.election)
    return [
        one
        for change in changes
        for one in change.people
        if at.change in (one.kind, "before" if one.kind != snapshots.CAME else "after", _whole(one.kind))
        and (not at.ballot or at.ballot in one.ballots)
    ]


def _whole(kind: str) -> str:
    """Return the second sum somebody who stayed is part of."""
    return "after" if kind == snapshots.STAYED else kind


@login_required
@require_POST
def say_stay(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a person will be on voting day."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SAY_STAY)
    outcome = access.person_for(desk.user, pk)
    form = StayForm(request.POST, places=Place.objects.filter(election=outcome.run.election_id))
    given = form.cleaned_data if form.is_valid() else {"kind": "", "place": None, "note": "", "seen": None}
    with telling_refusals(request):
        saying.say_stay(outcome=outcome, by=desk.user, **given)
        messages.success(request, _("Noted. The answer below is worked out anew."))
    return redirect("reconcile:person", pk)


@login_required
@require_POST
def take_stay_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the register's dates speak again."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SAY_STAY)
    outcome = access.person_for(desk.user, pk)
    with telling_refusals(request):
        saying.take_stay_back(outcome=outcome, stay=number_sent(request.POST.get("stay")) or 0, by=desk.user)
    return redirect("reconcile:person", pk)
