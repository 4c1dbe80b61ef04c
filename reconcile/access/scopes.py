"""What belongs to an election, as far as an officer may see it: places, lists, comparisons, versions, loans."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from reconcile.access.rights import Deed, User, may, own_place, require, role_of
from reconcile.models import (
    WITH_REGISTER,
    BallotLoan,
    Election,
    MatchRun,
    PersonLink,
    Place,
    Recall,
    RollInspection,
    RunStatus,
    SourceList,
    StageComparison,
    StoredVersion,
    Upload,
    VersionStatus,
    VoteEntry,
)


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
