"""The only way a view gets an object: by role and place. What is outside answers 404.

Two tables say everything: `MAY`, what a role may do, and `SIGHT`, how much of each field it sees.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from reconcile.models import (
    ROLES_OF_A_PLACE,
    WITH_REGISTER,
    BallotLoan,
    Bulk,
    Case,
    Election,
    Evidence,
    Finding,
    LeftVoter,
    MatchRun,
    Officer,
    PersonLink,
    PersonOutcome,
    Place,
    Recall,
    Role,
    RollInspection,
    RunStatus,
    SourceList,
    StageComparison,
    StoredVersion,
    Upload,
    VersionStatus,
    VoteEntry,
    Voter,
    without_upload,
)
from reconcile.records import ROLL_KINDS
from reconcile.writing.papers import Audience


class Deed(StrEnum):
    """What can be allowed to a role."""

    SEE_COUNTS = "see_counts"
    SEE_PEOPLE = "see_people"
    SEE_LISTS = "see_lists"
    SEE_PROBLEMS = "see_problems"  # sheet, row and column of what is wrong in a list; never a cell's value
    SEE_SOURCES = "see_sources"  # file, sheet and row of a person's records
    SEE_CANDIDATES = "see_candidates"  # voters who were considered besides the likeliest one
    SEE_VALUES = "see_values"  # the cells that problems speak of, identity numbers masked
    UPLOAD = "upload"
    ACCEPT_WARNINGS = "accept_warnings"
    CONFIRM_CHANGE = "confirm_change"
    UNDO = "undo"
    EXPORT = "export"
    SETTLE_LINKS = "settle_links"
    DECIDE = "decide"  # settle doubts about people
    SEARCH_ROLLS = "search_rolls"  # look for a voter who is nobody's candidate, beside one person
    REVEAL = "reveal"  # see the whole NIK of one person, with a reason
    START_RUN = "start_run"
    SEND_LIST = "send_list"  # to the commissioner, once every doubt is settled
    APPROVE = "approve"  # a list version, or send it back
    ASK_RECALL = "ask_recall"
    ANSWER_RECALL = "answer_recall"  # another person's request, and one of the two is a commissioner
    TAKE_PAPERS = "take_papers"  # of an approved version, as far as the role may see it
    MAKE_PACK = "make_pack"  # all papers at once, with whole identity numbers
    RECORD_VOTE = "record_vote"  # who voted and what became of the ballots
    PLAN_VOTE = "plan_vote"  # choose which TPS serves a place, plan visits, choose loans of ballots
    SEE_TURNOVER = "see_turnover"  # classes and dates of the registers, and what they forecast
    SAY_STAY = "say_stay"  # say where somebody will be on voting day
    SEE_FINDINGS = "see_findings"  # what officers established of the right to vote, and the papers that prove it
    SEE_ROLLS = "see_rolls"  # whole rolls: how one stage became the next, and what is wrong inside one
    CHECK_ROLLS = "check_rolls"  # ask for that to be worked out


_LOOK = frozenset({Deed.SEE_COUNTS, Deed.SEE_PEOPLE, Deed.SEE_LISTS, Deed.TAKE_PAPERS})
_OWN = _LOOK | {Deed.SEE_PROBLEMS, Deed.SEE_SOURCES}
_WORK = _OWN | {Deed.SEE_CANDIDATES}
_ESTABLISHED = frozenset({Deed.SEE_TURNOVER, Deed.SEE_FINDINGS})
_LOOK_UP = frozenset({Deed.SEARCH_ROLLS, Deed.REVEAL})
_RECALL = frozenset({Deed.ASK_RECALL, Deed.ANSWER_RECALL})
_SETTLE = frozenset({Deed.SETTLE_LINKS, Deed.DECIDE, Deed.SEND_LIST, Deed.ASK_RECALL, Deed.RECORD_VOTE})
_ROLLS = frozenset({Deed.SEE_ROLLS, Deed.CHECK_ROLLS})

MAY: dict[Role, frozenset[Deed]] = {
    Role.ADMIN: _WORK
    | {Deed.SEE_VALUES, Deed.UPLOAD, Deed.ACCEPT_WARNINGS, Deed.CONFIRM_CHANGE, Deed.UNDO, Deed.EXPORT, Deed.START_RUN}
    | _RECALL
    | _ROLLS
    | {Deed.PLAN_VOTE},
    Role.COMMISSIONER: _WORK
    | _LOOK_UP
    | _RECALL
    | _ROLLS
    | _ESTABLISHED
    | {Deed.EXPORT, Deed.START_RUN, Deed.APPROVE, Deed.MAKE_PACK, Deed.PLAN_VOTE},
    Role.KPPS: _WORK | _LOOK_UP | _SETTLE | _ESTABLISHED | {Deed.SAY_STAY},
    Role.SECOND: _WORK | _LOOK_UP | _SETTLE | _ESTABLISHED | {Deed.SAY_STAY},
    Role.INSTITUTION: _OWN | {Deed.SEE_VALUES, Deed.UPLOAD, Deed.UNDO, Deed.EXPORT, Deed.SEE_TURNOVER, Deed.SAY_STAY},
    Role.OBSERVER: _LOOK | {Deed.SEE_ROLLS},
}

BOUND_TO_PLACE = ROLES_OF_A_PLACE


class Sight(StrEnum):
    """How much of a field is shown."""

    FULL = "full"
    MASKED = "masked"  # leading digits; in a comparison also the digits that differ
    AGE = "age"  # a birth date as years
    HIDDEN = "hidden"


# Whatever is not named here is hidden. Nobody sees a whole identity number in a list or a comparison.
_PUBLIC = dict.fromkeys(("name", "sex", "address", "remark"), Sight.FULL) | {"birth_date": Sight.AGE}
_IDENTITY = (
    dict.fromkeys(("name", "alias", "father", "birth_place", "birth_date", "sex", "marital"), Sight.FULL)
    | dict.fromkeys(("nik", "nkk"), Sight.MASKED)
    | dict.fromkeys(("nationality", "occupation", "address", "remark", "tps"), Sight.FULL)
)
_CUSTODY = dict.fromkeys(("registration_number", "register_class", "entry_date", "release_date", "unit"), Sight.FULL)
_ROOM = {"block": Sight.FULL}

SIGHT: dict[Role, Mapping[str, Sight]] = {
    Role.ADMIN: _IDENTITY,
    Role.COMMISSIONER: _IDENTITY | _CUSTODY,
    Role.KPPS: _IDENTITY | _CUSTODY | _ROOM,
    Role.SECOND: _IDENTITY | _CUSTODY | _ROOM,
    Role.INSTITUTION: _IDENTITY | _CUSTODY | _ROOM,
    Role.OBSERVER: _PUBLIC | {"tps": Sight.FULL},
}

# What leaves the program in a file: an office takes its own register whole, KPU's commissioner the identity
# numbers too; everybody else what the screen shows.
EXPORT_SIGHT: dict[Role, Mapping[str, Sight]] = {
    **SIGHT,
    Role.COMMISSIONER: {**SIGHT[Role.COMMISSIONER], "nik": Sight.FULL, "nkk": Sight.FULL},
    Role.INSTITUTION: {**SIGHT[Role.INSTITUTION], "nik": Sight.FULL, "nkk": Sight.FULL},
}

# Who reads the papers a role takes: only the commissioner's show whole identity numbers.
AUDIENCE: dict[Role, Audience] = {
    **dict.fromkeys(Role, Audience.OFFICE),
    Role.COMMISSIONER: Audience.KPU,
    Role.OBSERVER: Audience.PUBLIC,
}

User = Officer | AnonymousUser


def role_of(user: User) -> Role | None:
    """Return the officer's role; None for whoever has none and therefore sees nothing."""
    return user.role if isinstance(user, Officer) else None


