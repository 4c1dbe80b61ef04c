"""List versions: all places, one version, the people behind its figures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions.approval import ALTERED
from reconcile.models import MatchRun, Place, StoredVersion
from reconcile.queries import version_page as page_query
from reconcile.queries.people import PAGE
from reconcile.queries.version_page import Asked
from reconcile.queries.version_rows import known_people, narrowed, shown
from reconcile.queries.versions import draft_of, version_of
from reconcile.versions import ListVersion
from reconcile.views.desk import Desk, desk_for, show

NARROWED = ("outcome", "check", "sample", "votes")  # what an address may ask of the people


@login_required
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Show every place with its live list and its stored versions."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_PEOPLE)
    stored = access.versions_for(desk.user).filter(place__election=desk.election)
    rows = page_query.overview(desk.places, desk.run, stored) if desk.run else ()
    return show(request, "reconcile/versions/versions.html", desk, rows=rows)


def _asked(request: HttpRequest, desk: Desk) -> Asked:
    since = request.GET.get("since", "")
    return Asked(
        by=desk.user,
        sight=access.sight_of(desk.user),
        kind=request.GET.get("kind", ""),
        since=int(since) if since.isdecimal() and len(since) < 9 else None,
    )


def run_of(place: Place) -> MatchRun:
    """Return the newest finished run of a place's election; 404 where there is none: then there is no list."""
    run = access.newest_run(place.election)
    if run is None:
        raise Http404
    run.election = place.election
    return run


@login_required
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the live answers make of a place: what would be sent."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk)
    page = page_query.draft_page(place, run_of(place), _asked(request, desk))
    return show(request, "reconcile/versions/version.html", desk, page=page)


@login_required
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one stored version with its checklist, what has changed, and who had a hand in it."""
    desk = desk_for(request)
    return version_screen(request, desk, access.version_for(desk.user, pk))


def version_screen(request: HttpRequest, desk: Desk, stored: StoredVersion, **parts: Any) -> HttpResponse:
    page = page_query.version_page(stored, run_of(stored.place), _asked(request, desk))
    return show(request, "reconcile/versions/version.html", desk, page=page, **parts)


@login_required
@require_safe
def draft_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the people behind a figure of the live list."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk)
    run = run_of(place)
    return _people(request, desk, place, draft_of(place, run), run, None)


@login_required
@require_safe
def version_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the people behind a figure of a stored version; of an altered one nobody."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk)
    found = version_of(stored)
    if not found.is_whole:
        messages.error(request, str(ALTERED))
        return redirect("reconcile:version", stored.pk)
    run = run_of(stored.place)
    if "check" in request.GET:  # open cases are those of the live answers, whoever was on the list when it was sent
        found = draft_of(stored.place, run, stored.number)
    return _people(request, desk, stored.place, found, run, stored)


def _people(
    request: HttpRequest, desk: Desk, place: Place, found: ListVersion, run: MatchRun, stored: StoredVersion | None
) -> HttpResponse:
    asked = {name: request.GET[name][:20] for name in NARROWED if request.GET.get(name)}
    rows = narrowed(found, asked, place, run)
    page: Page[Any] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    sight = access.sight_of(desk.user)
    page.object_list = [shown(row, sight, found.as_of) for row in page.object_list]
    known = known_people(place, run)
    return show(
        request, "reconcile/versions/people.html", desk, page=page, version=found, stored=stored, place=place,
        asked=asked, total=len(rows), known=known, next_draw=_next_draw(asked.get("sample", "")),
        query="?" + "&".join(f"{name}={code}" for name, code in asked.items()) if asked else "?",
    )  # fmt: skip


def _next_draw(draw: str) -> int:
    return int(draw) + 1 if draw.isdecimal() else 1
