"""Files to take away: a template to fill in, the rows to be corrected, a list as it stands."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.records import ListKind
from reconcile.views.desk import desk_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the empty workbook of a kind of list."""
    desk = desk_for(request)
    access.require(desk.user, Deed.UPLOAD)
    if kind not in list(ListKind):
        raise Http404
    raise Http404


@login_required
@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the rows of a list somebody must work on, with what is wrong and how to mend it."""
    raise Http404


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a list as it stands, as far as the officer may see it."""
    raise Http404
