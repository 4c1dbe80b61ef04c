"""What is sent about a list: to the commissioner, approved, back, recalled."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import approval, recalling, sending
from reconcile.forms import ReturnForm
from reconcile.queries.version_rows import shown
from reconcile.queries.versions import version_of
from reconcile.views.desk import desk_for, show, telling_refusals

PASSWORD_REFUSALS = frozenset({"wrong_password", "too_many_tries"})


@login_required
@require_POST
def send_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the list of a place before the commissioner, as the page showed it."""
    desk = desk_for(request)
    place = access.place_for(desk.user, pk, Deed.SEND_LIST)
    with telling_refusals(request):
        stored = sending.send_version(place=place, mark=request.POST.get("mark", ""), by=desk.user)
        messages.success(request, _("The list is with the commissioner now."))
        return redirect("reconcile:version", stored.pk)
    return redirect("reconcile:draft", place.pk)


@sensitive_post_parameters("password")
@login_required
@require_POST
def approve_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the rows the page showed; the password is asked again."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.APPROVE)
    given = {name: request.POST.get(name, "") for name in ("mark", "password")}
    with telling_refusals(request):
        approval.approve(stored=stored, by=desk.user, **given)
        messages.success(request, _("The list is approved. It stays as it is until something in it changes."))
    return redirect("reconcile:version", stored.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a version goes back and whom the officers must look at again; by POST, send it back."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.APPROVE)
    found = version_of(stored)
    sight = access.sight_of(desk.user)
    rows = [shown(row, sight, found.as_of) for row in found.rows if row.person] if found.is_whole else []
    form = ReturnForm(request.POST or None)
    form.fields["persons"].choices = [(row.person, row.name) for row in rows]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with telling_refusals(request):
            approval.send_back(stored=stored, by=desk.user, **form.cleaned_data)
        return redirect("reconcile:version", stored.pk)
    return show(request, "reconcile/versions/return.html", desk, stored=stored, form=form, rows=rows)


@login_required
@require_POST
def ask_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an approval to be taken back, with a reason."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.ASK_RECALL)
    with telling_refusals(request):
        recalling.ask_recall(stored=stored, reason=request.POST.get("reason", "")[:500], by=desk.user)
    return redirect("reconcile:version", stored.pk)


@login_required
@require_POST
def answer_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent to another person's request, or refuse it."""
    desk = desk_for(request)
    recall = access.recall_for(desk.user, pk)
    with telling_refusals(request):
        recalling.answer_recall(recall=recall, grant=request.POST.get("grant") == "1", by=desk.user)
    return redirect("reconcile:version", recall.version_id)
