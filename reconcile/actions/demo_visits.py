"""The demo's day of the vote: a visit to the cells that is ready, one to a hospital that is not, one loan."""

from datetime import date, time
from typing import Any

from reconcile.actions.elections import add_place
from reconcile.actions.loans import choose_loan
from reconcile.actions.visits import choose_tps, plan_visit
from reconcile.deciding import nearest
from reconcile.deciding.lending import Point
from reconcile.models import Election, MatchRun, Officer, PersonOutcome, Place, PlaceKind, Tps
from reconcile.queries.ballots import needs

HOSPITAL = "RSUD dr. R. Soetijono Blora"
NEAR_THE_HOSPITAL: Point = (-6.969, 111.417)
CELLS: Point = (-6.972, 111.421)

READY: dict[str, Any] = {
    "begins": time(11),
    "ends": time(12, 30),
    "first_officer": "Budi Petugas",
    "second_officer": "Wati Petugas",
    "supervisor": "Ratna Pengawas",
    "witnesses": "Slamet Saksi\nTutik Saksi",
    "permit_number": "B/417/XI/2024",
    "permit_date": date(2024, 10, 30),
    "permit_from": "Kapolres Blora",
}


def plan_visits(election: Election, cells: Place, by: Officer) -> None:
    """Plan the visit to the police cells whole; of the hospital only say that it is there, with the nearest TPS."""
    choose_tps(place=cells, tps=cells.tps, shown=cells.tps, by=by)
    plan_visit(place=cells, plan=READY, version=0, by=by)
    stations = {one.tps: one.point for one in Tps.objects.filter(election=election)}
    near = nearest(NEAR_THE_HOSPITAL, stations, election.rules)
    if near:
        add_place(
            election=election, kind=PlaceKind.HOSPITAL, name=HOSPITAL, regency_code=cells.regency_code,
            tps=near[0].tps, point=NEAR_THE_HOSPITAL, by=by,
        )  # fmt: skip


def choose_first_loan(run: MatchRun, by: Officer) -> None:
    """Choose the first loan that is proposed, where ballots are lacking."""
    places = list(Place.objects.filter(election=run.election))
    for tps in needs(PersonOutcome.objects.filter(run=run), run, places):
        for one in tps.proposals[:1]:
            choose_loan(election=run.election, borrower=tps.tps, lender=one.lender, counts=one.by_code, by=by)
