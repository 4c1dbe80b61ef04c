"""The papers of voting day as plain data: the minute of one loan. Printed as page or PDF alike."""

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from reconcile.deciding import TpsRef
from reconcile.deciding.election_parts import Label
from reconcile.models import BallotLoan, CountedAt, Tps
from reconcile.queries.loans import as_planned, loans_in_force
from reconcile.queries.zones import zone_name


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
