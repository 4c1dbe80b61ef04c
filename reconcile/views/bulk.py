"""Many cases decided by one rule: choose it, look at ten, decide, undo."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import bulk as bulk_actions
from reconcile.models import UNANSWERED
from reconcile.queries import queue as queue_query
from reconcile.queries.bulk import bulk_page
from reconcile.queries.queue import Narrowed
from reconcile.queries.strip import strip_of
from reconcile.views.desk import Desk, desk_for, show, telling_refusals


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulks(request: HttpRequest) -> HttpResponse:
    """Show the rules with how many cases fit each; by POST, freeze the cases of one."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    cases = access.cases_for(desk.user, desk.run)
    if request.method == "POST" and desk.run:
        with telling_refusals(request):
            made = bulk_actions.prepare(rule=request.POST.get("rule", ""), run=desk.run, cases=cases, by=desk.user)
            return redirect("reconcile:bulk", made.pk)
        return redirect("reconcile:bulks")
    waiting = cases.filter(status__in=UNANSWERED)
    rules = bulk_actions.counts_by_rule(waiting)
    return show(request, "reconcile/review/bulks.html", desk, rules=rules, **_frame(desk))


def _frame(desk: Desk) -> dict[str, Any]:
    cases = access.cases_for(desk.user, desk.run)
    queue = queue_query.queue_of(cases, desk.user, Narrowed())
    return {"queue": queue, "strip": strip_of(desk.user, desk.election) if desk.election else None}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the frozen cases of a rule and which must be opened; by POST, decide them."""
    desk = desk_for(request)
    found = access.bulk_for(desk.user, pk)
    if request.method == "POST":
        with telling_refusals(request):
            bulk_actions.decide_all(bulk=found, by=desk.user)
        return redirect("reconcile:bulk", pk)
    return show(request, "reconcile/review/bulk.html", desk, bulk=bulk_page(found), **_frame(desk))


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was decided together, and say what could not be."""
    desk = desk_for(request)
    found = access.bulk_for(desk.user, pk)
    with telling_refusals(request):
        if kept := bulk_actions.undo_all(bulk=found, by=desk.user):
            text = ngettext(
                "%(n)s case has moved on since and stays.", "%(n)s cases have moved on since and stay.", len(kept)
            )
            messages.warning(request, text % {"n": len(kept)})
    return redirect("reconcile:bulk", pk)
