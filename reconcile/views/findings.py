"""The right to vote as officers establish it: on a person's page, as a list, and the papers that prove it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import evidence as evidence_actions
from reconcile.actions import findings as actions
from reconcile.actions.errors import ActionRefused
from reconcile.actions.evidence import SUFFIXES
from reconcile.forms import EvidenceForm, FindingForm
from reconcile.models import EvidenceKind, Finding, Officer, PersonOutcome
from reconcile.queries import findings as query
from reconcile.views.desk import desk_for, show, telling_refusals

NO_FILE = _("Choose a file first.")


@login_required
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Show what was established of whom: by code of the election and stage, and each with its people."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_FINDINGS)
    if desk.election is None:
        return show(request, "reconcile/findings.html", desk, rows=(), lines=())
    found = access.findings_for(desk.user).filter(election=desk.election)
    outcomes = access.outcomes_around(desk.user, desk.run).filter(person__in=found.values("person"))
    rows, key = query.by_code(found), request.GET.get("code", "")
    lines = query.lines(found, outcomes)
    if key:
        lines = [line for line in lines if query.key_of(line.finding) == key]
    status = request.GET.get("status", "")
    lines = [line for line in lines if not status or query.column_of(line.finding) == status]
    totals = {name: sum(getattr(row, name) for row in rows) for name in ("waiting", "counts", "over", "all")}
    return show(request, "reconcile/findings.html", desk, rows=rows, lines=lines, totals=totals, key=key, status=status)


@login_required
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Establish one point of a person's right to vote."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    outcome = access.person_for(desk.user, pk)
    bars = [(key, key) for key in query.bars_of(outcome.run)]
    form = FindingForm(request.POST, request.FILES, bars=bars)
    if not form.is_valid():
        for name, errors in form.errors.items():
            messages.error(request, f"{form[name].label}: {' '.join(map(str, errors))}")
        return _back(pk)
    given = form.cleaned_data
    with telling_refusals(request):
        actions.record_finding(
            outcome=outcome, what=given["what"], note=given["note"], file=given["file"], by=desk.user
        )
    return _back(pk)


def _back(person: int) -> HttpResponse:
    return redirect(redirect("reconcile:person", person).headers["Location"] + "#findings")


Act = Callable[[HttpRequest, Finding, PersonOutcome, Officer], None]


def _button(act: Act) -> Callable[..., HttpResponse]:
    """Make a view of what a button beside a finding does; a refusal is a message on the person's page."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        desk = desk_for(request)
        access.require(desk.user, Deed.DECIDE)
        finding = access.finding_for(desk.user, pk)
        outcome = access.person_for(desk.user, finding.person_id)
        with telling_refusals(request):
            act(request, finding, outcome, desk.user)
        return _back(finding.person_id)

    view.__doc__ = act.__doc__
    return view


@_button
def confirm(request: HttpRequest, finding: Finding, outcome: PersonOutcome, by: Officer) -> None:
    """Confirm as the second officer."""
    actions.confirm_finding(finding=finding, outcome=outcome, by=by)


@_button
def refuse(request: HttpRequest, finding: Finding, outcome: PersonOutcome, by: Officer) -> None:
    """Refuse as the second officer."""
    actions.refuse_finding(finding=finding, outcome=outcome, note=request.POST.get("note", "")[:300], by=by)


@_button
def withdraw(request: HttpRequest, finding: Finding, outcome: PersonOutcome, by: Officer) -> None:
    """Take it back."""
    actions.withdraw_finding(finding=finding, outcome=outcome, note=request.POST.get("note", "")[:300], by=by)


@_button
def attach(request: HttpRequest, finding: Finding, outcome: PersonOutcome, by: Officer) -> None:
    """Attach one more paper."""
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ActionRefused("no_file", NO_FILE)
    given: dict[str, Any] = form.cleaned_data
    evidence_actions.add_evidence(finding=finding, outcome=outcome, file=given["file"], note=given["note"], by=by)


@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the paper to an officer who may see it; the log says who took it."""
    desk = desk_for(request)
    one = access.evidence_for(desk.user, pk)
    evidence_actions.record_download(evidence=one, by=desk.user)
    name = f"bukti-{one.pk}.{SUFFIXES[EvidenceKind(one.kind)]}"  # never the name it came with
    answer = FileResponse(one.file.open("rb"), as_attachment=True, filename=name, content_type=one.kind)
    add_never_cache_headers(answer)
    return answer