def may(user: User, deed: Deed) -> bool:
    role = role_of(user)
    return role is not None and deed in MAY[role]


def require(user: User, deed: Deed) -> None:
    """Refuse with 403 what the role may never do."""
    if not may(user, deed):
        raise PermissionDenied


def sight_of(user: User) -> Mapping[str, Sight]:
    """Return how much of each field this officer sees; a field that is missing is hidden."""
    role = role_of(user)
    return SIGHT[role] if role else {}


def export_sight_of(user: User) -> Mapping[str, Sight]:
    """Return how much of each field this officer may take out in a file."""
    role = role_of(user)
    return EXPORT_SIGHT[role] if role else {}


def audience_of(user: User) -> Audience:
    """Return how much the papers show that this officer takes."""
    role = role_of(user)
    return AUDIENCE[role] if role else Audience.PUBLIC


def officer_of(user: User) -> Officer:
    """Return the officer who is signed in; an account without a role is refused (403) everywhere."""
    if isinstance(user, Officer) and may(user, Deed.SEE_COUNTS):
        return user
    raise PermissionDenied


def own_place(user: User) -> int | None:
    """Return the only place the officer sees, None for who sees the whole election."""
    if isinstance(user, Officer) and user.role in BOUND_TO_PLACE:
        return user.place_id or 0  # no place: nothing, and certainly not what has no place
    return None


