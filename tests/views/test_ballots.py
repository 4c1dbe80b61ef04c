"""Ballots: printed, needed, lacking and lent tie for every TPS. That every figure opens its people: test_figures."""

from typing import Any

import pytest

from reconcile.deciding.election import load_election
from reconcile.models import BallotLoan, Election, PersonOutcome, Place, Tps
from reconcile.queries.ballots import TpsNeeds

pytestmark = pytest.mark.django_db

HERE = "3316091015"


def needs_for(browser: Any) -> list[TpsNeeds]:
    return list(browser.get("/ballots/").context["needs"])


def station(office: Any, number: str, voters: int, **changes: Any) -> Tps:
    where = {"region_code": HERE, "latitude": "-6.970000", "longitude": "111.420000"}
    given = {**where, "number": number, "voters_male": voters, **changes}
    return Tps.objects.create(election=office.election, **given)


def test_numbers_tie(office: Any, as_: Any) -> None:
    station(office, "901", 1)
    station(office, "002", 100, longitude="111.430000")
    (found,) = needs_for(as_("admin"))
    assert (found.fixed, found.by_table, found.is_placed, found.lenders) == (1, True, True, 1)
    for row in found.types:
        assert row.need.certain + row.need.expected == row.need.needed
        assert row.later == max(0, row.need.needed - (found.printed or 0))
        assert sum(loan.count for loan in row.loans) + row.short == row.later
        assert row.from_reserves + row.beyond == sum(loan.count for loan in row.loans)
    assert found.lacking > 0


def test_without_a_table_the_roll_is_counted(office: Any, as_: Any) -> None:
    (found,) = needs_for(as_("admin"))
    assert (found.fixed, found.by_table) == (office.roll.voters.filter(tps="901").count(), False)
    assert found.lenders == 0
    assert "Belum ada TPS di sekitar" in as_("admin").get("/ballots/").content.decode() or not found.lacking


def test_a_tps_nobody_counted_is_unknown_and_no_zero(office: Any, as_: Any) -> None:
    office.roll.voters.filter(tps="901").update(tps="777")
    (found,) = needs_for(as_("admin"))
    assert (found.fixed, found.printed, found.lacking) == (None, None, 0)
    assert "belum diketahui berapa pemilih TPS ini" in as_("admin").get("/ballots/").content.decode()


def test_a_tps_that_serves_the_cells_needs_ballots_for_its_own_voters_too(office: Any, as_: Any) -> None:
    """100 voters of its own, 103 ballots; of the one person in the cells nobody stands on its roll."""
    station(office, "002", 100)
    Place.objects.filter(pk=office.polres.pk).update(tps_number="002")
    found = {one.tps.number: one for one in needs_for(as_("admin"))}
    assert set(found) == {"901", "002"}
    assert (found["002"].free, found["002"].printed) == (100, 103)
    assert [row.later for row in found["002"].types] == [0, 0]
    assert found["901"].free == 0
    station(office, "003", 3)
    Tps.objects.filter(number="002").update(voters_male=0)
    office.roll.voters.filter(tps="901").update(tps="002")
    found = {one.tps.number: one for one in needs_for(as_("admin"))}
    assert found["002"].free == found["002"].fixed == office.roll.voters.filter(tps="002").count()


def test_a_tps_nobody_is_held_for_is_not_shown(office: Any, as_: Any) -> None:
    station(office, "002", 100)
    Place.objects.filter(pk=office.polres.pk).update(tps_number="002")
    PersonOutcome.objects.filter(place=office.polres).update(category="", ballots=[])
    assert [one.tps.number for one in needs_for(as_("admin"))] == ["901"]


def borrow(browser: Any, **changes: str) -> Any:
    lend = {"borrower": f"{HERE}-901", "lender": f"{HERE}-002", "count_governor": "2", "count_regent": "1", **changes}
    return browser.post("/loans/choose/", lend, follow=True)


