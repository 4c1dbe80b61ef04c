"""Ballots: printed, needed, lacking and lent tie for every TPS, and every figure opens the people behind it."""

import re
from typing import Any

import pytest

from reconcile.models import PersonOutcome, Tps
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


@pytest.mark.parametrize("role", ["admin", "kpps", "observer"])
def test_every_figure_opens_its_people(role: str, office: Any, as_: Any) -> None:
    PersonOutcome.objects.filter(pk=office.people["cells"].pk).update(ballots=None)
    browser = as_(role)
    page = browser.get("/ballots/").content.decode()
    links = re.findall(r'href="(/people/[^"]+)" data-count="(\d+)">', page)
    shown = [row.need for tps in needs_for(browser) for row in tps.types]
    unknown = sum(tps.undetermined > 0 for tps in needs_for(browser))
    assert len(links) == unknown + sum(n > 0 for row in shown for n in (row.certain, row.expected, row.needed))
    for address, figure in links:
        opened = browser.get(address.replace("&amp;", "&"))
        assert opened.context["page"].paginator.count == int(figure)


def test_who_cannot_be_counted_is_named_and_listed(office: Any, as_: Any) -> None:
    PersonOutcome.objects.filter(pk=office.people["cells"].pk).update(ballots=None)
    (found,) = needs_for(as_("admin"))
    assert found.undetermined == 1
    opened = as_("admin").get(f"/people/?tps={HERE}-901&ballot=unknown")
    assert [one.pk for one in opened.context["page"]] == [office.people["cells"].person_id]


def test_before_the_first_comparison(election: Any, as_: Any) -> None:
    assert "Belum ada pencocokan yang selesai" in as_("admin").get("/ballots/").content.decode()
