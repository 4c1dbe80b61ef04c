"""Whole rolls: two stages compared with their recapitulation, and a roll inspected by itself."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import exports
from reconcile.actions import inspecting as inspecting_actions
from reconcile.actions import stages as stages_actions
from reconcile.inspecting import Check
from reconcile.models import Election, Officer, StageComparison
from reconcile.queries import inspections as inspections_query
from reconcile.queries import roll_work, stage_recap
from reconcile.queries.stage_rows import Filter, stage_rows
from reconcile.queries.stages import loaded_stages
from reconcile.views.desk import Desk, desk_for, show, telling_refusals
from reconcile.views.downloads import workbook


@login_required
@require_safe
def rolls(request: HttpRequest) -> HttpResponse:
    """Show the stages that are loaded, what can be asked of them, and what was asked before."""
    desk = desk_for(request)
    access.require(desk.user, Deed.SEE_ROLLS)
    if not desk.election:
        return redirect("reconcile:home")
    return show(
        request,
        "reconcile/rolls/rolls.html",
        desk,
        stages=loaded_stages(desk.election),
        comparisons=roll_work.latest(access.comparisons_for(desk.user).filter(election=desk.election)),
        inspections=roll_work.latest(access.inspections_for(desk.user).filter(election=desk.election)),
    )


@login_required
@require_POST
def compare_stages(request: HttpRequest) -> HttpResponse:
    """Queue the comparison of two stages."""
    user, election = _checking(request)
    first, second = (request.POST.get(name, "") for name in ("first", "second"))
    with telling_refusals(request):
        made = stages_actions.queue_comparison(election=election, first=first, second=second, by=user)
        return redirect("reconcile:stages", made.pk)
    return redirect("reconcile:rolls")


@login_required
@require_POST
def inspect_roll(request: HttpRequest) -> HttpResponse:
    """Queue the inspection of a stage."""
    user, election = _checking(request)
    with telling_refusals(request):
        made = inspecting_actions.queue_inspection(election=election, stage=request.POST.get("stage", ""), by=user)
        return redirect("reconcile:inspection", made.pk)
    return redirect("reconcile:rolls")


def _checking(request: HttpRequest) -> tuple[Officer, Election]:
    desk = desk_for(request)
    access.require(desk.user, Deed.CHECK_ROLLS)
    if not desk.election:
        raise Http404
    return desk.user, desk.election


@login_required
@require_safe
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a comparison is; once it is ready its faults, its sums and the recapitulation of an area."""
    desk = desk_for(request)
    comparison = access.comparison_for(desk.user, pk)
    progress = roll_work.progress(comparison, "recap")
    if not progress.is_ready:
        return show(
            request, "reconcile/rolls/work.html", desk, piece="reconcile/rolls/_work.html",
            progress=progress, address="reconcile:stages", kind="stages",
        )  # fmt: skip
    recap = stage_recap.recap_within(stage_recap.recap_table(comparison), _area(request))
    return show(
        request, "reconcile/rolls/stages.html", desk,
        comparison=comparison, sums=stage_recap.sums_of(comparison), faults=stage_recap.faults_of(comparison),
        recap=recap,
    )  # fmt: skip


@login_required
@require_safe
def stage_voters(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the voters behind a figure of a comparison."""
    desk = desk_for(request)
    comparison = _ready(desk, pk, "events")
    rows = stage_rows(
        comparison,
        Filter.of_request(request.GET),
        request.GET.get("page"),
        access.sight_of(desk.user),
        sources=access.may(desk.user, Deed.SEE_SOURCES),
    )
    return show(request, "reconcile/rolls/stage_voters.html", desk, comparison=comparison, rows=rows)


@login_required
@require_safe
def stage_recap_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the recapitulation of an area as a workbook."""
    desk = desk_for(request)
    access.require(desk.user, Deed.EXPORT)
    comparison = _ready(desk, pk, "recap")
    area = _area(request)
    name = f"rekap-{comparison.second.lower().replace(' ', '-')}-{area or 'semua'}.xlsx"
    return workbook(name, lambda path: exports.export_recap(comparison=comparison, area=area, by=desk.user, path=path))


def _ready(desk: Desk, pk: int, answer: str) -> StageComparison:
    comparison = access.comparison_for(desk.user, pk)
    if not roll_work.progress(comparison, answer).is_ready:
        raise Http404
    return comparison


def _area(request: HttpRequest) -> str:
    area = request.GET.get("area", "")
    return area if stage_recap.is_area(area) else ""


@login_required
@require_safe
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an inspection is; once it is ready how much each check has found."""
    desk = desk_for(request)
    found = access.inspection_for(desk.user, pk)
    progress = roll_work.progress(found, "findings")
    if not progress.is_ready:
        return show(
            request, "reconcile/rolls/work.html", desk, piece="reconcile/rolls/_work.html",
            progress=progress, address="reconcile:inspection", kind="inspection",
        )  # fmt: skip
    faults, warnings = inspections_query.checked(found)
    return show(request, "reconcile/rolls/inspection.html", desk, inspection=found, faults=faults, warnings=warnings)


@login_required
@require_safe
def found_voters(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows that one check has found."""
    desk = desk_for(request)
    found = access.inspection_for(desk.user, pk)
    check = request.GET.get("check", Check.NIK_TWICE.value)
    if check not in list(Check) or not roll_work.progress(found, "findings").is_ready:
        raise Http404
    rows = inspections_query.found_rows(
        found,
        Check(check),
        request.GET.get("page"),
        access.sight_of(desk.user),
        sources=access.may(desk.user, Deed.SEE_SOURCES),
    )
    return show(request, "reconcile/rolls/found_voters.html", desk, inspection=found, rows=rows)
