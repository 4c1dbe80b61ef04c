"""What an officer asks of a comparison: which voter, which rows, a search of the rolls, a whole NIK."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import looking_up
from reconcile.actions.errors import ActionRefused
from reconcile.forms import FindForm, RevealForm
from reconcile.models import OPEN_CASES, Case, PersonOutcome, Voter
from reconcile.queries import person as person_query
from reconcile.queries.comparison import Wanted
from reconcile.queries.searches import Asked, search_rolls
from reconcile.views.desk import Desk, desk_for, number_sent, show

PEOPLE_KEPT = 10
SHOWN_FOR = 60  # seconds (reliability 4.2)
FOUND = "found_voters"  # key of the session: the voters an officer's last searches brought up, by person
SHOW = {"all": False, "differences": True}


def wanted_from(request: HttpRequest, desk: Desk, outcome: PersonOutcome, **more: Any) -> Wanted:
    """Return what to show of a person: the address names a candidate, a voter found, and which rows."""
    show = request.GET.get("show", "")
    only = SHOW.get(show, desk.user.only_differences)
    given: dict[str, Any] = {
        "sight": access.sight_of(desk.user),
        "rank": request.GET.get("c", ""),
        "picked": picked_voter(request, desk, outcome),
        "only_differences": only,
        "own_place": access.own_place(desk.user),
        "all_candidates": access.may(desk.user, Deed.SEE_CANDIDATES),
        "sources": access.may(desk.user, Deed.SEE_SOURCES),
        "answers": access.may(desk.user, Deed.DECIDE),
        "keep": {"show": show} if show in SHOW else {},
    }
    return Wanted(**{**given, **more})


def picked_voter(request: HttpRequest, desk: Desk, outcome: PersonOutcome, asked: str = "") -> Voter | None:
    """Return the voter an address names, if this officer's own search has brought that voter up beside this person.

    Who could name any voter could walk through the whole roll.
    """
    voter = number_sent(asked or request.GET.get("voter"))
    found = request.session.get(FOUND, {}).get(str(outcome.person_id), [])
    if voter is None or voter not in found:
        return None
    return access.voter_of(desk.user, outcome, voter)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def find_voter(request: HttpRequest, pk: int) -> HttpResponse:
    """Search the rolls for somebody beside one person. By POST only: what is typed must stand in no address."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEARCH_ROLLS)
    outcome = access.person_for(desk.user, pk)
    form = FindForm(request.POST if request.method == "POST" else None)
    asked = Asked(**form.cleaned_data) if form.is_valid() else Asked()
    answer, refused = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            if asked:
                looking_up.note_search(outcome=outcome, asked=asked.kinds, by=desk.user)
            answer = search_rolls(outcome.run, asked, access.sight_of(desk.user))
            _remember(request, pk, [hit.voter for hit in answer.hits])
        except ActionRefused as refusal:
            refused = str(refusal)
    parts: dict[str, Any] = {"person": pk, "outcome": outcome, "form": form, "search": answer, "refused": refused}
    parts["back"] = _page_of(desk, pk)
    return show(request, "reconcile/review/find.html", desk, piece="reconcile/review/_search.html", **parts)


def _page_of(desk: Desk, person: int) -> str:
    """Return the address of the page with the comparison: the open case, for who settles doubts, else the person."""
    its = Case.objects.filter(person=person, status__in=OPEN_CASES) if access.may(desk.user, Deed.DECIDE) else None
    case = its.first() if its is not None else None
    return reverse("reconcile:case", args=[case.pk]) if case else reverse("reconcile:person", args=[person])


def _remember(request: HttpRequest, person: int, voters: list[int]) -> None:
    """Keep whom an officer's last search brought up: only these can be laid beside the person."""
    known = request.session.get(FOUND, {})
    known.pop(str(person), None)
    kept = [*known.items(), (str(person), voters)]
    request.session[FOUND] = dict(kept[-PEOPLE_KEPT:])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what a whole NIK is needed for; by POST, write that down and show it for a minute."""
    desk = desk_for(request)
    access.require(desk.user, Deed.REVEAL)
    outcome = access.person_for(desk.user, pk)
    wanted = wanted_from(request, desk, outcome, answers=False, is_second=True)
    page = person_query.person_page(outcome, wanted)
    form, shown, refused = RevealForm(request.POST if request.method == "POST" else None), None, ""
    if request.method == "POST" and form.is_valid():
        voter = page.comparison.voter
        try:
            looking_up.reveal_numbers(
                outcome=outcome, reason=form.cleaned_data["reason"], voter=voter.pk if voter else None, by=desk.user
            )
            shown = person_query.person_page(outcome, replace(wanted, sight=access.revealed_sight_of(desk.user)))
        except ActionRefused as refusal:
            refused = str(refusal)
    back = _page_of(desk, pk) + page.comparison.here
    parts: dict[str, Any] = {
        "page": page,
        "back": back,
        "form": form,
        "shown": shown,
        "refused": refused,
        "seconds": SHOWN_FOR,
    }
    answer = show(request, "reconcile/review/reveal.html", desk, **parts)
    if shown:  # works with script off, too
        answer.headers["Refresh"] = f"{SHOWN_FOR}; url={back}"
    return answer
