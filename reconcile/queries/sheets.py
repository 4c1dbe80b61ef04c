"""The papers of voting day as plain data: the sheet of one visit, the minute of one loan. Printed as page or PDF alike.

Only what the officer may see is in them. Nothing here asks the clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from reconcile.deciding import TpsRef
from reconcile.deciding.election_parts import BallotType, Label
from reconcile.models import BallotLoan, CountedAt, MatchRun, PersonOutcome, Place, Tps, Visit
from reconcile.queries.ballots import VOTING_HERE, BallotRow
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.groups import Group, in_group
from reconcile.queries.loans import as_planned, loans_in_force
from reconcile.queries.steps import NextStep, next_step, review_step
from reconcile.queries.visits import VisitRow, plan_of
from reconcile.queries.zones import zone_name


@dataclass(frozen=True)
class SheetPerson:
    """One line. `ballots`: one mark for each type of the sheet, None where they cannot be determined."""

    number: int  # from 1
    name: str
    sex: str
    born: str  # a date, or an age for whoever may not see the date
    ballots: tuple[bool, ...] | None
    step: NextStep | None  # what must happen first; None for who votes for certain


@dataclass(frozen=True)
class SheetStop:
    """A place on the way of the same officers."""

    place: str
    begins: time | None
    ends: time | None
    is_this: bool


@dataclass(frozen=True)
class VisitSheet:
    """What the visitors carry. `ballots`: certain and expected, of each type somebody gets."""

    election: Label
    voting_day: date
    zone: str  # WIB, WITA or WIT
    as_of: date | None  # of the lists; None: nothing was compared yet
    place: Place
    tps: TpsRef
    visit: Visit
    types: tuple[BallotType, ...]
    certain: tuple[SheetPerson, ...]
    expected: tuple[SheetPerson, ...]
    ballots: tuple[BallotRow, ...]
    way: tuple[SheetStop, ...]
    row: VisitRow


def visit_sheet(
    row: VisitRow, way: Sequence[VisitRow], outcomes: QuerySet[PersonOutcome], run: MatchRun | None,
    sight: Mapping[str, str],
) -> VisitSheet:  # fmt: skip
    """Return the sheet of a visit; `way`: the stops of its TPS in order, `outcomes`: the people the officer may see."""
    place, rules = row.place, row.place.election.rules
    voting = outcomes.filter(place=place, category__in=VOTING_HERE).select_related("entry")
    ordered = voting.order_by("entry__name", "pk")
    here = in_group(Group.HERE)
    return VisitSheet(
        election=rules.name,
        voting_day=rules.voting_day,
        zone=zone_name(rules.time_zone, rules.voting_day),
        as_of=run.as_of if run else None,
        place=place,
        tps=place.tps,
        visit=row.visit or Visit(place=place),
        types=rules.ballots,
        certain=_people(ordered.filter(here), run, sight, sure=True),
        expected=_people(ordered.exclude(here), run, sight, sure=False),
        ballots=row.ballots,
        way=tuple(_on_the_way(one, place) for one in way),
        row=row,
    )


def _on_the_way(one: VisitRow, here: Place) -> SheetStop:
    visit = plan_of(one.place) or Visit()
    return SheetStop(one.place.name, visit.begins, visit.ends, one.place.pk == here.pk)


def _people(
    outcomes: QuerySet[PersonOutcome], run: MatchRun | None, sight: Mapping[str, str], *, sure: bool
) -> tuple[SheetPerson, ...]:
    if run is None:
        return ()
    codes = [one.code for one in run.election.rules.ballots]
    return tuple(
        SheetPerson(
            number=number,
            name=one.entry.name or one.entry.name_raw,
            sex=one.entry.sex,
            born=birth_text(one.entry) if sight.get("birth_date") == "full" else age_text(one.entry, run.as_of),
            ballots=None if one.ballots is None else tuple(code in one.ballots for code in codes),
            step=None if sure else next_step(one, review_step(run)),
        )
        for number, one in enumerate(outcomes, start=1)
    )


@dataclass(frozen=True)
class MinuteRow:
    """Ballots of one type. `from_reserve` and `own` (printed for the lender's own voters) None: nobody counted them."""

    code: str
    name: Label
    colour: str
    count: int
    from_reserve: int | None
    own: int | None


@dataclass(frozen=True)
class LoanMinute:
    """What the minute of one hand-over says (berita acara serah terima surat suara). "" and None: not recorded yet."""

    election: Label
    voting_day: date
    number: str
    status: str
    borrower: TpsRef
    lender: TpsRef
    rows: tuple[MinuteRow, ...]
    carrier: str
    receiver: str
    seal: str
    handed_on: date | None
    handed_time: time | None
    zone: str
    counted: TpsRef  # which TPS counts them

    @property
    def total(self) -> int:
        return sum(row.count for row in self.rows)


def loan_minute(loan: BallotLoan) -> LoanMinute:
    """Return what the minute of a loan says; times are those of the election's time zone."""
    rules = loan.election.rules
    at = loan.handed_at.astimezone(ZoneInfo(rules.time_zone)) if loan.handed_at else None
    return LoanMinute(
        election=rules.name,
        voting_day=rules.voting_day,
        number=loan.minute_number,
        status=loan.status,
        borrower=loan.borrower,
        lender=loan.lender,
        rows=_minute_rows(loan),
        carrier=loan.carrier,
        receiver=loan.receiver,
        seal=loan.seal,
        handed_on=at.date() if at else None,
        handed_time=at.time().replace(second=0, microsecond=0) if at else None,
        zone=zone_name(rules.time_zone, rules.voting_day),
        counted=loan.lender if loan.counted_at == CountedAt.LENDER else loan.borrower,
    )


def _minute_rows(loan: BallotLoan) -> tuple[MinuteRow, ...]:
    """Return the rows; earlier loans of the same TPS have used its reserve first."""
    stations = {one.tps: one for one in Tps.objects.filter(election=loan.election)}
    rules = loan.election.rules
    lender = stations.get(loan.lender)
    is_counted = bool(lender and lender.voters)
    types = {one.code: one for one in rules.ballots}
    return tuple(
        MinuteRow(
            code=one.ballot,
            name=types[one.ballot].name,
            colour=types[one.ballot].colour,
            count=one.count,
            from_reserve=one.from_reserve if is_counted else None,
            own=one.own if is_counted else None,
        )
        for one in as_planned(loan, loans_in_force(loan.election), stations, rules)
    )
