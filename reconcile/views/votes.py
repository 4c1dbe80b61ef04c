"""After the vote: attendance by person or in figures, the ballots, and who was left out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import voting
from reconcile.actions.approval import ALTERED
from reconcile.models import NotVoted, Place, StoredVersion, VoteEntry, VoteKind
from reconcile.queries import votes as votes_query
from reconcile.queries.people import PAGE
from reconcile.queries.version_rows import shown
from reconcile.queries.versions import version_of
from reconcile.queries.votes import IN, OUT, VOTED, Mark
from reconcile.records import Outcome
from reconcile.versions import VOTING, ListVersion
from reconcile.views.desk import desk_for, show, telling_refusals

MOST = 10**7  # people or ballots; more is a slip of the hand


def _list_of(place: Place) -> tuple[StoredVersion | None, ListVersion | None, str]:
    """Return the list the vote was held by, or why there is none to be shown."""
    stored = votes_query.list_voted_by(place)
    if stored is None:
        return None, None, _("No list of this place was approved yet: attendance is entered against an approved list.")
    version = version_of(stored)
    return (stored, version, "") if version.is_whole else (stored, None, str(ALTERED))


@login_required
@require_safe
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show attendance and ballots of a place, and what was entered when by whom."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk)
    stored, version, why = _list_of(place)
    entries = VoteEntry.objects.filter(place=place).select_related("by", "undone_by", "version")
    newest = {
        entry.pk
        for kinds in (votes_query.ATTENDANCE, [VoteKind.BALLOTS])
        for entry in votes_query.entries_of(place, kinds)[:1]
    }
    return show(
        request, "reconcile/votes/votes.html", desk, place=place, stored=stored, why=why,
        too_early=voting.TOO_EARLY if votes_query.is_before_the_vote(place) else "",
        turnout=votes_query.turnout(stored, version) if stored and version else None,
        ballots=votes_query.ballot_lines(place), columns=(*IN, *OUT), entries=entries[:20], newest=newest,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter of each person whether they voted, a page at a time."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk, Deed.RECORD_VOTE)
    stored, version, _why = _list_of(place)
    if stored is None or version is None or votes_query.is_before_the_vote(place):
        return redirect("reconcile:votes", place.pk)
    if request.method == "POST":
        marks = {number: mark for number, mark in _marks(request.POST).items() if mark}
        with telling_refusals(request):
            voting.enter_persons(place=place, marks=marks, by=desk.user)
            messages.success(request, _("Attendance saved."))
            return redirect(request.get_full_path())
    others = request.GET.get("others") == "1"
    rows = [row for row in version.rows if (row.outcome in VOTING) != others]
    page: Page[Any] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    known = {number: VOTED if one.voted else one.reason for number, one in votes_query.marks_of(stored).items()}
    known |= {int(name[2:]): str(value) for name, value in request.POST.items() if _is_row(name)}
    sight = access.sight_of(desk.user)
    page.object_list = [(shown(row, sight, version.as_of), known.get(row.number, "")) for row in page.object_list]
    return show(
        request, "reconcile/votes/attendance.html", desk, place=place, stored=stored, page=page, others=others,
        reasons=NotVoted.choices, query="?others=1" if others else "?",
    )  # fmt: skip


def _is_row(name: str) -> bool:
    return name.startswith("v-") and name[2:].isdecimal() and len(name) < 10


def _marks(sent: Mapping[str, str]) -> dict[int, Mark | None]:
    """Return what a form says by row number; None where it says nothing."""
    said = {int(name[2:]): value[:10] for name, value in sent.items() if _is_row(name)}
    if sent.get("all") == "voted":
        said = {number: value or VOTED for number, value in said.items()}
    return {number: _mark(value) if value else None for number, value in said.items()}


def _mark(value: str) -> Mark:
    return Mark(True) if value == VOTED else Mark(False, value)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vote_counts(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter attendance in figures: by outcome, who voted and who did not, by reason."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk, Deed.RECORD_VOTE)
    stored, version, _why = _list_of(place)
    if stored is None or version is None or votes_query.is_before_the_vote(place):
        return redirect("reconcile:votes", place.pk)
    if request.method == "POST":
        counts = {
            (outcome, "" if reason == VOTED else reason): n
            for (outcome, reason), n in _figures(request.POST, "c").items()
            if outcome in list(Outcome) and reason in (VOTED, *NotVoted.values)
        }
        with telling_refusals(request):
            voting.enter_counts(place=place, counts=counts, by=desk.user)
            messages.success(request, _("Figures saved."))
            return redirect("reconcile:votes", place.pk)
    turnout = votes_query.turnout(stored, version)
    rows = sorted(turnout.rows, key=lambda row: not row.votes_here)
    return show(
        request, "reconcile/votes/counts.html", desk, place=place, stored=stored,
        rows=[_count_cells(row, turnout.kind == VoteKind.COUNTS, request.POST) for row in rows],
    )  # fmt: skip


def _count_cells(row: votes_query.OutcomeTurnout, is_known: bool, sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of one outcome: what was typed, else what was entered before."""
    reasons = (VOTED, *NotVoted.values) if row.votes_here else (VOTED,)
    known = {VOTED: row.voted, **row.reasons} if is_known else {}
    cells = [(f"c-{row.outcome}-{one}", one) for one in reasons]
    return {"row": row, "cells": [(name, one, sent.get(name, known.get(one, ""))) for name, one in cells]}


