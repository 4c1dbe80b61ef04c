"""Ballots: what each TPS is given, needs and could borrow."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.queries.ballots import needs
from reconcile.views.desk import desk_for, show


@login_required
@require_safe
def ballots(request: HttpRequest) -> HttpResponse:
    """Show the needs of every TPS that serves a place the officer may see, and a proposal of loans."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_COUNTS)
    outcomes = access.outcomes_for(desk.user, desk.run)
    found = needs(outcomes, desk.run, desk.places) if desk.run else ()
    rules = desk.election.rules if desk.election else None
    return show(request, "reconcile/ballots.html", desk, needs=found, rules=rules)
