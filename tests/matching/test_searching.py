"""What somebody types, and whom it finds first."""

from datetime import date

import pytest

from reconcile.matching import prepare
from reconcile.matching.searching import Query, parse_query, search

from .builders import NUMBER, VILLAGES, crowd, numbered, table, voter

TYPED = [
    ("wagiyo legawa", Query("WAGIYO LEGAWA")),
    ("  Wagiyo,  1980 ", Query("WAGIYO", year=1980)),
    ("wagiyo 14-03-1980", Query("WAGIYO", born=date(1980, 3, 14))),
    ("14/3/1980", Query(born=date(1980, 3, 14))),
    ("wagiyo 31-02-1980", Query("WAGIYO", year=1980)),
    (NUMBER, Query(nik=NUMBER)),
    ("3316 0914 0380 9001", Query(nik=NUMBER)),
    ("140380 wagiyo", Query("WAGIYO", nik="140380")),
    ("1403", Query(nik="1403")),
    ("asy'ari nur-aini", Query("ASY'ARI NUR-AINI")),
    ("12 wagiyo", Query("WAGIYO")),
    ("", Query()),
    (" .,- ", Query()),
]


@pytest.mark.parametrize(("text", "query"), TYPED)
def test_what_is_typed_is_understood(text, query):
    assert parse_query(text) == query
    assert bool(query) == bool(text.strip(" .,-"))


@pytest.fixture(scope="module")
def roll():
    return prepare(table(numbered([voter(), *crowd()])))


FINDS = [
    Query("WAGIYO LEGAWA"),
    Query("WAGYO LEGAWO"),
    Query("LEGAWA", year=1980),
    Query(nik=NUMBER),
    Query(nik="3316091403809010"),  # two digits swapped
    Query(nik="33160914"),
    Query(nik="14038090"),
    Query("WAGIYO", nik="1403"),
    Query("WAGIYO", born=date(1980, 3, 14)),
    Query("WAGIYO LEGAWA", nik="999999999"),  # nobody has it: the name still helps
    Query("WAGIYO", region=VILLAGES[0]),
]


@pytest.mark.parametrize("query", FINDS)
def test_the_voter_meant_stands_first(roll, query):
    found = search(roll, query)
    assert found[0].voter == 0
    assert all(one.weight == sum(reason.weight for reason in one.reasons) for one in found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_who_asks_for_nothing_finds_nobody(roll):
    assert search(roll, Query()) == ()
    assert search(roll, Query("XYZZY")) == ()


def test_a_village_or_a_year_alone_lists_its_first_voters(roll):
    of_village = search(roll, Query(region=VILLAGES[1]), most=5)
    assert [row.voter for row in of_village] == sorted(row.voter for row in of_village)
    people = [voter(), *crowd()]
    assert {people[row.voter]["region_code"] for row in of_village} == {VILLAGES[1]}
    of_year = search(roll, Query(year=1980, region=VILLAGES[0]))
    assert {people[row.voter]["birth_date"].year for row in of_year} == {1980}


def test_no_more_than_asked_for_and_ties_in_the_order_of_the_roll():
    namesakes = prepare(table(numbered([voter(nik=None, nkk=None) for _ in range(9)])))
    assert [one.voter for one in search(namesakes, Query("WAGIYO LEGAWA"), most=4)] == [0, 1, 2, 3]
