"""Loans of ballots: choose one of the proposal, change it, record the hand-over, print its minute."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reconcile import access
from reconcile.access import Deed
from reconcile.actions import loans as loan_actions
from reconcile.models import BallotLoan, Officer
from reconcile.queries import sheets
from reconcile.views.desk import desk_for, desk_of, show, telling_refusals
from reconcile.views.vote_forms import AdjustForm, ChooseLoanForm, HandOverForm, WithdrawForm

Act = Callable[[HttpRequest, BallotLoan, Officer], Form]


@login_required
@require_POST
def choose_loan(request: HttpRequest) -> HttpResponse:
    """Let one TPS lend another what the row of the proposal said."""
    desk = desk_for(request)
    access.require(desk.user, Deed.PLAN_VOTE)
    if not desk.election:
        raise Http404
    form = ChooseLoanForm(request.POST, types=desk.election.rules.ballots)
    if not form.is_valid():
        messages.error(request, _("Enter how many ballots of each type are lent, at least one of one type."))
        return redirect("reconcile:ballots")
    said = form.cleaned_data
    with telling_refusals(request):
        loan_actions.choose_loan(
            election=desk.election, borrower=said["borrower"], lender=said["lender"], counts=form.counts, by=desk.user
        )
        messages.success(request, _("The loan is chosen. Record its hand-over when the ballots go."))
    return redirect("reconcile:ballots")


@login_required
@require_safe
def loan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one loan and, to who decides on it, what can be done."""
    desk = desk_for(request)
    found = access.loan_for(desk.user, pk)
    minute = sheets.loan_minute(found)
    return show(
        request,
        "reconcile/loan.html",
        desk_of(desk.user, found.election) if desk.election != found.election else desk,
        loan=found,
        minute=minute,
        adjust=AdjustForm(types=found.election.rules.ballots, counts=found.counts, initial={"version": found.version}),
        hand_over=HandOverForm.of(minute, found.version, found.counted_at),
        withdraw=WithdrawForm(initial={"version": found.version}),
    )


@login_required
@require_safe
def minute(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the minute of a loan, to be printed."""
    desk = desk_for(request)
    found = access.loan_for(desk.user, pk)
    return show(
        request, "reconcile/loan_minute.html", desk_of(desk.user, found.election), minute=sheets.loan_minute(found)
    )


def _deed(act: Act) -> Callable[..., HttpResponse]:
    """Make a view of what a button does: by POST only, for whoever may, with a refusal as a message."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        desk = desk_for(request)
        found = access.loan_for(desk.user, pk, Deed.PLAN_VOTE)
        with telling_refusals(request):
            form = act(request, found, desk.user)
            for name, errors in form.errors.items():
                messages.error(request, f"{form[name].label}: {' '.join(map(str, errors))}")
        return redirect("reconcile:loan", found.pk)

    return view


def _adjust(request: HttpRequest, found: BallotLoan, by: Officer) -> Form:
    form = AdjustForm(request.POST, types=found.election.rules.ballots)
    if form.is_valid():
        loan_actions.adjust_loan(loan=found, version=form.cleaned_data["version"], counts=form.counts, by=by)
    return form


def _hand_over(request: HttpRequest, found: BallotLoan, by: Officer) -> Form:
    form = HandOverForm(request.POST)
    if form.is_valid():
        told = form.told(found.election.rules.time_zone)
        loan_actions.hand_over(loan=found, version=form.cleaned_data["version"], told=told, by=by)
    return form


def _withdraw(request: HttpRequest, found: BallotLoan, by: Officer) -> Form:
    form = WithdrawForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        loan_actions.withdraw_loan(loan=found, version=said["version"], reason=said["reason"], by=by)
    return form


adjust_loan, hand_over, withdraw_loan = _deed(_adjust), _deed(_hand_over), _deed(_withdraw)
