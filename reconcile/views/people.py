"""The list of held people, and one person with the voter beside."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.forms import FindingForm, SearchForm, StayForm
from reconcile.models import HeldEntry, PersonOutcome, Place
from reconcile.queries import filters
from reconcile.queries import findings as findings_query
from reconcile.queries import people as people_query
from reconcile.queries import person as person_query
from reconcile.queries import turnover as turnover_query
from reconcile.templatetags.reconcile_tags import local
from reconcile.views.comparison import wanted_from
from reconcile.views.desk import Desk, desk_for, show

WORDS = "people_words"  # key of the session: a name must never stand in an address


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show a page of the people who pass the filter of the address and the name looked for."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_PEOPLE)
    outcomes = access.outcomes_for(desk.user, desk.run)
    at = filters.filter_from(request.GET, request.session.get(WORDS, ""), desk.places)
    found = filters.narrowed(outcomes, at, desk.run)
    return show(
        request,
        "reconcile/people.html",
        desk,
        at=at,
        page=people_query.page(found, request.GET.get("page"), access.sight_of(desk.user), desk.run),
        choices=people_query.choices(outcomes, desk.places, at, desk.run),
        form=SearchForm(initial={"words": at.words}),
    )


@login_required
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Remember the name looked for, and go back to the list with the filter it had."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_PEOPLE)
    form = SearchForm(request.POST)
    request.session[WORDS] = form.cleaned_data["words"] if form.is_valid() else ""
    at = filters.filter_from(request.POST, "", desk.places)
    return redirect(reverse("reconcile:people") + at.query())


@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the answer for one person, with one candidate at a time."""
    desk = desk_for(request)
    outcome = access.person_for(desk.user, pk)
    wanted = wanted_from(request, desk, outcome)
    # The page says what follows from its own answer anyway; of anybody else it must be said.
    wanted = replace(wanted, answers=wanted.answers and bool(wanted.rank or wanted.picked))
    page = person_query.person_page(outcome, wanted)
    outcomes = access.outcomes_for(desk.user, outcome.run)
    choices = people_query.choices(outcomes, desk.places, filters.Filter(outcome=outcome.outcome))
    return show(
        request,
        "reconcile/person.html",
        desk,
        page=page,
        choices=choices,
        neighbours=person_query.neighbours(outcomes, outcome),
        **_established(desk, outcome, page.comparison.entries),
    )


def _established(desk: Desk, outcome: PersonOutcome, entries: Sequence[HeldEntry]) -> dict[str, Any]:
    """Return what officers established of the person besides who it is, as far as this officer may know it."""
    parts: dict[str, Any] = {}
    if access.may(desk.user, Deed.SEE_FINDINGS):
        may_decide = access.may(desk.user, Deed.DECIDE) and access.own_place(desk.user) in (None, outcome.place_id)
        right = findings_query.right_to_vote(outcome, desk.user, may_decide=may_decide)
        bars = [(one.key, f"{one.code} {local(one.words)}".strip()) for one in right.bars]
        parts |= {"right": right, "finding_form": FindingForm(bars=bars) if may_decide else None}
    if access.may(desk.user, Deed.SEE_TURNOVER):
        body = turnover_query.body_of(outcome, entries)
        others = Place.objects.filter(election=outcome.run.election_id).exclude(lists=body.entry.source_list_id)
        said = {"kind": body.stay.kind, "place": body.stay.place_id, "seen": body.stay.pk} if body.stay else {}
        may_say = access.may(desk.user, Deed.SAY_STAY)
        parts |= {
            "body": body,
            "stay_form": StayForm(places=others.order_by("name"), initial=said) if may_say else None,
        }
    return parts