def elections_for(user: User) -> QuerySet[Election]:
    """Newest first. An officer of a place sees the election of that place."""
    if role_of(user) is None:
        return Election.objects.none()
    if (place := own_place(user)) is not None:
        return Election.objects.filter(places=place)
    return Election.objects.order_by("-created", "-pk")


def places_for(user: User, election: Election) -> QuerySet[Place]:
    places = Place.objects.filter(election=election).order_by("-kind", "name")
    return places if (own := own_place(user)) is None else places.filter(pk=own)


def loans_for(user: User, election: Election) -> QuerySet[BallotLoan]:
    """Return the loans of ballots; an officer of a place sees those to and from the TPS that serves it."""
    loans = BallotLoan.objects.filter(election=election).select_related("election", "chosen_by")
    if own_place(user) is None:
        return loans
    one = places_for(user, election).values("tps_region", "tps_number").first() or {"tps_region": "", "tps_number": ""}
    region, number = one["tps_region"], one["tps_number"]
    borrows = Q(borrower_region=region, borrower_number=number)
    return loans.filter(borrows | Q(lender_region=region, lender_number=number))


def loan_for(user: User, pk: int, deed: Deed = Deed.SEE_COUNTS) -> BallotLoan:
    """Return one loan of ballots, for the officers who may do this with it."""
    require(user, deed)
    loan = get_object_or_404(BallotLoan.objects.filter(election__in=elections_for(user)), pk=pk)
    return get_object_or_404(loans_for(user, loan.election), pk=pk)


def origins_of_uploads(user: User, places: Iterable[Place]) -> list[Place | None]:
    """Return for which places the officer may upload; None stands for the rolls, which have no place.

    An institution uploads its own register and nothing else: its place comes from the account.
    """
    if not may(user, Deed.UPLOAD):
        return []
    with_register: list[Place | None] = [place for place in places if place.kind in WITH_REGISTER]
    return [None, *with_register] if own_place(user) is None else with_register


def runs_for(user: User) -> QuerySet[MatchRun]:
    return MatchRun.objects.filter(election__in=elections_for(user)).order_by("-pk")


def run_for(user: User, pk: int) -> MatchRun:
    return get_object_or_404(runs_for(user), pk=pk)


def comparisons_for(user: User) -> QuerySet[StageComparison]:
    """Return the comparisons of stages of the officer's elections, for who sees whole rolls."""
    require(user, Deed.SEE_ROLLS)
    return StageComparison.objects.filter(election__in=elections_for(user)).select_related("election")


def comparison_for(user: User, pk: int) -> StageComparison:
    return get_object_or_404(comparisons_for(user), pk=pk)


def inspections_for(user: User) -> QuerySet[RollInspection]:
    """Return the inspections of rolls of the officer's elections, for who sees whole rolls."""
    require(user, Deed.SEE_ROLLS)
    return RollInspection.objects.filter(election__in=elections_for(user)).select_related("election")