def test_a_chosen_loan_is_no_longer_proposed(office: Any, as_: Any) -> None:
    station(office, "901", 1)
    station(office, "002", 100, longitude="111.430000")
    browser = as_("commissioner")
    (before,) = needs_for(browser)
    (proposal,) = before.proposals
    assert proposal.by_code == {row.need.code: row.later for row in before.types}
    assert "Pinjaman sudah dipilih" in borrow(browser).content.decode()
    (after,) = needs_for(browser)
    assert [row.borrowed for row in after.types] == [2, 1]
    for row in after.types:
        assert row.open == max(0, row.later - row.borrowed) == row.from_reserves + row.beyond + row.short
    assert [loan.lender.number for loan in after.loans] == ["002"]
    assert "sudah meminjamkan" in borrow(browser).content.decode()
    assert BallotLoan.objects.count() == 1


def test_who_may_not_plan_sees_no_button(office: Any, as_: Any) -> None:
    station(office, "901", 1)
    station(office, "002", 100)
    assert "Pilih pinjaman ini" in as_("commissioner").get("/ballots/").content.decode()
    assert "Pilih pinjaman ini" not in as_("kpps").get("/ballots/").content.decode()
    assert as_("kpps").post("/loans/choose/").status_code == 403


def test_what_is_no_loan_is_told(office: Any, as_: Any) -> None:
    browser = as_("admin")
    assert "sedikitnya satu" in borrow(browser, count_governor="0", count_regent="").content.decode()
    assert "sedikitnya satu" in borrow(browser, lender="nobody").content.decode()
    assert "sedikitnya satu" in borrow(browser, count_governor="-1").content.decode()
    assert not BallotLoan.objects.exists()


def test_a_tps_whose_constituency_nobody_can_tell_is_named(office: Any, as_: Any) -> None:
    """Of Surabaya no table of districts came with the program."""
    pemilu = load_election("pemilu-2024").to_dict()
    station(office, "901", 1, region_code="3578011001")
    station(office, "001", 100, region_code="3578021001")
    Place.objects.update(tps_region="3578011001")
    Election.objects.filter(pk=office.election.pk).update(definition=pemilu)
    PersonOutcome.objects.exclude(category="").update(ballots=["dprd_regency", "dpd"])
    (found,) = needs_for(as_("admin"))
    unsure = {row.need.code: [str(tps) for tps in row.undetermined] for row in found.types}
    assert unsure == {"dpd": [], "dprd_regency": ["35.78.02.1001/001"]}
    page = as_("admin").get("/ballots/").content.decode()
    assert "TPS tidak dimintai" in page
    assert "Impor tabel daerah pemilihan" in page


def test_who_cannot_be_counted_is_named_and_listed(office: Any, as_: Any) -> None:
    PersonOutcome.objects.filter(pk=office.people["cells"].pk).update(ballots=None)
    (found,) = needs_for(as_("admin"))
    assert found.undetermined == 1
    opened = as_("admin").get(f"/people/?tps={HERE}-901&ballot=unknown")
    assert [one.pk for one in opened.context["page"]] == [office.people["cells"].person_id]


def test_why_ballots_cannot_be_named_is_said_and_adds_up(office: Any, as_: Any) -> None:
    """A village that is needed ("perlu desa") is no unknown home, and each person is counted for one reason."""
    notes = {
        "cells": ["ballots_need_village", "ballots_need_table"], "letter": ["ballots_need_district"],
        "here": ["ballots_need_table"], "both": [],
    }  # fmt: skip
    for who, said in notes.items():
        PersonOutcome.objects.filter(pk=office.people[who].pk).update(ballots=None, notes=said)
    browser = as_("admin")
    (found,) = needs_for(browser)
    assert {gap.code: gap.people for gap in found.gaps} == dict.fromkeys(("village", "district", "table", "home"), 1)
    assert sum(gap.people for gap in found.gaps) == found.undetermined == 4
    assert "perlu desa/kelurahan: 1" in browser.get("/ballots/").content.decode()
    for who, gap in (("cells", "village"), ("letter", "district"), ("here", "table"), ("both", "home")):
        opened = browser.get(f"/people/?tps={HERE}-901&ballot=unknown&gap={gap}").context["page"]
        assert [one.pk for one in opened] == [office.people[who].person_id]
    assert "perlu desa/kelurahan" in browser.get(office.path("cells")).content.decode()


def test_before_the_first_comparison(election: Any, as_: Any) -> None:
    assert "Belum ada pencocokan yang selesai" in as_("admin").get("/ballots/").content.decode()
