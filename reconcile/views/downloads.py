"""Files to take away: a template to fill in, the rows to be corrected, a list as it stands."""

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import corrections, exports
from reconcile.records import ListKind
from reconcile.views.desk import desk_for, telling_refusals
from reconcile.writing.templates import list_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, write: Callable[[Path], object]) -> FileResponse:
    """Answer with a workbook that `write` puts on the disk; nothing of it stays there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write(path)
        answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
    add_never_cache_headers(answer)
    return answer


@login_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give the empty workbook of a kind of list."""
    desk = desk_for(request)
    access.require(desk.user, Deed.UPLOAD)
    if kind not in list(ListKind):
        raise Http404
    return workbook(f"templat-{kind}.xlsx", lambda path: list_template(ListKind(kind), path))


@login_required
@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the rows of a list somebody must work on, with what is wrong and how to mend it."""
    desk = desk_for(request)
    access.require(desk.user, Deed.UPLOAD)
    one = access.list_for(desk.user, pk)
    path = corrections.path_of(one)
    if not one.to_correct:
        raise Http404
    if not path.exists():
        corrections.ask_for_correction(one)
        messages.info(request, _("The correction workbook is being made. Try again in a moment."))
        return redirect("reconcile:upload", one.upload_id)
    exports.record_correction(one=one, by=desk.user)
    name = f"perbaikan-{PurePath(one.chain[0].file_name).stem}.xlsx"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
    add_never_cache_headers(answer)
    return answer


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a list as it stands, as far as the officer may see it."""
    desk = desk_for(request)
    access.require(desk.user, Deed.EXPORT)
    one = access.list_for(desk.user, pk)
    sight = access.export_sight_of(desk.user)
    with telling_refusals(request):
        return workbook(
            f"daftar-{one.pk}.xlsx",
            lambda path: exports.export_list(one=one, sight=sight, by=desk.user, path=path),
        )
    return redirect("reconcile:list", one.pk)
