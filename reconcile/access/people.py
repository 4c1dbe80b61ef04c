"""The people of an election, as far as an officer may see them: answers, findings, cases, voters."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from reconcile.access.rights import Deed, Sight, User, may, officer_of, own_place, require, sight_of
from reconcile.access.scopes import elections_for
from reconcile.models import (
    Bulk,
    Case,
    Evidence,
    Finding,
    LeftVoter,
    MatchRun,
    Officer,
    PersonOutcome,
    RunStatus,
    Voter,
    without_upload,
)
from reconcile.records import ROLL_KINDS


def outcomes_for(user: User, run: MatchRun | None) -> QuerySet[PersonOutcome]:
    """Return the answers of a run that the officer may see."""
    if run is None or not may(user, Deed.SEE_COUNTS):
        return PersonOutcome.objects.none()
    outcomes = PersonOutcome.objects.filter(run=run)
    return outcomes if (own := own_place(user)) is None else outcomes.filter(place=own)


def left_for(user: User, run: MatchRun | None) -> QuerySet[LeftVoter]:
    """Return the voters of the special TPS who are held no more; an officer of a place sees those of its own TPS."""
    if run is None or not may(user, Deed.SEE_PEOPLE):
        return LeftVoter.objects.none()
    found = LeftVoter.objects.filter(run=run)
    if own_place(user) is None:
        return found
    own = user.place if isinstance(user, Officer) else None
    if own is None or own.visited:
        return found.none()
    return found.filter(voter__tps_region=own.tps_region, voter__tps__in={own.tps_number, own.tps_number.lstrip("0")})


def outcomes_around(user: User, run: MatchRun | None) -> QuerySet[PersonOutcome]:
    """Return the answers of a run about people held at the officer's place, or expected there on voting day.

    The other pages count people where they will be; who is held here and will vote elsewhere is found only here.
    """
    if run is None or not may(user, Deed.SEE_TURNOVER):
        return outcomes_for(user, run)
    outcomes = PersonOutcome.objects.filter(run=run)
    return outcomes if (own := own_place(user)) is None else outcomes.filter(_around(own))


def _around(place: int) -> Q:
    return Q(place=place) | Q(entry__source_list__place=place)


def person_for(user: User, pk: int) -> PersonOutcome:
    """Return the newest answer about a held person, by the person's id, with all its page shows."""
    require(user, Deed.SEE_PEOPLE)
    newest = (
        MatchRun.objects.filter(election__in=elections_for(user), status=RunStatus.READY)
        .filter(election__heldperson=pk)
        .order_by("-pk")
        .first()
    )
    related = ("entry__source_list__place", "voter__source_list__place", "place", "run__election")
    return get_object_or_404(outcomes_around(user, newest).select_related(*related), person=pk)


def findings_for(user: User) -> QuerySet[Finding]:
    """Return what was established of the people held at the officer's place, or expected there."""
    require(user, Deed.SEE_FINDINGS)
    found = Finding.objects.filter(election__in=elections_for(user))
    if (own := own_place(user)) is None:
        return found
    return found.filter(person__in=PersonOutcome.objects.filter(_around(own)).order_by().values("person"))


def finding_for(user: User, pk: int) -> Finding:
    return get_object_or_404(findings_for(user).select_related("election"), pk=pk)


def evidence_for(user: User, pk: int) -> Evidence:
    """Return one file that proves a finding, to whoever may see the finding."""
    evidence = Evidence.objects.filter(finding__in=findings_for(user))
    return get_object_or_404(evidence.select_related("finding__election"), pk=pk)


def revealed_sight_of(user: User) -> Mapping[str, Sight]:
    """Return the sight of an officer who has asked, with a reason, for one person's whole numbers."""
    require(user, Deed.REVEAL)
    return {**sight_of(user), "nik": Sight.FULL}


def voter_of(user: User, outcome: PersonOutcome, pk: int) -> Voter | None:
    """Return a voter of the rolls an answer was found on, for an officer who may search them; None: there is none."""
    if not may(user, Deed.SEARCH_ROLLS):
        return None
    voters = Voter.objects.filter(source_list__runs=outcome.run_id, source_list__kind__in=sorted(ROLL_KINDS))
    return voters.select_related("source_list__place").filter(pk=pk).first()


def cases_for(user: User, run: MatchRun | None) -> QuerySet[Case]:
    """Return the cases of a run that the officer may settle."""
    if run is None or not may(user, Deed.DECIDE):
        return Case.objects.none()
    cases = Case.objects.filter(run=run)
    return cases if (own := own_place(user)) is None else cases.filter(place=own)


def case_for(user: User, pk: int) -> Case:
    """Return one case with all its page shows, for an officer who settles doubts at its place."""
    require(user, Deed.DECIDE)
    own = own_place(user)
    cases = Case.objects.filter(election__in=elections_for(user)) if own is None else Case.objects.filter(place=own)
    # Few joins: the database plans longer than it reads. Who has settled a case is asked for where one is settled.
    related = ("holder", "run__election", "place", "outcome__entry__source_list", "outcome__voter__source_list")
    light = without_upload("outcome__entry__source_list", "outcome__voter__source_list")
    found = get_object_or_404(cases.select_related(*related).defer(*light), pk=pk)
    outcome = found.outcome
    outcome.run = found.run
    for one in (outcome, outcome.entry.source_list):
        if one.place_id == found.place_id:
            one.place = found.place
    return found


def bulk_for(user: User, pk: int) -> Bulk:
    """Return what this officer set out to decide together; nobody else's."""
    require(user, Deed.DECIDE)
    return get_object_or_404(Bulk.objects.filter(election__in=elections_for(user)), pk=pk, by=officer_of(user))
