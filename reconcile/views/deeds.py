"""The buttons of the wizard: each asks one action and shows the upload again, as it then stands."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import links, undoing
from reconcile.actions import uploads as upload_actions
from reconcile.actions.errors import ActionRefused
from reconcile.forms import ExpectedForm, ReasonForm
from reconcile.models import Officer, Upload, Verdict
from reconcile.queries import undo as undo_query
from reconcile.views.desk import desk_for, show, telling_refusals

Act = Callable[[HttpRequest, Upload, Officer], None]


def _button(deed: Deed) -> Callable[[Act], Callable[..., HttpResponse]]:
    """Make a view of what a button does: by POST only, for whoever may, with a refusal as a message."""

    def make(act: Act) -> Callable[..., HttpResponse]:
        @login_required
        @require_POST
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            desk = desk_for(request)
            upload = access.upload_for(desk.user, pk, deed)
            with telling_refusals(request):
                act(request, upload, desk.user)
            return redirect("reconcile:upload", upload.pk)

        view.__doc__ = act.__doc__
        return view

    return make


@_button(Deed.UPLOAD)
def send(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """All files are here."""
    upload_actions.send_files(upload=upload, by=by)


@_button(Deed.UPLOAD)
def back(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Go back a step: to the files, or to what they were recognised as."""
    if request.POST.get("to") == "recognise":
        upload_actions.look_again(upload=upload, by=by)
    else:
        upload_actions.take_files_back(upload=upload, by=by)


@_button(Deed.UPLOAD)
def expect(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Say another number of people expected."""
    form = ExpectedForm(request.POST)
    if not form.is_valid():
        raise ActionRefused("not_a_number", _("Write the number of people with digits only."))
    upload_actions.change_expected(upload=upload, expected=form.cleaned_data["expected"], by=by)


@_button(Deed.UPLOAD)
def settle_doubles(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Say whether lists with the same people are replaced, or stand beside."""
    upload_actions.settle_doubles(upload=upload, replace=request.POST.get("choice") == "replace", by=by)


@_button(Deed.ACCEPT_WARNINGS)
def accept(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Let warnings pass, with a reason."""
    upload_actions.accept_warnings(upload=upload, reason=_reason(request), by=by)


@_button(Deed.CONFIRM_CHANGE)
def confirm_change(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Confirm a mass change as another administrator, with a reason."""
    upload_actions.confirm_change(upload=upload, reason=_reason(request), by=by)


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""


@_button(Deed.UPLOAD)
def check_again(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Work the numbers out anew."""
    upload_actions.try_again(upload=upload, by=by)


@_button(Deed.UPLOAD)
def apply(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Apply what the page showed, and nothing else."""
    upload_actions.apply(upload=upload, fingerprint=request.POST.get("fingerprint", ""), by=by)


@_button(Deed.UPLOAD)
def cancel(request: HttpRequest, upload: Upload, by: Officer) -> None:
    """Give the upload up."""
    upload_actions.cancel_upload(upload=upload, by=by)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what undoing an upload does; by POST, do it."""
    desk = desk_for(request)
    upload = access.upload_for(desk.user, pk, Deed.UNDO)
    if request.method == "POST":
        with telling_refusals(request):
            undoing.undo_upload(upload=upload, by=desk.user)
        return redirect("reconcile:upload", upload.pk)
    preview = undo_query.preview(upload)
    return show(request, "reconcile/uploads/undo.html", desk, upload=upload, preview=preview)


@login_required
@require_POST
def settle_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a row of a register is the person known before."""
    desk = desk_for(request)
    link = access.link_for(desk.user, pk)
    verdict = Verdict.SAME if request.POST.get("verdict") == "same" else Verdict.DIFFERENT
    with telling_refusals(request):
        links.settle_link(link=link, verdict=verdict, by=desk.user)
    return redirect("reconcile:changes", link.entry.source_list.upload_id)
