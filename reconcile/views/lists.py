"""The lists of the offices: what was uploaded, and what became of every row of one list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.queries import changes as changes_query
from reconcile.queries import lists as lists_query
from reconcile.queries import runs as runs_query
from reconcile.queries import uploads as uploads_query
from reconcile.views.desk import desk_for, show


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show the history of uploads, and the comparisons of what is in force."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_LISTS)
    if not desk.election:
        return redirect("reconcile:home")
    return show(
        request,
        "reconcile/lists.html",
        desk,
        piece="reconcile/_history.html",
        history=uploads_query.history(access.uploads_for(desk.user).filter(election=desk.election)),
        runs=runs_query.latest(access.runs_for(desk.user).filter(election=desk.election)),
    )


@login_required
@require_safe
def source_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of every row of one list, and a page of its problems."""
    desk = desk_for(request)
    found = access.list_for(desk.user, pk)
    values = access.may(desk.user, Deed.SEE_VALUES)
    account = lists_query.account(
        found,
        request.GET.get("code", ""),
        request.GET.get("page"),
        rows=access.may(desk.user, Deed.SEE_PROBLEMS),
        values=values,
    )
    corrections = [found] if values and found.to_correct else []
    return show(request, "reconcile/list.html", desk, account=account, one=found, corrections=corrections)


@login_required
@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who comes, who goes and who is no longer the same by an upload, and the links to be decided."""
    desk = desk_for(request)
    upload = access.upload_for(desk.user, pk, Deed.SEE_PROBLEMS)
    shown = changes_query.changes(
        upload,
        request.GET.get("kind", ""),
        request.GET.get("page"),
        access.sight_of(desk.user),
        links=access.may(desk.user, Deed.SEE_CANDIDATES),
    )
    return show(request, "reconcile/uploads/changes.html", desk, upload=upload, changes=shown)
