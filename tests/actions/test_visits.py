"""Visits: KPU chooses the TPS, a plan is written by whoever saw its newest state, another TPS means comparing anew."""

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from refusals import refused

from reconcile.actions import runs, visits
from reconcile.deciding import TpsRef
from reconcile.models import AuditEntry, MatchRun, Place, RunStatus, Visit

pytestmark = pytest.mark.django_db

NOW, NEXT = TpsRef("3316091015", "901"), TpsRef("3316091015", "003")
PLAN = {
    "begins": time(11), "ends": time(12), "first_officer": "Siti", "second_officer": "Budi", "supervisor": "Ratna",
    "witnesses": "Slamet\n \nTutik", "permit_number": "B/1", "permit_date": date(2024, 11, 20),
    "permit_from": "Kapolres",
}  # fmt: skip


def test_kpu_chooses_the_tps_that_serves_a_place(polres: Place, officers: Any) -> None:
    assert (polres.visited, polres.tps_chosen_by) == (True, None)
    visits.choose_tps(place=polres, tps=NEXT, shown=NOW, by=officers["commissioner"])
    assert (polres.tps, polres.tps_chosen_by) == (NEXT, officers["commissioner"])
    entry = AuditEntry.objects.get(what="visits.choose_tps")
    assert entry.facts == {"tps": "33.16.09.1015/003", "before": "33.16.09.1015/901"}
    assert not MatchRun.objects.exists()  # nothing was compared yet


def test_another_tps_means_comparing_anew(run: MatchRun, polres: Place, officers: Any) -> None:
    visits.choose_tps(place=polres, tps=polres.tps, shown=polres.tps, by=officers["admin"])
    assert MatchRun.objects.count() == 1  # the same TPS, now chosen: nothing changes
    visits.choose_tps(place=polres, tps=NEXT, shown=NOW, by=officers["admin"], in_background=False)
    again = MatchRun.objects.latest("pk")
    assert again.status == RunStatus.QUEUED
    with refused("run_open"):
        visits.choose_tps(place=polres, tps=NOW, shown=NEXT, by=officers["admin"], in_background=False)
    assert Place.objects.get(pk=polres.pk).tps == NEXT
    assert runs.execute_run(run=again).status == RunStatus.READY
    served = set(again.outcomes.values_list("place__tps_number", flat=True))
    assert served <= {"901", "003"}


def test_who_saw_another_tps_is_refused(polres: Place, officers: Any) -> None:
    with refused("changed"):
        visits.choose_tps(place=polres, tps=NOW, shown=NEXT, by=officers["admin"])
    with refused("unknown_tps"):
        visits.choose_tps(place=polres, tps=TpsRef("9999999999", "001"), shown=NOW, by=officers["admin"])


def test_a_place_with_its_own_tps_is_not_visited(rutan: Place, officers: Any) -> None:
    with refused("not_visited"):
        visits.choose_tps(place=rutan, tps=NEXT, shown=NOW, by=officers["admin"])
    with refused("not_visited"):
        visits.plan_visit(place=rutan, plan=PLAN, version=0, by=officers["admin"])


def test_a_plan_is_written_and_rewritten(polres: Place, officers: Any) -> None:
    first = visits.plan_visit(place=polres, plan={}, version=0, by=officers["admin"])
    assert (first.version, first.officers, first.begins) == (1, (), None)
    second = visits.plan_visit(place=polres, plan=PLAN, version=1, by=officers["commissioner"])
    assert (second.version, second.officers) == (2, ("Siti", "Budi"))
    assert second.witness_names == ("Slamet", "Tutik")
    assert second.changed_by == officers["commissioner"]
    facts = [entry.facts for entry in AuditEntry.objects.filter(what="visits.plan_visit").order_by("pk")]
    assert facts == [{"version": 1, "filled": 0}, {"version": 2, "filled": 9}]  # no names in the log


@pytest.mark.parametrize("version", [0, 2])
def test_who_saw_an_older_plan_is_refused(version: int, polres: Place, officers: Any) -> None:
    visits.plan_visit(place=polres, plan=PLAN, version=0, by=officers["admin"])
    with refused("changed"):
        visits.plan_visit(place=polres, plan={}, version=version, by=officers["commissioner"])
    assert Visit.objects.get().officers == ("Siti", "Budi")


def test_a_visit_ends_after_it_begins(polres: Place, officers: Any) -> None:
    for begins, ends in ((time(12), time(11)), (time(11), time(11))):
        with refused("faulty"):
            visits.plan_visit(place=polres, plan={"begins": begins, "ends": ends}, version=0, by=officers["admin"])
    with refused("faulty"):
        visits.plan_visit(place=polres, plan={"supervisor": "x" * 101}, version=0, by=officers["admin"])
    visit = visits.plan_visit(place=polres, plan=PLAN, version=0, by=officers["admin"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(begins=time(12, 30))
