"""Comparisons: start one, watch it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import runs as run_actions
from reconcile.queries import runs as runs_query
from reconcile.views.desk import desk_for, show, telling_refusals


@login_required
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Queue a comparison of all accepted lists."""
    desk = desk_for(request)
    access.require(desk.user, Deed.START_RUN)
    if not desk.election:
        raise Http404
    with telling_refusals(request):
        run = run_actions.queue_run(election=desk.election, by=desk.user)
        return redirect("reconcile:run", run.pk)
    return redirect("reconcile:lists")


@login_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a comparison is; the page asks again by itself until it has ended."""
    desk = desk_for(request)
    shown = runs_query.progress(access.run_for(desk.user, pk))
    return show(request, "reconcile/run.html", desk, piece="reconcile/_run.html", run=shown)