def _figures(sent: Mapping[str, str], prefix: str) -> dict[tuple[str, str], int]:
    """Return the numbers of a form by the two parts of their names; an empty field is 0."""
    found = {}
    for name, value in sent.items():
        first, _sep, rest = name.partition("-")
        one, _sep, other = rest.rpartition("-")
        if first == prefix and one and (not value.strip() or value.strip().isdecimal()):
            found[one, other] = min(int(value.strip() or 0), MOST)
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vote_ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what became of the ballots of the TPS, by type."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk, Deed.RECORD_VOTE)
    if votes_query.is_before_the_vote(place):
        return redirect("reconcile:votes", place.pk)
    lines = votes_query.ballot_lines(place)
    if request.method == "POST":
        given = _figures(request.POST, "b")
        counts = {line.code: {name: given.get((line.code, name), 0) for name in (*IN, *OUT)} for line in lines}
        with telling_refusals(request):
            voting.enter_ballots(place=place, counts=counts, by=desk.user)
            messages.success(request, _("Ballots saved."))
            return redirect("reconcile:votes", place.pk)
    return show(
        request, "reconcile/votes/ballots.html", desk, place=place, columns=(*IN, *OUT),
        rows=[_ballot_cells(line, request.POST) for line in lines],
    )  # fmt: skip


def _ballot_cells(line: votes_query.BallotLine, sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of one type: what was typed, else what was entered before, and by how much it is off."""
    names = [(f"b-{line.code}-{name}", name, known) for name, known in line.cells]
    typed = {name: sent.get(field, "" if known is None else str(known)) for field, name, known in names}
    numbers = {name: int(value) if value.isdecimal() else 0 for name, value in typed.items()}
    cells = [(field, name, typed[name]) for field, name, _known in names]
    return {"line": line, "cells": cells, "off": votes_query.imbalance(numbers)}


@login_required
@require_safe
def left_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the people behind a figure of the attendance: who did not vote, and why, or who did."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk)
    stored, version, _why = _list_of(place)
    if stored is None or version is None:
        return redirect("reconcile:votes", place.pk)
    reason, outcome = request.GET.get("reason", "")[:20], request.GET.get("outcome", "")
    outcome = outcome if outcome in list(Outcome) else ""
    found = votes_query.attended(version, votes_query.marks_of(stored), reason, outcome)
    page: Page[Any] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    sight = access.sight_of(desk.user)
    page.object_list = [(shown(row, sight, version.as_of), why) for row, why in page.object_list]
    codes = {name: code for name, code in (("reason", reason), ("outcome", outcome)) if code}
    return show(
        request, "reconcile/votes/left.html", desk, place=place, stored=stored, page=page, reason=reason,
        outcome=outcome, total=len(found), query=f"?{urlencode(codes)}" if codes else "?",
    )  # fmt: skip


@login_required
@require_POST
def undo_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the newest entry back."""
    desk = desk_for(request)
    entry = access.vote_entry_for(desk.user, pk)
    with telling_refusals(request):
        voting.undo_entry(entry=entry, by=desk.user)
        messages.success(request, _("Taken back. What was entered before counts."))
    return redirect("reconcile:votes", entry.place_id)
