"""What stored objects tests begin with. Nothing here needs Django until a test asks for it."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from doubts import Doubts

    from reconcile.models import Case, Election, Officer, Place, StoredVersion

PASSWORD = "a long and made-up pass phrase"
# Tests of the pure stages know no database: `.ci/run` runs them once, with PURE_TESTS=skip on the second database.
PURE = frozenset({"reading", "matching", "deciding", "diffing", "inspecting", "generating", "evaluating", "writing"})
# So do the figures of the pure stages and the words; the walks through the whole demo look at screens.
ONCE = frozenset({
    "test_floors.py", "test_translations.py", "test_labels.py", "test_contrast.py", "test_purity.py", "test_figures.py",
    "test_demo_of_the_readme.py",
})  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("PURE_TESTS") != "skip":
        return
    told = pytest.mark.skip(reason="PURE_TESTS=skip: pure stages were tested with the other database")
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in PURE or item.path.name in ONCE:
            item.add_marker(told)


@pytest.fixture(autouse=True)
def _nothing_leaves_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep the files of database tests in the test's own folder, and hash passwords cheaply."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        settings: Any = request.getfixturevalue("settings")
        settings.MEDIA_ROOT = request.getfixturevalue("tmp_path") / "files"
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield


@pytest.fixture
def election(db: None) -> "Election":
    from reconcile.actions.elections import add_election
    from reconcile.deciding.election import load_election

    definition = load_election("pilkada-2024").to_dict()
    return add_election(definition=definition, as_of=date(2024, 11, 1), by=None)


def _place(election: "Election", kind: str, name: str) -> "Place":
    from reconcile.actions.elections import add_place
    from reconcile.deciding import TpsRef
    from reconcile.models import PlaceKind

    tps = TpsRef.parse("33.16.09.1015/901")
    return add_place(election=election, kind=PlaceKind(kind), name=name, regency_code="3316", tps=tps, by=None)


@pytest.fixture
def rutan(election: "Election") -> "Place":
    return _place(election, "rutan", "Rutan Percobaan")


@pytest.fixture
def polres(election: "Election") -> "Place":
    return _place(election, "polres", "Tahanan Polres Percobaan")


@pytest.fixture
def other_place(election: "Election") -> "Place":
    return _place(election, "polres", "Tahanan Polsek Lain")


def _officer(username: str, role: str, place: "Place | None") -> "Officer":
    from reconcile.actions.accounts import add_officer
    from reconcile.models import Role

    return add_officer(
        username=username,
        password=PASSWORD,
        role=Role(role),
        place=place,
        full_name=username.title(),
        by=None,
    )


@pytest.fixture
def officers(rutan: "Place", polres: "Place") -> dict[str, "Officer"]:
    """One officer a role, by the role's value; "admin2" is a second administrator.

    Those of a place are at the Rutan, "polres" at the Polres.
    """
    whole = {role: _officer(role, role, None) for role in ("admin", "commissioner", "observer")}
    whole["admin2"] = _officer("admin2", "admin", None)
    at_rutan = {role: _officer(role, role, rutan) for role in ("kpps", "second", "institution")}
    return whole | at_rutan | {"polres": _officer("polres", "institution", polres)}


@pytest.fixture
def outsider(other_place: "Place") -> "Officer":
    """A KPPS officer of another place: must be refused wherever the Rutan's people are concerned."""
    return _officer("outsider", "kpps", other_place)


@pytest.fixture
def doubts(election: "Election", rutan: "Place", officers: dict[str, "Officer"]) -> "Doubts":
    """A run of the Rutan to which a test adds people."""
    from doubts import Doubts

    return Doubts(election, rutan, officers["admin"])


@pytest.fixture
def siti(doubts: "Doubts") -> None:
    """SITI is held too and votes here: nobody asks about her."""
    from approved import add_siti

    add_siti(doubts)


@pytest.fixture
def case(doubts: "Doubts", siti: None) -> "Case":
    """KADARISMAN, perhaps the voter KADARSIMAN: all that is left to be decided before the list is sent."""
    made = doubts.case("KADARISMAN", (doubts.voter("KADARSIMAN"), 0.9))
    doubts.settle_rows()
    return made


@pytest.fixture
def stored(doubts: "Doubts", case: "Case", officers: dict[str, "Officer"]) -> "StoredVersion":
    """The list of the Rutan, sent by the second officer after the first has decided the case."""
    from approved import sent
    from doubts import answer

    answer(case, officers["kpps"], "same", case.outcome.voter)
    return sent(doubts, officers["second"])
