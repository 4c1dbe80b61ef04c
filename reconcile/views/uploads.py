"""The wizard: begin an upload, give it files, and whatever its state asks for. Every step can be left."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import files, recognising
from reconcile.actions import uploads as upload_actions
from reconcile.actions.errors import ActionRefused
from reconcile.forms import BeginForm, ExpectedForm, FilesForm, RecogniseForm
from reconcile.models import (
    ListStatus,
    PersonLink,
    Place,
    SourceList,
    Upload,
    UploadStatus,
    Verdict,
    current_of,
)
from reconcile.queries import problems as problems_query
from reconcile.queries import uploads as uploads_query
from reconcile.queries.obstacles import Weight, lists_of, obstacles
from reconcile.queries.recognition import obstacles_to_reading
from reconcile.views.desk import Desk, desk_for, show, telling_refusals


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """First step: say what will come. `completes` in the address: the list whose rows come back corrected."""
    desk = desk_for(request)
    access.require(desk.user, Deed.UPLOAD)
    if not desk.election:
        return redirect("reconcile:home")
    completes = _completed(desk, request.GET.get("completes", ""))
    if completes is not None and request.method == "POST":
        return _begin(request, desk, kind=completes.kind, place=completes.place, expected=None, completes=completes)
    origins = access.origins_of_uploads(desk.user, desk.places)
    if not origins:
        messages.info(request, _("This place keeps no register of its own: there is nothing to upload."))
        return redirect("reconcile:home")
    accepted = access.lists_for(desk.user).filter(election=desk.election, status=ListStatus.ACCEPTED)
    form = BeginForm(request.POST or None, origins=origins, in_force=current_of(list(accepted.order_by("pk"))))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        replaces = [said["replaces"]] if said["replaces"] else []
        return _begin(
            request, desk, kind=form.list_kind, place=said["place"], expected=said["expected"], replaces=replaces
        )
    steps = uploads_query.steps("choose")
    answer = show(request, "reconcile/uploads/begin.html", desk, form=form, steps=steps, completes=completes)
    answer.status_code = 422 if form.is_bound else 200
    return answer


def _completed(desk: Desk, asked: str) -> SourceList | None:
    if not asked.isdecimal():
        return None
    in_force = access.lists_for(desk.user).filter(election=desk.election, status=ListStatus.ACCEPTED)
    return get_object_or_404(in_force, pk=asked)


def _begin(request: HttpRequest, desk: Desk, **said: Any) -> HttpResponse:
    assert desk.election is not None
    with telling_refusals(request):
        upload = upload_actions.begin_upload(election=desk.election, by=desk.user, **said)
        return redirect("reconcile:upload", upload.pk)
    return redirect("reconcile:begin_upload")


@login_required
@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an upload at the step it has come to; while a worker has it, the page asks again by itself."""
    desk = desk_for(request)
    found = access.upload_for(desk.user, pk)
    if request.headers.get("HX-Request") and not found.is_at_work:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _show(request, desk, found, lists_of(found))


def _show(
    request: HttpRequest, desk: Desk, found: Upload, lists: list[SourceList], page: "Page | None" = None
) -> HttpResponse:
    status = UploadStatus(found.status)
    parts: dict[str, Any] = {
        "upload": found,
        "lists": lists,
        "steps": uploads_query.steps(uploads_query.STEP_OF[status] or "choose", is_done=status == UploadStatus.APPLIED),
        "may_change": access.may(desk.user, Deed.UPLOAD),
    }
    if found.is_at_work:
        work = uploads_query.work_of(found)
        piece = "reconcile/uploads/_work.html"
        return show(request, "reconcile/uploads/work.html", desk, piece=piece, work=work, **parts)
    template, more = page or PAGES.get(status, _ended)(request, desk, found, lists)
    return show(request, template, desk, **parts, **more)


Page = tuple[str, dict[str, Any]]


def _files(request: HttpRequest, desk: Desk, found: Upload, lists: list[SourceList]) -> Page:
    most = files.most_bytes(desk.user)
    rows = [uploads_query.file_row(one) for one in lists]
    return "reconcile/uploads/files.html", {"rows": rows, "most": most, "most_megabytes": most >> 20}


def _recognised(request: HttpRequest, desk: Desk, found: Upload, lists: list[SourceList]) -> Page:
    form = RecogniseForm(lists=lists, places=_own_places(desk))
    return _recognition_page(desk, found, lists, form, request.GET.get("edit", ""))


def _recognition_page(desk: Desk, found: Upload, lists: list[SourceList], form: RecogniseForm, edit: str) -> Page:
    refused = [uploads_query.file_row(one) for one in lists if one.status == ListStatus.REFUSED]
    return "reconcile/uploads/recognise.html", {
        "files": list(form.shown(edit)),
        "refused": refused,
        "obstacles": obstacles_to_reading(found, lists),
    }


