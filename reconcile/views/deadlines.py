"""Deadlines: what ends when, who waits for it, who is too late, and what another day would change."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.queries import deadlines as deadlines_query
from reconcile.queries.people import PAGE
from reconcile.queries.what_if import WhatIf, what_if
from reconcile.queries.zones import day_in, zone_name
from reconcile.views.desk import Desk, desk_for, show
from reconcile.views.vote_forms import AsOfForm


@login_required
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Show every day that counts; with `as_of` in the address also what would change if it were that day."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_COUNTS)
    if not desk.election:
        return redirect("reconcile:home")
    rules = desk.election.rules
    today = day_in(rules.time_zone, timezone.now())
    as_of = desk.run.as_of if desk.run else desk.election.as_of
    outcomes = access.outcomes_for(desk.user, desk.run)
    form, supposed = _supposed(request, desk)
    answer = show(
        request,
        "reconcile/deadlines.html",
        desk,
        rules=rules,
        zone=zone_name(rules.time_zone, rules.voting_day),
        as_of=as_of,
        today=today,
        days=deadlines_query.deadlines(outcomes, rules, desk.run, as_of=as_of, today=today),
        left=access.left_for(desk.user, desk.run).count(),
        form=form,
        supposed=supposed,
    )
    answer.status_code = 422 if form.is_bound and not form.is_valid() else 200
    return answer


def _supposed(request: HttpRequest, desk: Desk) -> tuple[AsOfForm, WhatIf | None]:
    assert desk.election is not None
    asked: Any = request.GET if "as_of" in request.GET else None
    form = AsOfForm(asked, voting_day=desk.election.rules.voting_day)
    if not desk.run or not form.is_valid():
        return form, None
    outcomes = access.outcomes_for(desk.user, desk.run)
    return form, what_if(outcomes, desk.run, form.cleaned_data["as_of"])


@login_required
@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """Show the people behind one figure of what another day would change."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_PEOPLE)
    if not desk.election:
        return redirect("reconcile:home")
    _form, supposed = _supposed(request, desk)
    if supposed is None:
        return redirect("reconcile:deadlines")
    asked = {name: request.GET.get(name, "") for name in ("now", "then", "action")}
    those = supposed.those(**asked, changed=bool(request.GET.get("changed")))
    page = Paginator(those, PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    return show(
        request, "reconcile/what_if_people.html", desk, page=page, supposed=supposed, query=f"?{kept.urlencode()}"
    )


@login_required
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Show the voters on the roll of a special TPS who are in custody no more."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_PEOPLE)
    names = access.left_for(desk.user, desk.run).select_related("voter").order_by("voter__name", "pk")
    page = Paginator(names, PAGE).get_page(request.GET.get("page"))
    return show(request, "reconcile/left.html", desk, page=page, step=deadlines_query.step_of_left(desk.run))
