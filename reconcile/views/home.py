"""Home: the numbers. Also the choice of election, and the page that explains the words."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from reconcile import access, labels
from reconcile.access import Deed
from reconcile.models import FindingStatus
from reconcile.queries.home import summary
from reconcile.views.desk import CHOSEN, Desk, desk_for, show


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the numbers of the newest finished run, or what is missing for a first one."""
    desk = desk_for(request)
    if not desk.run:
        return show(request, "reconcile/home_empty.html", desk)
    outcomes = access.outcomes_for(desk.user, desk.run)
    left = access.left_for(desk.user, desk.run).count()
    found = summary(outcomes, desk.run, desk.places, left)
    return show(request, "reconcile/home.html", desk, summary=found, waiting=_waiting(desk))


def _waiting(desk: Desk) -> int:
    """Return how many findings wait for a second officer, for who may see them."""
    if desk.election is None or not access.may(desk.user, Deed.SEE_FINDINGS):
        return 0
    return access.findings_for(desk.user).filter(election=desk.election).filter(status=FindingStatus.WAITING).count()


@login_required
@require_POST
def choose_election(request: HttpRequest) -> HttpResponse:
    """Remember which election this officer works on, if it is one of theirs."""
    desk = desk_for(request)
    asked = request.POST.get("election", "")
    if asked in {str(one.pk) for one in desk.elections}:
        request.session[CHOSEN] = int(asked)
    return redirect("reconcile:home")


@login_required
@require_safe
def explain(request: HttpRequest) -> HttpResponse:
    """Show what the words mean."""
    desk = desk_for(request)
    return show(
        request,
        "reconcile/help.html",
        desk,
        outcomes=labels.OUTCOMES,
        statuses=labels.MATCH_STATUSES,
        signs=labels.SIGNS,
        remarks=desk.election.rules.remarks if desk.election else (),
        categories=desk.election.rules.categories.values() if desk.election else (),
    )
