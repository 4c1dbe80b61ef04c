"""Visits to places without a TPS of their own: who votes there, what is planned, and what keeps it from happening."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import QuerySet

from reconcile.deciding import Conflict, Near, Stop, TpsRef, conflicts, nearest, route
from reconcile.deciding.lending import distance
from reconcile.models import Election, MatchRun, PersonOutcome, Place, Tps, Visit
from reconcile.queries.ballots import VOTING_HERE, BallotRow, ballots_needed
from reconcile.queries.groups import Group, group_of


@dataclass(frozen=True)
class VisitRow:
    """One place that is visited. people = certain + expected + others; `undetermined` are among the first two."""

    place: Place
    visit: Visit | None
    km: float | None  # from the place to its TPS; None: unknown
    near: tuple[Near, ...]  # TPS that are proposed
    unplaced: int  # TPS of which nobody noted where they stand
    people: int
    certain: int
    expected: int
    undetermined: int
    ballots: tuple[BallotRow, ...]
    conflicts: tuple[tuple[Conflict, str], ...]  # with the name of the other place, "" where it is the plan's own

    @property
    def others(self) -> int:
        return self.people - self.certain - self.expected

    @property
    def is_chosen(self) -> bool:
        return self.place.tps_chosen_by_id is not None


@dataclass(frozen=True)
class Route:
    """The places one TPS serves, in the order in which its officers go."""

    tps: TpsRef
    stops: tuple[VisitRow, ...]


@dataclass(frozen=True)
class _Counts:
    people: int = 0
    certain: int = 0
    expected: int = 0
    undetermined: int = 0


def routes(outcomes: QuerySet[PersonOutcome], election: Election, places: Sequence[Place]) -> tuple[Route, ...]:
    """Return the visits to those of `places` that are visited, by TPS; `outcomes`: the people the officer may see."""
    shown = [place for place in places if place.visited]
    counts = _counts(outcomes)
    stations = {one.tps: one.point for one in Tps.objects.filter(election=election)}
    everywhere = list(Place.objects.filter(election=election, visited=True).select_related("visit"))
    by_pk = {place.pk: place for place in everywhere}
    stops = [_stop(place, counts[place.pk]) for place in everywhere]
    found: dict[int, list[Conflict]] = defaultdict(list)
    for conflict in conflicts(stops, election.rules):
        found[conflict.place].append(conflict)
    rows = {
        place.pk: _row(by_pk[place.pk], outcomes, counts[place.pk], stations, found[place.pk], by_pk) for place in shown
    }
    by_tps: dict[TpsRef, list[Stop]] = defaultdict(list)
    for stop in stops:
        if stop.place in rows:
            by_tps[stop.tps].append(stop)
    return tuple(Route(tps, tuple(rows[stop.place] for stop in route(its))) for tps, its in sorted(by_tps.items()))


def plan_of(place: Place) -> Visit | None:
    """Return the visit planned for a place."""
    return getattr(place, "visit", None)


def newer_run(run: MatchRun | None, election: Election) -> MatchRun | None:
    """Return a comparison that began after the one whose answers are shown and has no answers yet."""
    newest = MatchRun.objects.filter(election=election).order_by("-pk").first()
    return newest if newest and run and newest.pk > run.pk else None


def _counts(outcomes: QuerySet[PersonOutcome]) -> defaultdict[int, _Counts]:
    found: defaultdict[int, _Counts] = defaultdict(_Counts)
    cells = outcomes.order_by().values("place", "category", "outcome", "provisional", "ballots")
    for cell in cells.annotate(people=CountOf("pk")):
        n, now = cell["people"], found[cell["place"]]
        votes = cell["category"] in VOTING_HERE
        sure = votes and group_of(cell["outcome"], cell["provisional"]) is Group.HERE
        found[cell["place"]] = _Counts(
            people=now.people + n,
            certain=now.certain + n * sure,
            expected=now.expected + n * (votes and not sure),
            undetermined=now.undetermined + n * (votes and cell["ballots"] is None),
        )
    return found


def _stop(place: Place, counts: _Counts) -> Stop:
    visit = plan_of(place) or Visit()
    return Stop(
        place=place.pk,
        tps=place.tps,
        is_chosen=place.tps_chosen_by_id is not None,
        begins=visit.begins,
        ends=visit.ends,
        officers=visit.officers,
        supervisor=visit.supervisor,
        witnesses=visit.witness_names,
        permit=visit.permit_number,
        permit_date=visit.permit_date,
        voters=counts.certain + counts.expected,
        undetermined=counts.undetermined,
    )


def _row(
    place: Place,
    outcomes: QuerySet[PersonOutcome],
    counts: _Counts,
    stations: dict[TpsRef, tuple[float, float] | None],
    found: Sequence[Conflict],
    by_pk: dict[int, Place],
) -> VisitRow:
    rules = place.election.rules
    ballots, _ = ballots_needed(outcomes.filter(place=place), [place], rules.ballots)
    return VisitRow(
        place=place,
        visit=plan_of(place),
        km=distance(place.point, stations.get(place.tps)),
        near=nearest(place.point, stations, rules),
        unplaced=sum(point is None for point in stations.values()),
        people=counts.people,
        certain=counts.certain,
        expected=counts.expected,
        undetermined=counts.undetermined,
        ballots=ballots,
        conflicts=tuple((one, by_pk[one.other].name if one.other else "") for one in found),
    )