def inspection_for(user: User, pk: int) -> RollInspection:
    return get_object_or_404(inspections_for(user), pk=pk)


def latest_run(user: User, election: Election) -> MatchRun | None:
    """Return the newest finished run: the one whose answers are shown."""
    return runs_for(user).filter(election=election, status=RunStatus.READY).first()


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


def lists_for(user: User) -> QuerySet[SourceList]:
    """Return the lists of the officer's elections; an officer of a place sees that place's lists only."""
    lists = SourceList.objects.filter(election__in=elections_for(user))
    return lists if (own := own_place(user)) is None else lists.filter(place=own)


def list_for(user: User, pk: int) -> SourceList:
    """Return one list, for the officers who may see it."""
    require(user, Deed.SEE_LISTS)
    return get_object_or_404(lists_for(user), pk=pk)


def uploads_for(user: User) -> QuerySet[Upload]:
    """Return the uploads of the officer's elections; an officer of a place sees that place's only."""
    uploads = Upload.objects.filter(election__in=elections_for(user))
    return uploads if (own := own_place(user)) is None else uploads.filter(place=own)


def upload_for(user: User, pk: int, deed: Deed = Deed.SEE_LISTS) -> Upload:
    """Return one upload, for the officers who may do this with it."""
    require(user, deed)
    return get_object_or_404(uploads_for(user).select_related("election", "place", "by", "completes"), pk=pk)


def link_for(user: User, pk: int) -> PersonLink:
    """Return one doubtful link between a register's row and a known person."""
    require(user, Deed.SETTLE_LINKS)
    links = PersonLink.objects.filter(entry__source_list__in=lists_for(user))
    return get_object_or_404(links.select_related("entry__source_list__election"), pk=pk)


def versions_for(user: User) -> QuerySet[StoredVersion]:
    """Return the stored list versions of the officer's elections; an officer of a place sees that place's only."""
    found = StoredVersion.objects.filter(place__election__in=elections_for(user))
    found = found if (own := own_place(user)) is None else found.filter(place=own)
    return found.select_related("place__election", "place__institution", "approval__officer", "sent_by", "ended_by")


def version_for(user: User, pk: int, deed: Deed = Deed.SEE_PEOPLE) -> StoredVersion:
    """Return one stored version, for the officers who may do this with it."""
    require(user, deed)
    return get_object_or_404(versions_for(user).select_related("run__election"), pk=pk)


def standing_versions(election: Election) -> list[StoredVersion]:
    """Return what is sent or approved at any place of an election: place and number are no secret to its officers."""
    statuses = (VersionStatus.SENT, VersionStatus.APPROVED)
    found = StoredVersion.objects.filter(place__election=election, status__in=statuses).select_related("place")
    return list(found.defer("head", "reason").order_by("place"))


def recall_for(user: User, pk: int) -> Recall:
    """Return one request to recall an approval, for the officers who may answer one."""
    require(user, Deed.ANSWER_RECALL)
    found = Recall.objects.filter(version__in=versions_for(user)).select_related("version__place__election", "by")
    return get_object_or_404(found, pk=pk)


def vote_entry_for(user: User, pk: int) -> VoteEntry:
    """Return what was entered after the vote, for the officers who enter it."""
    require(user, Deed.RECORD_VOTE)
    found = VoteEntry.objects.filter(place__election__in=elections_for(user)).select_related("place__election")
    return get_object_or_404(found if (own := own_place(user)) is None else found.filter(place=own), pk=pk)


def place_for(user: User, pk: int, deed: Deed = Deed.SEE_PEOPLE) -> Place:
    """Return one place with its election, for the officers who may do this there."""
    require(user, deed)
    places = Place.objects.filter(election__in=elections_for(user)).select_related("election", "institution")
    return get_object_or_404(places if (own := own_place(user)) is None else places.filter(pk=own), pk=pk)


def newest_run(election: Election) -> MatchRun | None:
    """Return the newest finished run of an election, whoever asks: what a list is made of."""
    return MatchRun.objects.filter(election=election, status=RunStatus.READY).order_by("-pk").first()
