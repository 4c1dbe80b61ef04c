"""Visits to places without a TPS of their own: the routes, one plan, its printed sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import visits as visit_actions
from reconcile.models import Place
from reconcile.queries import sheets
from reconcile.queries import visits as visits_query
from reconcile.views.desk import Desk, desk_for, desk_of, show, telling_refusals
from reconcile.views.vote_forms import ChooseTpsForm, VisitForm


@login_required
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Show the places that are visited, by the TPS that serves them, in the order in which its officers go."""
    desk = desk_for(request)
    outcomes = access.outcomes_for(desk.user, desk.run)
    found = visits_query.routes(outcomes, desk.election, desk.places) if desk.election else ()
    newer = visits_query.newer_run(desk.run, desk.election) if desk.election else None
    return show(request, "reconcile/visits.html", desk, routes=found, newer=newer)


def _desk_at(request: HttpRequest, pk: int, deed: Deed) -> tuple[Desk, Place]:
    """Return the frame of the election the place belongs to, and the place."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk, deed)
    if not place.visited:
        raise Http404
    return (desk if desk.election == place.election else desk_of(desk.user, place.election)), place


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit and, to who plans it, the form; store what is sent."""
    is_sent = request.method == "POST"
    desk, place = _desk_at(request, pk, Deed.PLAN_VOTE if is_sent else Deed.SEE_COUNTS)
    plan = visits_query.plan_of(place)
    form = VisitForm(request.POST or None, instance=plan)
    if is_sent and form.is_valid():
        said = dict(form.cleaned_data)
        with telling_refusals(request):
            visit_actions.plan_visit(place=place, plan=said, version=said.pop("version"), by=desk.user)
            messages.success(request, _("The plan is saved."))
        return redirect("reconcile:visit", place.pk)
    answer = _show_visit(request, desk, place, form)
    answer.status_code = 422 if form.is_bound else 200
    return answer


def _show_visit(request: HttpRequest, desk: Desk, place: Place, form: VisitForm) -> HttpResponse:
    outcomes = access.outcomes_for(desk.user, desk.run)
    (found,) = visits_query.routes(outcomes, place.election, [place])
    (row,) = found.stops
    choose = ChooseTpsForm(now=place.tps, near=row.near)
    newer = visits_query.newer_run(desk.run, place.election)
    return show(request, "reconcile/visit.html", desk, row=row, form=form, choose=choose, newer=newer)


@login_required
@require_POST
def choose_tps(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a TPS serve this place."""
    desk, place = _desk_at(request, pk, Deed.PLAN_VOTE)
    (found,) = visits_query.routes(access.outcomes_for(desk.user, None), place.election, [place])
    form = ChooseTpsForm(request.POST, now=place.tps, near=found.stops[0].near)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("reconcile:visit", place.pk)
    with telling_refusals(request):
        visit_actions.choose_tps(place=place, tps=form.tps, shown=form.cleaned_data["shown"], by=desk.user)
        messages.success(request, _("The TPS is chosen."))
    return redirect("reconcile:visit", place.pk)


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet of a visit, to be printed."""
    desk, place = _desk_at(request, pk, Deed.SEE_PEOPLE)
    outcomes = access.outcomes_for(desk.user, desk.run)
    way = next(one.stops for one in visits_query.routes(outcomes, place.election, desk.places) if one.tps == place.tps)
    row = next(one for one in way if one.place.pk == place.pk)
    paper = sheets.visit_sheet(row, way, outcomes, desk.run, access.sight_of(desk.user))
    return show(request, "reconcile/visit_sheet.html", desk, sheet=paper)
