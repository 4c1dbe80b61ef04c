"""Papers of an approved version: which there are, each to take away, and the pack of them all."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import printing
from reconcile.actions.errors import ActionRefused
from reconcile.queries.papers import papers_page
from reconcile.views.desk import desk_for, show, telling_refusals
from reconcile.writing.papers import MadePaper, Pack

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@login_required
@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which papers there are of a version for this officer, what was made and by whom."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.TAKE_PAPERS)
    audience = access.audience_of(desk.user)
    try:
        page = papers_page(stored, printing.matter_to_print(stored, audience))
        refused = ""
    except ActionRefused as refusal:
        page, refused = None, str(refusal)
    return show(
        request, "reconcile/versions/papers.html", desk, stored=stored, page=page, refused=refused, audience=audience
    )


@login_required
@require_safe
def paper(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Give one paper, as far as the officer may see it."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.TAKE_PAPERS)
    audience = access.audience_of(desk.user)
    return _give(
        request, stored.pk, lambda: printing.print_paper(stored=stored, code=code, audience=audience, by=desk.user)
    )


@login_required
@require_safe
def letter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give the moved-voter letter of one person of a version."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.MAKE_PACK)
    audience = access.audience_of(desk.user)
    return _give(
        request, stored.pk, lambda: printing.print_letter(stored=stored, number=number, audience=audience, by=desk.user)
    )


@login_required
@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the pack as it was made."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.MAKE_PACK)
    audience = access.audience_of(desk.user)
    return _give(request, stored.pk, lambda: printing.take_pack(stored=stored, audience=audience, by=desk.user))


@login_required
@require_POST
def make_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Make all papers of a version, or none."""
    desk = desk_for(request)
    stored = access.version_for(desk.user, pk, Deed.MAKE_PACK)
    with telling_refusals(request):
        printing.print_pack(stored=stored, audience=access.audience_of(desk.user), by=desk.user)
        messages.success(request, _("The pack is ready: every paper was made, and all fingerprints are noted."))
    return redirect("reconcile:papers", stored.pk)


def _give(request: HttpRequest, pk: int, make: Callable[[], MadePaper | Pack]) -> HttpResponse:
    """Answer with a file of which nothing stays on the server or in the browser's store, or say why there is none."""
    try:
        made = make()
    except ActionRefused as refusal:
        if refusal.code == "no_paper":
            raise Http404 from refusal
        messages.error(request, str(refusal))
        return redirect("reconcile:papers", pk)
    answer = HttpResponse(made.content, content_type=TYPES[made.name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    add_never_cache_headers(answer)
    return answer