def _own_places(desk: Desk) -> list[Place]:
    return [place for place in access.origins_of_uploads(desk.user, desk.places) if place]


def _checked(request: HttpRequest, desk: Desk, found: Upload, lists: list[SourceList]) -> Page:
    in_the_way = obstacles(found, lists)
    own = {one.pk for one in lists}
    return "reconcile/uploads/check.html", {
        **_numbers(request, desk, found, lists),
        "obstacles": in_the_way,
        "own_doubles": any(double["list"] in own for double in found.doubles),
        "has_warning": any(each.weight is Weight.WARNING for each in in_the_way),
        "is_own": found.by_id == desk.user.pk,
        "expected": ExpectedForm(initial={"expected": found.expected}),
        "second_rows": uploads_query.second_rows(lists),
    }


def _ended(request: HttpRequest, desk: Desk, found: Upload, lists: list[SourceList]) -> Page:
    if found.status == UploadStatus.CANCELLED:
        return "reconcile/uploads/cancelled.html", {}
    doubts = PersonLink.objects.filter(entry__source_list__upload=found)
    return "reconcile/uploads/result.html", {
        **_numbers(request, desk, found, lists),
        "open_links": doubts.filter(verdict=Verdict.OPEN).count(),
        "has_changes": bool(found.before) or doubts.exists(),
    }


def _numbers(request: HttpRequest, desk: Desk, found: Upload, lists: list[SourceList]) -> dict[str, Any]:
    return {
        "numbers": uploads_query.numbers(lists),
        "corrections": [one for one in lists if one.to_correct] if access.may(desk.user, Deed.SEE_VALUES) else [],
        "problems": problems_query.problems(
            lists,
            file=request.GET.get("file", ""),
            code=request.GET.get("code", ""),
            number=request.GET.get("page"),
            rows=access.may(desk.user, Deed.SEE_PROBLEMS),
            values=access.may(desk.user, Deed.SEE_VALUES),
        ),
    }


PAGES = {
    UploadStatus.FILES: _files,
    UploadStatus.RECOGNISED: _recognised,
    UploadStatus.CHECKED: _checked,
}


@login_required
@require_POST
def add_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the files sent, each by itself: a refused one does not hold back the others.

    A script sends them one by one to tell the progress, and loads the page anew when it is through: until then
    it gets no page, so that what is to be said waits for that one.
    """
    desk = desk_for(request)
    found = access.upload_for(desk.user, pk, Deed.UPLOAD)
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    for file in form.cleaned_data.get("chosen", ()):
        try:
            files.add_file(upload=found, file=file, file_name=file.name or "", by=desk.user)
        except files.SameFile as same:
            messages.warning(request, _with_link(desk, found, same))
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=204)
    return redirect("reconcile:upload", found.pk)


def _with_link(desk: Desk, here: Upload, same: files.SameFile) -> str:
    """Say that a file is there already, with the way to it for whoever may see it."""
    if same.first.upload_id == here.pk:
        return _("%(name)s is already in this upload.") % {"name": same.first.file_name}
    if not access.uploads_for(desk.user).filter(pk=same.first.upload_id).exists():
        return str(same)
    address = reverse("reconcile:upload", args=[same.first.upload_id])
    return format_html('{} <a href="{}">{}</a>', str(same), address, _("Open it"))


@login_required
@require_POST
def remove_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of its upload."""
    desk = desk_for(request)
    access.require(desk.user, Deed.UPLOAD)
    one = access.list_for(desk.user, pk)
    with telling_refusals(request):
        files.remove_file(source_list=one, by=desk.user)
    return redirect("reconcile:upload", one.upload_id)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the files checked as recognised, or as the form says instead."""
    desk = desk_for(request)
    found = access.upload_for(desk.user, pk, Deed.UPLOAD)
    lists = lists_of(found)
    form = RecogniseForm(request.POST, lists=lists, places=_own_places(desk))
    if not form.is_valid():
        raise Http404  # only a forged request chooses what was not offered
    told = form.told()
    try:
        # another heading row means other columns: they are shown before anything is read by them
        if any(each.header_rows for each in told.values()):
            recognising.recognise_again(upload=found, told=told, by=desk.user)
        else:
            recognising.confirm_recognition(upload=found, told=told, by=desk.user)
    except ActionRefused as refusal:
        if found.status != UploadStatus.RECOGNISED:
            messages.error(request, str(refusal))
            return redirect("reconcile:upload", found.pk)
        answer = _show(request, desk, found, lists, page=_recognition_page(desk, found, lists, form, ""))
        answer.status_code = 422
        return answer
    return redirect("reconcile:upload", found.pk)
