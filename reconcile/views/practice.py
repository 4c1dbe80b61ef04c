"""The practice cases of the first sign-in, and the sheet of keys."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from reconcile import access, labels
from reconcile.access import Deed
from reconcile.actions import accounts
from reconcile.queries.practice import CASES, practice_case
from reconcile.views.desk import desk_for, show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, number: int) -> HttpResponse:
    """Show one made-up case; by POST, say how an experienced officer would have answered. Nothing is stored."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    if not 1 <= number <= CASES:
        raise Http404
    answer = request.POST.get("answer", "")
    if request.method == "POST" and (answer == "enough" or (answer == "" and number == CASES)):
        accounts.finish_practice(officer=desk.user)
        return redirect("reconcile:review")
    case = practice_case(number)
    return show(
        request,
        "reconcile/review/practice.html",
        desk,
        case=case,
        page={"pair": case},
        of=CASES,
        answer=answer,
        is_right=answer == case.right,
        following=number + 1 if number < CASES else None,
        answers={code: labels.ANSWERS[code] for code in ("same", "not_this", "no_list", "unsure")},
        reasons=labels.DECISION_REASONS,
    )


@login_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Show all keys on one page, and whether they are on."""
    desk = desk_for(request)
    access.require(desk.user, Deed.DECIDE)
    return show(request, "reconcile/review/keys.html", desk)
