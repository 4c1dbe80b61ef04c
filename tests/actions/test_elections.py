"""Elections and places: valid, unique, logged."""

from datetime import date
from typing import Any

import pytest
from refusals import refused

from reconcile.actions import elections
from reconcile.deciding import TpsRef
from reconcile.deciding.election import load_election
from reconcile.models import AuditEntry, Place, PlaceKind

pytestmark = pytest.mark.django_db

TPS = TpsRef.parse("33.16.09.1015/901")


def test_an_election_keeps_its_rules(election: Any) -> None:
    assert election.rules == load_election("pilkada-2024")
    assert election.voting_day == date(2024, 11, 27)
    assert AuditEntry.objects.get().what == "elections.add_election"


def test_an_election_speaks_the_language_of_the_screen(election: Any) -> None:
    from django.utils import translation

    assert str(election) == election.name_id != election.name_en
    with translation.override("en"):
        assert str(election) == election.name_en


def test_refuses_a_second_election_of_the_same_code(election: Any) -> None:
    with refused("exists"):
        elections.add_election(definition=election.definition, as_of=election.as_of, by=None)
    assert AuditEntry.objects.count() == 1


def test_refuses_faulty_rules_and_says_where(election: Any) -> None:
    faulty = {**election.definition, "code": "other", "voting_day": "27 November"}
    with refused("faulty") as refusal:
        elections.add_election(definition=faulty, as_of=election.as_of, by=None)
    assert "voting_day" in str(refusal.value)


def test_sets_the_date_of_the_data(election: Any, officers: Any) -> None:
    elections.set_as_of(election=election, as_of=date(2024, 11, 8), by=officers["admin"])
    election.refresh_from_db()
    assert election.as_of == date(2024, 11, 8)
    assert AuditEntry.objects.get(what="elections.set_as_of").facts == {"as_of": "2024-11-08"}


def test_a_place_knows_its_tps(rutan: Any) -> None:
    assert rutan.tps == TPS
    assert AuditEntry.objects.get(what="elections.add_place").facts["tps"] == str(TPS)


def test_refuses_a_second_place_of_the_same_name(election: Any, rutan: Any) -> None:
    same = {"election": election, "name": rutan.name, "regency_code": "3316", "tps": TPS, "by": None}
    with refused("exists"):
        elections.add_place(kind=PlaceKind.RUTAN, **same)
    elections.add_place(kind=PlaceKind.POLRES, **same)
    assert Place.objects.count() == 2


@pytest.mark.parametrize("changes", [{"regency_code": "33.16"}, {"name": "  "}])
def test_refuses_what_is_no_place(election: Any, changes: dict[str, str]) -> None:
    given = {"name": "Rutan Percobaan", "regency_code": "3316"} | changes
    with refused("faulty"):
        elections.add_place(election=election, kind=PlaceKind.RUTAN, tps=TPS, by=None, **given)


def test_a_change_of_a_place_is_logged(rutan: Any, officers: Any) -> None:
    rutan.tps_number = "902"
    elections.save_place(place=rutan, by=officers["admin"])
    assert AuditEntry.objects.get(what="elections.change_place").facts["tps"].endswith("/902")
