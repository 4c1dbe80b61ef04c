"""The lists of the offices: upload, what was understood of each, what is wrong with one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import lists as list_actions
from reconcile.actions.errors import ActionRefused
from reconcile.forms import UploadForm
from reconcile.queries import lists as lists_query
from reconcile.queries import runs as runs_query
from reconcile.views.desk import Desk, desk_for, show


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show all lists of the election and, to whoever may, the form to upload more."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_LISTS)
    if not desk.election:
        return redirect("reconcile:home")
    return _show_lists(request, desk, UploadForm(origins=access.origins_of_uploads(desk.user, desk.places)))


def _show_lists(request: HttpRequest, desk: Desk, form: UploadForm, status: int = 200) -> HttpResponse:
    answer = show(
        request,
        "reconcile/lists.html",
        desk,
        piece="reconcile/_lists.html",
        form=form,
        table=lists_query.table(access.lists_for(desk.user).filter(election=desk.election)),
        runs=runs_query.latest(access.runs_for(desk.user).filter(election=desk.election)),
    )
    answer.status_code = status
    return answer


@login_required
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Store the files, each by itself: a refused one does not hold back the others."""
    desk = desk_for(request)
    access.require(desk.user, Deed.UPLOAD)
    origins = access.origins_of_uploads(desk.user, desk.places)
    form = UploadForm(request.POST, request.FILES, origins=origins)
    if not desk.election or not form.is_valid():
        return _show_lists(request, desk, form, status=422)
    for place, file in form.uploads():
        name = file.name or ""
        try:
            list_actions.store_list(
                election=desk.election, kind=None, place=place, file=file, file_name=name, by=desk.user
            )
        except ActionRefused as refusal:
            messages.error(request, f"{name}: {refusal}")
    return redirect("reconcile:lists")


@login_required
@require_safe
def source_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of every row of one list, and a page of its problems."""
    desk = desk_for(request)
    found = access.list_for(desk.user, pk)
    may_see = access.may(desk.user, Deed.SEE_PROBLEMS)
    account = lists_query.account(found, request.GET.get("code", ""), request.GET.get("page"), problems=may_see)
    return show(request, "reconcile/list.html", desk, account=account)
